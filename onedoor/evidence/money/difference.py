"""What one costing saves more than another, future by future."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from onedoor.evidence.money.costing import digits

Result = Mapping[str, Any]

# What two costings must share for replication r of one to be replication r of the other.
SAME_FUTURES = (
    *(("version",), ("n",), ("seed",)),
    *(("parameters", "first"), ("parameters", "ages")),
)
SAME_PEOPLE = (("inputs", "episodes"), ("inputs", "header"), ("inputs", "authority"))
SAME_MONEY = (("perspective",), ("price_base",), ("years",), ("discount",))


@dataclass(frozen=True, slots=True)
class Difference:
    """Net saving of the second less that of the first, all years, discounted, in pounds of their
    price base, rounded to what `many` replications support. `low` and `high`: 5 and 95 in 100 are
    below. `more` and `less`: in what part of the futures the second saves more, and less."""

    mean: float
    low: float
    high: float
    more: float
    less: float
    many: int


def same(one: Result, other: Result, what: tuple[tuple[str, ...], ...]) -> bool:
    """Whether two results, as `Costing.as_dict` gives them, agree in all these places."""
    return all(_at(one, keys) == _at(other, keys) for keys in what)


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
    to, many = digits.step(error), len(found)
    return Difference(
        mean=digits.rounded(float(found.mean()), to),
        low=digits.rounded(float(low), to),
        high=digits.rounded(float(high), to),
        more=digits.chance(float((found > 0).mean()), many),
        less=digits.chance(float((found < 0).mean()), many),
        many=many,
    )


def _at(result: Result, keys: tuple[str, ...]) -> Any:
    for key in keys:
        result = result.get(key, {})
    return result
