from django import forms

from onedoor.govuk.fields import FilesField
from onedoor.programme import rules


class MakeForm(forms.Form):
    files = FilesField(
        label="The files of your returns",
        help_text="CSV or XML files of the return on looked-after children (SSDA903): the header "
        "and the episodes of each year. Choose several years together, so that what happens "
        "between them is counted too. Other tables may come along; they are read, not counted.",
    )
    youngest = forms.IntegerField(
        label="Youngest age", min_value=rules.YOUNGEST, max_value=rules.OLDEST,
        initial=rules.USUAL_AGES[0],
        help_text="Whole years. Both ages are counted.",
    )  # fmt: skip
    oldest = forms.IntegerField(
        label="Oldest age", min_value=rules.YOUNGEST, max_value=rules.OLDEST,
        initial=rules.USUAL_AGES[1],
    )  # fmt: skip


class KeepForm(MakeForm):
    name = forms.CharField(
        label="What to call them", max_length=100,
        help_text="For example, five years to March 2026. It is shown beside every costing made "
        "from them.",
    )  # fmt: skip
    field_order = ("name", "files", "youngest", "oldest")


class CardForm(forms.Form):
    name = forms.CharField(
        label="Name of the rate card", max_length=100,
        help_text="Give the name of one that is here to make its next version.",
    )  # fmt: skip
    file = forms.FileField(
        label="The prices, as CSV",
        help_text="One price in each row, under the columns that are listed below.",
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label="What to call this costing", max_length=100,
        help_text="It becomes the title of the results. For example, one hub from April 2027.",
    )  # fmt: skip
