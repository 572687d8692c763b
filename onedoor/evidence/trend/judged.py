"""What the forecast is given and does not learn: judgements and dated figures, `trend.toml`."""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Measure = Literal["looked_after", "homes"]


@dataclass(frozen=True, slots=True)
class Judged:
    """`damping`: the part of a growth that goes on a year later, 0 to 1. `chance`: the part of a
    middle council's variance that falls as councils grow, 0 to 1. `errors`: how many standard
    errors tell a record apart from no change."""

    damping: float
    chance: float
    errors: float


@cache
def usual() -> Judged:
    said = _said()
    return Judged(said["damping"]["value"], said["chance"]["value"], said["judged"]["errors"])


def england(year: int, measure: Measure) -> float:
    """Young people of England in a year before the council tables begin; NaN where not held."""
    found = [each[measure] for each in _said()["england"] if each["year"] == year]
    return float(found[0]) if found else math.nan


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("trend.toml").read_text("utf-8"))
