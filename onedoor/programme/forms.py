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
