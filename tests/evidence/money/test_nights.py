"""The cost of nights, held to a slow sum that walks from night to night."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.evidence.money import nights, rates, years
from onedoor.evidence.refusal import Refused
from tests.evidence.money.invented import rate

FIRST, UNTIL = date(2023, 9, 17), date(2028, 9, 17)


def stays(*rows):
    schema = {"item": pl.String, "start": pl.Date, "end": pl.Date}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def tariff():
    """Three units, a price that changes on a Wednesday, two payers, and a leap year."""
    return rates.Tariff(
        (
            rate(pounds=646.01, spread=0.2, valid_to=date(2025, 6, 17)),
            rate(pounds=702.99, spread=0.1, valid_from=date(2025, 6, 18)),
            rate("home", 318_400.13, unit="year"),
            rate("home", 12.34, unit="night", payer="nhs", kind="avoided"),
            rate("secure", 887, unit="night"),
        )
    )


def invented(seed, many):
    rng = np.random.default_rng(seed)
    start = [FIRST + timedelta(int(day)) for day in rng.integers(-400, 1900, many)]
    end = [
        None if rng.random() < 0.1 else each + timedelta(int(days))
        for each, days in zip(start, rng.geometric(1 / 90, many) - 1, strict=True)
    ]
    items = rng.choice(["own_foster", "home", "secure"], many).tolist()
    return stays(*zip(items, start, end, strict=True))


def slow(found, prices, name):
    """Exact pence by stay, item, payer and year: one night at a time."""
    total = defaultdict(Fraction)
    for number, (item, start, end) in enumerate(found.iter_rows()):
        night = max(start, FIRST)
        while night < min(end or UNTIL, UNTIL):
            for payer in prices.payers(item):
                price = prices.at(item, payer, night)
                year = years.of(night)
                inside = {"night": 1, "week": 7, "year": years.nights(year)}[price.unit]
                total[number, item, payer, year] += Fraction(getattr(price, name), inside)
            night += timedelta(1)
    return total


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", ["low", "mode", "high"])
def test_money_is_kept_to_the_penny_against_a_walk_through_the_nights(seed, name):
    found, prices = invented(seed, 60), tariff()
    lines = nights.ledger(found, prices, FIRST, UNTIL)
    exact = slow(found, prices, name)
    whole = sum(exact.values())
    assert abs(lines[name].sum() - whole) <= Fraction(1, 2)
    for by in (("item",), ("payer", "year"), ("stay",)):
        together = defaultdict(Fraction)
        for (stay, item, payer, year), pence in exact.items():
            named = {"stay": stay, "item": item, "payer": payer, "year": year}
            together[tuple(named[key] for key in by)] += pence
        shown = nights.totals(lines, *by)
        assert shown[name].sum() == lines[name].sum()
        assert len(shown) == len(together)
    each = lines.group_by("stay", "item", "payer", "year").agg(pl.col(name).sum(), pl.len())
    for stay, item, payer, year, pence, many in each.iter_rows():
        assert abs(pence - exact[stay, item, payer, year]) < many


@given(
    prices=st.lists(
        st.tuples(st.integers(0, 5_000_000), st.sampled_from(["night", "week", "year"])),
        min_size=2,
        max_size=4,
    ),
    changes=st.lists(st.integers(1, 150), min_size=3, max_size=3, unique=True),
    lives=st.lists(st.tuples(st.integers(-30, 160), st.integers(0, 200)), max_size=12),
)
@settings(max_examples=40)
def test_whatever_the_prices_and_stays_no_penny_is_lost_or_made(prices, changes, lives):
    begins = date(2024, 1, 1)
    until = begins + timedelta(150)
    edges = [-400, *sorted(changes[: len(prices) - 1]), 900]
    dated = [
        rate(
            "x",
            pence / 100,
            unit=unit,
            valid_from=begins + timedelta(first),
            valid_to=begins + timedelta(after - 1),
        )
        for (pence, unit), first, after in zip(prices, edges, edges[1:], strict=False)
    ]
    rows = [("x", begins + timedelta(at), begins + timedelta(at + long)) for at, long in lives]
    lines = nights.ledger(stays(*rows), rates.Tariff(tuple(dated)), begins, until)
    exact = Fraction(0)
    for _, start, end in rows:
        for day in range((max(start, begins) - begins).days, (min(end, until) - begins).days):
            night = begins + timedelta(day)
            price = next(each for each in dated if each.valid_from <= night <= each.valid_to)
            inside = {"night": 1, "week": 7, "year": years.nights(years.of(night))}[price.unit]
            exact += Fraction(price.mode, inside)
    assert lines["mode"].sum() == (2 * exact.numerator + exact.denominator) // (
        2 * exact.denominator
    )


def test_whole_weeks_and_whole_years_cost_exactly_their_price():
    prices = rates.Tariff((rate(pounds=646.01), rate("home", 318_400.13, unit="year")))
    week = stays(("own_foster", date(2025, 3, 28), date(2025, 4, 4)))
    assert nights.ledger(week, prices, FIRST, UNTIL)["mode"].sum() == 64601
    for year in ("2023-24", "2024-25"):
        first = years.begins(year)
        home = stays(("home", first - timedelta(9), None))
        found = nights.ledger(home, prices, first, years.begins(years.after(year)))
        assert found["mode"].sum() == 31840013
        assert found["nights"].sum() == years.nights(year)


def test_the_last_day_is_no_night_and_a_stay_of_no_nights_costs_nothing():
    prices = rates.Tariff((rate("secure", 100, unit="night"),))
    some = stays(
        ("secure", date(2025, 1, 1), date(2025, 1, 3)),
        ("secure", date(2025, 1, 1), date(2025, 1, 1)),
    )
    found = nights.ledger(some, prices, FIRST, UNTIL)
    assert found.select("stay", "nights", "mode").rows() == [(0, 2, 20000)]


def test_only_the_nights_of_the_window_are_priced():
    prices = rates.Tariff((rate("secure", 100, unit="night"),))
    long = stays(("secure", date(2021, 1, 1), None))
    found = nights.ledger(long, prices, date(2025, 3, 30), date(2025, 4, 2))
    assert found.select("year", "first", "nights").rows() == [
        ("2024-25", date(2025, 3, 30), 2),
        ("2025-26", date(2025, 4, 1), 1),
    ]


def test_nothing_in_the_window_is_an_empty_ledger():
    found = nights.ledger(stays(("x", date(1999, 1, 1), date(1999, 2, 1))), tariff(), FIRST, UNTIL)
    assert found.is_empty()
    assert found.schema == nights.LEDGER


def test_a_night_without_a_price_stops_the_ledger_and_is_named():
    prices = rates.Tariff((rate(valid_from=date(2025, 4, 1)),))
    some = stays(("own_foster", date(2025, 3, 31), date(2025, 4, 4)))
    with pytest.raises(Refused, match="no price for the night of 31 March 2025"):
        nights.ledger(some, prices, FIRST, UNTIL)


def test_a_price_that_ends_is_missed_only_by_stays_that_need_it():
    prices = rates.Tariff((rate(valid_to=date(2025, 3, 31)),))
    fine = stays(("own_foster", date(2025, 3, 1), date(2025, 4, 1)))
    assert nights.ledger(fine, prices, FIRST, UNTIL)["nights"].sum() == 31


def test_a_gap_that_no_stay_needs_stops_nothing():
    gap = rates.Tariff(
        (rate(valid_to=date(2024, 3, 31)), rate(pounds=770, valid_from=date(2025, 4, 1)))
    )
    either_side = stays(
        ("own_foster", date(2024, 3, 25), date(2024, 4, 1)),
        ("own_foster", date(2025, 4, 1), date(2025, 4, 8)),
    )
    assert nights.ledger(either_side, gap, FIRST, UNTIL)["mode"].to_list() == [70000, 77000]
    across = stays(
        ("own_foster", date(2024, 3, 25), date(2024, 4, 1)),
        ("own_foster", date(2024, 3, 25), date(2024, 4, 2)),
    )
    with pytest.raises(Refused, match="no price for the night of 1 April 2024"):
        nights.ledger(across, gap, FIRST, UNTIL)


def test_a_stay_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refused, match="ends on 2025-01-01, before it starts on 2025-01-02"):
        nights.ledger(stays(("home", date(2025, 1, 2), date(2025, 1, 1))), tariff(), FIRST, UNTIL)


def test_a_window_without_nights_is_refused():
    with pytest.raises(Refused, match="There is no night"):
        nights.ledger(stays(), tariff(), FIRST, FIRST)


def test_a_later_price_leaves_a_costing_already_made_as_it_was():
    found, prices = invented(9, 40), tariff()
    before = nights.ledger(found, prices, FIRST, UNTIL)
    prices.joined(rates.Tariff((rate("another", 1),)))
    rates.Tariff((rate(pounds=1),))
    assert nights.ledger(found, prices, FIRST, UNTIL).equals(before)
