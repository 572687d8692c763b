"""D11: five years of nights, each with a weekly price with a range that rises every year.

    python -m benchmarks.d11_costing

10,000 episodes of seven kinds of home, five financial years. The bar: 0.2 s of processor time, and
money conserved to a penny against a direct sum over the episodes, night by night. The regional
tool's 3.1 to 3.5 s are those of the project's notes and were not rerun here.
"""

import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from benchmarks import peer
from onedoor.evidence.money import nights, rates, years

EPISODES, SEED = 10_000, 11
FIRST, UNTIL = date(2021, 4, 1), date(2026, 4, 1)
# Invented prices a week, and how far the low and the high are from them.
WEEKLY = {
    "own_foster": (612.37, 0.1),
    "agency_foster": (1_043.11, 0.1),
    "kinship": (318.99, 0.05),
    "own_home": (4_871.53, 0.2),
    "external_home": (5_961.07, 0.3),
    "supported": (1_284.29, 0.4),
    "secure": (7_702.83, 0.25),
}
RISE = Decimal("0.043")
PEER = (3.1, 3.5)


def episodes() -> pl.DataFrame:
    rng = np.random.default_rng(SEED)
    start = rng.integers(-700, 1_826, EPISODES)
    days = 1 + rng.gamma(0.7, 400, EPISODES).astype(int)
    on = [FIRST + timedelta(int(each)) for each in start]
    ends = [
        None if open_ else each + timedelta(int(long))
        for each, long, open_ in zip(on, days, rng.random(EPISODES) < 0.1, strict=True)
    ]
    items = rng.choice(list(WEEKLY), EPISODES).tolist()
    return pl.DataFrame(
        {"item": items, "start": on, "end": ends}, schema_overrides={"end": pl.Date}
    )


def prices() -> rates.Tariff:
    found: list[rates.Rate] = []
    for item, (pounds, spread) in WEEKLY.items():
        pence = round(pounds * 100)
        first = rates.Rate(
            item=item,
            unit="week",
            low=round(pence * (1 - spread)),
            mode=pence,
            high=round(pence * (1 + spread)),
            currency="GBP",
            price_year="2021-22",
            payer="council",
            kind="cashable",
            basis="range",
            valid_from=FIRST,
            valid_to=None,
            source="invented",
            retrieved=UNTIL,
        )
        found += rates.rising(first, RISE, years.day_before(UNTIL))
    return rates.Tariff(tuple(found))


def direct(found: pl.DataFrame, tariff: rates.Tariff) -> dict[str, Fraction]:
    """One episode at a time and one night at a time, in exact fractions of a penny."""
    by_night = {
        (item, FIRST + timedelta(day)): tariff.at(item, "council", FIRST + timedelta(day))
        for item in WEEKLY
        for day in range((UNTIL - FIRST).days)
    }
    total = dict.fromkeys(("low", "mode", "high"), 0)
    for item, start, end in found.iter_rows():
        night = max(start, FIRST)
        while night < min(end or UNTIL, UNTIL):
            rate = by_night[item, night]
            for name in total:
                total[name] += getattr(rate, name)
            night += timedelta(1)
    return {name: Fraction(pence, 7) for name, pence in total.items()}


def main() -> int:
    found, tariff = episodes(), prices()

    def ours() -> pl.DataFrame:
        return nights.totals(nights.ledger(found, tariff, FIRST, UNTIL), "item", "payer", "year")

    seconds = peer.cpu(ours)
    costed, exact = ours(), direct(found, tariff)
    print(f"{EPISODES:,} episodes, {int(costed['nights'].sum()):,} nights, five years:")
    for name in exact:
        print(f"  {name:5} £{costed[name].sum() / 100:,.2f}")
    apart = max(abs(costed[name].sum() - pence) for name, pence in exact.items())
    peer.verdict("processor time", seconds, 0.2, "s")
    peer.verdict("away from a direct sum over the nights", float(apart), 1, "p")
    print(
        f"The regional tool took {PEER[0]} to {PEER[1]} s, with no range (not rerun): "
        f"{PEER[0] / seconds:,.0f} to {PEER[1] / seconds:,.0f} times our time."
    )
    return 0 if seconds <= 0.2 and apart <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
