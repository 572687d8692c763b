"""Homes and their places, for those who keep them."""

from typing import Any

from django import forms

from onedoor.govuk.fields import DateField, Radios
from onedoor.homes import rules
from onedoor.homes.forms.boxes import words
from onedoor.team.models import Hub


class OpenHome(forms.Form):
    name = forms.CharField(
        label="What is it called?",
        max_length=100,
        help_text="Do not name a home after a family: call it after its street or its door.",
    )
    kind = forms.ChoiceField(
        label="What kind of home is it?",
        widget=Radios(hints={key: kind.sentence for key, kind in rules.kinds().items()}),
    )
    hub = forms.ModelChoiceField(
        queryset=Hub.objects.all(), label="Which hub does it belong to?", required=False,
        empty_label="None",
    )  # fmt: skip
    opened_on = DateField(label="From which day can somebody live there?", called="the day")
    places = words(
        "Places", "One a line, such as “Room 1”. One place is room for one young person.", rows=4
    )
    address_lines = words("Address", "Kept apart, and shown to few.", rows=3, required=False)
    postcode = forms.CharField(
        label="Postcode", max_length=10, required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )  # fmt: skip
    note = words("Anything else to know about it", rows=3, required=False)

    def __init__(self, *args: Any, ones_own: bool, **kwargs: Any) -> None:
        """One young person's own home is opened from the page of that young person."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (key, kind.name) for key, kind in rules.kinds().items() if kind.ones_own == ones_own
        ]

    def clean_places(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["places"].splitlines() if line.strip()]


class AddPlace(forms.Form):
    name = forms.CharField(label="What is it called?", max_length=60, help_text="Such as “Room 2”.")
    characteristics = forms.CharField(
        label="What is it like?", max_length=200, required=False,
        help_text="What matters when choosing: ground floor, own bathroom, no shared landing.",
    )  # fmt: skip


class TakeOutOfService(forms.Form):
    from_on = DateField(label="First night nobody can sleep there", called="the first night")
    until_on = DateField(label="Can be used again from", called="the day it can be used again")
    why = forms.CharField(label="Why?", max_length=200)


class BackInService(forms.Form):
    until_on = DateField(label="Can be used again from", called="the day it can be used again")
