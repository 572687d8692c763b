"""What a kernel is given and what it gives back: a block of replications, as bare arrays.

There are two kernels, `kernel_numpy` (always there, and the oracle) and `kernel_numba` (compiled).
They give the same numbers to the last bit, because every number comes from `rng` and every sum is
taken in the same order. Change one and the other must follow; the tests will not let them part.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import rng
from onedoor.evidence.model.grid import TRACKED, Grid, Population
from onedoor.evidence.model.schedule import Schedule
from onedoor.evidence.refusal import Refused

# What is counted beside the people, in the order of the last axis of `Counts.events`.
ARRIVED, LEFT, OF_AGE, MOVED, SAME, DISPLACED, WAITED, NOWHERE = range(8)
EVENTS = 8

MOST_PEOPLE = 32_000  # at once in one replication: what two bytes for a count can hold

NOBODY = -1  # the state of somebody who arrives, until they have a place

# What draws are for. Of a person: draw 0 is the age at which they arrive, draw t + 1 what they do
# in month t. Of the council: with C cells of arrivals, draw t (C + 1) + c is how many arrive in
# cell c in month t, and draw t (C + 1) + C is whose turn it is first.
AGE_DRAW = 0


class Block(NamedTuple):
    """B replications over T months, for K sets of rates; cells (a, d, s) are flattened to C.

    `keys` (B,); `stay`, `same` (K, B, C); `to` (K, B, C, S+1); `arrivals` (K, B, A*S); `level`
    (B, T). In month t the rates are on the line from set `part[t]` to the next, at `weight[t]`.
    `caps` (T, S) with -1 for no limit, `routes` (S, k) padded with -1; `capped`: is there a limit
    at all. `band[age - youngest]` and `lasted[months in the state]` are bands; `groups[age -
    youngest]` says in which group somebody is counted; `ages` (A+1,) the edges. `age`, `duration`,
    `state` (N,) are the people of the first day. (A named tuple, because numba takes one whole.)
    """

    keys: rng.Keys
    stay: NDArray[np.float32]
    to: NDArray[np.float32]
    same: NDArray[np.float32]
    arrivals: NDArray[np.float32]
    level: NDArray[np.float32]
    part: NDArray[np.int64]
    weight: NDArray[np.float64]
    caps: NDArray[np.int64]
    routes: NDArray[np.int64]
    capped: bool
    band: NDArray[np.int64]
    lasted: NDArray[np.int64]
    groups: NDArray[np.int64]
    ages: NDArray[np.int64]
    age: NDArray[np.int64]
    duration: NDArray[np.int64]
    state: NDArray[np.int64]

    @property
    def states(self) -> int:
        return int(self.to.shape[-1]) - 1

    @property
    def group_count(self) -> int:
        return int(self.groups.max()) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is the same for every block: `number` of the first replication of all, and the rest as
    in `Block`."""

    seed: int
    number: int
    caps: NDArray[np.int64]
    routes: NDArray[np.int64]
    groups: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """`occupied` (B, T, G, S): people at the end of each month; `events` (B, T, EVENTS); `asked`
    (B, T, S): people who needed a place of this kind and were not in one."""

    occupied: NDArray[np.int16]
    events: NDArray[np.int16]
    asked: NDArray[np.int16]

    @classmethod
    def none(cls, block: Block) -> "Counts":
        b, t = block.level.shape
        shapes = (b, t, block.group_count, block.states), (b, t, EVENTS), (b, t, block.states)
        return cls(*(np.zeros(shape, np.int16) for shape in shapes))


def check_room(people: int) -> None:
    """Refused where so many at once are too many to be counted."""
    if people > MOST_PEOPLE:
        raise Refused(
            f"{people:,} young people or more would be in the model at once, and {MOST_PEOPLE:,} "
            "is the most. Simulate one council at a time, or fewer months."
        )


def cut(rates: Schedule, people: Population, first: int, last: int, asked: Asked) -> Block:
    """The block of draws `first` up to `last`, not included."""
    grid, months = rates.grid, rates.months
    parts = [each.only(first, last) for each in rates.draws]
    a, d, s = grid.shape
    size, lines = last - first, [rates.line(month) for month in range(months)]
    return Block(
        keys=rng.seeded(asked.seed, asked.number + np.arange(first, last)),
        stay=_together([each.stay for each in parts], (size, a * d * s)),
        to=_together([each.to for each in parts], (size, a * d * s, s + 1)),
        same=_together([each.same for each in parts], (size, a * d * s)),
        arrivals=_together([each.arrivals for each in parts], (size, a * s)),
        level=_own(parts[0].level),
        part=np.array([part for part, _ in lines], np.int64),
        weight=np.array([weight for _, weight in lines], np.float64),
        caps=asked.caps,
        routes=asked.routes,
        capped=bool((asked.caps >= 0).any()),
        groups=asked.groups,
        **_bands(grid),
        **{name: getattr(people, name).astype(np.int64) for name in ("age", "duration", "state")},
    )


def _together(sets: list[NDArray[np.float32]], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """(K, *shape), without a copy where there is one set and it lies in one piece."""
    return _own(sets[0].reshape(shape)[None] if len(sets) == 1 else np.stack(sets)).reshape(
        len(sets), *shape
    )


def _own(array: NDArray[np.float32]) -> NDArray[np.float32]:
    """In one piece and writable, though nobody writes: one kind of array is compiled for once."""
    return np.require(array, np.float32, ["C", "W"])


def _bands(grid: Grid) -> dict[str, NDArray[np.int64]]:
    ages = np.arange(grid.ages[0], grid.oldest)
    return {
        "band": grid.age_band(ages).astype(np.int64),
        "lasted": grid.duration_band(np.arange(TRACKED + 1)).astype(np.int64),
        "ages": np.array(grid.ages, np.int64),
    }
