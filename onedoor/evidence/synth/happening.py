"""What happens to adolescents (missing, arrest, crisis) by their need, a move and the home."""

from dataclasses import dataclass, field

import numpy as np

from onedoor.evidence.synth.chance import Reals, Whole
from onedoor.evidence.synth.mechanism import ADOLESCENT
from onedoor.evidence.synth.month import Month
from onedoor.evidence.synth.people import MONTH

COLUMNS = ("who", "what", "on", "home", "out", "number")
RECENT = 2.0  # months since a move that still count
MOST = 6  # of one kind in a month


@dataclass(slots=True, eq=False)
class Happened:
    """Pieces of (columns, n): who, which kind, the day, the home they lived in then (0 is with
    their family), outside the authority or not, and the how-manieth of that kind in the month."""

    pieces: list[Whole] = field(default_factory=list)

    def columns(self) -> dict[str, Whole]:
        whole = np.concatenate([np.zeros((len(COLUMNS), 0), dtype=np.int64), *self.pieces], axis=1)
        return dict(zip(COLUMNS, whole, strict=True))


def happen(happened: Happened, month: Month, who: Whole, u: Reals) -> None:
    """Note what happens this month to everybody from 12; `u` has two numbers for each kind."""
    teen = month.age(who) >= ADOLESCENT
    who, u = who[teen], u[:, teen]
    now, how = month.now, month.how
    home = now.home[who]
    recent = (home > 0) & ((month.first - now.since[who]) / MONTH < RECENT)
    residential = np.isin(home, how.home("external_home", "own_home", "secure"))
    out = now.out[who] & (home > 0)
    for number, kind in enumerate(how.told["happens"]):
        rate = (
            kind["base"] * month.effects[kind["what"]]
            * np.exp(
                kind["need"] * month.people.need[who] + kind["recent_move"] * recent
                + kind["out"] * out + kind["residential"] * residential
            )
        )  # fmt: skip
        count = _poisson(rate, u[2 * number])
        times = np.repeat(np.arange(len(who)), count)
        which = np.arange(len(times)) - np.repeat(np.cumsum(count) - count, count)
        # Several in a month fall on different days, spread from one draw by a golden step.
        day = month.day((u[2 * number + 1][times] + which * 0.6180339887498949) % 1)
        kept = day < month.people.adult[who[times]]
        happened.pieces.append(
            np.stack(
                [who[times], np.full(len(times), number), day, home[times], out[times], which]
            )[:, kept]
        )


def _poisson(rate: Reals, u: Reals) -> Whole:
    """How many, from one number each: the first count whose chance of that or fewer is above it."""
    at_most = chance = np.exp(-rate)
    count = np.zeros(len(rate), dtype=np.int64)
    for more in range(1, MOST + 1):
        count += u >= at_most
        chance = chance * rate / more
        at_most = at_most + chance
    return count
