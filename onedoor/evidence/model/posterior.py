"""From counts to what is believed about rates: many possible sets of them, or their mean.

A cell (age, time in the state, state) weighs its own counts against the prior, which weighs `kappa`
person-months. Counted month by month, staying and every destination are one Dirichlet; counted on
exact days, each rate is a Gamma and the chance in a month is 1 - exp(-rate). So doubt is widest
where least was seen.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.exposure import Counts
from onedoor.evidence.model.prior import KAPPA, Prior

Reals = NDArray[np.float64]

SEEN = 0.9  # a weight from which on a destination has been seen, or nearly: it has its own Gamma


def mean(counts: Counts, before: Prior, level: NDArray[Any], kappa: float = KAPPA) -> Draws:
    """One draw: the posterior mean. `level`: (T,), what arrivals are multiplied by."""
    stay, go, same = _weights(counts, before, kappa)
    total = stay + go.sum(axis=-1)
    if counts.by == "months":
        stays = stay / total
    else:
        # The mean of exp(-rate) over a Gamma of these events and months.
        months = counts.exposure + kappa
        stays = (months / (months + 1)) ** go.sum(axis=-1)
    return _draws(
        counts,
        stays[None],
        go[None],
        _chance(same / (counts.exposure + kappa))[None],
        arrivals(counts)[None],
        np.atleast_2d(level),
    )


def draws(
    counts: Counts,
    before: Prior,
    level: NDArray[Any],
    *,
    by: np.random.Generator,
    kappa: float = KAPPA,
) -> Draws:
    """R draws, one for each row of `level` (R, T)."""
    stay, go, same = _weights(counts, before, kappa)
    count = len(level)
    gone = _gone(go, count, by)
    if counts.by == "months":
        stays = by.standard_gamma(stay.astype(np.float32), (count, *stay.shape), dtype=np.float32)
        whole = stays + gone.sum(axis=-1)
        # Weights far below one draw nothing but zeros: no share of them can be told but the mean.
        middle = (stay / (stay + go.sum(axis=-1))).astype(np.float32)
        stays = np.divide(stays, whole, out=np.repeat(middle[None], count, 0), where=whole > 0)
    else:
        stays = np.exp(-gone.sum(axis=-1) / (counts.exposure + kappa).astype(np.float32))
    moved = by.standard_gamma(same.astype(np.float32), (count, *same.shape), dtype=np.float32)
    moved /= (counts.exposure + kappa).astype(np.float32)
    came = by.standard_gamma(_came(counts), (count, *counts.arrivals.shape))
    came *= counts.arrivals.sum() / counts.months / came.sum(axis=(1, 2), keepdims=True)
    return _draws(counts, stays, gone, _chance(moved), came, level)


def _gone(go: Reals, count: int, by: np.random.Generator) -> NDArray[np.float32]:
    """(R, A, D, S, S+1), Gammas of these weights.

    Destinations that a cell never showed share one Gamma, by their weights: their sum is as much in
    doubt as it should be, and what each of them has of it is too little to be worth a number.
    """
    seen = go >= SEEN
    found = np.empty((count, *go.shape), np.float32)
    rest = np.where(seen, 0, go)
    whole = rest.sum(axis=-1)
    share = np.divide(rest, whole[..., None], where=whole[..., None] > 0, out=np.zeros_like(rest))
    of_rest = by.standard_gamma(whole.astype(np.float32), (count, *whole.shape), dtype=np.float32)
    np.multiply(of_rest[..., None], share.astype(np.float32), out=found)
    at = np.flatnonzero(seen)
    weights = go.ravel()[at].astype(np.float32)
    drawn = by.standard_gamma(weights, (count, len(at)), dtype=np.float32)
    found.reshape(count, -1)[:, at] = drawn
    return found


def arrivals(counts: Counts) -> Reals:
    """(A, S), arrivals expected in a month of level 1, which is the mean of all the months."""
    came = _came(counts)
    return np.asarray(came * (counts.arrivals.sum() / counts.months / came.sum()))


def _came(counts: Counts) -> Reals:
    """Arrivals by cell, leaning on the product of the sums by age and by state: one arrival's
    weight in all, spread so that what was seldom seen can happen."""
    seen = counts.arrivals.astype(float)
    lean = np.outer(seen.sum(axis=1) + 1e-3, seen.sum(axis=0) + 1e-3)
    return np.asarray(seen + lean / lean.sum())


def _weights(counts: Counts, before: Prior, kappa: float) -> tuple[Reals, Reals, Reals]:
    """Weights of staying (A, D, S), of each destination (A, D, S, S+1), of moves in the state."""
    leave = np.minimum(before.leave, 0.9) if counts.by == "months" else before.leave
    go = kappa * leave[..., None] * before.to[:, None] + counts.moves
    stay = kappa * (1 - np.minimum(leave, 0.9)) + counts.exposure - counts.moves.sum(axis=-1)
    return np.maximum(stay, 0), go, kappa * before.same + counts.same


def _chance(rate: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(-np.expm1(-rate))


def _draws(
    counts: Counts,
    stays: NDArray[Any],
    gone: NDArray[Any],
    same: NDArray[Any],
    came: Reals,
    level: NDArray[Any],
) -> Draws:
    # A draw of nothing but zeros (weights far below one) would have no destination.
    total = gone.sum(axis=-1)
    gone[..., -1][total == 0] = 1
    total[total == 0] = 1
    gone /= total[..., None]
    return Draws(
        counts.grid,
        *(np.asarray(each, np.float32) for each in (stays, gone, same, came, level)),
    )
