"""How many young people are where, month by month, and the nights that makes."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money import years
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Occupied:
    """`people` (R, T, S): young people in each of S `states` at the end of each of T months, in R
    replications. `before` (S,): those there as the first month begins."""

    states: tuple[str, ...]
    people: NDArray[np.integer]
    before: NDArray[np.integer]

    def __post_init__(self) -> None:
        many = len(self.states)
        if self.people.ndim != 3 or self.people.shape[2] != many or self.before.shape != (many,):
            raise Refused(
                f"People are counted in {self.people.shape} and {self.before.shape}, and there are "
                f"{many} kinds of home. Give (replications, months, kinds) and (kinds,)."
            )

    @property
    def n(self) -> int:
        return int(self.people.shape[0])

    @property
    def months(self) -> int:
        return int(self.people.shape[1])

    def anybody(self, state: str) -> bool:
        """Whether a single young person is ever there."""
        at = self.states.index(state)
        return bool(self.before[at] or self.people[:, :, at].any())

    def average(self, state: str) -> Reals:
        """(R, T): young people there in the month, half way between its beginning and its end."""
        at = self.states.index(state)
        ends = self.people[:, :, at].astype(np.float64)
        first = np.full((self.n, 1), float(self.before[at]))
        begins = np.concatenate([first, ends[:, :-1]], axis=1)
        return np.asarray((begins + ends) / 2)

    def everybody(self) -> Reals:
        """(R, T): as `average`, in all kinds of home."""
        ends = self.people.sum(axis=2, dtype=np.float64)
        first = np.full((self.n, 1), float(self.before.sum()))
        return np.asarray((np.concatenate([first, ends[:, :-1]], axis=1) + ends) / 2)

    def most(self, state: str) -> Reals:
        """(R, T): the more of those there at the beginning and at the end of the month."""
        at = self.states.index(state)
        ends = self.people[:, :, at].astype(np.float64)
        first = np.full((self.n, 1), float(self.before[at]))
        return np.asarray(np.maximum(np.concatenate([first, ends[:, :-1]], axis=1), ends))


def nights(begins: date, months: int) -> Reals:
    """(T,): the nights of each month from `begins` on."""
    edges = [years.month_begins(begins, month) for month in range(months + 1)]
    return np.array(
        [(after - first).days for first, after in zip(edges, edges[1:], strict=False)], np.float64
    )
