"""Chance that is a function: the same seed, person, month and question give the same number.

That is what makes a twin: the same people with the same luck, in a council where only a cause
differs. The mixing step is that of SplitMix64 (Steele, Lea and Flood, 2014).
"""

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def uniforms(seed: int, who: Whole, month: int, questions: int) -> Reals:
    """Numbers in [0, 1), shape (questions, N), for N people (`who` are their numbers)."""
    start = _mixed(np.array([seed % 2**63, 1_000_003 + month], dtype=np.uint64))
    whose = _mixed(who.astype(np.uint64) * _STEP + start[0])
    asked = (np.arange(1, questions + 1, dtype=np.uint64) * _STEP + start[1])[:, None]
    return np.asarray(
        (_mixed(whose[None, :] + asked) >> np.uint64(11)).astype(np.float64) * 2.0**-53
    )


def picked(weights: Reals, by: Reals) -> Whole:
    """For each of N people, an index drawn by weights (N, K) or (K,) with the numbers `by` (N,)."""
    upto = np.cumsum(np.atleast_2d(weights), axis=1)
    return np.asarray((by[:, None] * upto[:, -1:] >= upto).sum(axis=1), dtype=np.int64)


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))
