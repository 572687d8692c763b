"""What if: causes changed, never outcomes. An effect multiplies the rates of some flows, and what
it does to numbers of young people is left for the simulation to find out.

A flow has a rate. With a chance to stay of p, somebody leaves a state at the rate -ln p a month,
shared among the states they go to by the chances in `to`. So where the rate to state j is
multiplied by m_j, and `to` says q_j, the chance to stay becomes p to the power of sum(m_j q_j), and
the new `to` is m_j q_j over that sum: chances stay chances, whatever the ratios.

Some young people do not need fewer homes but other ones. With `instead`, what a flow loses goes to
that state in its place: the number who arrive, or who move, is left as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.model.schedule import Schedule
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Flow:
    """Young people on their way: `what` they do, in or out of which kinds of home, at which ages.

    `what`: *arrive* in `into`; *move* from one of `out_of` to one of `into`; *leave* from one of
    `out_of` before the oldest age; or *same*: move to another home of the same kind, within
    `out_of`. Keys of states; none means all. `ages`: first month of age, and the first that is too
    old; both must be edges of bands. `instead`: the state that gets what the flow loses (*arrive*
    and *move* only).
    """

    what: Literal["arrive", "move", "leave", "same"]
    out_of: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The rates of `flows` are multiplied by exp(`log_ratio`), (R,): one ratio for each of the
    draws, so that doubt about an effect is carried on.

    Nothing changes before month `first`. Over `over` months the change comes in evenly, and it is
    whole in month `first + over - 1`; with `over` 1 (or 0) it is whole at once.
    """

    flows: tuple[Flow, ...]
    log_ratio: Reals = field(repr=False)
    first: int = 0
    over: int = 1

    @property
    def last_before(self) -> int:
        return self.first - 1

    @property
    def whole(self) -> int:
        return self.first + max(self.over, 1) - 1

    def share(self, month: int) -> float:
        """How much of the change has come in, from 0 to 1."""
        come = (month - self.last_before) / (self.whole - self.last_before)
        return min(1.0, max(0.0, come))


def changed(rates: Draws, changes: Sequence[Change]) -> Schedule:
    """`rates` with the changes, for `simulate`; the random numbers stay the same, so that a
    scenario and what it is compared with share their luck.

    Changes multiply: two that touch one flow both count. While one comes in the rates lie on the
    line between the months in which something begins or is whole (`Schedule`). Refused where a
    change names a state or ages that the grid does not have, or has not one ratio for each draw.
    """
    for change in changes:
        _check(change, rates)
    months = sorted({at for each in changes for at in (each.last_before, each.whole)}) or [0]
    return Schedule(tuple(months), tuple(_in_month(rates, changes, month) for month in months))


def _in_month(rates: Draws, changes: Sequence[Change], month: int) -> Draws:
    there = [change for change in changes if change.share(month)]
    # Only what is touched is copied, and once: the chances of all draws are much memory.
    touched = {flow.what for change in there for flow in change.flows}
    arrivals = rates.arrivals.copy() if "arrive" in touched else rates.arrivals
    same = rates.same.copy() if "same" in touched else rates.same
    goes = bool(touched & {"move", "leave"})
    to = rates.to.copy() if goes else rates.to
    for change in there:
        ratio = np.exp(change.share(month) * np.asarray(change.log_ratio)).astype(np.float32)
        for flow in change.flows:
            if flow.what == "arrive":
                _arrive(arrivals, flow, rates.grid, ratio)
            elif flow.what == "same":
                _again(same, flow, rates.grid, ratio)
            else:
                _go(to, flow, rates.grid, ratio)
    if not goes:
        return replace(rates, arrivals=arrivals, same=same)
    # In `to` stand rates relative to the old ones by now: their sum is how much faster people go.
    faster = to.sum(axis=-1, dtype=np.float64)
    stay = np.asarray(np.power(rates.stay, faster, dtype=np.float64), np.float32)
    np.divide(to, np.where(faster > 0, faster, 1)[..., None], out=to, casting="same_kind")
    return replace(rates, arrivals=arrivals, same=same, stay=stay, to=to)


def _arrive(out: Single, flow: Flow, grid: Grid, ratio: Single) -> None:
    ages = _bands(flow, grid)
    for state in _states(flow.into, grid):
        lost = out[:, ages, state] * (1 - ratio[:, None])
        if flow.instead is not None:
            # A ratio above 1 takes from the other state, and no more than it has.
            other = out[:, ages, grid.state(flow.instead)]
            lost = np.maximum(lost, -other)
            other += lost
        out[:, ages, state] -= lost


def _go(out: Single, flow: Flow, grid: Grid, ratio: Single) -> None:
    ages, left = _bands(flow, grid), len(grid.states)
    goals = [left] if flow.what == "leave" else _states(flow.into, grid)
    for state in _states(flow.out_of, grid):
        for goal in goals:
            lost = out[:, ages, :, state, goal] * (1 - ratio[:, None, None])
            # Who would be sent to where they are stays there: nothing is added.
            if flow.instead is not None and grid.state(flow.instead) != state:
                other = out[:, ages, :, state, grid.state(flow.instead)]
                lost = np.maximum(lost, -other)
                other += lost
            out[:, ages, :, state, goal] -= lost


def _again(out: Single, flow: Flow, grid: Grid, ratio: Single) -> None:
    ages = _bands(flow, grid)
    for state in _states(flow.out_of, grid):
        # 1 - (1 - chance)^ratio, which keeps the digits of a chance that is next to nothing.
        with np.errstate(divide="ignore"):  # a chance of 1 has no end of a rate, and stays 1
            rate = np.log1p(-out[:, ages, :, state])
        out[:, ages, :, state] = -np.expm1(ratio[:, None, None] * rate)


def _states(keys: tuple[str, ...], grid: Grid) -> list[int]:
    return [grid.state(key) for key in keys or grid.states]


def _bands(flow: Flow, grid: Grid) -> slice:
    if flow.ages is None:
        return slice(None)
    return slice(grid.ages.index(flow.ages[0]), grid.ages.index(flow.ages[1]))


def _check(change: Change, rates: Draws) -> None:
    if np.shape(change.log_ratio) != (len(rates),) or not np.isfinite(change.log_ratio).all():
        raise Refused(
            f"A change has the ratios {np.shape(change.log_ratio)} for {len(rates)} draws. Give "
            "the logarithm of one ratio for each draw."
        )
    for flow in change.flows:
        _check_flow(flow, rates.grid)


def _check_flow(flow: Flow, grid: Grid) -> None:
    for key in (*flow.out_of, *flow.into, *([flow.instead] if flow.instead else [])):
        if key not in grid.states:
            raise Refused(
                f"A change names the state {key!r}, which is not in the model. Its states are: "
                f"{', '.join(grid.states)}."
            )
    unsaid = {"arrive": flow.out_of, "leave": flow.into, "same": flow.into, "move": ()}
    if unsaid[flow.what] or (flow.instead and flow.what in ("leave", "same")):
        raise Refused(
            f"A flow of those who {flow.what} says more than it can: arrive takes into, leave and "
            "same take out_of, and only arrive and move take instead."
        )
    if flow.instead is not None and flow.instead in (flow.into or grid.states):
        raise Refused(f"A flow goes into {flow.instead!r} and, instead, there too. Leave one out.")
    if flow.ages is not None and not (set(flow.ages) <= set(grid.ages) and len(flow.ages) == 2):
        raise Refused(
            f"A change is for the ages {flow.ages} (months). Give two edges of bands: {grid.ages}."
        )
