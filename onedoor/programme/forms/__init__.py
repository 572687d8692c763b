from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from onedoor.evidence.places import authorities
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import hubs
from onedoor.govuk.fields import FilesField
from onedoor.programme import rules

NOBODY_SAID = "The returns say it, or not known"


def councils() -> list[tuple[str, str]]:
    """The English authorities with children's services, as they are today, by name."""
    today = timezone.localdate()
    every = authorities.register().authorities.values()
    names = sorted(each.name for each in every if each.in_force(today))
    return [("", NOBODY_SAID), *((name, name) for name in names)]


def this_council() -> str:
    """The authority that this service is set up for, where its name is one."""
    try:
        return authorities.name_of(authorities.find(settings.COUNCIL_NAME))
    except Refused:
        return ""


class MakeForm(forms.Form):
    files = FilesField(
        label="The files of your returns",
        help_text="CSV or XML files of the return on looked-after children (SSDA903): the header "
        "and the episodes of each year. Choose several years together, so that what happens "
        "between them is counted too. Other tables may come along; they are read, not counted.",
    )
    authority = forms.ChoiceField(
        label="Which council’s returns they are", choices=councils, initial=this_council,
        required=False,
        help_text="A home is inside or outside this authority by its postcode, on the map of the "
        "day. Where neither you nor the returns (column LA) say which it is, that is not known.",
    )  # fmt: skip
    hubs = forms.FileField(
        label="Your own list of hubs", required=False,
        help_text="TOML or CSV: hubs, emergency beds, hub families and lodgings, with their dates. "
        "The return does not know a hub, and without a list none is guessed.",
    )  # fmt: skip
    youngest = forms.IntegerField(
        label="Youngest age", min_value=rules.YOUNGEST, max_value=rules.OLDEST,
        initial=rules.USUAL_AGES[0],
        help_text="Whole years. Both ages are counted.",
    )  # fmt: skip
    oldest = forms.IntegerField(
        label="Oldest age", min_value=rules.YOUNGEST, max_value=rules.OLDEST,
        initial=rules.USUAL_AGES[1],
    )  # fmt: skip

    def clean_hubs(self) -> tuple[str, bytes] | None:
        """The name and the bytes of the list, read once to see that it can be."""
        file = self.cleaned_data["hubs"]
        if not file:
            return None
        given = file.name, file.read(hubs.LARGEST_FILE + 1)
        try:
            hubs.of_bytes(*given)
        except Refused as refused:
            raise ValidationError(refused.sentence.replace("%", "%%")) from refused
        return given

    def said(self) -> dict[str, Any]:
        """What the form says, as the actions ask for it."""
        said = self.cleaned_data
        return {
            "files": [(file.name, file.read()) for file in said["files"]],
            "ages": (said["youngest"], said["oldest"]),
            "authority": said["authority"],
            "hubs_file": said["hubs"],
        }


class KeepForm(MakeForm):
    name = forms.CharField(
        label="What to call them", max_length=100,
        help_text="For example, five years to March 2026. It is shown beside every costing made "
        "from them.",
    )  # fmt: skip
    field_order = ("name", "files", "authority", "hubs", "youngest", "oldest")

    def said(self) -> dict[str, Any]:
        return {**super().said(), "name": self.cleaned_data["name"]}


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
