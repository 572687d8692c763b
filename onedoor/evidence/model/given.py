"""What a simulation is given, checked before it runs: each refusal says how to mend it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onedoor.evidence.model import kernel_block, poisson
from onedoor.evidence.model.grid import TRACKED, Grid, Population
from onedoor.evidence.model.kernel_block import Block
from onedoor.evidence.model.schedule import Schedule
from onedoor.evidence.refusal import Refused

Whole = NDArray[np.int64]

NEARLY_ONE = 1e-3  # float32 chances of a row may miss 1 by rounding, never by this much


def caps(given: ArrayLike | None, rates: Schedule) -> Whole:
    """(T, S) of the limits given as (S,) or (T, S) or none; -1 is no limit."""
    shape = (rates.months, rates.grid.shape[2])
    if given is None:
        return np.full(shape, -1, np.int64)
    found = np.asarray(given)
    if found.shape not in (shape, shape[1:]):
        raise Refused(
            f"The limits have the shape {found.shape}. Give one for each of the {shape[1]} states, "
            f"or one for each of the {shape[0]} months and {shape[1]} states."
        )
    if not np.equal(found, np.floor(found)).all() or (found < -1).any():
        raise Refused("A limit must be a whole number of places, or -1 for no limit.")
    return np.broadcast_to(found.astype(np.int64), shape).copy()


def routes(given: ArrayLike | None, grid: Grid) -> Whole:
    """(S, k) of the routes given, or (S, 0)."""
    states = grid.shape[2]
    if given is None:
        return np.empty((states, 0), np.int64)
    found = np.asarray(given)
    if found.ndim != 2 or len(found) != states or found.dtype.kind not in "iu":
        raise Refused(
            f"Routes have the shape {found.shape}. Give a row of states (whole numbers, padded "
            f"with -1) for each of the {states} states."
        )
    if ((found < -1) | (found >= states)).any():
        raise Refused(f"A route leads to a state that is not there: states are 0 to {states - 1}.")
    return found.astype(np.int64, order="C")


def groups(edges: tuple[int, ...], grid: Grid) -> Whole:
    """The group of each month of age from the youngest on, (ages,)."""
    rise = list(edges) == sorted(set(edges))
    if not edges or not rise or edges[0] > grid.ages[0] or edges[-1] >= grid.oldest:
        raise Refused(
            f"Groups begin at the ages {edges} (months). Give ages that rise, the first at most "
            f"{grid.ages[0]} and the last below {grid.oldest}."
        )
    ages = np.arange(grid.ages[0], grid.oldest)
    return np.searchsorted(np.asarray(edges), ages, side="right").astype(np.int64) - 1


def check_population(people: Population, grid: Grid) -> None:
    """Refused where somebody's age, time in the state or state is not on the grid, or where there
    are more people than a count can hold."""
    kernel_block.check_room(len(people))
    for name, low, high in (
        ("age", grid.ages[0], grid.oldest - 1),
        ("duration", 0, TRACKED),
        ("state", 0, len(grid.states) - 1),
    ):
        found = getattr(people, name)
        off = np.flatnonzero((found < low) | (found > high))
        if len(off):
            raise Refused(
                f"Person {off[0] + 1} of the population has the {name} {found[off[0]]}, and it "
                f"must be from {low} to {high}. Leave out who is not in the model."
            )


def check_block(block: Block) -> None:
    """Refused where chances are none, or too many would arrive in a cell."""
    for name in ("stay", "same", "to"):
        chances = getattr(block, name)
        if not ((chances >= 0) & (chances <= 1)).all():
            raise Refused(f"A chance in `{name}` is not between 0 and 1. Mend the draws.")
    if (np.abs(block.to.sum(axis=-1) - 1) > NEARLY_ONE)[block.stay < 1].any():
        raise Refused(
            "The chances of where to go, for somebody who does not stay, do not add up to 1 in "
            "`to`. Mend the draws."
        )
    own = np.arange(block.to.shape[2]) % block.states
    if np.take_along_axis(block.to, own[None, None, :, None], axis=3).any():
        raise Refused(
            "In `to` somebody who does not stay may go to the state they are in. A move to another "
            "home of the same kind belongs in `same`. Mend the draws."
        )
    if not ((block.arrivals >= 0).all() and (block.level >= 0).all()):
        raise Refused("Arrivals or their levels are below 0 or not numbers. Mend the draws.")
    _check_arrivals(block)


def _check_arrivals(block: Block) -> None:
    most = block.arrivals.max(axis=(0, 2), initial=0) * block.level.max(axis=1, initial=0)
    if (most > poisson.MOST).any():
        raise Refused(
            f"{most.max():,.0f} young people are expected to arrive in one cell in one month, and "
            f"{poisson.MOST:,.0f} is the most. Split the band of age, or the council."
        )
