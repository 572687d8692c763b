"""What one costing saves more than another, future by future."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from onedoor.evidence.money.costing import digits

Result = Mapping[str, Any]

# What two costings must share for replication r of one to be replication r of the other.
SAME_FUTURES = ("version", "n", "seed", "parameters.first", "parameters.ages")
SAME_PEOPLE = ("inputs.episodes", "inputs.header", "parameters.authority")
SAME_MONEY = ("perspective", "price_base", "years", "discount")


@dataclass(frozen=True, slots=True)
class Difference:
    """Net saving of the second less that of the first, all years, discounted, in pounds of their
    price base, rounded to what `many` replications support. `low` and `high`: 5 and 95 in 100 are
    below. `more` and `less`: the part of the futures in which the second saves more, and less."""

    mean: float
    low: float
    high: float
    more: float
    less: float
    many: int


def same(one: Result, other: Result, what: tuple[str, ...]) -> bool:
    """Whether two results, as `Costing.as_dict` gives them, agree in all these places."""
    return all(_at(one, place) == _at(other, place) for place in what)


def difference(one: Result, other: Result) -> Difference | None:
    """The difference, where both lived through the same futures and count the same money in the
    same years; otherwise none, as two ranges of different luck say nothing of their difference.

    `one` and `other`: results as `Costing.as_dict` gives them, with `futures`.
    """
    kept = "futures" in one and "futures" in other  # older results have none
    if not kept or not same(one, other, (*SAME_FUTURES, *SAME_PEOPLE, *SAME_MONEY)):
        return None
    found = np.asarray(other["futures"], dtype=float) - np.asarray(one["futures"], dtype=float)
    low, _, high = np.quantile(found, digits.QUANTILES)
    error = max(
        digits.error_of_mean(found),
        *(digits.error_of_quantile(found, at) for at in digits.QUANTILES),
    )
    to = digits.step(error)
    return Difference(
        mean=digits.rounded(float(found.mean()), to),
        low=digits.rounded(float(low), to),
        high=digits.rounded(float(high), to),
        more=float((found > 0).mean()),
        less=float((found < 0).mean()),
        many=len(found),
    )


def _at(result: Result, place: str) -> Any:
    for key in place.split("."):
        result = result.get(key, {})
    return result
