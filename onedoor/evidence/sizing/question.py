"""What is asked of a sizing: the places, who comes, and how sure to be."""

import math
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import assurance, erlang, judged, kept_free
from onedoor.evidence.sizing.chain import YEAR, Demand
from onedoor.evidence.sizing.erlang import Reals
from onedoor.evidence.sizing.loss import Coming

MOST_LOAD = 200  # young people at once: far more than hubs that help each other have
LEAST_REFUSAL, MOST_ASSURANCE = 0.001, 0.999


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
    them, from `months` of a record with just these numbers). `futures`: one load for each future
    that was simulated, where the demand comes from these and from no record. `night_cost`: pounds
    for one place-night, never taken for granted. `source`: in words, where the demand comes from.

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
    futures: tuple[float, ...] = ()
    night_cost: float | None = None
    source: str = "Numbers given."

    def __post_init__(self) -> None:
        erlang.checked_places(self.residential)
        erlang.checked_places(self.emergency)
        if self.places == 0:
            raise Refused("A hub without a place cannot be sized: give places as 4+2.")
        if self.demand.load == 0:
            raise Refused("Nobody comes: give planned stays or stays in a crisis, or both.")
        if self.demand.load > MOST_LOAD:
            raise Refused(
                f"{self.demand.load:,.0f} young people at once are no demand of a hub, and "
                f"{MOST_LOAD} is the most: check the numbers, or cut them into several hubs."
            )
        erlang.checked_share(self.refusal)
        assurance.load_at([1.0], self.assurance)
        self._checked_digits()
        if self.night_cost is not None:
            kept_free.checked_cost(self.night_cost)
        if not 0 < self.months < 1200:
            raise Refused(f"A record of {self.months:g} months cannot be: say how long it was.")
        if self.records is None and not self.futures:
            self._checked_months()

    def _checked_digits(self) -> None:
        """What is simulated and drawn tells no finer shares than these."""
        if self.refusal < LEAST_REFUSAL:
            raise Refused(
                f"A refusal of {self.refusal:g} cannot be told from none: give {LEAST_REFUSAL} or "
                "more."
            )
        if self.assurance > MOST_ASSURANCE:
            raise Refused(
                f"An assurance of {self.assurance:g} cannot be told from certainty: give "
                f"{MOST_ASSURANCE} or less."
            )

    def _checked_months(self) -> None:
        demand, years = self.demand, self.months / 12
        for what, a_year in (
            ("planned stays", demand.planned_per_year),
            ("stays in a crisis", demand.crisis_per_year),
        ):
            if 0 < a_year * years < 1:
                raise Refused(
                    f"{a_year:g} {what} a year are fewer than one in a record of {self.months:g} "
                    "months: say how long the record was that shows them (--months)."
                )

    def as_dict(self) -> dict[str, Any]:
        """Plain values, without the futures, which are many."""
        return {key: value for key, value in asdict(self).items() if key != "futures"}

    @property
    def places(self) -> int:
        return self.residential + self.emergency

    @property
    def bunches(self) -> bool:
        return max(self.coming.batch_planned, self.coming.batch_crisis) > 1

    def loads(self, seed: int) -> Reals:
        """Draws (R,) of the load of both kinds together, as far as the record lets it be known; or
        the futures as they are."""
        if self.futures:
            return np.array(self.futures)
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
