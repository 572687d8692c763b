"""How often everything is full: the loss formulas, exact for arrivals that come one by one.

`load` is arrivals a day times the mean stay in days: the places that would be taken on an average
night if there were always one free. Whoever finds every place taken is refused and goes elsewhere.
The share refused depends on how long stays last only through their mean (Erlang 1917; Sevastyanov
1957), but it does depend on arrivals coming one by one: see `bunched` and `loss`.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]
MOST_PLACES = 10_000
NODES = 256


def refused(places: int, load: ArrayLike) -> Reals:
    """The share of arrivals that find every one of `places` taken, for each load; any shape.

    Recursion B(0)=1, B(k)=aB(k-1)/(k+aB(k-1)), which loses no digits. Raises `Refused` for places
    that are not 0 or more, or a load below 0.
    """
    checked_places(places)
    a = _loads(load)
    share = np.ones_like(a)
    for k in range(1, places + 1):
        share = a * share / (k + a * share)
    return share


def occupancy(places: int, load: ArrayLike) -> Reals:
    """The share of places that are taken on an average night, for each load."""
    if places < 1:
        raise Refused(f"{places} places cannot be taken: ask about one or more.")
    a = _loads(load)
    return a * (1 - refused(places, a)) / places


def load_for(places: int, refusal: float) -> float:
    """The greatest load that `places` can bear with at most this share refused."""
    checked_places(places)
    checked_share(refusal)
    if places == 0:
        return 0.0
    return _where(lambda load: _one(places, load), refusal)


def load_at(places: int, full: float) -> float:
    """The load at which this share of the places is taken on an average night."""
    checked_places(places)
    if places == 0 or not 0 < full < 1:
        raise Refused(
            f"{places} places cannot be {full:.0%} full on average: give a place or more, and a "
            "share between 0 and 1."
        )
    return _where(lambda load: load * (1 - _one(places, load)) / places, full)


def places_for(load: float, refusal: float) -> int:
    """The fewest places with which at most this share is refused."""
    checked_share(refusal)
    a, share = float(_loads(load)), 1.0
    for places in range(MOST_PLACES + 1):
        if places:
            share = a * share / (places + a * share)
        if share <= refusal:
            return places
    raise Refused(f"A load of {a:,.0f} needs more than {MOST_PLACES:,} places.")


def refused_between(places: float, load: ArrayLike) -> Reals:
    """The same share where `places` need not be whole: 1 / B = a * integral of e^(-at) (1+t)^x.

    With t = e^v the integrand is smooth and dies away at both ends, and the plain trapezium rule
    gives it to about 12 digits. Agrees with `refused` on whole places.
    """
    if places < 0 or not math.isfinite(places):
        raise Refused(f"{places} places cannot be: give 0 or more.")
    a = _loads(load)
    a = np.maximum(a, 1e-12)[..., None]
    # Beyond these the integrand is below e^-45 of its peak.
    low, high = math.log(1e-20), np.log((places + 60 + 12 * math.sqrt(places + 25)) / a + 60 / a)
    v = low + (high - low) * np.linspace(0, 1, NODES * 4)
    t = np.exp(v)
    height = places * np.log1p(t) - a * t + v
    peak = height.max(axis=-1, keepdims=True)
    step = (v[..., 1] - v[..., 0])[..., None]
    total = np.log((np.exp(height - peak) * step).sum(axis=-1)) + peak[..., 0]
    share: Reals = np.minimum(1.0, np.exp(-total) / a[..., 0])
    return share


def bunched(places: float, load: ArrayLike, peakedness: float) -> Reals:
    """Hayward's estimate for arrivals that come in bunches: B(places / z, load / z).

    `peakedness` z is the variance over the mean of the places that would be taken if there were
    always one free: 1 for arrivals one by one. Better than the plain formula and still too
    hopeful: with batches the simulation of `loss` is the answer.
    """
    if peakedness < 1:
        raise Refused(f"A peakedness of {peakedness:g} is not bunching: give 1 or more.")
    return refused_between(places / peakedness, _loads(load) / peakedness)


def peakedness(batch: float, spread: float = 0.0) -> float:
    """The peakedness of arrivals in batches whose size is geometric with mean `batch`.

    `spread` is the standard deviation of the logarithm of a stay; 0 means that stays are
    exponential. z = 1 + 2 (batch - 1) E[min(S, S')] / E[S], S and S' two stays of one batch.
    """
    if batch < 1:
        raise Refused(f"A batch of {batch:g} young people on average cannot be: give 1 or more.")
    overlap = 0.5 if spread == 0 else math.erfc(spread / 2)
    return 1 + 2 * (batch - 1) * overlap


def checked_places(places: int) -> None:
    if not 0 <= places <= MOST_PLACES:
        raise Refused(f"{places:,} places cannot be sized: give 0 to {MOST_PLACES:,}.")


def checked_share(refusal: float) -> None:
    if not 0 < refusal < 1:
        raise Refused(
            f"A refusal of {refusal:g} is not a share between 0 and 1: write one in a hundred as "
            "0.01. No number of places refuses nobody."
        )


def _loads(load: ArrayLike) -> Reals:
    a = np.asarray(load, dtype=np.float64)
    if not (np.isfinite(a) & (a >= 0)).all():
        raise Refused("A load must be 0 or more: arrivals a day times the mean stay in days.")
    return a


def _one(places: int, load: float) -> float:
    """`refused` for one load: plain numbers are faster than arrays of one."""
    share = 1.0
    for k in range(1, places + 1):
        share = load * share / (k + load * share)
    return share


def _where(rising: Callable[[float], float], wanted: float) -> float:
    """Where a rising function of the load reaches `wanted`, to the last digits: by halving."""
    low, high = 0.0, 1.0
    while rising(high) < wanted:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return low
