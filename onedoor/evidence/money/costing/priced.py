"""Prices with their doubt, in one price base: what a month of something costs in each replication.

A price is drawn once for each replication and payer, and holds for all its years: the doubt is
about the average price, which does not average out. It is lognormal: `low` and `high` say how far
apart its 5% and 95% are, as a ratio, and `mode` is its mean where the price is a mean and its most
likely value where it is a range. So 5% lie near `low` and near `high`, exactly only where `mode` is
where a lognormal of that width has it. A price set by law has no doubt.
"""

import math
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money import effects, years
from onedoor.evidence.money.effects.effect import NINETY, normal
from onedoor.evidence.money.plan import Event, Plan
from onedoor.evidence.money.plan.reading import default_shares
from onedoor.evidence.money.rates import Piece, Rate
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Prices:
    """The prices of a plan in `many` replications from the number `number` on. `drawn` keeps, by
    name, every standard normal number that was needed, for what each is worth knowing."""

    plan: Plan
    many: int
    seed: int
    number: int = 0
    drawn: dict[str, Reals] = field(default_factory=dict)
    used: dict[tuple[str, str], set[Rate]] = field(default_factory=dict)

    def unit(self, rate: Rate) -> Reals:
        """(R,): pounds for one unit, in the plan's price base."""
        self.used.setdefault(rate.key, set()).add(rate)
        plan = self.plan
        factor = float(plan.deflator.factor(rate.price_year, plan.price_base)) / 100
        if rate.low == rate.high:
            return np.full(self.many, rate.mode * factor)
        centre, sd = lognormal(rate)
        z = self.chance(f"price {rate.item} {rate.payer}")
        return np.asarray(np.exp(centre + sd * z) * factor)

    def chance(self, name: str) -> Reals:
        """(R,): the standard normal numbers of this name."""
        if name not in self.drawn:
            self.drawn[name] = normal(name, self.many, self.seed, self.number)
        return self.drawn[name]

    def month(self, item: str, payer: str, first: date, until: date) -> Reals:
        """(R, T): pounds for one of it, through each month of the plan, for its nights from `first`
        up to `until`; 0 in other months. Raises `Refused` when a night has no price."""
        plan = self.plan
        pieces = plan.tariff.pieces(item, payer, first, until)
        weights = _nights(pieces, plan.begins, plan.months)
        price = np.stack([self.unit(piece.rate) / piece.nights_in_unit for piece in pieces], axis=1)
        return np.asarray(price @ weights)

    def event(self, item: str, payer: str, day: date) -> Reals:
        """(R,): pounds for one event. Raises `Refused` for a price by the night."""
        rate = self.plan.tariff.at(item, payer, day)
        if rate.unit != "event":
            raise Refused(
                f"{item} is paid once and its price is for a {rate.unit}: give the price of an "
                f"event."
            )
        return self.unit(rate)

    def often(self, event: Event) -> Reals:
        """(R,): how often an event happens in 1,000 nights in care."""
        centre, sd, _ = often(event)
        return np.asarray(np.exp(centre + sd * self.chance(f"often {event.item}")))

    def effect(self, key: str) -> Reals:
        """(R,): the logarithm of the ratio of rates; 0 where the plan has no such effect."""
        effect = self.plan.effects.get(key)
        if effect is None:
            return np.zeros(self.many)
        name = f"effect {key}"
        if name not in self.drawn:
            self.drawn[name] = effects.drawn(effect, self.many, self.seed, self.number)
        return self.drawn[name]


def often(event: Event) -> tuple[float, float, float]:
    """Of how often an event happens in 1,000 nights: mean and standard deviation of the logarithm,
    and the mean itself."""
    centre = math.log(event.low * event.high) / 2
    sd = math.log(event.high / event.low) / (2 * NINETY)
    return centre, sd, math.exp(centre + sd**2 / 2)


def cash_share(plan: Plan, rate: Rate) -> float:
    """The part of a price that is cash: as the plan says, or its payer's share of what is cashable;
    none of what is only avoided or worth something to somebody."""
    given = plan.shares.get(rate.key)
    if given is not None:
        return given
    return default_shares()[rate.payer] if rate.kind == "cashable" else 0.0


def lognormal(rate: Rate) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a price, in pence."""
    sd = math.log(rate.high / rate.low) / (2 * NINETY)
    middle = math.log(rate.mode)
    return (middle - sd**2 / 2 if rate.basis == "mean" else middle + sd**2), sd


def _nights(pieces: tuple[Piece, ...], begins: date, months: int) -> Reals:
    """(P, T): nights of each piece in each month."""
    edges = np.array([years.month_begins(begins, month).toordinal() for month in range(months + 1)])
    first = np.array([[piece.first.toordinal()] for piece in pieces])
    after = np.array([[piece.last.toordinal() + 1] for piece in pieces])
    inside = np.minimum(after, edges[1:]) - np.maximum(first, edges[:-1])
    return np.asarray(np.maximum(inside, 0), np.float64)
