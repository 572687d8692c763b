"""A hub of two kinds of place, solved exactly: planned stays and stays in a crisis.

Planned stays use residential places only. A stay in a crisis uses an emergency place, and a
residential one when every emergency place is taken. Nobody is moved because another place has
become free. Somebody who finds no place is refused.

The states are (planned in residential, crisis in residential, crisis in emergency). Their
long-run shares solve a linear system that is block tridiagonal in the last of the three, so it
is solved block by block and no sparse library is needed. Stays are exponential here; simulation
with lognormal stays agrees within 0.001 (evidence.md 1.6), so their shape hardly matters.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import erlang
from onedoor.evidence.sizing.erlang import Reals, checked_share

Whole = NDArray[np.int64]
YEAR = 365.25
MOST_RESIDENTIAL, MOST_STATES = 35, 6_000  # a tenth of a second and 40 MB


@dataclass(frozen=True, slots=True)
class Demand:
    """Who comes in a year, and for how many days on average."""

    planned_per_year: float
    days_planned: float
    crisis_per_year: float
    days_crisis: float

    def __post_init__(self) -> None:
        each = (self.planned_per_year, self.days_planned, self.crisis_per_year, self.days_crisis)
        if not all(np.isfinite(number) and number >= 0 for number in each):
            raise Refused("Arrivals a year and days of a stay must be numbers of 0 or more.")

    @property
    def loads(self) -> tuple[float, float]:
        """Places that planned stays and stays in a crisis would take if one were always free."""
        return (
            self.planned_per_year * self.days_planned / YEAR,
            self.crisis_per_year * self.days_crisis / YEAR,
        )

    @property
    def load(self) -> float:
        return sum(self.loads)

    def times(self, many: float) -> "Demand":
        """The same stays, so many times as often: two hubs that pool their places see twice."""
        return Demand(
            self.planned_per_year * many,
            self.days_planned,
            self.crisis_per_year * many,
            self.days_crisis,
        )


@dataclass(frozen=True, slots=True)
class Hub:
    """What happens in the long run, each a share from 0 to 1 but for `taken`.

    `refuse_planned`, `refuse_crisis`: of those who come. `refuse_all`: of both together.
    `occupancy`: of places taken on an average night, `taken` of them. `borrowed`: of admitted
    stays in a crisis, those that had to use a residential place.
    """

    residential: int
    emergency: int
    refuse_planned: float
    refuse_crisis: float
    refuse_all: float
    occupancy: float
    taken: float
    borrowed: float


def solve(residential: int, emergency: int, demand: Demand) -> Hub:
    """The long run of one hub, exactly (about 1 ms for 4+2 places, 30 ms for 16+8).

    Raises `Refused` for no places at all, negative ones, or more than can be solved.
    """
    if residential < 0 or emergency < 0 or residential + emergency == 0:
        raise Refused(
            f"A hub of {residential}+{emergency} places cannot be: give residential and emergency "
            "places as 4+2."
        )
    states = (residential + 1) * (residential + 2) // 2 * (emergency + 1)
    if residential > MOST_RESIDENTIAL or states > MOST_STATES:
        raise Refused(
            f"A hub of {residential}+{emergency} places is too large to be solved exactly "
            f"(at most {MOST_RESIDENTIAL} residential places and {MOST_STATES:,} states): simulate "
            "it."
        )
    planned, crisis = _pairs(residential)
    shares = _long_run(residential, emergency, demand, planned, crisis)
    full = planned + crisis == residential
    every = shares.sum(axis=0)
    # Arrivals see the long-run shares, because they come one by one at random (PASTA).
    refuse_planned = float(every[full].sum())
    refuse_crisis = float(shares[-1, full].sum())
    emergency_taken = float((shares.sum(axis=1) * np.arange(emergency + 1)).sum())
    taken = float((every * (planned + crisis)).sum()) + emergency_taken
    admitted = 1 - refuse_crisis
    to_residential = float(shares[-1].sum()) - refuse_crisis
    return Hub(
        residential,
        emergency,
        refuse_planned,
        refuse_crisis,
        _weighted(demand, refuse_planned, refuse_crisis),
        taken / (residential + emergency),
        taken,
        to_residential / admitted if admitted > 0 else 0.0,
    )


def smallest(demand: Demand, refusal: float) -> tuple[Hub, ...]:
    """The fewest places that refuse at most this share of planned stays and of stays in a crisis:
    every split of them into residential and emergency that does, by emergency places.

    Exact for arrivals one by one, and so a floor; a second or two for 30 places. Raises `Refused`
    where that is too many to solve.
    """
    checked_share(refusal)
    planned, crisis = demand.loads
    # Crises can only make it harder for planned stays, and planned stays for crises.
    residential = erlang.places_for(planned, refusal)
    fewest = max(1, residential, erlang.places_for(crisis, refusal))
    for places in range(fewest, MOST_RESIDENTIAL + 1):
        splits = range(places - residential + 1)
        hubs = (solve(places - emergency, emergency, demand) for emergency in splits)
        if found := tuple(hub for hub in hubs if _holds(hub, demand, refusal)):
            return found
    raise Refused(
        f"More than {MOST_RESIDENTIAL} places would be needed, more than one hub has: cut the "
        "demand into several hubs."
    )


def _holds(hub: Hub, demand: Demand, refusal: float) -> bool:
    planned = demand.planned_per_year == 0 or hub.refuse_planned <= refusal
    return planned and (demand.crisis_per_year == 0 or hub.refuse_crisis <= refusal)


def _weighted(demand: Demand, planned: float, crisis: float) -> float:
    coming = demand.planned_per_year + demand.crisis_per_year
    if coming == 0:
        return 0.0
    return (demand.planned_per_year * planned + demand.crisis_per_year * crisis) / coming


def _pairs(residential: int) -> tuple[Whole, Whole]:
    """Every (planned, crisis) that fits the residential places, as two arrays."""
    planned, crisis = np.meshgrid(*[np.arange(residential + 1)] * 2, indexing="ij")
    fits = planned + crisis <= residential
    return planned[fits], crisis[fits]


def _long_run(
    residential: int,
    emergency: int,
    demand: Demand,
    planned: Whole,
    crisis: Whole,
) -> Reals:
    """Long-run shares (E+1, N): emergency places taken, by (planned, crisis) in residential.

    With `come` and `go` the rates of crisis arrivals and departures, the balance of level j is
    x[j-1] come + x[j] D[j] + x[j+1] (j+1) go = 0. From the top, x[j] = x[j-1] R[j] with
    R[j] = -come (D[j] + (j+1) R[j+1] go)^-1, which only ever divides by what is safely not zero.
    """
    come, go = demand.crisis_per_year / YEAR, _rate(demand.days_crisis)
    within = _moves(residential, planned, crisis, demand, borrow=0.0)
    full_up = _moves(residential, planned, crisis, demand, borrow=come)
    size = np.eye(len(planned))
    ratios: list[Reals] = []
    above = np.zeros_like(within)
    for j in range(emergency, 0, -1):
        inside = full_up if j == emergency else within - come * size
        block = inside - j * go * size + above
        ratio: Reals = -come * np.linalg.inv(block).astype(np.float64)
        ratios.append(ratio)
        above = j * go * ratio
    bottom = (full_up if emergency == 0 else within - come * size) + above
    levels = [_null(bottom)]
    for ratio in reversed(ratios):
        levels.append(levels[-1] @ ratio)
    shares = np.maximum(np.array(levels), 0.0)
    return np.asarray(shares / shares.sum())


def _rate(days: float) -> float:
    """Departures a day of one stay; stays of no days leave so soon that they take no place."""
    return 1.0 / max(days, 1e-6)


def _moves(
    residential: int, planned: Whole, crisis: Whole, demand: Demand, *, borrow: float
) -> Reals:
    """Rates between (planned, crisis) while the emergency places do not change.

    `borrow`: the rate of crises that come for a residential place, as they do only while every
    emergency place is taken.
    """
    number = np.zeros((residential + 2, residential + 2), dtype=np.int64)
    number[planned, crisis] = here = np.arange(len(planned))
    rates = np.zeros((len(planned), len(planned)))
    free = planned + crisis < residential
    p, c = planned > 0, crisis > 0
    rates[here[free], number[planned[free] + 1, crisis[free]]] = demand.planned_per_year / YEAR
    rates[here[free], number[planned[free], crisis[free] + 1]] = borrow
    rates[here[p], number[planned[p] - 1, crisis[p]]] = planned[p] * _rate(demand.days_planned)
    rates[here[c], number[planned[c], crisis[c] - 1]] = crisis[c] * _rate(demand.days_crisis)
    return rates - np.diag(rates.sum(axis=1))


def _null(block: Reals) -> Reals:
    """The x with x block = 0 and sum 1: the last of its equations says nothing new."""
    system = block.T.copy()
    system[-1] = 1.0
    wanted = np.zeros(len(block))
    wanted[-1] = 1.0
    return np.linalg.solve(system, wanted).astype(np.float64)
