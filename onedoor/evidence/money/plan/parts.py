"""What a plan is made of. Every price in it is a `Rate` of the tariff; a plan says how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from onedoor.evidence.money import years
from onedoor.evidence.money.effects import Effect
from onedoor.evidence.money.prices import Deflator, Discount
from onedoor.evidence.money.rates import Tariff

# Whose money counts, and which of it. For the council only cash does: time and places released by
# others are no saving of its own, and remand avoided is no cash at all.
PERSPECTIVES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "council": (("council",), ("cashable",)),
    "public purse": (
        ("council", "police", "nhs", "justice", "central"),
        ("cashable", "avoided"),
    ),
    "society": (
        ("council", "police", "nhs", "justice", "central", "young_person", "others"),
        ("cashable", "avoided", "wider"),
    ),
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """`many` of something with a price by the year, from the day `first` up to `until` (blank: to
    the end). `words` is what it is for. `double`: it is the old beside the new, for a time."""

    item: str
    words: str
    many: Decimal
    first: date
    until: date | None = None
    double: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """`many` of something with a price for an event, paid on one day."""

    item: str
    words: str
    many: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Bed:
    """One kind of bed in a hub, by the key of its state. Young people stay `low` to `high` days on
    average (5% below, 5% above), and then go where `shares` says (parts of 1; *left* is out of
    care). `if_full`: the state where those go who find no bed."""

    state: str
    low: float
    high: float
    shares: Mapping[str, float]
    if_full: str
    source: str
    shares_source: str


@dataclass(frozen=True, slots=True)
class Places:
    """From the first of a month on, each hub has `many` places in each kind of bed."""

    on: date
    many: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comes:
    """Of the young people of these ages (whole years, both counted) who would arrive in, or move
    to, the states `instead_of`, a share of `low` to `high` (5% below, 5% above) come to the bed
    `state`. It comes in evenly over `months` from the day the hubs open."""

    state: str
    instead_of: tuple[str, ...]
    ages: tuple[int, int]
    low: float
    high: float
    months: int
    source: str


@dataclass(frozen=True, slots=True)
class Hub:
    """`hubs` hubs open on the first of a month, and `hubs_now` are there already, with or without
    the plan. `states`: the kinds of home that a hub pays for, which have no price by the night.
    `fixed`: what one hub holds of each price by the year, the same when a bed is empty; `running`:
    those of them that are not posts of its team. `beds`, `places` and `comes` are all given or
    none: without them nobody is sent to a hub by the plan. `outreach_caseload`: the young people
    each hub supports at once in outreach; `None` is not said."""

    hubs: int
    hubs_now: int
    opens: date
    states: tuple[str, ...]
    fixed: Mapping[str, Decimal]
    beds: tuple[Bed, ...] = ()
    places: tuple[Places, ...] = ()
    comes: tuple[Comes, ...] = ()
    running: tuple[str, ...] = ()
    outreach_caseload: int | None = None


@dataclass(frozen=True, slots=True)
class OwnHomes:
    """The council's own homes of one kind: paid by the home and not by the night. `homes_now` are
    open. Money is released only when so few young people have needed a place, for
    `months_before_closing` months on end, that a whole home can go."""

    state: str
    item: str
    homes_now: int
    places: int
    months_before_closing: int


@dataclass(frozen=True, slots=True)
class Award:
    """Money from somebody else for the plan in one financial year: `low` to `high` pence of that
    year. `to_council` is the part of it, from 0 to 1, that goes to the council; the rest goes to
    the programme's central team. It is shown beside the saving and never inside it."""

    words: str
    year: str
    low: int
    high: int
    to_council: Decimal
    payer: str
    source: str

    @property
    def council(self) -> tuple[int, int]:
        """What goes to the council: whole pence of `low` and of `high`, half up."""
        low, high = (
            int((pence * self.to_council).quantize(Decimal(1), ROUND_HALF_UP))
            for pence in (self.low, self.high)
        )
        return low, high


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens `low` to `high` times (5% below, 5% above) in 1,000 nights in care,
    has a price each, and is changed by the effect of that key (blank: by none)."""

    item: str
    low: float
    high: float
    effect: str
    source: str


@dataclass(frozen=True, slots=True)
class Outturn:
    """What a payer really spent in the year before the plan, on the same young people and homes."""

    payer: str
    pence: int
    price_year: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """All that a costing needs beside how many young people there are where.

    `nights`: the prices of a night in each kind of home. `shares`: the part of a price that is
    cash, where the plan gives another than the default of its payer. `uplifts`: what a cost is
    multiplied by for optimism. `text` is the file itself, kept with every result.
    """

    title: str
    first_year: str
    years: int
    price_base: str
    perspective: str
    tariff: Tariff
    nights: Mapping[str, tuple[str, ...]]
    hub: Hub
    own_homes: tuple[OwnHomes, ...]
    fixed: tuple[Fixed, ...]
    once: tuple[Once, ...]
    awards: tuple[Award, ...]
    events: tuple[Event, ...]
    effects: Mapping[str, Effect]
    outturn: tuple[Outturn, ...]
    shares: Mapping[tuple[str, str], float]
    uplifts: Mapping[str, float]
    deflator: Deflator
    discount: Discount
    said: Mapping[str, str]
    text: str

    @property
    def begins(self) -> date:
        return years.begins(self.first_year)

    @property
    def months(self) -> int:
        return 12 * self.years

    @property
    def until(self) -> date:
        """The day after the last night."""
        return years.month_begins(self.begins, self.months)

    @property
    def year_names(self) -> tuple[str, ...]:
        return tuple(years.after(self.first_year, year) for year in range(self.years))

    @property
    def opens_month(self) -> int:
        """The month of the costing, from 0, in which the hubs open."""
        return self.month_of(self.hub.opens)

    def month_of(self, day: date) -> int:
        """The month of the costing, from 0, that a day is in."""
        return (day.year - self.begins.year) * 12 + day.month - self.begins.month
