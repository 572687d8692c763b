"""What it costs that a place is free when it is needed, and what is refused when it is not."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import erlang
from onedoor.evidence.sizing.chain import YEAR

CURVE_LOADS = 160


@dataclass(frozen=True, slots=True)
class KeptFree:
    """Nights of a year on which places are free, and what they cost; `a_year` in the unit of the
    night cost given, None where none was: there is no price that fits every council."""

    nights: float
    a_year: float | None


def kept_free(places: int, occupancy: float, night_cost: float | None = None) -> KeptFree:
    """Free nights a year of `places` with this occupancy (a share), at a cost a place-night.

    The cost is what a place costs whether or not somebody sleeps there, mostly staff: a home is
    paid for in places and not in heads.
    """
    if not 0 <= occupancy <= 1:
        raise Refused(f"An occupancy of {occupancy:g} is not a share from 0 to 1.")
    nights = places * (1 - occupancy) * YEAR
    return KeptFree(nights, None if night_cost is None else nights * checked_cost(night_cost))


def checked_cost(night_cost: float) -> float:
    if not (math.isfinite(night_cost) and night_cost >= 0):
        raise Refused(f"A night of {night_cost:g} is not a cost: give pounds for one place-night.")
    return night_cost


def curve(places: int, *, fullest: float = 0.97) -> list[tuple[float, float]]:
    """Points (occupancy, share refused) of so many places, as more come, up to `fullest`."""
    most = erlang.load_at(places, fullest)
    loads = np.concatenate([[0.0], np.geomspace(most / 200, most, CURVE_LOADS)])
    full = erlang.occupancy(places, loads)
    return list(zip(full.tolist(), erlang.refused(places, loads).tolist(), strict=True))


def over_the_cap(people: ArrayLike, workers: float, cap: float) -> float:
    """The chance that more young people are in touch than key workers may hold.

    `people`: in touch, any shape (futures, or futures and months). `cap`: young people for each
    worker. The mean says nothing: half of the time it is more.
    """
    drawn = np.asarray(people, dtype=np.float64)
    _checked_workers(drawn, cap)
    if workers < 0:
        raise Refused(f"{workers:g} key workers cannot be.")
    return float((drawn > workers * cap).mean())


def workers_for(people: ArrayLike, cap: float, assurance: float = 0.95) -> int:
    """The fewest key workers with whom the cap holds in `assurance` of the draws."""
    drawn = np.sort(np.asarray(people, dtype=np.float64).ravel())
    _checked_workers(drawn, cap)
    if not 0 < assurance <= 1:
        raise Refused(f"An assurance of {assurance:g} is not a share between 0 and 1.")
    people_at = float(drawn[math.ceil(assurance * len(drawn) - 1e-9) - 1])
    return math.ceil(people_at / cap - 1e-9)


def _checked_workers(people: erlang.Reals, cap: float) -> None:
    if not people.size:
        raise Refused("There are no draws of how many young people are in touch.")
    if cap <= 0:
        raise Refused(f"A cap of {cap:g} young people for each key worker cannot be.")
