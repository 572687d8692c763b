"""Where somebody is to live: wishes, provocations, what was considered, and which place."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from onedoor.door import rules as door_rules
from onedoor.door.models import Provocation, YoungPerson
from onedoor.govuk.fields import DateField, Radios
from onedoor.homes import rules
from onedoor.homes.forms.boxes import NO, YES, words
from onedoor.homes.models import Place
from onedoor.homes.queries import HomeRows

# The last choice of all, which opens those that are farthest from home.
FAR = "far"
FAR_WORDS = (
    "Farther from family: a children’s home that somebody else runs, a locked one, or custody"
)
RISK_WORDS = {
    door_rules.RISK_TO_YOUNG_PERSON: "What is the risk to the young person, either way?",
    door_rules.RISK_TO_ORGANISATION: "What is the risk to us as an organisation, either way?",
}


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
    place = forms.ChoiceField(label="Which place?", widget=Radios(reveals={FAR: "far_place"}))
    far_place = forms.ChoiceField(
        label="Which place farther from family?", widget=Radios, required=False
    )
    effect_on_others = words(
        "What does it mean for those who already live there?", "Or say that nobody does."
    )
    reasons = words("Why is this the right home for them now?", "Never because a bed is empty.")

    def __init__(
        self, person: YoungPerson, provocations: Iterable[Provocation], options: list[HomeRows],
        night: date, *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.night = night
        self.fields["asked"].label = f"Has {person.called} been asked where they want to live?"
        self.places = {str(row.place.pk): row.place for home in options for row in home.free}
        far = [home for home in options if home.home.of_kind.outside_council]
        self._offer("far_place", far)
        self._offer("place", [home for home in options if home not in far])
        self._offer_a_new_one(person, options)
        if any(home.free for home in far):
            self.fields["place"].choices += [(FAR, FAR_WORDS)]
        else:
            del self.fields["far_place"]
            self.fields["place"].widget.reveals = {}
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

    def _offer(self, name: str, options: list[HomeRows]) -> None:
        free = [(home, row.place) for home in options for row in home.free]
        field = self.fields[name]
        field.choices = [(str(place.pk), f"{home.called}: {place.name}") for home, place in free]
        field.widget.hints = {str(place.pk): who_lives_there(home, place) for home, place in free}
        field.error_messages["required"] = "Choose a place"
        field.error_messages["invalid_choice"] = (
            "That place is not free on that night any more. Choose another."
        )

    def _offer_a_new_one(self, person: YoungPerson, options: list[HomeRows]) -> None:
        """Their own family's home, or their own tenancy, where nobody has written it down yet."""
        here = {home.home.kind for home in options if home.home.of_kind.ones_own}
        field = self.fields["place"]
        for key in rules.ones_own():
            kind = rules.kinds()[key]
            if key not in here and person.age_on(self.night) >= kind.from_age:
                field.choices += [(key, f"{kind.name}, not written down here yet")]
                field.widget.hints[key] = kind.sentence

    @property
    def provocation_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asks]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("asked") == YES and not said.get("wishes", "").strip():
            self.add_error("wishes", "Write what they wish for")
        if said.get("asked") == NO and not said.get("not_asked_why", "").strip():
            self.add_error("not_asked_why", "Write why they could not be asked")
        if (
            said.get("place") == FAR
            and not said.get("far_place")
            and "far_place" not in self.errors
        ):
            self.add_error("far_place", "Choose a place")
        return said

    @property
    def decided(self) -> dict[str, Any]:
        """What `actions.decide` asks for, by its names."""
        said = self.cleaned_data
        asked = said["asked"] == YES
        chosen = said["far_place"] if said["place"] == FAR else said["place"]
        place = self.places.get(chosen)
        plain = ("options_considered", "refused", "from_on", "effect_on_others", "reasons")
        return {name: said[name] for name in plain} | {
            "wishes": said["wishes"] if asked else "",
            "not_asked_why": "" if asked else said["not_asked_why"],
            "answers": [(*about, said[name]) for name, about in self.asks.items()],
            "home": place.home if place else None,
            "place": place,
            "their_own": "" if place else chosen,
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
