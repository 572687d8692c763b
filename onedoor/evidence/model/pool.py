"""Several councils together: how far a small one should lean on the others.

Each council's true rate is taken from one Gamma, and its events are Poisson over its exposure, so
that the events of all together are negative binomial. The mean and the weight of that Gamma are
those for which what was seen is most likely (empirical Bayes), and a council's own rate is then the
Gamma posterior: its events and exposure, and `kappa` months more at the common mean.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]

LEAST, MOST = 1.0, 1e6  # months that the common mean may weigh
FINE = 1e-6  # how exact the logarithm of `kappa` is

_log_gamma = np.frompyfunc(math.lgamma, 1, 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """`mean`: the common rate a month; `kappa`: person-months that it weighs in each council."""

    mean: float
    kappa: float

    def shrunk(self, events: NDArray[Any], exposure: NDArray[Any]) -> Reals:
        """The posterior mean rate of each council."""
        return np.asarray((events + self.kappa * self.mean) / (exposure + self.kappa))

    def draws(
        self, events: NDArray[Any], exposure: NDArray[Any], count: int, by: np.random.Generator
    ) -> Reals:
        """(count, C), rates that each council may truly have."""
        shape = np.asarray(events) + self.kappa * self.mean
        return np.asarray(by.standard_gamma(shape, (count, len(shape))) / (exposure + self.kappa))


def pool(events: NDArray[Any], exposure: NDArray[Any]) -> Pool:
    """The pool of councils with these events (C,) over these person-months (C,).

    Raises `Refused` with fewer than two councils that were exposed at all, or no event.
    """
    events, exposure = np.asarray(events, float), np.asarray(exposure, float)
    events, exposure = events[exposure > 0], exposure[exposure > 0]
    if len(events) < 2 or not events.sum():
        raise Refused(
            f"{len(events)} councils with {events.sum():.0f} events cannot say how councils "
            "differ. Give two councils or more, and events."
        )
    low, high = math.log(LEAST), math.log(MOST)
    # Golden section: the likelihood has one top along kappa once the mean is the best for it.
    narrower = (math.sqrt(5) - 1) / 2
    one, other = high - narrower * (high - low), low + narrower * (high - low)
    at_one, at_other = _best(events, exposure, one)[0], _best(events, exposure, other)[0]
    while high - low > FINE:
        if at_one > at_other:
            high, other, at_other = other, one, at_one
            one = high - narrower * (high - low)
            at_one = _best(events, exposure, one)[0]
        else:
            low, one, at_one = one, other, at_other
            other = low + narrower * (high - low)
            at_other = _best(events, exposure, other)[0]
    kappa = (low + high) / 2
    return Pool(_best(events, exposure, kappa)[1], math.exp(kappa))


def _best(events: Reals, exposure: Reals, log_kappa: float) -> tuple[float, float]:
    """(log likelihood, mean) for a weight; the mean by the fixed point of its score."""
    kappa = math.exp(log_kappa)
    weight = exposure / (exposure + kappa)
    mean = float((weight * events / exposure).sum() / weight.sum())
    shape = kappa * mean
    terms = (
        _log_gamma(events + shape)
        - _log_gamma(np.full_like(events, shape))
        + shape * np.log(kappa / (exposure + kappa))
        + events * np.log(exposure / (exposure + kappa))
    )
    return float(terms.sum()), mean
