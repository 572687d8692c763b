"""How sure a rate or a share is, from how many there were: the intervals of public health.

Source: Office for Health Improvement and Disparities, public health technical guidance (Fingertips
profiles), confidence intervals for rates and proportions: exact for fewer than ten events, Byar's
above, and Wilson's for shares. Events that come in runs (twenty of one young person are not twenty
young people) need `runs`, or the interval is too narrow.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from onedoor.evidence.refusal import Refused

FEW = 10  # events below which the exact interval is used


@dataclass(frozen=True, slots=True)
class Interval:
    """`value`, and the `low` and `high` end of where it may truly lie, in the same unit."""

    value: float
    low: float
    high: float


def rate(
    events: float, exposure: float, *, runs: float = 1.0, confidence: float = 0.95
) -> Interval:
    """Events for each unit of exposure. `runs` is how many times as spread out as by chance the
    events are (variance over mean, at least 1; see `runs`). Refused without exposure."""
    if exposure <= 0:
        raise Refused(f"A rate needs somebody to whom it could happen; the exposure is {exposure}.")
    if events < 0 or runs < 1 or not 0 < confidence < 1:
        raise Refused(
            f"A rate of {events} events with {runs} for runs at {confidence} cannot be worked out. "
            "Give events of 0 or more, runs of 1 or more, and a confidence between 0 and 1."
        )
    few = events < FEW and runs == 1.0 and float(events).is_integer()
    limits = exact if few else byar
    low, high = limits(events / runs, confidence)
    return Interval(events / exposure, low * runs / exposure, high * runs / exposure)


def share(some: float, of: float, *, confidence: float = 0.95) -> Interval:
    """A share, 0 to 1, with Wilson's interval. Refused where there is nothing to be a share of."""
    if not 0 <= some <= of or of <= 0 or not 0 < confidence < 1:
        raise Refused(f"{some} of {of} is no share.")
    z, p = NormalDist().inv_cdf(0.5 + confidence / 2), some / of
    middle = some + z * z / 2
    reach = z * math.sqrt(of * p * (1 - p) + z * z / 4)
    low, high = (middle - reach) / (of + z * z), (middle + reach) / (of + z * z)
    return Interval(p, max(0.0, low), min(1.0, high))


def runs(events: ArrayLike, exposure: ArrayLike) -> float:
    """How far events come in runs: the spread over N people or months, as times what chance would
    give (Pearson's statistic over its degrees of freedom), and at least 1.

    `events`, `exposure`: (N,), of each person or month; those without exposure are left out.
    """
    seen, watched = np.asarray(events, float), np.asarray(exposure, float)
    seen, watched = seen[watched > 0], watched[watched > 0]
    if len(seen) < 2 or not seen.sum():
        return 1.0
    expected = watched * (seen.sum() / watched.sum())
    return max(1.0, float(((seen - expected) ** 2 / expected).sum() / (len(seen) - 1)))


def byar(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """Byar's limits of an expected number of events, from how many were seen."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    low = 0.0
    if events > 0:
        low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    one_more = events + 1
    high = one_more * (1 - 1 / (9 * one_more) + z / (3 * math.sqrt(one_more))) ** 3
    return max(0.0, low), high


def exact(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """The exact limits: at the low one, so many or more would be seen in only half of what is left
    over; at the high one, so many or fewer. `events` is a whole number."""
    count, tail = int(events), (1 - confidence) / 2
    most = 2.0 * count + 100  # no limit of any use lies beyond
    low = 0.0
    if count:
        low = _where(lambda mean: 1 - _at_most(count - 1, mean), tail, most, rises=True)
    return low, _where(lambda mean: _at_most(count, mean), tail, most, rises=False)


def _at_most(count: int, mean: float) -> float:
    """The chance of so many events or fewer, by logarithms: e^-mean alone would vanish."""
    numbers = np.arange(1, count + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(mean / numbers))])
    return float(np.exp(logs - mean).sum())


def _where(chance: Callable[[float], float], wanted: float, high: float, *, rises: bool) -> float:
    low = 0.0
    while low < (middle := (low + high) / 2) < high:
        if (chance(middle) < wanted) == rises:
            low = middle
        else:
            high = middle
    return low
