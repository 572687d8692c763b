"""Whether young people come one by one, measured from the days on which stays began."""

from datetime import date, timedelta

import numpy as np
import pytest

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import bunching

FIRST = date(2020, 4, 1)


def record(batch, *, seed, a_year=36, years=5):
    """Starts of stays in batches of geometric size on days at random, and the last day."""
    rng = np.random.default_rng(seed)
    days = 365 * years
    at = rng.integers(0, days, rng.poisson(a_year * years / batch))
    each = np.repeat(at, rng.geometric(1 / batch, len(at)))
    return [FIRST + timedelta(int(day)) for day in each], FIRST + timedelta(days - 1)


@pytest.mark.parametrize("batch", [1.1, 1.5, 2.0])
def test_nine_in_ten_of_its_bands_hold_the_truth(batch):
    runs = []
    for seed in range(150):
        starts, last = record(batch, seed=seed)
        runs.append(bunching.measure(starts, FIRST, last))
    held = np.mean([run.low <= batch <= run.high for run in runs])
    assert held == pytest.approx(0.9, abs=0.1)  # four standard errors of 150 runs
    found = np.array([run.batch for run in runs])
    # The mean of a belief leans a little towards the middle of what was believed before.
    assert found.mean() == pytest.approx(batch, abs=0.01 + 4 * found.std() / np.sqrt(150))


def test_chance_meetings_on_one_day_are_not_taken_for_batches():
    starts, last = record(1.0, seed=2, a_year=200)
    together = len(starts) - len(set(starts))
    found = bunching.measure(starts, FIRST, last)
    assert together > 200
    assert found.low < 1.01
    assert found.batch < 1.06


def test_its_chances_are_those_of_batches_counted():
    rng = np.random.default_rng(4)
    mean, again = 0.8, 0.3
    batches = rng.poisson(mean * (1 - again), 200_000)
    counted = batches + rng.negative_binomial(np.maximum(batches, 1), 1 - again) * (batches > 0)
    chances = np.exp(bunching._log_chance(6, np.array([[mean]]), np.array([[again]])))[:, 0, 0]
    seen = np.bincount(counted, minlength=7)[:7] / len(counted)
    assert chances == pytest.approx(seen, abs=0.004)


def test_a_short_record_knows_less():
    def doubt(years):
        found = (bunching.measure(*_asked(record(1.4, seed=s, years=years))) for s in range(5))
        return np.mean([each.high - each.low for each in found])

    assert doubt(years=1) > 1.5 * doubt(years=8)


def _asked(made):
    return made[0], FIRST, made[1]


def test_draws_carry_the_doubt_on():
    starts, last = record(1.5, seed=5)
    found = bunching.measure(starts, FIRST, last)
    rates, batches = found.draws(20_000, seed=1)
    error = batches.std() / np.sqrt(20_000)
    assert batches.mean() == pytest.approx(found.batch, abs=4 * error)
    assert np.quantile(batches, [0.05, 0.95]) == pytest.approx([found.low, found.high], abs=0.02)
    assert rates.mean() == pytest.approx(len(starts) / found.windows, rel=0.03)
    assert (rates == found.draws(20_000, seed=1)[0]).all()


def test_a_week_may_count_as_together():
    twins = [FIRST + timedelta(days) for at in range(0, 1000, 50) for days in (at, at + 2)]
    last = FIRST + timedelta(1049)
    assert bunching.measure(twins, FIRST, last).batch < 1.15
    assert bunching.measure(twins, FIRST, last, days=7).batch > 1.4


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: bunching.measure([FIRST] * 4, FIRST, date(2021, 3, 31)), "are too few"),
        (lambda: bunching.measure([FIRST] * 9, FIRST, FIRST), "not two windows"),
        (lambda: bunching.measure([FIRST] * 9, FIRST, date(2021, 3, 31), days=0), "not two"),
        (lambda: bunching.measure([date(2019, 1, 1)] * 9, FIRST, date(2021, 3, 31)), "lie outside"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()
