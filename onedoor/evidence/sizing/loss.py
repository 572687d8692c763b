"""A hub simulated: stays of any length, arrivals in batches, two kinds of place.

The formulas hold for arrivals one by one. Brothers and sisters come together and one crisis sets
off another, and then everything is full more often: this is the answer where they are the floor.

Many hubs are run side by side, one in each column, from arrival to arrival. Of every place only
the day on which it is free again is kept, in order, so that the first tells whether there is one.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import rng
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing.chain import YEAR, Demand
from onedoor.evidence.sizing.erlang import checked_places

Reals = NDArray[np.float64]
LANES = 1_000  # hubs side by side: the least time for each arrival measured
BLOCK = 16  # arrivals for which chance is drawn at once: what fits the cache


@dataclass(frozen=True, slots=True)
class Coming:
    """How they come and stay beyond their numbers.

    `batch_planned`, `batch_crisis`: young people who come together, on average; sizes are
    geometric, so 1.2 means that after each there is a chance of one in six of another the same
    day. `spread`: standard deviation of the logarithm of a stay (lognormal). `together`: all of a
    batch stay equally long (brothers and sisters who leave together); otherwise each as it comes.
    """

    batch_planned: float = 1.0
    batch_crisis: float = 1.0
    spread: float = 1.0
    together: bool = False

    def __post_init__(self) -> None:
        for batch in (self.batch_planned, self.batch_crisis):
            if not 1 <= batch <= 20:
                raise Refused(
                    f"A batch of {batch:g} young people on average cannot be: give 1 (one by one) "
                    "to 20."
                )
        if not 0 <= self.spread <= 3:
            raise Refused(f"A spread of {self.spread:g} of stays is not one from 0 to 3.")


@dataclass(frozen=True, slots=True)
class Simulated:
    """What happened, each a share from 0 to 1 but for `taken`, with its Monte Carlo standard error.

    As `chain.Hub`; `arrivals` counted after the warm-up, in `lanes` hubs side by side.
    """

    residential: int
    emergency: int
    refuse_planned: float
    refuse_crisis: float
    refuse_all: float
    occupancy: float
    taken: float
    borrowed: float
    mcse_planned: float
    mcse_crisis: float
    mcse_all: float
    arrivals: int
    lanes: int
    seed: int


def simulate(
    residential: int,
    emergency: int,
    demand: Demand,
    coming: Coming | None = None,
    *,
    arrivals: int = 500_000,
    seed: int = 1,
    lanes: int = LANES,
) -> Simulated:
    """About so many `arrivals` at hubs of these places, after a warm-up.

    The same seed gives the same figures. About 30 ns an arrival for 6 places. Raises `Refused` for
    no places, nobody coming, or too few arrivals to say anything.
    """
    coming = coming or Coming()
    checked_places(residential)
    checked_places(emergency)
    if residential + emergency == 0 or demand.load == 0:
        raise Refused("A simulation needs places, and somebody who comes and stays.")
    if arrivals < lanes or lanes < 2:
        raise Refused(f"{arrivals:,} arrivals at {lanes:,} hubs side by side are too few.")
    by = rng.stream("hubs", seed)
    hubs = _Hubs(residential, emergency, demand, coming, lanes, by)
    for gap, which, normal in _chance(by, lanes, _warm(demand, coming)):
        hubs.arrive(gap, which, normal)
    hubs.forget()
    for gap, which, normal in _chance(by, lanes, -(-arrivals // lanes)):
        hubs.arrive(gap, which, normal)
    return _counted(hubs, demand, seed)


def _chance(
    by: np.random.Generator, lanes: int, steps: int
) -> Iterator[tuple[Reals, Reals, Reals]]:
    """For each step, chance for every lane: a gap (mean 1), a uniform, a normal."""
    for begun in range(0, steps, BLOCK):
        size = (min(BLOCK, steps - begun), lanes)
        drawn = (
            by.standard_exponential(size),
            by.random(size),
            by.standard_normal(size),
        )
        yield from zip(*drawn, strict=True)


def _warm(demand: Demand, coming: Coming) -> int:
    """Arrivals to let pass: three times what is left, on average, of a stay met on the way.

    That is much longer than the mean stay where stays differ much, as long ones are met more often.
    """
    days = max(
        days
        for days, come in (
            (demand.days_planned, demand.planned_per_year),
            (demand.days_crisis, demand.crisis_per_year),
        )
        if come > 0
    )
    left = days * math.exp(coming.spread**2) / 2
    a_day = (demand.planned_per_year + demand.crisis_per_year) / YEAR
    return math.ceil(3 * left * a_day) + 20


class _Hubs:
    """Hubs side by side: row k of `residential` and `emergency` is, lane by lane, the day on which
    the place that is k-th to be free is free."""

    def __init__(
        self,
        residential: int,
        emergency: int,
        demand: Demand,
        coming: Coming,
        lanes: int,
        by: np.random.Generator,
    ) -> None:
        batches = (
            demand.planned_per_year / coming.batch_planned,
            demand.crisis_per_year / coming.batch_crisis,
        )
        self.gap_days = YEAR / sum(batches)
        self.crisis_share = batches[1] / sum(batches)
        self.alike = (1 - 1 / coming.batch_planned, 1 - 1 / coming.batch_crisis)
        self.days = (demand.days_planned, demand.days_crisis)
        self.spread, self.together = coming.spread, coming.together
        self.loads = demand.loads
        self.residential = self._begun(residential, 0, lanes, by)
        self.emergency = self._begun(emergency, 1, lanes, by)
        self.now = np.zeros(lanes)
        self.crisis = np.zeros(lanes, dtype=bool)
        self.again = np.zeros(lanes, dtype=bool)
        self.everyone = np.ones(lanes, dtype=bool)
        self.normal = np.zeros(lanes)
        self.begun = 0.0  # the first arrival comes with nobody
        self.forget()

    def _begun(self, places: int, kind: int, lanes: int, by: np.random.Generator) -> Reals:
        """Places as somebody finds them who looks in: taken by stays that have so much left."""
        taken = np.minimum(by.poisson(self.loads[kind], lanes), places)
        normal = by.standard_normal((places, lanes))
        # Long stays are met more often (a shift of the lognormal), anywhere in their middle.
        length = self.days[kind] * np.exp(self.spread * normal + self.spread**2 / 2)
        left = length * by.random((places, lanes))
        return np.sort(np.where(np.arange(places)[:, None] < taken, left, 0.0), axis=0)

    def forget(self) -> None:
        """Begin to count."""
        lanes = len(self.now)
        self.steps = 0
        self.crises = np.zeros(lanes)
        self.lost, self.lost_crises, self.lent = np.zeros((3, lanes))

    def arrive(self, gap: Reals, which: Reals, normal: Reals) -> None:
        """One arrival in every lane; whoever comes again with the last one comes the same day."""
        self.now += self._gaps(gap, which)
        if self.together:
            normal = self.normal = np.where(self.again, self.normal, normal)
        length = np.exp(self.spread * normal - self.spread**2 / 2)
        until = self.now + np.where(self.crisis, *reversed(self.days)) * length
        wants = self.everyone
        if len(self.emergency):
            found = self.crisis & (self.emergency[0] <= self.now)
            _take(self.emergency, found, until)
            wants = ~found
        free = ~self.everyone
        if len(self.residential):
            free = wants & (self.residential[0] <= self.now)
            _take(self.residential, free, until)
        lost = wants & ~free
        self.steps += 1
        self.crises += self.crisis
        self.lost += lost
        self.lost_crises += lost & self.crisis
        self.lent += free & self.crisis

    def _gaps(self, gap: Reals, which: Reals) -> Reals:
        """Days until the arrival in each lane, 0 in a batch; says whether it is one in a crisis."""
        if not any(self.alike):
            self.crisis = which < self.crisis_share
            return gap * self.gap_days
        alike = np.where(self.crisis, *reversed(self.alike)) * self.begun
        self.again, self.begun = which < alike, 1.0
        # What is left of the uniform is uniform again.
        left = (which - alike) / (1 - alike)
        self.crisis = np.where(self.again, self.crisis, left < self.crisis_share)
        return np.where(self.again, 0.0, gap * self.gap_days)


def _take(places: Reals, who: NDArray[np.bool_], until: Reals) -> None:
    """Where `who`, the first place is taken until then; the rows stay in order."""
    carried = np.where(who, until, places[0])
    for k in range(1, len(places)):
        np.minimum(carried, places[k], out=places[k - 1])
        np.maximum(carried, places[k], out=carried)
    places[-1] = carried


def _counted(hubs: _Hubs, demand: Demand, seed: int) -> Simulated:
    come = np.array([hubs.steps - hubs.crises, hubs.crises])
    lost = np.array([hubs.lost - hubs.lost_crises, hubs.lost_crises])
    planned, mcse_planned = _share(lost[0], come[0])
    crisis, mcse_crisis = _share(lost[1], come[1])
    every, mcse_all = _share(lost.sum(axis=0), come.sum(axis=0))
    # Little's law: places taken are stays admitted a day times their mean length.
    a, b = demand.loads
    taken = a * (1 - planned) + b * (1 - crisis)
    places = len(hubs.residential) + len(hubs.emergency)
    admitted = float(come[1].sum() - lost[1].sum())
    return Simulated(
        len(hubs.residential),
        len(hubs.emergency),
        planned,
        crisis,
        every,
        taken / places,
        taken,
        float(hubs.lent.sum()) / admitted if admitted else 0.0,
        mcse_planned,
        mcse_crisis,
        mcse_all,
        int(come.sum()),
        len(hubs.now),
        seed,
    )


def _share(lost: Reals, come: Reals) -> tuple[float, float]:
    """A share and its Monte Carlo standard error, from how much the lanes differ."""
    if come.sum() == 0:
        return 0.0, 0.0
    share = float(lost.sum() / come.sum())
    off = lost - share * come
    return share, float(np.sqrt((off**2).sum()) / come.sum())
