"""How sure a rate or a share is, held to published figures and to slow counting."""

import numpy as np
import pytest

from onedoor.evidence import intervals
from onedoor.evidence.refusal import Refused


@pytest.mark.parametrize(
    ("events", "low", "high"), [(65, 50.163188, 82.849139), (1045, 982.593202, 1110.331213)]
)
def test_byars_limits_are_those_of_public_health(events, low, high):
    assert intervals.byar(events) == pytest.approx((low, high), abs=5e-7)


@pytest.mark.parametrize(
    ("some", "of", "low", "high"),
    [(65, 100, 0.552544, 0.736358), (1045, 5000, 0.197955, 0.220491)],
)
def test_wilsons_limits_are_those_of_public_health(some, of, low, high):
    found = intervals.share(some, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-7)


@pytest.mark.parametrize("count", [*range(10), 65, 1045, 5000])
def test_the_exact_interval_is_that_of_chi_squared_for_few_events_and_for_many(count):
    chi2 = pytest.importorskip("scipy.stats").chi2
    low, high = intervals.exact(count)
    wanted = (chi2.ppf(0.025, 2 * count) / 2 if count else 0, chi2.ppf(0.975, 2 * count + 2) / 2)
    assert (low, high) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.688879), (1, 0.025318, 5.571643), (5, 1.623486, 11.668332), (9, 4.115373, 17.084803)],
)
def test_the_exact_limits_are_those_of_the_tables(count, low, high):
    """Garwood's, without scipy."""
    assert intervals.exact(count) == pytest.approx((low, high), abs=2e-6)


def test_a_rate_is_of_its_exposure():
    found = intervals.rate(65, 1000)
    assert found.value == 0.065
    assert (found.low, found.high) == pytest.approx((0.050163188, 0.082849139), abs=1e-9)
    none = intervals.rate(0, 100)
    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(3.688879 / 100)


def test_runs_of_events_widen_the_interval_until_it_holds():
    by = np.random.default_rng(4)
    held = naive = 0
    for _ in range(300):
        seen = by.poisson(by.gamma(0.5, 4, size=60))
        spread = intervals.runs(seen, np.ones(60))
        found = intervals.rate(seen.sum(), 60, runs=spread)
        plain = intervals.rate(seen.sum(), 60)
        held += found.low <= 2 <= found.high
        naive += plain.low <= 2 <= plain.high
    assert held / 300 > 0.9
    assert naive / 300 < 0.8


def test_events_that_come_one_by_one_are_not_runs():
    assert intervals.runs([1, 1, 1, 1], [1, 1, 1, 1]) == 1
    assert intervals.runs([], []) == 1
    assert intervals.runs([20, 0, 0, 0], [1, 1, 1, 0]) > 10


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: intervals.rate(1, 0),
        lambda: intervals.rate(-1, 1),
        lambda: intervals.rate(1, 1, runs=0.5),
        lambda: intervals.share(2, 1),
        lambda: intervals.share(0, 0),
    ],
)
def test_what_is_no_rate_or_share_is_refused(wrong):
    with pytest.raises(Refused):
        wrong()
