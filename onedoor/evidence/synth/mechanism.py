"""The mechanisms of a synthetic council, from their dated file, as arrays."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from onedoor.evidence.synth.chance import Reals, Whole

# Ages, in months, at which chances change: bands of `home` weights, of breaking down and of plans.
BANDS = np.array([12, 60, 144, 192])
ADOLESCENT = 144
OLDER = 192
ADULT = 216

STATUSES = ("V2", "C1", "C2", "E1", "L1", "L2", "J1")
VOLUNTARY, INTERIM, FULL, TO_ADOPT, POLICE, EMERGENCY, REMAND = range(len(STATUSES))


@dataclass(frozen=True, slots=True, eq=False)
class Mechanism:
    """`homes`: keys of the K kinds of home; in arrays a home is its place here, 0 being with their
    family. Weights are (5, K + 1) by band of age; others (K + 1,). `told`: the rest, as written."""

    homes: tuple[str, ...]
    first: Reals
    next: Reals
    planned: Reals
    tilt: Reals
    out: Reals
    breaks: Reals
    leaves: Reals
    inside_is_own: float
    endings: tuple[str, ...]
    ending_weights: Reals
    goes_home: Whole
    reasons: tuple[str, ...]
    reason_weights: Reals
    told: Mapping[str, Any]

    def home(self, *keys: str) -> Whole:
        return np.array([self.homes.index(key) for key in keys])


@cache
def mechanism() -> Mechanism:
    text = resources.files(__package__).joinpath("mechanism.toml").read_text("utf-8")
    told = tomllib.loads(text)
    homes = told["home"]

    def by_band(name: str) -> Reals:
        rows = np.array([[0.0] * len(BANDS) + [0.0], *(each[name] for each in homes)], dtype=float)
        return rows.T.copy()

    def one(name: str) -> Reals:
        return np.array([0.0, *(each[name] for each in homes)])

    endings, weights, goes_home = _endings(told)
    reasons = told["reason"]
    return Mechanism(
        homes=("family", *(each["key"] for each in homes)),
        first=by_band("first"),
        next=by_band("next"),
        planned=by_band("planned"),
        tilt=one("tilt"),
        out=one("out"),
        breaks=one("breaks"),
        leaves=one("leaves"),
        inside_is_own=next(each["inside_is_own"] for each in homes if "inside_is_own" in each),
        endings=endings,
        ending_weights=weights,
        goes_home=goes_home,
        reasons=tuple(each["code"] for each in reasons),
        reason_weights=np.array(
            [[each.get(which, 0.0) for each in reasons] for which in ("unplanned", "planned")],
            dtype=float,
        ),
        told=told,
    )


def _endings(told: Mapping[str, Any]) -> tuple[tuple[str, ...], Reals, Whole]:
    """The ways care ends; weights (row, way): four rows by age, then one for each home that has
    ways of its own, in the order of the file; and which ways lead home."""
    listed = told["ending"]
    of_homes = list(told["ending_from"].values())
    codes = [each["rec"] for each in listed]
    codes += sorted({code for own in of_homes for code in own} - set(codes))
    by_age = np.zeros((4, len(codes)))
    for each in listed:
        by_age[:, codes.index(each["rec"])] = each["weights"]
    own_rows = np.array([[float(own.get(code, 0)) for code in codes] for own in of_homes])
    home = [codes.index(each["rec"]) for each in listed if each.get("home")]
    return tuple(codes), np.vstack([by_age, own_rows]), np.array(home)


def age_band(months: Reals) -> Whole:
    """0 under 1, 1 from 1, 2 from 5, 3 from 12, 4 from 16."""
    return np.searchsorted(BANDS, months, side="right")
