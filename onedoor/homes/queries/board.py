"""Places by day. Whose eyes comes first: nobody reads a name they may not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from onedoor.door.models import YoungPerson
from onedoor.homes import rules
from onedoor.homes.models import Home, Night, Place, Stay
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

    @property
    def who(self) -> list[Cell]:
        """Whoever has it on any of the nights, each once, from their first night shown."""
        found = dict[tuple[str, UUID | None], Cell]()
        for cell in self.cells:
            if cell.state in (TAKEN, OVERDUE):
                found.setdefault((cell.words, cell.stay.pk if cell.stay else None), cell)
        return list(found.values())


@dataclass(frozen=True)
class HomeRows:
    """A home with its places. `called` is its name, for those who may read it (`is_open`)."""

    home: Home
    called: str
    is_open: bool
    rows: list[PlaceRow] = field(default_factory=list)

    @property
    def living_there(self) -> list[str]:
        return [row.tonight.words for row in self.rows if row.tonight.state in (TAKEN, OVERDUE)]

    @property
    def free(self) -> list[PlaceRow]:
        return [row for row in self.rows if row.tonight.state == FREE]

    @property
    def lived_in(self) -> list[PlaceRow]:
        """Places somebody has on any of the nights."""
        return [row for row in self.rows if row.who]

    @property
    def not_free(self) -> list[PlaceRow]:
        return [row for row in self.rows if row.tonight.state != FREE]


@dataclass(frozen=True)
class Elsewhere:
    """A kind of home whose free places count for nothing: who lives there, and the empty ones."""

    kind: rules.Kind
    lived_in: list[HomeRows] = field(default_factory=list)
    empty: list[HomeRows] = field(default_factory=list)

    @property
    def how_many(self) -> int:
        return sum(len(home.rows) for home in self.lived_in)


def places_by_day(
    by: Account, from_on: date, days: int, *, today: date, home: Home | None = None
) -> list[HomeRows]:
    """Every place on every night, from the rows of each night: who is there, or that it is free."""
    team_queries.must_hold(by, "see_homes", today)
    nights = [from_on + timedelta(days=n) for n in range(days)]
    asked = Place.objects.select_related("home__hub").order_by("home__name", "name")
    places = list(asked if home is None else asked.filter(home=home))
    whose = {place.home.whose_id for place in places if place.home.whose_id}
    cells, seen = _cells(by, nights, today, whose)
    found = dict[UUID, HomeRows]()
    for place in places:
        rows = found.setdefault(place.home_id, _named(place.home, seen)).rows
        free = [Cell(night, FREE, "Free") for night in nights]
        rows.append(PlaceRow(place, [cells.get((place.pk, cell.night), cell) for cell in free]))
    order = list(rules.kinds())
    return sorted(found.values(), key=lambda one: (order.index(one.home.kind), one.home.name))


def the_range(board: Iterable[HomeRows]) -> list[HomeRows]:
    """The homes whose free places the hubs can offer."""
    return [home for home in board if home.home.of_kind.counts_free]


def elsewhere(board: Iterable[HomeRows]) -> list[Elsewhere]:
    """All other homes, kind by kind, with only those places that somebody has."""
    found = dict[str, Elsewhere]()
    for home in board:
        kind = home.home.of_kind
        if kind.counts_free:
            continue
        of_kind = found.setdefault(kind.key, Elsewhere(kind))
        if home.lived_in:
            of_kind.lived_in.append(replace(home, rows=home.lived_in))
        elif not kind.ones_own:
            of_kind.empty.append(home)
    return [one for one in found.values() if one.lived_in or one.empty]


def _named(home: Home, seen: Collection[UUID]) -> HomeRows:
    kind = home.of_kind
    if kind.ones_own and home.whose_id not in seen:
        return HomeRows(home, kind.to_others, is_open=False)
    return HomeRows(home, home.name, is_open=True)


def _cells(
    by: Account, nights: list[date], today: date, others: set[UUID]
) -> tuple[dict[tuple[UUID, date], Cell], set[UUID]]:
    """Each place's cells that are not free; and who of all these, and of `others`, may be seen."""
    rows = Night.objects.filter(night__gte=nights[0], night__lte=nights[-1]).select_related(
        "stay__young_person", "out_of_service"
    )
    overdue = list(Stay.objects.overdue(today).select_related("young_person"))
    held = [(row.place_id, row.night, row.stay, row.out_of_service) for row in rows]
    late = {stay.place_id: stay for stay in overdue}
    people = {stay.young_person_id for _, _, stay, _ in held if stay}
    seen = _visible(by, others | people | {stay.young_person_id for stay in overdue}, today)
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
    return cells, seen


def _occupied(night: date, state: str, stay: Stay, seen: Collection[UUID]) -> Cell:
    if stay.young_person_id in seen:
        return Cell(night, state, stay.young_person.called, stay)
    return Cell(night, state, SOMEBODY)


def _visible(by: Account, people: Iterable[UUID], on: date) -> set[UUID]:
    shown = YoungPerson.objects.visible_to(by, on).filter(pk__in=set(people))
    return set(shown.values_list("pk", flat=True))


def shown_on(board: Iterable[HomeRows]) -> set[UUID]:
    """Whose names a board shows: what the record must say was seen."""
    shown = list(board)
    cells = [cell for home in shown for row in home.rows for cell in row.cells]
    whose = {home.home.whose_id for home in shown if home.is_open and home.home.whose_id}
    return whose | {cell.stay.young_person_id for cell in cells if cell.stay}


def options_for(by: Account, young_person: YoungPerson, on: date, *, today: date) -> list[HomeRows]:
    """Every home they are old enough for: which places are free that night, and who lives there.

    Of homes that are somebody's own, only theirs.
    """
    age = young_person.age_on(on)
    return [
        option
        for option in places_by_day(by, on, 1, today=today)
        if age >= option.home.of_kind.from_age
        and (not option.home.of_kind.ones_own or option.home.whose_id == young_person.pk)
    ]
