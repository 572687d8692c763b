from datetime import date, datetime, time, timedelta

from django import forms

from onedoor.door.models import YoungPerson
from onedoor.govuk.fields import Checkboxes, DateField, MomentField, Radios
from onedoor.govuk.words import LONDON, in_london
from onedoor.outcomes import rules
from onedoor.outcomes.models import Event

TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"
DAYS = [(TODAY, "Today"), (YESTERDAY, "Yesterday"), (OTHER, "Another day")]


class TimeField(forms.CharField):
    """A time in the words people use: 5:30pm, 17:30, midday. Or nothing, where nobody knows."""

    def clean(self, value: str) -> time | None:
        text = super().clean(value)
        return MomentField().read_time(text) if text else None


class NoteEvent(forms.Form):
    """What happened, quick enough for a telephone in a car park."""

    kind = forms.ChoiceField(
        label="What kind of thing?",
        help_text="If somebody is missing or hurt now, ring first. This only writes it down.",
        choices=[("", "Choose"), *((k.key, k.name) for k in rules.kinds().values())],
    )
    when = forms.ChoiceField(
        label="When?", choices=DAYS, widget=Radios(reveals={OTHER: "happened_on"})
    )
    happened_on = DateField(label="Which day?", called="the day it happened", required=False)
    time = TimeField(
        label="About what time?",
        required=False,
        help_text="If you know. Like 5:30pm or 17:30",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    words = forms.CharField(label="What happened?", widget=forms.Textarea)
    from_whom = forms.CharField(
        label="Who told us?",
        required=False,
        max_length=200,
        help_text="Leave this empty if you were there",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    told = forms.BooleanField(required=False)

    def __init__(self, young_person: YoungPerson, today: date, *args, **initial) -> None:
        super().__init__(*args, initial={"when": TODAY} | initial)
        self.today = today
        self.fields["told"].label = f"{young_person.called} knows I am writing this down"
        self.fields["words"].help_text = f"Write it so that {young_person.called} could read it."

    def clean(self) -> dict:
        said = super().clean()
        when = said.pop("when", None)
        if when == OTHER and not said.get("happened_on") and "happened_on" not in self.errors:
            self.add_error("happened_on", "Enter the day it happened")
        if when in (TODAY, YESTERDAY):
            said["happened_on"] = self.today - timedelta(days=when == YESTERDAY)
        on, clock = said.get("happened_on"), said.pop("time", None)
        said["happened_at"] = datetime.combine(on, clock, LONDON) if on and clock else None
        return said


class CorrectEvent(NoteEvent):
    why = forms.CharField(
        label="What was wrong?",
        help_text="The line as it was written stays in the story, with this beside it.",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def __init__(self, event: Event, today: date, *args) -> None:
        at = event.happened_at
        super().__init__(
            event.young_person,
            today,
            *args,
            kind=event.kind,
            when=OTHER,
            happened_on=event.happened_on,
            time=f"{in_london(at):%H:%M}" if at else "",
            words=event.words,
            from_whom=event.from_whom,
            told=event.told,
        )
        self.order_fields(["why"])


class Narrow(forms.Form):
    """The story's filter. Only keys and a year go in the address, never words."""

    says_optional = False

    about = forms.MultipleChoiceField(
        label="About",
        choices=list(rules.ABOUT.items()),
        widget=Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
        required=False,
    )
    year = forms.ChoiceField(label="Year", required=False)

    def __init__(self, years: list[int], *args) -> None:
        super().__init__(*args)
        earlier = [(f"before-{years[-1]}", f"Before {years[-1]}")]
        self.fields["year"].choices = [
            ("", "Every year"), *((str(year), str(year)) for year in years), *earlier
        ]  # fmt: skip

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day that is asked for."""
        year = self.cleaned_data.get("year", "")
        if year.startswith("before-"):
            return None, date(int(year.removeprefix("before-")) - 1, 12, 31)
        return (date(int(year), 1, 1), date(int(year), 12, 31)) if year else (None, None)
