"""What a simulation gives back."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import kernel_block as kb
from onedoor.evidence.model.grid import Grid
from onedoor.evidence.refusal import Refused

Counted = NDArray[np.int16]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """R replications of T months, counted in G groups of age and S states.

    `occupied` (R, T, G, S): young people at the end of each month. `asked` (R, T, S): times that
    somebody needed a place of this kind, because they arrived or had to move, whether or not there
    was one. All else is (R, T), young
    people in each month: `arrived` (found a place), `left` (before the oldest age), `of_age` (left
    because they reached it), `moved` (to another kind of home), `same` (to another home of the same
    kind), `displaced` (arrived or moved, but not into the kind they needed, which was full),
    `waited` (needed to move, found no place, and stayed where they were) and `nowhere` (needed a
    place, found none, and are in no other count).

    Nobody is lost: people at the end of a month are those at its beginning, and `arrived`, less
    `left` and `of_age`. `groups`: the first month of age of each group. `number`: the number of
    the first replication; `seed` with it makes the same figures again.
    """

    grid: Grid
    groups: tuple[int, ...]
    seed: int
    number: int
    occupied: Counted
    events: Counted = field(repr=False)
    asked: Counted = field(repr=False)

    def __len__(self) -> int:
        return len(self.occupied)

    @property
    def n(self) -> int:
        """How many replications."""
        return len(self)

    @property
    def months(self) -> int:
        return int(self.occupied.shape[1])

    @property
    def arrived(self) -> Counted:
        return self.events[:, :, kb.ARRIVED]

    @property
    def left(self) -> Counted:
        return self.events[:, :, kb.LEFT]

    @property
    def of_age(self) -> Counted:
        return self.events[:, :, kb.OF_AGE]

    @property
    def moved(self) -> Counted:
        return self.events[:, :, kb.MOVED]

    @property
    def same(self) -> Counted:
        return self.events[:, :, kb.SAME]

    @property
    def displaced(self) -> Counted:
        return self.events[:, :, kb.DISPLACED]

    @property
    def waited(self) -> Counted:
        return self.events[:, :, kb.WAITED]

    @property
    def nowhere(self) -> Counted:
        return self.events[:, :, kb.NOWHERE]

    def people(self) -> NDArray[np.int32]:
        """(R, T, S): people of all groups."""
        return np.asarray(self.occupied.sum(axis=2, dtype=np.int32))

    def mean(self) -> Reals:
        """(T, G, S): the mean number of people over the replications."""
        return np.asarray(self.occupied.mean(axis=0, dtype=np.float64))

    def mcse(self) -> Reals:
        """(T, G, S): the standard error that `mean` has because there are only R replications."""
        spread = self.occupied.std(axis=0, dtype=np.float64, ddof=min(1, self.n - 1))
        return np.asarray(spread / np.sqrt(self.n))

    @property
    def limits(self) -> tuple[str, ...]:
        """What a reader must be told beside the figures, in plain English."""
        said = [
            f"{self.n:,} replications: each is one possible future, none of them a promise.",
            "Each month is one step: a place that is taken and left within a month is not seen.",
        ]
        nowhere = int((self.nowhere.sum(axis=1) > 0).sum())
        if nowhere:
            said.append(
                f"In {nowhere:,} of {self.n:,} replications somebody found no place at all and is "
                "in no count: give every limited kind of home a route that ends in one without a "
                "limit."
            )
        waited = int((self.waited.sum(axis=1) > 0).sum())
        if waited:
            said.append(
                f"In {waited:,} of {self.n:,} replications somebody who needed to move found no "
                "place and stayed where they were."
            )
        return tuple(said)


def together(parts: list[Simulation]) -> Simulation:
    """One simulation of parts that follow on each other in the number of their replications.

    Refused where they do not, or differ in anything but their replications.
    """
    first, number = parts[0], parts[0].number
    for part in parts:
        same = (part.grid, part.groups, part.seed, part.months) == (
            *(first.grid, first.groups, first.seed, first.months),
        )
        if not same or part.number != number:
            raise Refused(
                f"A part that begins with replication {part.number} cannot follow: the next is "
                f"{number}, with the same states, groups, months and seed."
            )
        number += part.n
    return Simulation(
        *(first.grid, first.groups, first.seed, first.number),
        np.concatenate([part.occupied for part in parts]),
        np.concatenate([part.events for part in parts]),
        np.concatenate([part.asked for part in parts]),
    )
