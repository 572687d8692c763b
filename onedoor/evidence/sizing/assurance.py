"""How many places, when what is known of demand comes from a short record.

A record of a year could as well have come from a demand a third higher. Whoever sizes on the
average of the record is wrong half of the time; what is asked here is to be *sure*: of all demands
that could have made this record, in `assurance` of them at most `refusal` are turned away.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from onedoor.evidence.model import rng
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import erlang
from onedoor.evidence.sizing.erlang import Reals

DRAWS = 20_000


def arrivals_a_day(
    arrivals: float,
    days: float,
    *,
    dispersion: float = 1.0,
    draws: int = DRAWS,
    seed: int = 1,
    kind: int = 0,
) -> Reals:
    """Draws (R,) of arrivals a day, given so many in so many days: Gamma(arrivals, days).

    `dispersion`: variance over mean of counts (`Bunching.dispersion`, 2 batch - 1): arrivals in
    bunches tell less, as if there had been fewer. `kind`: a number for each kind of demand, so
    that two kinds do not share their luck. Raises `Refused` where none came.
    """
    if arrivals <= 0 or days <= 0:
        raise Refused("A demand is not known from no arrivals: give a longer record.")
    if dispersion < 1:
        raise Refused(f"A dispersion of {dispersion:g} is below that of chance: give 1 or more.")
    by = rng.stream("arrivals a day", seed, kind)
    shape = arrivals / dispersion
    return by.gamma(shape, 1 / shape, draws) * (arrivals / days)


def mean_stay(
    ended: float,
    lived: float,
    *,
    variation: float = 1.0,
    draws: int = DRAWS,
    seed: int = 1,
    kind: int = 0,
) -> Reals:
    """Draws (R,) of the mean stay in days, given stays that ended and days lived in all of them,
    those still going on too: the rate of ending is Gamma(ended, lived).

    `variation`: standard deviation over mean of stays, 1 for exponential ones; above 1 a record
    tells less. `kind` as above. Raises `Refused` where no stay ended.
    """
    if ended <= 0 or lived <= 0:
        raise Refused("How long stays last is not known before one has ended: give their mean.")
    by = rng.stream("mean stay", seed, kind)
    shape = ended / max(1.0, variation) ** 2
    return lived / ended / by.gamma(shape, 1 / shape, draws)


def places_for(loads: ArrayLike, refusal: float = 0.01, assurance: float = 0.9) -> int:
    """The fewest places that refuse at most `refusal` in `assurance` of the draws of the load.

    `loads`: (R,), each arrivals a day times mean stay. More load is refused more often, so it is
    the places for one load: the one that `assurance` of the draws do not pass.
    """
    return erlang.places_for(load_at(loads, assurance), refusal)


def load_at(loads: ArrayLike, assurance: float) -> float:
    """The load that this share of the draws does not pass."""
    if not 0 < assurance < 1:
        raise Refused(
            f"An assurance of {assurance:g} is not a share between 0 and 1: write nine in ten as "
            "0.9. Nobody can be wholly sure."
        )
    drawn = np.sort(np.asarray(loads, dtype=np.float64).ravel())
    if not len(drawn):
        raise Refused("There are no draws of the load to size on.")
    return float(drawn[math.ceil(assurance * len(drawn)) - 1])


def places_on_average(loads: ArrayLike, refusal: float = 0.01) -> int:
    """The fewest places with which the refusal, averaged over the draws, is at most `refusal`.

    More than the places for the average load, since what goes wrong goes wrong steeply.
    """
    erlang.checked_share(refusal)
    drawn = np.asarray(loads, dtype=np.float64).ravel()
    if not len(drawn):
        raise Refused("There are no draws of the load to size on.")
    share, places = np.ones_like(drawn), 0
    while share.mean() > refusal:
        places += 1
        share = drawn * share / (places + drawn * share)
        if places > erlang.MOST_PLACES:
            raise Refused(f"That needs more than {erlang.MOST_PLACES:,} places.")
    return places
