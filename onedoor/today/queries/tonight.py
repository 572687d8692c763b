"""Who is where on a night, and which places are free."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from onedoor.door import access
from onedoor.door.models import Notice, YoungPerson
from onedoor.door.rules import WITH_US, NoticeKind
from onedoor.homes import rules as homes_rules
from onedoor.homes.models import Night, Place, Stay
from onedoor.team.models import Account
from onedoor.today import rules
from onedoor.today.queries.whereabouts import NOWHERE, Whereabouts, whereabouts

FEW = 10


@dataclass(frozen=True)
class Row:
    person: YoungPerson
    where: Whereabouts
    hub: str

    @property
    def under(self) -> str:
        """The heading this row stands under: those to find first, then hub by hub."""
        if self.where.accounted_for:
            return self.hub
        return "To find out now" if self.where.to_find_out else "Expected"


@dataclass(frozen=True)
class Free:
    hub: str
    kind: str
    free: int
    of: int


@dataclass(frozen=True)
class Tonight:
    night: date
    rows: list[Row]
    counts: Counter[rules.Night]
    free: list[Free]

    @property
    def of_all(self) -> int:
        return len(self.rows)

    @property
    def accounted_for(self) -> int:
        return sum(self.counts[stands] for stands in rules.ACCOUNTED_FOR)

    @property
    def not_accounted_for(self) -> list[tuple[rules.Night, int]]:
        stands = [s for s in rules.Night if s not in rules.ACCOUNTED_FOR]
        return [(s, self.counts[s]) for s in stands if self.counts[s]]

    @property
    def first_to_find(self) -> list[Row]:
        """The first few of those to find; the page of tonight shows all."""
        return [row for row in self.rows if row.where.to_find_out][:FEW]

    @property
    def more_to_find(self) -> int:
        to_find = [self.counts[stands] for stands in rules.TO_FIND_OUT]
        return sum(to_find) - len(self.first_to_find)

    @property
    def expected(self) -> int:
        return self.counts[rules.Night.EXPECTED]


def tonight(by: Account, night: date, today: date, *, this_night: date) -> Tonight:
    """Everybody this account may see who is with us: five questions, however many they are."""
    access.must_hold(by, "see_tonight", today)
    people = YoungPerson.objects.visible_to(by, today).with_standing().filter(_ours_tonight())
    found = whereabouts(people.values("pk"), night, today, this_night=this_night)
    order = list(rules.Night)
    rows = [
        Row(person, found.get(person.pk, NOWHERE), person.welcome.hub.name)
        for person in people.with_key_worker().select_related("welcome__hub")
    ]

    def place(row: Row) -> tuple:
        where = row.where
        if not where.accounted_for:
            return (0, order.index(where.night), row.hub, row.person.name)
        home = where.stay.place.home if where.stay else None
        return (1, 0, row.hub, home.name if home else "", row.person.name)

    rows.sort(key=place)
    counts = Counter(row.where.night for row in rows)
    return Tonight(night, rows, counts, free_places(night, today))


def _ours_tonight() -> Q:
    """Everybody with us; and, whatever their standing says, whoever is missing."""
    missing = Notice.objects.standing().filter(kind=NoticeKind.MISSING)
    return Q(support=WITH_US) | Q(pk__in=missing.values("young_person"))


def free_places(night: date, today: date) -> list[Free]:
    """Places the hubs can offer that nobody has for the night, by hub and kind of home."""
    kinds = homes_rules.kinds()
    offered = [key for key, kind in kinds.items() if kind.counts_free]
    # Who should have left and has not is still there, though their nights have run out.
    here = Stay.objects.living() if night <= today else Stay.objects.none()
    taken = {
        "claimed": Exists(Night.objects.filter(place=OuterRef("pk"), night=night)),
        "lived_in": Exists(here.filter(place=OuterRef("pk"))),
    }
    counted = (
        Place.objects.filter(home__hub__isnull=False, home__kind__in=offered)
        .annotate(**taken)
        .order_by("home__hub__name", "home__kind")
        .values("home__hub__name", "home__kind")
        .annotate(of=Count("pk"), free=Count("pk", filter=Q(claimed=False, lived_in=False)))
    )
    found = [
        Free(row["home__hub__name"], row["home__kind"], row["free"], row["of"]) for row in counted
    ]
    order = list(kinds)
    found.sort(key=lambda free: (free.hub, order.index(free.kind)))
    return [Free(f.hub, kinds[f.kind].name, f.free, f.of) for f in found]
