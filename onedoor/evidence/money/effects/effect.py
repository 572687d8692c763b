"""An effect is a range with a source, never a point: how much a rate changes with the model."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.model import rng
from onedoor.evidence.money import asked

Reals = NDArray[np.float64]
NINETY = 1.6448536269514722  # the normal distribution has 5% above this


@dataclass(frozen=True, slots=True)
class Effect:
    """The rate of `key` is multiplied by exp(x), x normal with `mean` and `sd`. The change comes in
    evenly over `months` from the day the hub opens. `instead`: the kind of home where those live
    who do not go where they would have gone; blank where the effect sends nobody elsewhere."""

    key: str
    words: str
    mean: float
    sd: float
    months: int
    source: str
    instead: str = ""

    @property
    def ratio(self) -> tuple[float, float, float]:
        """The ratio of rates with 5% below it, the middle one, and the one with 5% above it."""
        low, high = self.mean - NINETY * self.sd, self.mean + NINETY * self.sd
        return math.exp(low), math.exp(self.mean), math.exp(high)

    def as_dict(self) -> dict[str, Any]:
        low, middle, high = (round(each, 4) for each in self.ratio)
        return {
            "key": self.key,
            "words": self.words,
            "log_ratio_mean": self.mean,
            "log_ratio_sd": self.sd,
            "ratio": {"q05": low, "q50": middle, "q95": high},
            "months": self.months,
            "instead": self.instead,
            "source": self.source,
        }


@cache
def sceptical() -> dict[str, Effect]:
    """The default of every effect by key: one sceptical prior, whatever has been claimed."""
    text = resources.files(__package__).joinpath("effects.toml").read_text("utf-8")
    said = asked.parsed(text, "effects.toml")
    return {
        each["key"]: Effect(
            each["key"],
            each["words"],
            float(said["mean"]) * (1 if each["better"] == "down" else -1),
            float(said["sd"]),
            said["months"],
            said["source"],
        )
        for each in said["effect"]
    }


def checked(values: Mapping[str, Any], where: str) -> Effect:
    """An effect a council gives in the place of the default: key, and ratio_low and ratio_high
    (5% below and 5% above) with a source, which may be left out for the default, as may months;
    and instead, where the effect sends young people to another kind of home. Raises `Refused` for
    any fault.
    """
    known = ("key", "ratio_low", "ratio_high", "months", "source", "instead")
    asked.only(values, known, where)
    default = sceptical()[asked.one_of(values, "key", where, tuple(sceptical()))]
    months = default.months
    if "months" in values:
        months = asked.whole(values, "months", where, "months until the effect is whole", most=60)
    instead = str(values.get("instead", ""))
    if "ratio_low" not in values and "ratio_high" not in values:
        return replace(default, months=months, instead=instead)
    least, most = Decimal("0.01"), 100
    wanted = "the ratio of rates with 5% below it"
    low = float(asked.number(values, "ratio_low", where, wanted, least=least, most=most))
    wanted = "the ratio of rates with 5% above it, above ratio_low: an effect is a range"
    above = Decimal(str(low)) + Decimal("0.001")
    high = float(asked.number(values, "ratio_high", where, wanted, least=above, most=most))
    mean, sd = (math.log(low) + math.log(high)) / 2, math.log(high / low) / (2 * NINETY)
    source = asked.text(values, "source", where, 'where it comes from, or "our judgement"')
    return Effect(default.key, default.words, mean, sd, months, source, instead)


def drawn(effect: Effect, many: int, seed: int, number: int = 0) -> Reals:
    """(many,): the logarithm of the ratio in each replication, from the replication `number` on."""
    return effect.mean + effect.sd * normal(f"effect {effect.key}", many, seed, number)


def normal(name: str, many: int, seed: int, number: int = 0) -> Reals:
    """(many,): a standard normal number for each replication that depends on the name, the seed and
    the replication only: one input more or fewer changes nobody else's draws."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    keys = rng.seeded(int.from_bytes(digest[:8], "big"), np.arange(number, number + many))
    return rng.normal(keys)
