"""What we ask when somebody is invited or given a role."""

from datetime import date
from typing import Any

from django import forms

from onedoor.govuk.fields import DateField, Radios
from onedoor.team import rules
from onedoor.team.models import Hub

AGENCIES_AT_THE_DOOR = ("education", "health", "police", "voluntary", "council")


class GiveRole(forms.Form):
    """Asks only what this role needs: a hub, a day it ends, a portfolio."""

    hub = forms.ChoiceField(label="At which hub?", widget=Radios())
    portfolio = forms.ChoiceField(
        label="Portfolio lead for",
        required=False,
        help_text="What they look after for the whole hub.",
        choices=[("", "No portfolio"), *rules.PORTFOLIOS.items()],
    )
    from_on = DateField(label="From which day?", called="the day it starts")
    until_on = DateField(label="Until which day?", called="the day it ends")

    def __init__(self, *args: Any, role: rules.Role, hubs: list[Hub], today: date, **more: Any):
        super().__init__(*args, **more)
        self.role, self.hubs = role, {str(hub.pk): hub for hub in hubs}
        self.fields["from_on"].initial = today
        self.fields["hub"].choices = [(pk, hub.name) for pk, hub in self.hubs.items()]  # type: ignore[attr-defined]
        if len(hubs) < 2:  # the page says which one
            del self.fields["hub"]
        if role.key not in rules.HUB_TEAM:
            del self.fields["portfolio"]
        if role.partner:
            self.fields[
                "until_on"
            ].help_text = (
                "Access for partners always ends. It can be given again. For example, 27 3 2027"
            )
        else:
            del self.fields["until_on"]

    def said(self) -> dict[str, Any]:
        """The answers as the actions take them."""
        hub = self.cleaned_data.get("hub")
        only = next(iter(self.hubs.values()), None)
        return {
            "role": self.role.key,
            "hub": self.hubs[hub] if hub else only,
            "from_on": self.cleaned_data["from_on"],
            "until_on": self.cleaned_data.get("until_on"),
            "portfolio": self.cleaned_data.get("portfolio", ""),
        }


class Invite(GiveRole):
    name = forms.CharField(
        label="Their name", max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    email = forms.EmailField(
        label="Their email address",
        help_text="We send it a link to choose a password. Nothing else is in the message.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    agency = forms.ChoiceField(
        label="Where do they work?",
        widget=Radios(),
        choices=[(key, rules.AGENCY_NAMES[rules.Agency(key)]) for key in AGENCIES_AT_THE_DOOR],
    )
    field_order = ("name", "email", "agency", "hub", "portfolio", "from_on", "until_on")

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        if self.role.key != "professional":
            del self.fields["agency"]

    def said(self) -> dict[str, Any]:
        return super().said() | {
            "name": self.cleaned_data["name"],
            "email": self.cleaned_data["email"],
            "agency": self.cleaned_data.get("agency", self.role.agency),
        }
