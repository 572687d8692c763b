"""The scoring of forecasts, and the second generator that they are scored on."""

from datetime import date

import numpy as np
import pytest

from benchmarks import backtest, second_council
from onedoor.evidence import baseline, ssda903

CAME = np.array([[60.0, 20, 10, 10, 100], [120, 40, 20, 20, 200]])


def test_bias_and_errors_are_counted_by_hand():
    point = CAME + [[6, 0, 0, 0, 6], [-10, 0, 4, 0, -6]]
    found = backtest.score(backtest.Told("by hand", point), CAME)
    assert found.bias == pytest.approx((6 - 3) / 2)
    assert found.mape == pytest.approx((6 + 3) / 2)
    assert found.wape == pytest.approx(100 * 20 / 300)
    assert found.interval is None


def test_an_interval_pays_for_its_width_and_forty_times_for_what_it_misses():
    low, high = CAME - 5.0, CAME + 5.0
    low[1, -1], high[1, -1] = 202, 212
    found = backtest.score(backtest.Told("by hand", CAME, low, high), CAME)
    assert found.covers == 50
    assert found.covers_all == 90
    assert found.half_width == pytest.approx((5 + 2.5) / 2)
    assert found.interval == pytest.approx(100 * (10 / 100 + (10 + 40 * 2) / 200) / 2)


@pytest.fixture(scope="module")
def council():
    return second_council.council(7, children=200, first=2018, last=2023)


def test_nobody_stays_past_their_eighteenth_birthday(council):
    for person in council.people:
        grown = person.born.replace(day=min(person.born.day, 28), year=person.born.year + 18)
        assert (person.episodes[-1].end - grown).days <= 3


def test_the_episodes_of_a_stay_follow_each_other_without_a_gap(council):
    for person in council.people:
        for before, after in zip(person.episodes, person.episodes[1:], strict=False):
            assert before.start < before.end
            if after.reason == "S":
                assert after.start > before.end
                assert before.why_it_ended != "X1"
            else:
                assert after.start == before.end
                assert before.why_it_ended == "X1"


def test_what_the_returns_hold_is_what_is_true(council, tmp_path):
    council.write(tmp_path, range(2019, 2023))
    reading = ssda903.read(tmp_path)
    assert reading.years == (2019, 2020, 2021, 2022)
    assert set(reading.counts_by_rule()) <= {"code_of_another_year"}
    rows = baseline.baseline(reading, ages=(0, 17)).table("looked_after").rows
    for year in reading.years:
        day = date(year, 3, 31)
        assert rows.filter(on=day)["of_all"][0] == council.on(day)["total"]


def test_a_council_without_growth_stays_and_one_with_growth_grows():
    def grown(growth):
        made = [
            second_council.council(seed, growth=growth, children=300, last=2022)
            for seed in (1, 2, 3, 4)
        ]
        ratios = [
            each.on(date(2022, 3, 31))["total"] / each.on(date(2017, 4, 1))["total"]
            for each in made
        ]
        return sum(ratios) / len(ratios)

    assert grown(0.0) == pytest.approx(1.0, abs=0.06)
    assert grown(0.06) == pytest.approx(1.06**5, rel=0.08)


def test_the_same_seed_makes_the_same_council():
    once, again = (second_council.council(4, children=100, last=2022) for _ in range(2))
    assert once.people[:50] == again.people[:50]
    assert second_council.council(5, children=100, last=2022).people[:50] != once.people[:50]


@pytest.mark.parametrize("generator", list(backtest.GENERATORS))
def test_both_generators_hand_over_what_their_returns_show(generator, tmp_path):
    make = backtest.GENERATORS[generator]
    now, came = make(3, 0.0, backtest.CALM, date(2023, 3, 31), tmp_path)
    reading = ssda903.read(tmp_path)
    assert reading.years == tuple(backtest.TRAINING)
    rows = baseline.baseline(reading, ages=(0, 17)).table("looked_after").rows
    assert rows.filter(on=backtest.NOW)["of_all"][0] == now["total"] != came["total"]
    assert sum(now[category] for category in backtest.CATEGORIES) == now["total"]
