"""What a year that has been really cost: every night of every stay, priced exactly."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.money import nights, years
from onedoor.evidence.money.costing.priced import Prices, cash_share, often
from onedoor.evidence.money.costing.split import BUCKETS, Bucket, parts
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.money.rates import Rate
from onedoor.evidence.money.rates.rate import NIGHTS
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """The year before the plan. `amounts`: pence by payer and class in the plan's price base, at
    the prices as given. `counted`: pence by payer from the council's own nights, and `outturn`:
    what the payer is said to have spent; where there is one it is what counts, shared out over the
    classes as the nights are.

    `units`: how many units of each price were bought, `nights_in_care` those of everybody. `lines`:
    the ledger, in whole pence of the prices of the time.
    """

    year: str
    amounts: dict[Bucket, int]
    counted: dict[str, int]
    outturn: dict[str, int]
    units: dict[Rate, Fraction]
    nights_in_care: int
    lines: pl.DataFrame

    def drawn(self, prices: Prices) -> Reals:
        """(R, K): pounds by `BUCKETS` in each replication. Somebody who is not sure of a price is
        as unsure of what it came to last year, so the draws of the prices are those of the plan. An
        outturn is known and is the same in every replication."""
        found = np.zeros((prices.many, len(BUCKETS)))
        for rate, many in self.units.items():
            self._add(found, prices, rate, prices.unit(rate) * float(many))
        for event in prices.plan.events:
            times = prices.often(event) * self.nights_in_care / 1000
            for payer in prices.plan.tariff.payers(event.item):
                rate = prices.plan.tariff.at(event.item, payer, years.begins(self.year))
                self._add(found, prices, rate, prices.unit(rate) * times)
        for at, bucket in enumerate(BUCKETS):
            if bucket[0] in self.outturn:
                found[:, at] = self.amounts.get(bucket, 0) / 100
        return found

    def _add(self, found: Reals, prices: Prices, rate: Rate, pounds: Reals) -> None:
        cash = cash_share(prices.plan, rate)
        for bucket, share in parts(rate.payer, rate.kind, cash).items():
            found[:, bucket] += pounds * share


def counted(stays: pl.DataFrame, plan: Plan) -> Today:
    """B0 from stays: columns state (kind of home), start and end (blank: still going on).

    Nights are those of the year before `plan.first_year`, at the prices of those nights. Raises
    `Refused` where a night of it has no price.
    """
    year = years.after(plan.first_year, -1)
    first, until = years.begins(year), plan.begins
    lines = nights.ledger(_with_items(stays, plan, first, until), plan.tariff, first, until)
    units = _bought(lines, plan)
    for rate, many in _held(plan, year):
        units[rate] = units.get(rate, Fraction(0)) + many
    exact: dict[Bucket, Fraction] = {}
    for rate, many in units.items():
        _add(exact, plan, rate, many)
    in_care = _nights_in_care(stays, first, until)
    for event in plan.events:
        times = Fraction(often(event)[2]) * in_care / 1000
        for payer in plan.tariff.payers(event.item):
            _add(exact, plan, plan.tariff.at(event.item, payer, first), times)
    by_payer: dict[str, Fraction] = {}
    for (payer, _), pence in exact.items():
        by_payer[payer] = by_payer.get(payer, Fraction(0)) + pence
    outturn = _outturn(plan)
    return Today(
        year,
        _amounts(exact, by_payer, outturn),
        {payer: round(pence) for payer, pence in by_payer.items()},
        outturn,
        units,
        in_care,
        lines,
    )


def _with_items(stays: pl.DataFrame, plan: Plan, first: date, until: date) -> pl.DataFrame:
    elsewhere = {*plan.hub.states, *(homes.state for homes in plan.own_homes)}
    own = stays.filter(
        ~pl.col("state").is_in(list(elsewhere))
        & (pl.col("start") < until)
        & (pl.col("end").is_null() | (pl.col("end") > first))
    )
    priced = {state for state, items in plan.nights.items() if items}
    for state in sorted(set(own["state"].unique().to_list()) - priced):
        raise Refused(
            f"Young people lived in {state} in {years.of(first)}, and the plan has no price for a "
            f'night there: add {state} = ["…"] to [nights] and its [[rate]]. Where it costs '
            f"nothing, give a price of 0 and say why."
        )
    items = pl.DataFrame(
        [(state, item) for state, items in plan.nights.items() for item in items],
        schema={"state": pl.String, "item": pl.String},
        orient="row",
    )
    return own.join(items, on="state").select("item", "start", "end")


def _bought(lines: pl.DataFrame, plan: Plan) -> dict[Rate, Fraction]:
    """Units of each price that the nights of a ledger come to."""
    by = ("item", "payer", "price", "unit", "year", "price_year")
    found: dict[Rate, Fraction] = {}
    grouped = lines.group_by(*by).agg(pl.col("nights").sum(), pl.col("first").min()).sort(*by)
    for item, payer, _, unit, year, _, many, first in grouped.iter_rows():
        rate = plan.tariff.at(item, payer, first)
        inside = NIGHTS.get(unit) or years.nights(year)
        found[rate] = found.get(rate, Fraction(0)) + Fraction(many, inside)
    return found


def _held(plan: Plan, year: str) -> list[tuple[Rate, Fraction]]:
    """Own homes and hubs that are there already: the whole year of each."""
    counts = [(homes.item, Fraction(homes.homes_now)) for homes in plan.own_homes]
    if plan.hub.hubs_now:
        counts += [
            (item, Fraction(each) * plan.hub.hubs_now) for item, each in plan.hub.fixed.items()
        ]
    return [
        (piece.rate, many * piece.nights / piece.nights_in_unit)
        for item, many in counts
        for payer in plan.tariff.payers(item)
        for piece in plan.tariff.pieces(item, payer, years.begins(year), plan.begins)
    ]


def _nights_in_care(stays: pl.DataFrame, first: date, until: date) -> int:
    start = pl.col("start").clip(first, until)
    end = pl.col("end").fill_null(until).clip(first, until)
    return int(stays.select((end - start).dt.total_days().clip(0).sum()).item() or 0)


def _add(exact: dict[Bucket, Fraction], plan: Plan, rate: Rate, many: Fraction) -> None:
    real = many * rate.mode * Fraction(plan.deflator.factor(rate.price_year, plan.price_base))
    for bucket, share in parts(rate.payer, rate.kind, cash_share(plan, rate)).items():
        key = BUCKETS[bucket]
        exact[key] = exact.get(key, Fraction(0)) + real * Fraction(str(share))


def _outturn(plan: Plan) -> dict[str, int]:
    found: dict[str, int] = {}
    for said in plan.outturn:
        factor = Fraction(plan.deflator.factor(said.price_year, plan.price_base))
        found[said.payer] = found.get(said.payer, 0) + round(said.pence * factor)
    return found


def _amounts(
    exact: dict[Bucket, Fraction], by_payer: dict[str, Fraction], outturn: dict[str, int]
) -> dict[Bucket, int]:
    found = {}
    for bucket, pence in exact.items():
        payer = bucket[0]
        scale = Fraction(1)
        if payer in outturn and by_payer[payer]:
            scale = outturn[payer] / by_payer[payer]
        found[bucket] = round(pence * scale)
    for payer, said in outturn.items():
        if not by_payer.get(payer):
            found[payer, "cashable"] = said
    return found
