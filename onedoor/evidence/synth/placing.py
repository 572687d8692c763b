"""Which kind of home somebody goes to, and whether it is inside the authority."""

import numpy as np

from onedoor.evidence.synth import chance, hazards
from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.mechanism import FULL, INTERIM, age_band
from onedoor.evidence.synth.month import HOME, OUT, OWN, Flags, Month


def first(month: Month, who: Whole, u: Reals) -> tuple[Whole, Flags]:
    """The home on coming into care, and whether it is outside the authority."""
    weights = month.how.first[age_band(month.age(who))]
    return _drawn(month, who, u, _tilted(month, who, weights), np.full(len(who), False))


def after(month: Month, who: Whole, u: Reals, kinds: Whole) -> tuple[Whole, Flags]:
    """The home after a move of each kind (`hazards`), and whether it is outside."""
    how, band = month.how, age_band(month.age(who))
    broke = (kinds == hazards.BREAK)[:, None]
    weights = np.where(broke, how.next[band], how.planned[band])
    down = kinds == hazards.STEP_DOWN
    weights[np.ix_(down, how.home("external_home", "own_home", "agency_foster"))] = 0
    can_be_with_parents = np.isin(month.now.status[who], (INTERIM, FULL))
    weights[~can_be_with_parents, how.home("parents")] = 0
    weights = _tilted(month, who, weights)
    for kind, key in ((hazards.TO_SUPPORTED, "supported"), (hazards.TO_ADOPTION, "adoption")):
        weights[kinds == kind] = 0
        weights[kinds == kind, how.home(key)] = 1
    return _drawn(month, who, u, weights, down)


def _tilted(month: Month, who: Whole, weights: Reals) -> Reals:
    return np.asarray(weights * np.exp(month.people.need[who][:, None] * month.how.tilt))


def _drawn(
    month: Month, who: Whole, u: Reals, weights: Reals, inside: Flags
) -> tuple[Whole, Flags]:
    how = month.how
    home = chance.picked(weights, u[HOME])
    out = (u[OUT] < how.out[home] * month.effects["out"]) & ~inside
    external, own = how.home("external_home", "own_home")
    is_own = (home == external) & ~out & (u[OWN] < how.inside_is_own)
    home[is_own] = own
    return home, out
