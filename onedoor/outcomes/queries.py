"""The story: one timeline of all that happened, told by every room in its own lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    Field,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from onedoor.door import access
from onedoor.door import queries as door
from onedoor.door.models import YoungPerson
from onedoor.govuk import words
from onedoor.homes import queries as homes
from onedoor.outcomes import rules
from onedoor.outcomes.models import Event
from onedoor.plan import queries as plan
from onedoor.team.models import Account

COLUMNS = ("day", "at", "kind_key", "headline", "said", "who", "ref")
# What a room may say of its lines after those; where it does not, there is nothing.
MORE_COLUMNS: dict[str, Field] = {
    "line_written_at": DateTimeField(),
    "line_corrected_at": DateTimeField(),
    "line_note": TextField(),
}
LATE_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class StoryLine:
    day: date
    at: datetime | None
    kind: str
    headline: str
    words: str
    who: str
    ref: UUID
    written_at: datetime | None
    corrected_at: datetime | None
    note: str

    @property
    def month(self) -> str:
        return f"{self.day:%B %Y}"

    @property
    def clock(self) -> str:
        """What time it happened, where that is known."""
        if self.at is None or words.in_london(self.at).date() != self.day:
            return ""
        return words.clock(self.at)

    @property
    def written_down_on(self) -> date | None:
        """The day it was written down, where that is more than a day after it happened."""
        # A room that knows no clock time gives the moment of writing as the time.
        moment = self.written_at or self.at
        written = words.in_london(moment).date() if moment else self.day
        return written if written - self.day > LATE_AFTER else None

    @property
    def is_event(self) -> bool:
        return self.kind in rules.kinds()

    @property
    def is_turn(self) -> bool:
        return self.is_event and rules.kinds()[self.kind].turn


@dataclass(frozen=True)
class Story:
    lines: list[StoryLine]
    page: int
    is_more: bool


def story(
    by: Account,
    young_person: YoungPerson,
    on: date,
    *,
    about: Iterable[str] = (),
    from_on: date | None = None,
    until_on: date | None = None,
    page: int = 1,
) -> Story:
    """One page of the story, newest first: one question, whatever its length.

    `about` narrows it to parts of life; the days are both included.
    """
    start = (page - 1) * rules.PAGE_OF
    # One more than is shown tells whether there is another page, without counting them all.
    told = _told(by, young_person, on, about, from_on, until_on)
    lines = [_line(row) for row in told[start : start + rules.PAGE_OF + 1]]
    return Story(lines[: rules.PAGE_OF], page, len(lines) > rules.PAGE_OF)


def whole_story(
    by: Account,
    young_person: YoungPerson,
    on: date,
    *,
    about: Iterable[str] = (),
    from_on: date | None = None,
    until_on: date | None = None,
) -> list[StoryLine]:
    """Every line of the chosen days, for paper."""
    return [_line(row) for row in _told(by, young_person, on, about, from_on, until_on)]


def latest(by: Account, young_person: YoungPerson, on: date, at_most: int = 5) -> list[StoryLine]:
    """The last few lines, for another page to show."""
    return [_line(row) for row in _told(by, young_person, on, (), None, None)[:at_most]]


def an_event(by: Account, event_id: UUID, young_person: YoungPerson, on: date) -> Event | None:
    events = Event.objects.visible_to(by, on).filter(young_person=young_person)
    return events.select_related("young_person__welcome__hub").filter(pk=event_id).first()


def lines(young_person_id: UUID) -> list[QuerySet]:
    """What this room adds to the story: the events that were noted."""
    told = (
        Event.objects.filter(young_person=young_person_id)
        .order_by()
        .annotate(
            day=Cast("happened_on", DateField()),
            at=Cast("happened_at", DateTimeField()),
            kind_key=Cast("kind", CharField()),
            headline=Case(
                *[When(kind=key, then=Value(kind.name)) for key, kind in rules.kinds().items()],
                output_field=TextField(),
            ),
            said=Cast("words", TextField()),
            who=Cast("written_by__name", CharField()),
            ref=Cast("pk", CharField()),
            line_written_at=Cast("recorded_at", DateTimeField()),
            line_corrected_at=Cast("correction__recorded_at", DateTimeField()),
            line_note=Concat(
                _unless(Q(from_whom=""), Value("Told to us by "), F("from_whom"), Value(". ")),
                _unless(Q(told=False), Value("They know this is written here. ")),
                _unless(Q(why_corrected=""), Value("Put right: "), F("why_corrected")),
                output_field=TextField(),
            ),
        )
    )
    return [told.values_list(*COLUMNS, *MORE_COLUMNS)]


def _unless(silent: Q, *words: Value | F) -> Case:
    """A sentence, unless there is nothing to say."""
    said = Concat(*words, Value(""), output_field=TextField())
    return Case(When(silent, then=Value("")), default=said, output_field=TextField())


def _told(
    by: Account,
    young_person: YoungPerson,
    on: date,
    about: Iterable[str],
    from_on: date | None,
    until_on: date | None,
) -> QuerySet:
    """Every room's lines as one query, in the order the story is told."""
    # Whom the gateway opened in this request has had the question answered already.
    if "see_story" not in getattr(young_person, "open_to_do", ()):
        access.must(by, "see_story", young_person, on)
    parts = [_between(part, from_on, until_on) for part in _parts(young_person.pk, set(about))]
    if not parts:
        return Event.objects.none()
    return (
        parts[0]
        .union(*parts[1:], all=True)
        .order_by(
            F("day").desc(),
            F("at").desc(nulls_last=True),
            F("line_written_at").desc(nulls_last=True),
            "ref",
        )
    )


def _parts(young_person_id: UUID, about: set[str]) -> Iterator[QuerySet]:
    """The lines of each room that belong to these parts of life; all of them where none is named.

    Filtered before they are united, because what is united can only be ordered and cut.
    """
    wanted = about or set(rules.ABOUT)
    if "door" in wanted:
        yield from door.lines(young_person_id)
    for part in plan.lines(young_person_id):
        if {"words", "plan"} <= wanted:
            yield part
        elif "words" in wanted:
            yield part.filter(kind_key__in=rules.WORDS_AND_HOPES)
        elif "plan" in wanted:
            yield part.exclude(kind_key__in=rules.WORDS_AND_HOPES)
    if "home" in wanted:
        yield from homes.lines(young_person_id)
    kinds = [key for key, kind in rules.kinds().items() if kind.about in wanted]
    for part in lines(young_person_id):
        if kinds:
            yield part.filter(kind_key__in=kinds) if about else part


def _between(part: QuerySet, from_on: date | None, until_on: date | None) -> QuerySet:
    if from_on:
        part = part.filter(day__gte=from_on)
    if until_on:
        part = part.filter(day__lte=until_on)
    nothing = {
        name: Cast(Value(None), field)
        for name, field in MORE_COLUMNS.items()
        if name not in part.query.annotation_select
    }
    return part.order_by().annotate(**nothing).values_list(*COLUMNS, *MORE_COLUMNS)


def _line(row: tuple) -> StoryLine:
    day, at, kind, headline, said, who, ref, *more = row
    written_at, corrected_at, note = more
    return StoryLine(
        day, at, kind, headline, said or "", who or "", UUID(str(ref)), written_at,
        corrected_at, note or "",
    )  # fmt: skip
