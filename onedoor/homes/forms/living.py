"""A stay: moving in, staying, putting right and leaving."""

from typing import Any

from django import forms

from onedoor.govuk.fields import DateField, MomentField, Radios
from onedoor.homes import rules
from onedoor.homes.forms.boxes import NO, YES, words
from onedoor.homes.models import Decision, Stay


class MoveIn(forms.Form):
    begins_on = DateField(
        label="First night",
        called="the first night",
        help_text="A night runs from noon to noon: somebody who comes at 2am on the 4th "
        "has their first night on the 3rd. For example, 27 3 2026",
    )
    until_on = DateField(
        label="Planned to leave on",
        called="the day they are planned to leave",
        help_text=f"Up to {rules.MOST_NIGHTS_AHEAD} nights ahead. It can be made longer or "
        "shorter later. For example, 27 3 2026",
    )
    place = forms.ModelChoiceField(queryset=None, label="Place", empty_label="Choose")
    there = forms.ChoiceField(
        label="Are they there now?",
        widget=Radios(reveals={YES: "begun_at"}),
        choices=[(YES, "Yes, they have arrived"), (NO, "No, this is a plan")],
    )
    begun_at = MomentField(
        label="When did they arrive?", called="when they arrived", required=False
    )

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision.place is not None:
            del self.fields["place"]
        else:
            self.fields["place"].queryset = decision.home.places.all()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        there = said.pop("there", None)
        if there == YES and not said.get("begun_at") and "begun_at" not in self.errors:
            self.add_error("begun_at", "Enter when they arrived")
        if there == NO:
            said["begun_at"] = None
        return said


class Longer(forms.Form):
    until_on = DateField(
        label="Now planned to leave on", called="the day they are now planned to leave"
    )
    why = words("Why are they staying longer?", rows=3)


class Earlier(Longer):
    why = words("Why are they leaving earlier?", rows=3)


class Correct(forms.Form):
    begins_on = DateField(label="First night", called="the first night")
    begun_at = MomentField(label="When they arrived", called="when they arrived")
    place = forms.ModelChoiceField(queryset=None, label="Place", empty_label=None)
    why = words("What was wrong, and how do you know?", rows=3)

    def __init__(self, stay: Stay, *args: Any) -> None:
        initial = {"begins_on": stay.begins_on, "begun_at": stay.begun_at, "place": stay.place}
        super().__init__(*args, initial=initial)
        self.stay = stay
        self.fields["place"].queryset = stay.place.home.places.all()
        self.fields[
            "place"
        ].help_text = f"Only places in {stay.place.home.name}. Another home is another decision."
        if stay.begun_at is None:
            del self.fields["begun_at"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "begun_at" not in self.changed_data:
            # The boxes hold minutes; what was written may hold seconds, and has not been touched.
            said["begun_at"] = None
        return said


ENDED = [(YES, "Yes, this was the plan"), (NO, "No, it ended sooner or otherwise than planned")]


def yes(value: str) -> bool:
    return value == YES


class End(forms.Form):
    ended_on = DateField(
        label="Which day did they leave?",
        called="the day they left",
        help_text="The night before is the last one counted. For example, 27 3 2026",
    )
    as_planned = forms.TypedChoiceField(
        label="Did it end as planned?", widget=Radios, choices=ENDED, coerce=yes
    )
    why = words("Why did they leave, and where to?", rows=3)


class CallOff(forms.Form):
    why = words("Why is it not going to happen?", rows=3)


class MoveOn(forms.Form):
    decision = forms.ModelChoiceField(
        queryset=None, label="Where to?", widget=Radios, empty_label=None,
    )  # fmt: skip
    on = DateField(
        label="First night there",
        called="the first night there",
        help_text="The night before is the last one counted here. For example, 27 3 2026",
    )
    begun_at = MomentField(label="When did they arrive there?", called="when they arrived there")
    until_on = DateField(
        label="Planned to leave there on", called="the day they are planned to leave there"
    )
    as_planned = forms.TypedChoiceField(
        label="Did the stay they are leaving end as planned?", widget=Radios, choices=ENDED,
        coerce=yes,
    )  # fmt: skip
    why = words("Why are they moving on?", rows=3)

    def __init__(self, decisions: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions
        self.fields["decision"].label_from_instance = lambda d: (
            f"{d.place or d.home}, decided on {rules.said_in_full(d.decided_at.date())}"
        )


class Arrive(forms.Form):
    begun_at = MomentField(label="When did they arrive?", called="when they arrived")
