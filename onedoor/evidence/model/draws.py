"""Draws: what the model believes about rates, many times over, so that doubt is carried on."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model.grid import Grid

Reals = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """R possible sets of rates, one for each replication.

    `stay`: (R, A, D, S), chance of being in the same state a month later, given that the 18th
    birthday (`grid.oldest`) does not come first: leaving at that age is a date, never a chance.
    `to`: (R, A, D, S, S+1), where to, given that somebody does not stay; the last is *left*; each
    row sums to 1 and the chance of its own state is 0 (a move to another home of the same kind is
    counted beside, in `same`).
    `same`: (R, A, D, S), chance in a month that somebody who stays in the state moves to another
    home of the same kind. It sets nothing back in the model: time in a state is kept.
    `arrivals`: (R, A, S), expected arrivals a month, ages spread evenly over the band.
    `level`: (R, T), what the arrivals of month t are multiplied by: trend and good and bad years.
    """

    grid: Grid
    stay: Reals
    to: Reals
    same: Reals
    arrivals: Reals
    level: Reals

    def __post_init__(self) -> None:
        a, d, s = self.grid.shape
        r = len(self.stay)
        wanted = {
            "stay": (r, a, d, s),
            "to": (r, a, d, s, s + 1),
            "same": (r, a, d, s),
            "arrivals": (r, a, s),
            "level": (r, self.level.shape[-1]),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} is {getattr(self, name).shape} and must be {shape}")

    def __len__(self) -> int:
        return len(self.stay)

    @property
    def months(self) -> int:
        return int(self.level.shape[1])

    def only(self, first: int, last: int) -> "Draws":
        """The draws from `first` up to `last`, not included: a block to work through."""
        cut = slice(first, last)
        return replace(
            self,
            stay=self.stay[cut],
            to=self.to[cut],
            same=self.same[cut],
            arrivals=self.arrivals[cut],
            level=self.level[cut],
        )
