"""What a council that takes up the model changes: causes, and nothing that comes of them."""

import tomllib
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from onedoor.evidence.refusal import Refused
from onedoor.evidence.synth.chance import Reals

RAMP = 12  # months from the first young person to the whole team


@dataclass(frozen=True, slots=True)
class Causes:
    """What each chance is multiplied by once the model is whole; 1 changes nothing.

    `breakdown`: a stay ends without a plan. `into_care`: from the edge into care. `out`: a new
    home is outside the authority. `step_down`: from a children's home, or from outside the
    authority, to a family inside it. `missing`, `arrest`, `crisis`: what happens to an adolescent.
    All but `out` hold for young people from 12; `out` is how the council finds homes for anybody.
    `interview`: return interviews in time; `unsteady`: how unevenly missing is written down, from
    0 (always) to 1.
    """

    breakdown: float = 1.0
    into_care: float = 1.0
    out: float = 1.0
    step_down: float = 1.0
    missing: float = 1.0
    arrest: float = 1.0
    crisis: float = 1.0
    interview: float = 1.0
    unsteady: float = 0.0

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) < 0:
                raise Refused(f"The cause {each.name} cannot be less than 0.")


NOTHING = Causes()


@cache
def known() -> dict[str, dict[str, Any]]:
    """What is known of each kind of adopter, as its file says: multipliers, seed, targets."""
    text = resources.files(__package__).joinpath("adopters.toml").read_text("utf-8")
    return tomllib.loads(text)


def of(adopter: str) -> Causes:
    """The causes of `adopts` (the model taken up) or `fails` (taken up in name)."""
    if adopter not in ("adopts", "fails"):
        raise Refused(f"There is no adopter called {adopter}; say adopts or fails.")
    return Causes(**known()[adopter]["causes"])


def over_months(causes: Causes, months: int, start: int | None) -> Reals:
    """(months, 9): each cause in each month, in the order of `Causes`: 1 before the month `start`,
    then to its full size in a straight line (on the log) over `RAMP` months."""
    whole = np.array(astuple(causes))
    if start is None:
        return np.tile(np.array(astuple(NOTHING)), (months, 1))
    ramp = np.clip((np.arange(months) - start + 1) / RAMP, 0, 1)[:, None]
    found = np.exp(ramp * np.log(np.maximum(whole, 1e-9)))
    found[:, -1] = ramp[:, 0] * causes.unsteady
    return np.asarray(found)
