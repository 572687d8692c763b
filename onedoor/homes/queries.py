"""Questions about where people live. Whose eyes comes first: nobody sees a name they may not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat, TruncDate

from onedoor.door import rules as door_rules
from onedoor.door.models import Answer, Provocation, YoungPerson
from onedoor.door.telling import line
from onedoor.homes import rules
from onedoor.homes.models import Decision, Home, Night, OutOfService, Place, Stay
from onedoor.team import queries as team_queries
from onedoor.team.models import Account

FREE, TAKEN, OUT, OVERDUE = "free", "taken", "out of service", "should have left"
# Said of somebody whose record is not open to whoever is looking.
SOMEBODY = "Somebody"


@dataclass(frozen=True)
class Cell:
    """One place on one night."""

    night: date
    state: str
    words: str
    stay: Stay | None = None  # only where its young person may be seen


@dataclass(frozen=True)
class PlaceRow:
    place: Place
    cells: list[Cell]

    @property
    def tonight(self) -> Cell:
        return self.cells[0]


@dataclass(frozen=True)
class HomeRows:
    home: Home
    rows: list[PlaceRow] = field(default_factory=list)

    @property
    def living_there(self) -> list[str]:
        return [row.tonight.words for row in self.rows if row.tonight.state in (TAKEN, OVERDUE)]

    @property
    def free(self) -> list[PlaceRow]:
        return [row for row in self.rows if row.tonight.state == FREE]

    @property
    def not_free(self) -> list[PlaceRow]:
        return [row for row in self.rows if row.tonight.state != FREE]


def places_by_day(
    by: Account, from_on: date, days: int, *, today: date, home: Home | None = None
) -> list[HomeRows]:
    """Every place on every night, from the rows of each night: who is there, or that it is free."""
    team_queries.must_hold(by, "see_homes", today)
    nights = [from_on + timedelta(days=n) for n in range(days)]
    places = Place.objects.select_related("home__hub").order_by("home__name", "name")
    if home is not None:
        places = places.filter(home=home)
    cells = _cells(by, nights, today)
    found = dict[UUID, HomeRows]()
    for place in places:
        rows = found.setdefault(place.home_id, HomeRows(place.home)).rows
        free = [Cell(night, FREE, "Free") for night in nights]
        rows.append(PlaceRow(place, [cells.get((place.pk, cell.night), cell) for cell in free]))
    order = list(rules.kinds())
    return sorted(found.values(), key=lambda one: (order.index(one.home.kind), one.home.name))


def _cells(by: Account, nights: list[date], today: date) -> dict[tuple[UUID, date], Cell]:
    rows = Night.objects.filter(night__gte=nights[0], night__lte=nights[-1]).select_related(
        "stay__young_person", "out_of_service"
    )
    overdue = list(Stay.objects.overdue(today).select_related("young_person"))
    held = [(row.place_id, row.night, row.stay, row.out_of_service) for row in rows]
    late = {stay.place_id: stay for stay in overdue}
    people = {stay.young_person_id for _, _, stay, _ in held if stay}
    seen = _visible(by, people | {stay.young_person_id for stay in overdue}, today)
    cells = {}
    for place_id, night, stay, out in held:
        if stay is None:
            cells[place_id, night] = Cell(night, OUT, f"Out of service: {out.why}" if out else OUT)
        else:
            cells[place_id, night] = _occupied(night, TAKEN, stay, seen)
    for place_id, stay in late.items():
        # They are still there, and will be until somebody says that they are not.
        for night in nights:
            if night >= stay.planned_until_on:
                cells[place_id, night] = _occupied(night, OVERDUE, stay, seen)
    return cells


def _occupied(night: date, state: str, stay: Stay, seen: Collection[UUID]) -> Cell:
    if stay.young_person_id in seen:
        return Cell(night, state, stay.young_person.called, stay)
    return Cell(night, state, SOMEBODY)


def _visible(by: Account, people: Iterable[UUID], on: date) -> set[UUID]:
    shown = YoungPerson.objects.visible_to(by, on).filter(pk__in=set(people))
    return set(shown.values_list("pk", flat=True))


def shown_on(board: Iterable[HomeRows]) -> set[UUID]:
    """Whose names a board shows: what the record must say was seen."""
    cells = [cell for home in board for row in home.rows for cell in row.cells]
    return {cell.stay.young_person_id for cell in cells if cell.stay}


def options_for(by: Account, young_person: YoungPerson, on: date, *, today: date) -> list[HomeRows]:
    """Every home they are old enough for: which places are free that night, and who lives there."""
    age = young_person.age_on(on)
    return [
        option
        for option in places_by_day(by, on, 1, today=today)
        if age >= option.home.of_kind.from_age
    ]


def stays_on(by: Account, night: date, *, today: date) -> QuerySet[Stay]:
    """Everybody's stay on a night, of those this account may see."""
    return (
        Stay.objects.on_night(night, today)
        .filter(young_person__in=YoungPerson.objects.visible_to(by, today))
        .select_related("place__home__hub", "young_person")
    )


def where_tonight(young_people: Iterable[UUID], on: date) -> dict[UUID, Stay]:
    """Where each of them is living; or, if nobody has said they are there yet, was to be.

    For people whose records the asker has opened already: it looks at nobody's right to see.
    """
    found = Stay.objects.on_night(on, on).filter(young_person__in=list(young_people))
    ordered = sorted(found.select_related("place__home__hub"), key=lambda s: s.begun_at is not None)
    return {stay.young_person_id: stay for stay in ordered}


def overdue(by: Account, on: date) -> QuerySet[Stay]:
    return _open(by, on, Stay.objects.overdue(on)).order_by("planned_until_on")


def expected(by: Account, on: date) -> QuerySet[Stay]:
    return _open(by, on, Stay.objects.expected(on)).order_by("begins_on")


def _open(by: Account, on: date, stays: QuerySet[Stay]) -> QuerySet[Stay]:
    seen = YoungPerson.objects.visible_to(by, on)
    return stays.filter(young_person__in=seen).select_related("place__home", "young_person")


def current_stay(young_person_id: UUID) -> Stay | None:
    living = Stay.objects.living().filter(young_person=young_person_id)
    return living.select_related("place__home").first()


def stays_of(young_person: YoungPerson) -> QuerySet[Stay]:
    """Newest first. For somebody whose record is open already."""
    return young_person.stays.select_related("place__home", "decision").order_by("-begins_on")


def decisions_waiting(young_person: YoungPerson) -> QuerySet[Decision]:
    """Decided, and nobody has moved yet: unused, or used for a stay that is only planned."""
    waiting = Decision.objects.filter(young_person=young_person, stay__begun_at__isnull=True)
    return waiting.filter(stay__ended_on__isnull=True).select_related("home", "place", "stay")


# ── one of each, for pages that then ask access about its young person ───────────────────────────


def one_stay(stay_id: UUID) -> Stay | None:
    whole = Stay.objects.select_related(
        "place__home__hub", "decision", "recorded_by", "end_recorded_by", "young_person"
    )
    return whole.prefetch_related("changes__recorded_by").filter(pk=stay_id).first()


def one_decision(decision_id: UUID) -> Decision | None:
    whole = Decision.objects.select_related("home", "place", "decided_by", "young_person", "stay")
    return whole.filter(pk=decision_id).first()


def answers_of(decision: Decision) -> list[Answer]:
    """In the order they were asked."""
    order = [(key, part) for key in door_rules.provocations() for part in door_rules.parts_of(key)]
    answers = decision.answers.select_related("provocation")
    return sorted(answers, key=lambda one: order.index((one.provocation.key, one.part)))


def must_keep(by: Account, today: date) -> None:
    team_queries.must_hold(by, "keep_homes", today)


def one_home(by: Account, home_id: UUID, today: date) -> Home | None:
    team_queries.must_hold(by, "see_homes", today)
    return Home.objects.select_related("hub", "address").filter(pk=home_id).first()


def one_place(by: Account, place_id: UUID, today: date) -> Place | None:
    team_queries.must_hold(by, "keep_homes", today)
    return Place.objects.select_related("home").filter(pk=place_id).first()


def one_out_of_service(by: Account, out_id: UUID, today: date) -> OutOfService | None:
    team_queries.must_hold(by, "keep_homes", today)
    return OutOfService.objects.select_related("place__home").filter(pk=out_id).first()


def out_of_service(home: Home, today: date) -> QuerySet[OutOfService]:
    rows = OutOfService.objects.filter(place__home=home, until_on__gt=today)
    return rows.select_related("place").order_by("from_on")


def provocations() -> list[Provocation]:
    """Those in use, in the order the model's authors print them."""
    order = list(door_rules.provocations())
    return sorted(Provocation.objects.in_use(), key=lambda one: order.index(one.key))


# ── the story ────────────────────────────────────────────────────────────────────────────────────


def lines(young_person_id: UUID) -> list[QuerySet[Any, Any]]:
    """What homes add to the story: decided, moved in, left."""
    lived = Stay.objects.filter(young_person=young_person_id, begun_at__isnull=False)
    place = [Value(" at "), "place__home__name", Value(", "), "place__name"]
    return [
        line(
            Decision.objects.filter(young_person=young_person_id),
            day=TruncDate("decided_at"), at="decided_at", kind="home decided",
            headline=Concat(Value("Decided: to live at "), "home__name", output_field=TextField()),
            words="reasons", who="decided_by__name", written="recorded_at",
        ),
        line(
            lived, day=TruncDate("begun_at"), at="begun_at", kind="moved in",
            headline=Concat(Value("Moved in"), *place, output_field=TextField()),
            words=Value(""), who="recorded_by__name", written="recorded_at",
        ),
        line(
            lived.filter(ended_on__isnull=False),
            day="ended_on", at=Value(None), kind="moved on",
            headline=Concat(Value("Left "), *place[1:], output_field=TextField()),
            words="ended_why", who="end_recorded_by__name", written="end_recorded_at",
        ),
    ]  # fmt: skip
