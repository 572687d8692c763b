"""What the years up to now say about growth: England's, and what pulls a council from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.trend import judged
from onedoor.evidence.trend.counts import Tables
from onedoor.evidence.trend.judged import Measure

Reals = NDArray[np.float64]

TUNING = 1.345  # Huber's constant: 95 % as exact as least squares where errors are normal
ROUNDS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Growth:
    """T yearly changes of L councils on the log scale, and how far each was from councils alike.

    `council` (L, T): change in the year that ends in each March. `before` (L, T): young people at
    the beginning of that year. `gap` (L, T + 1): at each beginning, and last now, the log rate
    above that of its statistical neighbours. NaN where not known. `england` (T,): its changes.
    """

    council: Reals
    before: Reals
    gap: Reals
    england: Reals


def growth(known: Tables, measure: Measure) -> Growth:
    """The rate of those looked after is for each child who lives there, that of the homes for each
    looked after. The first year's change of all looked after is made from its starts and ceases."""
    counts = known.of(measure)
    if measure == "homes":
        first = np.full(len(known.councils), np.nan)
        of = known.looked_after.numbers
    else:
        first = counts.numbers[:, 0] - known.starts.numbers[:, 0] + known.ceases.numbers[:, 0]
        of = known.children.numbers
    every = _logs(np.column_stack([first, counts.numbers]))
    of = _logs(np.column_stack([of[:, :1], of]))
    earlier = judged.england(known.years[0] - 1, measure)
    england = np.diff(_logs(np.append(earlier, counts.england)))
    before = np.exp(every[:, :-1])
    return Growth(np.diff(every, axis=1), before, _above(every - of, known.alike), england)


def _logs(values: Reals) -> Reals:
    """NaN where there is nobody: a log has no place for them."""
    return np.log(np.where(values > 0, values, np.nan))


def _above(rates: Reals, alike: NDArray[np.bool_]) -> Reals:
    """(L, T) log rates above the mean of the councils alike that have one that year."""
    known = np.isfinite(rates)
    counted = alike.astype(np.float64) @ known
    total = alike.astype(np.float64) @ np.where(known, rates, 0.0)
    return rates - np.divide(total, counted, out=np.full_like(total, np.nan), where=counted > 0)


def apart(values: Reals) -> Reals:
    """(L, T) without the middle of each year."""
    some = np.isfinite(values).any(axis=0)
    middle = np.zeros(values.shape[1])
    middle[some] = np.nanmedian(values[:, some], axis=0)
    return values - middle


@dataclass(frozen=True, slots=True)
class Pulls:
    """What a council's next yearly change leans to. `back`: for each unit of its gap to councils
    alike. `on`: for each unit that its own last change was apart from the middle council's.
    Both shrunk to 0 by how unsure they are."""

    back: float
    on: float


def pulls(known: Tables, measure: Measure) -> Pulls:
    """Learnt from all councils and years up to now. Homes have no change in the first year and
    borrow the pull of everybody looked after."""
    found = growth(known, measure)
    if not np.isfinite(found.council).any():
        return pulls(known, "looked_after") if measure == "homes" else Pulls(0.0, 0.0)
    target = apart(found.council)
    back = slope(found.gap[:, :-1], target)
    left = target - np.where(np.isfinite(found.gap), back * found.gap, 0.0)[:, :-1]
    return Pulls(back, slope(target[:, :-1], left[:, 1:]))


def slope(x: Reals, y: Reals) -> float:
    """A robust slope through 0 (Huber 1964) over what is known of both, shrunk by how unsure it
    is: times 1 - se^2/slope^2, and 0 where that is below 0 (positive-part James-Stein)."""
    use = np.isfinite(x) & np.isfinite(y)
    x, y = x[use], y[use]
    if len(x) < 3 or not np.any(x) or not np.any(y):
        return 0.0
    found, scale, weight = 0.0, 1.0, np.ones_like(x)
    for _ in range(ROUNDS):
        found = float((weight * x * y).sum() / (weight * x * x).sum())
        left = np.abs(y - found * x)
        scale = max(float(np.median(left)) / 0.6745, 1e-9)
        weight = np.minimum(1.0, TUNING * scale / np.maximum(left, 1e-12))
    unsure = scale**2 / float((weight * x * x).sum())
    return found * max(0.0, 1.0 - unsure / found**2)
