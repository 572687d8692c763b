"""What a saving hangs on: when it pays back, what moves it, and what knowing more would be worth.

All from the draws that a costing has anyway. What is worth knowing is about one decision: to go
ahead where the mean net saving is above 0, and not to where it is below. Binned conditional means:
Strong, Oakley and Brennan, *Estimating multiparameter partial expected value of perfect information
from a probabilistic sensitivity analysis sample*, Medical Decision Making 2014, describe the idea.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money.prices import Discount

Reals = NDArray[np.float64]

BINS = 20
FEWEST = 200  # below this a bin would hold fewer than ten replications
SHUFFLES = 8


@dataclass(frozen=True, slots=True)
class Moved:
    """How the mean net saving moves with one input, in pounds: with the input at its lowest
    twentieth and at its highest; and what it would be worth to know it before deciding. `clear`:
    the two are three standard errors apart, so it is more than too few replications."""

    name: str
    at_low: float
    at_high: float
    worth_knowing: float
    clear: bool


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The saving is 0 at `share` of the assumed effects (1: as assumed; above 1: more than
    assumed; below 0: even if they are the wrong way round). `explained`: how much of the spread of
    the saving a straight line accounts for, from 0 to 1. `ratios`: the ratio of rates at that
    share, by effect. `beyond`: no replication had such an effect, so it is a line drawn on."""

    share: float
    explained: float
    ratios: dict[str, float]
    beyond: bool


def payback(monthly: Reals) -> Reals:
    """(R,): months until what was put in has come back, and stays back to the end; infinite where
    it has not come back in the time looked at, 0 where nothing was ever put in before.

    `monthly`: (R, T), net saving in each month, in pounds of one price base.
    """
    run = np.cumsum(monthly, axis=1)
    behind = run < 0
    # The last month that ends behind, counted from 1; in the next it has come back.
    last = monthly.shape[1] - np.argmax(behind[:, ::-1], axis=1)
    months = np.where(behind.any(axis=1), last + 1, 0).astype(np.float64)
    months[run[:, -1] < 0] = np.inf
    return months


def returned(net: Reals, put_in: Reals, discount: Discount) -> Reals:
    """(R,): pounds that come back for each pound put in, both as worth in the first year: 1 is
    neither gain nor loss. Not a number where nothing is put in.

    `net` (R,), discounted; `put_in` (R, Y), what hubs and all that comes with them cost.
    """
    factors = np.array([float(each) for each in discount.factors(put_in.shape[1])])
    whole = put_in @ factors
    some = whole > 0
    return np.where(some, (net + whole) / np.where(some, whole, 1.0), np.nan)


def evpi(net: Reals) -> float:
    """Pounds that it would be worth to know everything, luck included, before deciding: the most
    that any study could be worth."""
    return float(np.maximum(net, 0).mean() - max(net.mean(), 0.0))


def moved(net: Reals, drawn: Mapping[str, Reals], seed: int) -> tuple[Moved, ...]:
    """For every input that was drawn, the one that moves the saving most first; nothing with fewer
    than `FEWEST` replications.

    `net` (R,) and each of `drawn` (R,). Averages of few replications would make any input look
    worth knowing: what an input that has nothing to do with it would seem worth, the mean of
    `SHUFFLES` shuffles, is taken off.
    """
    if len(net) < FEWEST:
        return ()
    chance = np.random.default_rng(seed)
    nothing = float(
        np.mean([_worth(_means(net, chance.permutation(len(net))), net) for _ in range(SHUFFLES)])
    )
    apart = 3 * float(net.std()) * np.sqrt(2 * BINS / len(net))
    found = []
    for name, values in drawn.items():
        means = _means(net, np.argsort(values, kind="stable"))
        worth = max(_worth(means, net) - nothing, 0.0)
        low, high = float(means[0]), float(means[-1])
        found.append(Moved(name, low, high, worth, abs(high - low) > apart))
    return tuple(sorted(found, key=lambda each: -abs(each.at_high - each.at_low)))


def _means(net: Reals, order: NDArray[np.intp]) -> Reals:
    """(BINS,): the mean of each of `BINS` groups that are the same size within one."""
    edges = np.linspace(0, len(net), BINS + 1).astype(int)
    sums: Reals = np.add.reduceat(net[order], edges[:-1])
    return sums / np.diff(edges)


def _worth(means: Reals, net: Reals) -> float:
    return float(np.maximum(means, 0).mean() - max(net.mean(), 0.0))


def break_even(
    net: Reals, drawn: Mapping[str, Reals], means: Mapping[str, float]
) -> BreakEven | None:
    """At what share of the assumed effects the saving is 0: from a straight line through the draws.

    `drawn`: every input (R,); `means`: the assumed mean of each effect, as the logarithm of a
    ratio, under the names it has in `drawn`; those that do not clearly move the saving (three
    standard errors) are left at their mean. None where none is left, where more effect does not
    clearly bring more saving, or with fewer than `FEWEST` replications.
    """
    if len(net) < FEWEST:
        return None
    inputs = np.column_stack([np.ones(len(net)), *drawn.values()])
    inverse = np.linalg.pinv(inputs.T @ inputs)
    fitted = inverse @ (inputs.T @ net)
    left = net - inputs @ fitted
    clear = np.abs(fitted) > 3 * np.sqrt(left.var() * np.diag(inverse))
    wanted = np.array([0.0, *(means.get(name, 0.0) for name in drawn)]) * clear
    there = [name for name, mean in zip(drawn, wanted[1:], strict=True) if mean]
    whole = float(fitted @ wanted)
    error = float(np.sqrt(left.var() * (wanted @ inverse @ wanted)))
    if not there or whole <= 3 * error:
        return None
    # All else stands at its mean.
    average = np.where(wanted == 0, inputs.mean(axis=0), 0.0)
    share = -float(fitted @ average) / whole
    beyond = any(
        not drawn[name].min() <= share * means[name] <= drawn[name].max() for name in there
    )
    ratios = {name: float(np.exp(share * means[name])) for name in there}
    return BreakEven(share, 1 - float(left.var() / net.var()), ratios, beyond)
