"""How far years stray from what was expected: the width of an interval, from the past."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """Half the width of an interval on the log scale.

    `own`: of one year of a council of `middle` young people; smaller councils stray more (`wide`).
    `england`: of one year of England's growth, which goes on in the same direction.
    `chance`: see `wide`.
    """

    own: float
    england: float
    middle: float
    chance: float

    def of(self, count: Reals, ahead: int) -> Reals:
        """For councils of these counts (L,), so many years ahead. A council's years stray each
        on its own and so by the root of the years; England's growth may be lost, or double."""
        council = self.own * wide(count, self.middle, self.chance) * np.sqrt(ahead)
        return np.asarray(np.hypot(council, self.england * ahead))


def spread(strayed: Reals, before: Reals, england: Reals, level: float, chance: float) -> Spread:
    """The spread that held a part `level` of the years up to now.

    `strayed`: how far council-years were from what was said, and `before`: young people then, (N,).
    `england`: its yearly changes, (T,).
    """
    middle = float(np.median(before))
    own = float(np.quantile(np.abs(strayed) / wide(before, middle, chance), level))
    return Spread(own, of_england(england, level), middle, chance)


def of_england(changes: Reals, level: float) -> float:
    """Its growth is as likely to be lost as to double: normal, with the size of its past changes
    (T,) as standard deviation."""
    usual = float(np.sqrt(np.mean(changes**2))) if len(changes) else 0.0
    return NormalDist().inv_cdf((1 + level) / 2) * usual


def wide(count: Reals, middle: float, chance: float) -> Reals:
    """How much more a council of this count strays than one of `middle`: the part `chance` of
    the variance falls as councils grow, and the rest is the same for all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt(1 - chance + chance * middle / count))
