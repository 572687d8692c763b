"""How many arrive: Poisson numbers by inversion, with sums that every machine takes alike."""

import numpy as np

from onedoor.evidence.model.rng import Reals

MOST = 700.0  # the largest mean that inversion can start from: e^-700 is still a number
HALVINGS = 10
TERMS = 18  # of the series, enough for 15 digits up to 700 / 2^10
SHARES = tuple(1.0 / max(term, 1) for term in range(TERMS + 1))
ENOUGH = 1e-18  # chances below this cannot change a sum that has nearly come to 1


def fall(mean: Reals) -> Reals:
    """e^-mean for means from 0 to `MOST`, to 12 digits.

    Not `np.exp`, whose last bit may differ from that of a compiled loop: a series for mean / 2^10
    (Horner), then squared ten times, is nothing but sums and products.
    """
    small = mean / 2.0**HALVINGS
    out = np.ones_like(mean)
    for term in range(TERMS, 0, -1):
        out = 1.0 - out * (small * SHARES[term])
    for _ in range(HALVINGS):
        out = out * out
    return out


def count(chance: Reals, mean: Reals) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The Poisson number at which the distribution with each `mean` first passes `chance`.

    It rises with the mean for the same chance, so that a council with fewer arrivals has the same
    arrivals but for some, never others.
    """
    out = np.zeros(chance.shape, np.int64)
    # e^-mean is at least 1 - mean, which settles most cells without the series.
    some = np.nonzero(chance >= 1.0 - mean)
    at, most, turn = chance[some], mean[some], 0
    term = fall(most)
    passed, number = term.copy(), np.zeros(len(at), np.int64)
    going = at >= passed
    while going.any():
        turn += 1
        term = term * most / turn
        passed = np.where(going, passed + term, passed)
        number[going] = turn
        going &= (at >= passed) & ((turn < most) | (term > ENOUGH))
    out[some] = number
    return out
