"""The beds of a planned hub, put into the simulation: its states, who comes, and how many can.

Both futures are simulated with the beds among the states, so that both look up the same random
numbers; without the model nobody is ever sent to one.

A month is one step, and somebody is counted in their state for so many ends of months. So that the
nights of a bed are right on average, somebody with a mean stay of m months is there at the end of
a month again with the chance 1 - 1/m. Where m is below 1, only the part m of those who come is
counted in the bed at all; the others are counted where they would have gone.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import capacity, scenario
from onedoor.evidence.model.capacity import Capacity
from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.model.scenario import Change, Flow
from onedoor.evidence.model.schedule import Schedule
from onedoor.evidence.money.effects.effect import NINETY, normal
from onedoor.evidence.money.plan import Bed, Comes, Hub, Plan
from onedoor.evidence.money.plan.beds import BEDS, LEFT
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]

MONTH = 365.25 / 12  # days


@dataclass(frozen=True, slots=True)
class Luck:
    """Which draws: of the replications from `number` on, with this seed."""

    seed: int
    number: int


def check(hub: Hub, grid: Grid, ages: tuple[int, int]) -> None:
    """Refused where the beds do not fit the states and the ages of a council's returns."""
    for bed in hub.beds:
        if bed.state in grid.states:
            raise Refused(
                f"The plan has beds of the kind {bed.state}, and young people live there in these "
                f"returns already: take [[hub.bed]], [[hub.places]] and [[hub.comes]] out of the "
                f"plan, or the hub out of the list of hubs."
            )
        for state in (bed.if_full, *(key for key in bed.shares if key not in (*BEDS, LEFT))):
            _known(state, f"{bed.state} leads to", grid)
    for comes in hub.comes:
        if not set(comes.instead_of) & set(grid.states):
            _known(comes.instead_of[0], f"{comes.state} takes young people from", grid)
        if not ages[0] <= comes.ages[0] <= comes.ages[1] <= ages[1]:
            raise Refused(
                f"Young people aged {comes.ages[0]} to {comes.ages[1]} come to {comes.state}, and "
                f"the costing is of ages {ages[0]} to {ages[1]}: beds would be full of young "
                f"people it does not count. Change one of them."
            )
        edges = {edge // 12 for edge in grid.ages}
        if not {comes.ages[0], comes.ages[1] + 1} <= edges:
            raise Refused(
                f"Ages {comes.ages[0]} to {comes.ages[1]}, who come to {comes.state}, cut through "
                f"a band of ages with one rate. Begin at, and end the year before, one of: "
                f"{', '.join(str(edge) for edge in sorted(edges))}."
            )


def _known(state: str, what: str, grid: Grid) -> None:
    if state not in grid.states:
        raise Refused(
            f"In the plan {what} {state}, and nobody lived there in these returns, so nothing says "
            f"how long they would stay. Give one of: {', '.join(grid.states)}."
        )


def with_beds(rates: Draws, hub: Hub, luck: Luck) -> Draws:
    """The draws with the beds among their states, last; nobody is sent to any. A plan without
    beds changes nothing."""
    if not hub.beds:
        return rates
    more = len(hub.beds)
    grid = replace(rates.grid, states=(*rates.grid.states, *(bed.state for bed in hub.beds)))
    one, left = [(0, 0)], len(rates.grid.states)
    to = np.insert(rates.to, [left] * more, 0, axis=4)
    larger = Draws(
        grid,
        np.pad(rates.stay, [*one * 3, (0, more)]),
        np.pad(to, [*one * 3, (0, more), (0, 0)]),
        np.pad(rates.same, [*one * 3, (0, more)]),
        np.pad(rates.arrivals, [*one * 2, (0, more)]),
        rates.level,
    )
    return _in_beds(larger, hub, luck)


def changed(rates: Draws, changes: list[Change], plan: Plan, luck: Luck) -> Draws | Schedule:
    """The rates with the model: who comes to the hub, then every other change. How long they stay
    in a bed and where they go from it is the plan's to say, so no other change touches that."""
    coming = [
        change
        for at, comes in enumerate(plan.hub.comes)
        if (change := _coming(at, comes, plan, rates, luck))
    ]
    if not coming and not changes:
        return rates
    found = scenario.changed(rates, [*coming, *changes])
    if not plan.hub.beds:
        return found
    return Schedule(found.at, tuple(_in_beds(each, plan.hub, luck) for each in found.draws))


def limits(plan: Plan, grid: Grid) -> Capacity | None:
    """The places of the beds by month, and where those go who find them full: an emergency bed and
    a hub family before the state that the plan gives. None without beds: no limit."""
    hub = plan.hub
    if not hub.beds:
        return None
    places = {
        bed.state: [
            (plan.month_of(each.on), each.many[bed.state] * hub.hubs) for each in hub.places
        ]
        for bed in hub.beds
    }
    routes = {bed.state: _route(bed, grid) for bed in hub.beds}
    return capacity.capacity(grid, plan.months, places, routes)


def _route(bed: Bed, grid: Grid) -> list[str]:
    before = ["hub_emergency", "hub_family"] if bed.state == "hub_home" else []
    return [*(key for key in before if key in grid.states and key != bed.if_full), bed.if_full]


def stay(bed: Bed, z: Reals) -> Reals:
    """The mean stay in months, from standard normal numbers: lognormal."""
    centre, sd = math.log(bed.low * bed.high) / 2, math.log(bed.high / bed.low) / (2 * NINETY)
    return np.asarray(np.exp(centre + sd * z) / MONTH)


def share(comes: Comes, z: Reals) -> Reals:
    """The share who come, from standard normal numbers: the odds are lognormal."""
    if not comes.high:
        return np.zeros_like(z)
    low, high = (math.log(each / (1 - each)) for each in (comes.low, comes.high))
    odds = np.exp((low + high) / 2 + (high - low) / (2 * NINETY) * z)
    return np.asarray(odds / (1 + odds))


def stay_name(bed: Bed) -> str:
    """The name of the draw of how long they stay; `comes_name` that of who comes."""
    return f"stay {bed.state}"


def comes_name(at: int, comes: Comes) -> str:
    return f"comes {at + 1} {comes.state}"


def _coming(at: int, comes: Comes, plan: Plan, rates: Draws, luck: Luck) -> Change | None:
    into = tuple(state for state in comes.instead_of if state in rates.grid.states)
    if not comes.high or not into:
        return None
    (bed,) = (bed for bed in plan.hub.beds if bed.state == comes.state)
    come = share(comes, normal(comes_name(at, comes), len(rates), luck.seed, luck.number))
    come = come * np.minimum(_months(bed, len(rates), luck), 1)
    ages = comes.ages[0] * 12, (comes.ages[1] + 1) * 12
    flows = (
        Flow("arrive", into=into, ages=ages, instead=comes.state),
        Flow("move", into=into, ages=ages, instead=comes.state),
    )
    return Change(flows, np.log1p(-come), plan.opens_month, comes.months)


def _months(bed: Bed, many: int, luck: Luck) -> Reals:
    return stay(bed, normal(stay_name(bed), many, luck.seed, luck.number))


def _in_beds(rates: Draws, hub: Hub, luck: Luck) -> Draws:
    """The rates with those out of the beds as the plan has them, at every age."""
    stays, to, same = rates.stay.copy(), rates.to.copy(), rates.same.copy()
    for bed in hub.beds:
        at = rates.grid.state(bed.state)
        again = 1 - 1 / np.maximum(_months(bed, len(rates), luck), 1)
        stays[..., at] = again[:, None, None]
        to[..., at, :] = _row(bed, rates.grid)
        same[..., at] = 0
    return replace(rates, stay=stays, to=to, same=same)


def _row(bed: Bed, grid: Grid) -> NDArray[Any]:
    row = np.zeros(len(grid.states) + 1, np.float32)
    for state, part in bed.shares.items():
        row[len(grid.states) if state == LEFT else grid.state(state)] = part
    return row
