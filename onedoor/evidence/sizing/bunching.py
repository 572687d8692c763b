"""Do young people come one by one? Measured from the days on which stays began.

Batches come at random, and their sizes are geometric with mean `batch`; the number who come in a
window of days is then Polya-Aeppli (Johnson, Kemp and Kotz, Univariate Discrete Distributions,
9.6). Two who come on the same day by chance are no batch: the likelihood weighs both. Everything
believed about the two numbers (arrivals a day, batch) is kept as a grid, so the doubt of a short
record is carried into the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import rng
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing.erlang import Reals

FEWEST = 5  # dated starts, below which nothing is said
BATCHES = 96
RATES = 81
MOST_BATCH = 5.0  # the longest the grid goes; brothers and sisters in one crisis


@dataclass(frozen=True, slots=True, eq=False)
class Bunching:
    """What the record says of how they come.

    `batch`: mean young people who come together, its middle guess (posterior mean), `low` and
    `high` holding 90% of belief. `dispersion`: variance over mean of the counts by window, 1 for
    arrivals one by one. `arrivals` in `windows` of `days`. `rates` (K,) arrivals a day and
    `batches` (J,) with `belief` (K, J), which sums to 1.
    """

    batch: float
    low: float
    high: float
    dispersion: float
    arrivals: int
    windows: int
    days: int
    rates: Reals
    batches: Reals
    belief: Reals

    def draws(self, many: int, seed: int = 1) -> tuple[Reals, Reals]:
        """So many draws of arrivals a day and of the batch that goes with them; each (many,)."""
        by = rng.stream("bunching", seed)
        at = by.choice(self.belief.size, size=many, p=self.belief.ravel())
        k, j = np.unravel_index(at, self.belief.shape)
        return self.rates[k], self.batches[j]


def measure(starts: Sequence[date], first: date, last: date, *, days: int = 1) -> Bunching:
    """The bunching of `starts`, days from `first` to `last` on which somebody came.

    `days`: how near together counts as together: 1 is the same day, 7 a week. Days left over at
    the end are left out. Belief before the record: even over the share of arrivals that bring
    another with them (up to a mean batch of 5), and over the logarithm of the rate.
    Raises `Refused` for fewer than five starts, starts outside the days, or too few windows.
    """
    counts = _counts(starts, first, last, days)
    arrivals, windows = int(counts.sum()), len(counts)
    if arrivals < FEWEST:
        raise Refused(
            f"{arrivals} starts in {windows} windows of {days} days are too few to measure "
            f"bunching: give {FEWEST} or more, or say how large batches are."
        )
    again = np.linspace(0, 1 - 1 / MOST_BATCH, BATCHES)
    wide = 5 * np.sqrt((2 * MOST_BATCH - 1) / arrivals)
    rates = arrivals / windows * np.exp(np.linspace(-1, 1, RATES) * min(wide, 4.0))
    how_often = np.bincount(counts)
    logs = _log_chance(len(how_often) - 1, rates[:, None], again[None, :])
    likelihood = np.tensordot(how_often, logs, axes=1)
    belief = np.exp(likelihood - likelihood.max())
    belief /= belief.sum()
    batches = 1 / (1 - again)
    of_batch = belief.sum(axis=0)
    return Bunching(
        float((of_batch * batches).sum()),
        _quantile(batches, of_batch, 0.05),
        _quantile(batches, of_batch, 0.95),
        float(counts.var(ddof=1) / counts.mean()),
        arrivals,
        windows,
        days,
        rates / days,
        batches,
        belief,
    )


def _counts(starts: Sequence[date], first: date, last: date, days: int) -> NDArray[np.int64]:
    """How many came in each window."""
    windows = ((last - first).days + 1) // days if days >= 1 else 0
    if windows < 2:
        raise Refused(
            f"From {first} to {last} there are not two windows of {days} days: bunching cannot be "
            "measured."
        )
    at = np.array([(start - first).days for start in starts], dtype=np.int64)
    if ((at < 0) | (at > (last - first).days)).any():
        raise Refused(f"Some starts lie outside {first} to {last}: leave them out.")
    at = at // days
    return np.bincount(at[at < windows], minlength=windows)


def _log_chance(most: int, mean: Reals, again: Reals) -> Reals:
    """The logarithm of the Polya-Aeppli chance of 0 to `most`: (most+1, K, J).

    (n+1) P[n+1] = (t(1-q) + 2qn) P[n] - q^2 (n-1) P[n-1] with t = mean (1-q), kept as logarithms
    of P[0] and of ratios so that small chances do not vanish.
    """
    batches = mean * (1 - again)
    chances = [np.ones(np.broadcast_shapes(mean.shape, again.shape)), batches * (1 - again)]
    for n in range(1, most):
        step = (batches * (1 - again) + 2 * again * n) * chances[n]
        chances.append((step - again**2 * (n - 1) * chances[n - 1]) / (n + 1))
    return np.log(np.maximum(np.array(chances[: most + 1]), 1e-300)) - batches


def _quantile(at: Reals, belief: Reals, share: float) -> float:
    return float(at[min(int(np.searchsorted(belief.cumsum(), share)), len(at) - 1)])
