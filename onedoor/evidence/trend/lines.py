"""The forecast itself, for every council at once, from what was published up to one year."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.trend import growth, judged, spread
from onedoor.evidence.trend.counts import Tables
from onedoor.evidence.trend.judged import Judged, Measure

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """For L councils and H years ahead: the middle, and the ends of the interval; (L, H), young
    people; NaN where the council's newest figure is not published."""

    middle: Reals
    low: Reals
    high: Reals


def lines(
    known: Tables,
    measure: Measure,
    ahead: tuple[int, ...],
    level: float,
    by: Judged | None = None,
) -> Lines:
    """On the log scale: the last figure, England's last growth damped, and the council's pulls.

    Everything is learnt from `known` alone: for a past year, give it `Tables.until(year)`.
    `by`: what is judged (None: as `trend.toml` has it).
    """
    by = by or judged.usual()
    found = growth.growth(known, measure)
    leans = growth.pulls(known, measure)
    now = known.of(measure).numbers[:, -1]
    strays = _spread(known, measure, level, by)
    middle, low, high = [], [], []
    for years in ahead:
        drift = _drift(found, leans, years, by.damping)[:, -1]
        half = strays.of(now, years)
        middle.append(now * np.exp(drift))
        low.append(now * np.exp(drift - half))
        high.append(now * np.exp(drift + half))
    return Lines(np.stack(middle, 1), np.stack(low, 1), np.stack(high, 1))


def _drift(found: growth.Growth, leans: growth.Pulls, years: int, damping: float) -> Reals:
    """(L, T): what each March would have said of the change in the years that follow it."""
    england = known_or_nothing(found.england) * sum(damping**k for k in range(1, years + 1))
    # The gap closes as it pulls: after a year 1 + back of it is left.
    back = ((1 + leans.back) ** years - 1) * known_or_nothing(found.gap[:, 1:])
    lately = known_or_nothing(growth.apart(found.council))
    on = leans.on * lately * sum(damping**k for k in range(years))
    return np.asarray(england + back + on)


def _spread(known: Tables, measure: Measure, level: float, by: Judged) -> spread.Spread:
    """From how the years up to now strayed from what would have been said; the first year of the
    homes has no change yet, and borrows that of everybody looked after at the same count."""
    found = growth.growth(known, measure)
    england = found.england[np.isfinite(found.england)]
    if not np.isfinite(found.council).any():
        return replace(
            _spread(known, "looked_after", level, by), england=spread.of_england(england, level)
        )
    said = np.zeros_like(found.council)
    said[:, 1:] = _drift(found, growth.pulls(known, measure), 1, by.damping)[:, :-1]
    strayed = found.council - said
    use = np.isfinite(strayed)
    return spread.spread(strayed[use], found.before[use], england, level, by.chance)


def known_or_nothing(values: Reals) -> Reals:
    return np.where(np.isfinite(values), values, 0.0)
