"""No more digits than the number of replications supports."""

import math

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

QUANTILES = (0.05, 0.5, 0.95)


def error_of_mean(values: Reals) -> float:
    """The standard error that a mean has because there are only so many replications."""
    return float(values.std(ddof=min(1, len(values) - 1)) / math.sqrt(len(values)))


def error_of_quantile(values: Reals, at: float) -> float:
    """The same for a quantile: half the distance between the quantiles one binomial standard error
    below and above it."""
    far = math.sqrt(at * (1 - at) / len(values))
    low, high = np.quantile(values, [max(at - far, 0), min(at + far, 1)])
    return float(high - low) / 2


def step(error: float) -> float:
    """What figures with this standard error are rounded to: the power of ten at or below twice the
    error, and a pound at the least."""
    if error <= 0.5:
        return 1.0
    return float(10.0 ** math.floor(math.log10(2 * error)))


def rounded(value: float, to: float) -> float:
    """The nearest whole number of steps, half to even; never a negative nought."""
    return round(value / to) * to + 0.0


def chance(found: float, many: int) -> float:
    """A chance with the decimals that so many replications support, three at the most."""
    error = math.sqrt(max(found * (1 - found), 1 / many) / many)
    decimals = min(3, max(1, -math.floor(math.log10(2 * error))))
    return round(found, decimals)
