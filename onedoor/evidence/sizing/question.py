"""What is asked of a sizing: the places, who comes, and how sure to be."""

import math
from dataclasses import dataclass, field

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import assurance, erlang, judged, kept_free
from onedoor.evidence.sizing.chain import YEAR, Demand
from onedoor.evidence.sizing.erlang import Reals
from onedoor.evidence.sizing.loss import Coming


@dataclass(frozen=True, slots=True)
class Record:
    """What one kind of demand rests on: arrivals in so many days, stays ended, days lived in all
    of them, and how much stays differ (standard deviation over mean)."""

    arrivals: float
    days: float
    ended: float
    lived: float
    variation: float


Records = tuple[Record | None, Record | None]  # of planned stays, of stays in a crisis


@dataclass(frozen=True, slots=True)
class Question:
    """How many places: these, for this demand?

    `residential` and `emergency` places; `demand` a year; `coming`, how they come and stay beyond
    that. `refusal`: the share that may be turned away. `assurance`: how sure to be of that, given
    that the demand is known from `records` of planned stays and stays in a crisis only (without
    them, from `months` of a record with just these numbers). `night_cost`: pounds for one
    place-night, never taken for granted. `source`: in words, where the demand comes from.

    Raises `Refused` for anything that cannot be.
    """

    residential: int
    emergency: int
    demand: Demand
    coming: Coming = field(default_factory=Coming)
    refusal: float = field(default_factory=lambda: judged.number("refusal"))
    assurance: float = field(default_factory=lambda: judged.number("assurance"))
    months: float = field(default_factory=lambda: judged.number("months"))
    records: Records | None = None
    night_cost: float | None = None
    source: str = "Numbers given."

    def __post_init__(self) -> None:
        erlang.checked_places(self.residential)
        erlang.checked_places(self.emergency)
        if self.places == 0:
            raise Refused("A hub without a place cannot be sized: give places as 4+2.")
        if self.demand.load == 0:
            raise Refused("Nobody comes: give planned stays or stays in a crisis, or both.")
        erlang.checked_share(self.refusal)
        assurance.load_at([1.0], self.assurance)
        if self.night_cost is not None:
            kept_free.checked_cost(self.night_cost)
        if not 0 < self.months < 1200:
            raise Refused(f"A record of {self.months:g} months cannot be: say how long it was.")

    @property
    def places(self) -> int:
        return self.residential + self.emergency

    @property
    def bunches(self) -> bool:
        return max(self.coming.batch_planned, self.coming.batch_crisis) > 1

    def loads(self, seed: int) -> Reals:
        """Draws (R,) of the load of both kinds together, as far as the record lets it be known."""
        total = None
        batches = self.coming.batch_planned, self.coming.batch_crisis
        for kind, record in enumerate(self.records or self._taken_from_numbers()):
            if record is None:
                continue
            rate = assurance.arrivals_a_day(
                record.arrivals,
                record.days,
                dispersion=2 * batches[kind] - 1,
                seed=seed,
                kind=kind,
            )
            stay = assurance.mean_stay(
                record.ended, record.lived, variation=record.variation, seed=seed, kind=kind
            )
            total = rate * stay if total is None else total + rate * stay
        if total is None:
            raise Refused("There is no record of anybody who came.")
        return total

    def _taken_from_numbers(self) -> Records:
        variation = math.sqrt(math.expm1(self.coming.spread**2))
        years = self.months / 12
        found: list[Record | None] = []
        for a_year, days in (
            (self.demand.planned_per_year, self.demand.days_planned),
            (self.demand.crisis_per_year, self.demand.days_crisis),
        ):
            came = a_year * years
            here = came > 0 and days > 0
            found.append(Record(came, years * YEAR, came, came * days, variation) if here else None)
        return found[0], found[1]
