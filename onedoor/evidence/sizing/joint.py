"""Places that are people: families, hosts and flats, sized together.

A hub family cannot stand in for supported lodgings. If each kind is sized to suffice in 95 of 100
futures, all of them suffice in fewer, because a different one runs short in each. So the kinds are
sized together: the cheapest numbers with which, in `assurance` of the futures, *every* kind
suffices.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onedoor.evidence.refusal import Refused

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
MOST_CELLS = 2_000_000  # of the lattice on which the cheapest is proved


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """`places` (S,) by kind; all suffice in `attained` of the futures (its Monte Carlo standard
    error beside), at `price`. `alone` (S,): what sizing each kind by itself would give, and
    `attained_alone` how often all of those suffice. `proved`: no cheaper numbers would do; where
    false, they are the cheapest that a search one place at a time found."""

    places: Whole
    attained: float
    mcse: float
    price: float
    alone: Whole
    attained_alone: float
    proved: bool
    futures: int


def size(
    wanted: ArrayLike,
    assurance: float = 0.95,
    *,
    prices: Sequence[float] | None = None,
    always: bool = True,
) -> Joint:
    """The cheapest places by kind that all suffice in `assurance` of the futures.

    `wanted`: young people in each kind, whole numbers, (R, S) for R futures, or (R, T, S) over T
    months. With `always` a future counts only if every month of it suffices; without, each month
    of each future counts by itself. `prices`: what it costs to keep one place of each kind free
    for others to come, in any unit; without them all cost the same.
    Raises `Refused` for an assurance that is no share, prices that do not fit, or no futures.
    """
    futures = _futures(wanted, always)
    kinds = futures.shape[1]
    price = _prices(prices, kinds)
    if not 0 < assurance <= 1:
        raise Refused(f"An assurance of {assurance:g} is not a share between 0 and 1.")
    needed = math.ceil(assurance * len(futures) - 1e-9)
    # Every kind must suffice in at least as many futures as all of them together.
    alone = np.sort(futures, axis=0)[needed - 1]
    found = _searched(futures, alone, needed, price)
    proved = _cheapest(futures, alone, found, needed, price)
    places = found if proved is None else proved
    attained = _share(futures, places)
    return Joint(
        places,
        attained,
        math.sqrt(attained * (1 - attained) / len(futures)),
        float(price @ places),
        alone,
        _share(futures, alone),
        proved is not None,
        len(futures),
    )


def _futures(wanted: ArrayLike, always: bool) -> Whole:
    asked = np.asarray(wanted)
    if asked.ndim not in (2, 3) or 0 in asked.shape:
        raise Refused(
            f"Young people wanted have the shape {asked.shape}: give (futures, kinds), or "
            "(futures, months, kinds)."
        )
    if (asked < 0).any() or not np.array_equal(asked, np.floor(asked)):
        raise Refused("Young people wanted must be whole numbers of 0 or more.")
    if asked.ndim == 3:
        asked = asked.max(axis=1) if always else asked.reshape(-1, asked.shape[-1])
    return asked.astype(np.int64)


def _prices(prices: Sequence[float] | None, kinds: int) -> Reals:
    price = np.ones(kinds) if prices is None else np.asarray(prices, dtype=np.float64)
    if price.shape != (kinds,) or not (np.isfinite(price) & (price > 0)).all():
        raise Refused(f"{kinds} kinds need {kinds} prices above 0.")
    return price


def _share(futures: Whole, places: Whole) -> float:
    return float((futures <= places).all(axis=1).mean())


def _searched(futures: Whole, least: Whole, needed: int, price: Reals) -> Whole:
    """From enough for every future downwards: each time the cut that saves most for each future
    given up, until no more may be given up; then whatever single places can still go."""
    places: Whole = futures.max(axis=0)
    kept = futures
    while True:
        best, worth = None, 0.0
        spare = len(kept) - needed
        for kind in range(len(places)):
            for cut in range(1, int(places[kind] - least[kind]) + 1):
                lost = int((kept[:, kind] > places[kind] - cut).sum())
                if lost > spare:
                    break
                if price[kind] * cut / (lost + 0.5) > worth:
                    best, worth = (kind, cut), price[kind] * cut / (lost + 0.5)
        if best is None:
            return places
        places[best[0]] -= best[1]
        kept = kept[(kept <= places).all(axis=1)]


def _cheapest(
    futures: Whole, least: Whole, found: Whole, needed: int, price: Reals
) -> Whole | None:
    """The cheapest of all, from the joint distribution on every combination that could be; None
    where there are too many of those.

    None cheaper than `found` has more of a kind than the whole saving elsewhere would buy.
    """
    slack = float(price @ (found - least))
    most = np.minimum(futures.max(axis=0), least + np.floor(slack / price + 1e-9).astype(np.int64))
    size = most - least + 1
    if math.prod(size.tolist()) > MOST_CELLS:
        return None
    inside = np.maximum(futures[(futures <= most).all(axis=1)] - least, 0)
    enough = np.zeros(size, dtype=np.int64)
    np.add.at(enough, tuple(inside.T), 1)
    cost = np.zeros(size)
    for kind in range(len(size)):
        enough = enough.cumsum(axis=kind)
        along = [1] * len(size)
        along[kind] = -1
        cost = cost + (price[kind] * np.arange(size[kind])).reshape(along)
    cost = np.where(enough >= needed, cost, np.inf)
    # Of several equally cheap ones, the one that suffices most often.
    ties = np.flatnonzero(cost.ravel() <= cost.min() + 1e-9)
    best = ties[np.argmax(enough.ravel()[ties])]
    return np.asarray(least + np.array(np.unravel_index(best, cost.shape)), dtype=np.int64)
