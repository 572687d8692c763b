"""How many will come: the belief about level and trend, against what it must be."""

import dataclasses

import numpy as np
import pytest

from onedoor.evidence.model import entries


def only(trend=0.05, wander=0.0, alone=0.0):
    return entries.Kinds(trend, np.array([wander]), np.array([alone]), np.ones(1))


def test_without_trend_or_bad_years_the_level_is_the_weighted_mean():
    yearly = np.array([100, 120, 80, 110])
    found = entries.believe(yearly, only(trend=1e-9))
    seen, weight = np.log(yearly + 0.5), yearly + 0.5
    assert found.mean[0, 0] == pytest.approx((weight * seen).sum() / weight.sum(), rel=1e-4)
    assert found.root[0, 0, 0] == pytest.approx(1 / np.sqrt(weight.sum()), rel=1e-3)


def test_a_trend_is_followed_as_far_as_the_years_bear_it():
    steady = 1.06 ** np.arange(5)
    few, many = (entries.believe(np.round(size * steady)).trend for size in (15, 1500))
    assert 0 < few < many < np.log(1.06)
    assert entries.believe(np.array([280] * 5)).trend == pytest.approx(0, abs=0.002)


def test_one_year_alone_says_nothing_about_a_trend():
    found = entries.believe(np.array([280]))
    assert abs(found.trend) < 0.001
    widest = entries.levels(found, 60, 4000, np.random.default_rng(1)).std(axis=0)
    assert widest[59] > widest[0]


def test_a_council_of_good_and_bad_years_is_believed_to_have_them():
    calm = entries.believe(np.array([280, 285, 275, 282, 279]))
    wild = entries.believe(np.array([280, 400, 190, 360, 240]))

    def luck(belief):
        return belief.share @ (belief.kinds.alone + belief.kinds.wander)

    assert luck(wild) > 1.5 * luck(calm)


def test_the_mean_of_many_futures_is_the_exact_mean():
    found = entries.believe(np.array([200, 230, 260, 240, 300]))
    futures = entries.levels(found, 60, 40_000, np.random.default_rng(2))
    error = futures.std(axis=0) / np.sqrt(len(futures))
    assert np.abs((futures.mean(axis=0) - entries.middle(found, 60)) / error).max() < 4.5


def test_years_end_with_the_last_month():
    assert entries.years(np.arange(30)).tolist() == [sum(range(6, 18)), sum(range(18, 30))]


def test_nobody_coming_for_years_is_a_low_level_and_not_an_error():
    found = entries.believe(np.zeros(3))
    assert np.isfinite(entries.levels(found, 12, 100, np.random.default_rng(3))).all()


def test_kinds_of_council_are_shares_with_a_source():
    found = entries.kinds()
    assert found.share.sum() == pytest.approx(1)
    assert len(found.share) == len(found.wander) == len(found.alone)
    assert dataclasses.is_dataclass(found)
