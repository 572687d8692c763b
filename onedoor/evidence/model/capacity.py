"""Places, in the words of a plan: how many of each kind from which month on, and where somebody
goes who finds that kind full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model.grid import Grid
from onedoor.evidence.model.simulation import Simulation
from onedoor.evidence.refusal import Refused

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]

NO_LIMIT = -1


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """`caps` (T, S) and `routes` (S, k) as `simulate` takes them. `dead_ends`: keys of limited
    states from which somebody may find no place at all, because they and their routes only lead to
    states with a limit. Say so beside any figure."""

    caps: Whole
    routes: Whole
    dead_ends: tuple[str, ...]


def capacity(
    grid: Grid,
    months: int,
    places: Mapping[str, int | Sequence[tuple[int, int]]],
    routes: Mapping[str, Sequence[str]],
) -> Capacity:
    """Limits for a simulation of so many months.

    `places`: for the key of a state its places, always or from months on: `[(6, 4), (18, 8)]` is
    none before month 6 (no such home is open), 4 from then and 8 from month 18 (months from 0). A
    state that is not named has no limit. `routes`: for a state those tried in turn when it is full.

    Refused where a state is not on the grid, places are below 0, months do not rise, or a route
    leads back to the state it begins at.
    """
    caps = np.full((months, len(grid.states)), NO_LIMIT, np.int64)
    for key, given in places.items():
        caps[:, _state(grid, key)] = _by_month(key, given, months)
    longest = max((len(route) for route in routes.values()), default=0)
    ways = np.full((len(grid.states), longest), -1, np.int64)
    for key, route in routes.items():
        if key in route:
            raise Refused(f"The route of {key!r} leads back to {key!r}. Leave it out of its route.")
        ways[_state(grid, key), : len(route)] = [_state(grid, each) for each in route]
    return Capacity(caps, ways, _dead_ends(grid, caps, ways))


def turned_away(simulation: Simulation) -> Reals:
    """(R,): of all who needed a place in another kind of home, the share who did not get that kind:
    displaced, waiting where they were, or with no place at all. Not a number where nobody did."""
    missed = _whole(simulation.displaced, simulation.waited, simulation.nowhere)
    placed = _whole(simulation.arrived, simulation.moved)
    needed = placed + _whole(simulation.waited, simulation.nowhere)
    share: Reals = np.full(len(needed), np.nan)
    np.divide(missed, needed, out=share, where=needed > 0)
    return share


def _whole(*counts: NDArray[np.int16]) -> Reals:
    return np.asarray(sum(each.sum(axis=1, dtype=np.float64) for each in counts))


def _state(grid: Grid, key: str) -> int:
    if key not in grid.states:
        raise Refused(
            f"The places name the state {key!r}, which is not in the model. Its states are: "
            f"{', '.join(grid.states)}."
        )
    return grid.state(key)


def _by_month(key: str, given: int | Sequence[tuple[int, int]], months: int) -> Whole:
    steps = [(0, given)] if isinstance(given, int) else list(given)
    begins = [month for month, _ in steps]
    if not steps or begins != sorted(set(begins)) or min(many for _, many in steps) < 0:
        raise Refused(
            f"The places of {key!r} are {given}. Give a number from 0, or pairs of a month and a "
            "number, with months that rise."
        )
    out = np.zeros(months, np.int64)
    for month, many in steps:
        out[max(month, 0) :] = many
    return out


def _dead_ends(grid: Grid, caps: Whole, routes: Whole) -> tuple[str, ...]:
    limited = (caps != NO_LIMIT).any(axis=0)
    return tuple(
        key
        for state, key in enumerate(grid.states)
        if limited[state] and all(limited[each] for each in routes[state] if each >= 0)
    )
