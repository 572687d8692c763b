"""What the pages ask. Forms look at shape only; whether it can stand is for rules and actions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from onedoor.door import rules as door_rules
from onedoor.door.models import Provocation, YoungPerson
from onedoor.govuk.fields import DateField, MomentField, Radios
from onedoor.homes import rules
from onedoor.homes.models import Decision, Place, Stay
from onedoor.homes.queries import HomeRows
from onedoor.team.models import Hub

YES, NO = "yes", "no"
RISK_WORDS = {
    door_rules.RISK_TO_YOUNG_PERSON: "What is the risk to the young person, either way?",
    door_rules.RISK_TO_ORGANISATION: "What is the risk to us as an organisation, either way?",
}


def words(label: str, hint: str = "", rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=forms.Textarea({"rows": rows})
    )


class Decide(forms.Form):
    asked = forms.ChoiceField(
        widget=Radios(reveals={YES: "wishes", NO: "not_asked_why"}),
        choices=[(YES, "Yes"), (NO, "No, they could not be asked")],
    )
    wishes = words("What do they wish for?", "In their own words.", required=False)
    not_asked_why = words("Why could they not be asked?", required=False)
    options_considered = words(
        "Which options were considered?",
        "Home with outreach first. If there was only one, say why.",
    )
    refused = words(
        "What was refused, and why?", "By the young person, a family or us. Or say nothing was."
    )
    from_on = DateField(label="From which night?", called="the first night")
    place = forms.ChoiceField(label="Which place?", widget=Radios)
    effect_on_others = words(
        "What does it mean for those who already live there?", "Or say that nobody does."
    )
    reasons = words("Why is this the right home for them now?", "Never because a bed is empty.")

    def __init__(
        self, person: YoungPerson, provocations: Iterable[Provocation], options: list[HomeRows],
        *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["asked"].label = f"Has {person.called} been asked where they want to live?"
        self.places = {str(row.place.pk): row.place for home in options for row in home.free}
        choices = self.fields["place"]
        choices.choices = [
            (str(row.place.pk), f"{home.home.name}: {row.place.name}")
            for home in options
            for row in home.free
        ]
        choices.widget.hints = {
            str(row.place.pk): who_lives_there(home, row.place)
            for home in options
            for row in home.free
        }
        choices.error_messages["required"] = "Choose a place"
        choices.error_messages["invalid_choice"] = (
            "That place is not free on that night any more. Choose another."
        )
        self.asks = {}
        for provocation in provocations:
            for part in door_rules.parts_of(provocation.key):
                name = f"answer_{provocation.key}_{part.replace(' ', '_')}".rstrip("_")
                self.fields[name] = words(provocation.wording, RISK_WORDS.get(part, ""), rows=3)
                self.fields[name].error_messages["required"] = f"Answer “{provocation.wording}”" + (
                    f" for risk to the {part}" if part else ""
                )
                self.asks[name] = (provocation, part)
        # What is missing is listed in the order of the page.
        self.order_fields(["asked", "wishes", "not_asked_why", *self.asks])

    @property
    def provocation_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asks]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("asked") == YES and not said.get("wishes", "").strip():
            self.add_error("wishes", "Write what they wish for")
        if said.get("asked") == NO and not said.get("not_asked_why", "").strip():
            self.add_error("not_asked_why", "Write why they could not be asked")
        return said

    @property
    def decided(self) -> dict[str, Any]:
        """What `actions.decide` asks for, by its names."""
        said = self.cleaned_data
        asked = said["asked"] == YES
        place = self.places[said["place"]]
        plain = ("options_considered", "refused", "from_on", "effect_on_others", "reasons")
        return {name: said[name] for name in plain} | {
            "wishes": said["wishes"] if asked else "",
            "not_asked_why": "" if asked else said["not_asked_why"],
            "answers": [(*about, said[name]) for name, about in self.asks.items()],
            "home": place.home,
            "place": place,
        }


def who_lives_there(option: HomeRows, place: Place) -> str:
    told = [option.home.of_kind.name + "."]
    if place.characteristics:
        told.append(place.characteristics.rstrip(".") + ".")
    living = option.living_there
    told.append(f"Already living there: {', '.join(living)}." if living else "Nobody lives there.")
    return " ".join(told)


def night_asked(posted: MultiValueDict | None, otherwise: date) -> date:
    """The night a posted form asks about, before the rest of it is looked at."""
    if posted is None:
        return otherwise
    only = forms.Form(posted)
    only.fields["from_on"] = DateField(called="the first night")
    return only.cleaned_data["from_on"] if only.is_valid() else otherwise


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


class OpenHome(forms.Form):
    name = forms.CharField(
        label="What is it called?",
        max_length=100,
        help_text="Everyone in the hub team reads this. Do not name a family by their surname.",
    )
    kind = forms.ChoiceField(
        label="What kind of home is it?",
        widget=Radios(hints={key: kind.sentence for key, kind in rules.kinds().items()}),
        choices=[(key, kind.name) for key, kind in rules.kinds().items()],
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


class Arrive(forms.Form):
    begun_at = MomentField(label="When did they arrive?", called="when they arrived")
