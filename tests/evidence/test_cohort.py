"""The plainest forecast, by hand and against the exact one where both mean the same."""

import numpy as np
import pytest

from onedoor.evidence.model import cohort, exact
from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Grid, Population


def test_two_states_by_hand():
    rates = np.array([[0, 0.2, 0.1], [0.5, 0, 0]])
    found = cohort.cohort(np.array([10.0, 4.0]), rates, np.array([1.0, 0.0]), 2)
    assert found[0] == pytest.approx([7 + 2 + 1, 2 + 2])
    assert found[1] == pytest.approx([7 + 2 + 1, 2 + 2])


def test_more_than_all_cannot_go():
    rates = np.array([[0, 0.9, 0.9], [0, 0, 0]])
    found = cohort.cohort(np.array([10.0, 0.0]), rates, np.zeros(2), 1)
    assert found[0] == pytest.approx([0, 5])


def test_many_sets_of_rates_are_each_on_their_own():
    by = np.random.default_rng(1)
    rates = by.uniform(0, 0.2, (5, 3, 4))
    rates[:, np.arange(3), np.arange(3)] = 0
    start, arrivals = by.random(3), by.random(3)
    many = cohort.cohort(start, rates, arrivals, 7)
    for at in range(5):
        assert np.allclose(many[:, at], cohort.cohort(start, rates[at], arrivals, 7))


def test_it_is_the_exact_forecast_when_age_and_time_make_no_difference():
    grid = Grid(("foster", "home"), (0, 240), (0,))
    stay, to = np.array([0.9, 0.75]), np.array([[0, 0.5, 0.5], [1, 0, 0]])
    draws = Draws(
        grid,
        stay[None, None, None].astype(np.float32),
        to[None, None, None].astype(np.float32),
        np.zeros((1, 1, 1, 2), np.float32),
        np.zeros((1, 1, 2), np.float32),
        np.ones((1, 40), np.float32),
    )
    people = Population(np.full(30, 12), np.zeros(30, int), np.repeat([0, 1], [20, 10]))
    rates = (1 - stay)[:, None] * to
    plain = cohort.cohort(np.array([20.0, 10.0]), rates, np.zeros(2), 40)
    assert np.allclose(exact.expected(draws, people), plain, rtol=1e-5)


def day_by_day(start, rates, arrivals, days):
    """The sector's own way, one state and one destination at a time, in whole Python numbers."""
    left, now, found = len(start), list(start), []
    for _ in range(days):
        later = [float(number) for number in now]
        for old, there in enumerate(now):
            for new in range(left + 1):
                gone = there * rates[old][new]
                later[old] -= gone
                if new != left:
                    later[new] += gone
        now = [number + come for number, come in zip(later, arrivals, strict=True)]
        found.append(now)
    return found


def test_a_year_of_days_is_that_of_going_day_by_day():
    """A council like the peer's sample: 241 looked after, eleven states, 365 days, to 1e-9."""
    by = np.random.default_rng(241)
    start = by.multinomial(241, by.dirichlet(np.ones(11))).astype(float)
    rates = by.uniform(0, 0.002, (11, 12))
    rates[np.arange(11), np.arange(11)] = 0
    rates[3] = 0  # a state that nobody leaves
    arrivals = by.uniform(0, 0.05, 11)
    slow = day_by_day(start.tolist(), rates.tolist(), arrivals.tolist(), 365)
    found = cohort.cohort(start, rates, arrivals, 365)
    assert found.shape == (365, 11)
    assert np.abs(found - slow).max() < 1e-9


def test_a_state_that_is_left_by_one_in_a_thousand_a_day_is_what_the_formula_says():
    """start 0.999^n + arrivals (1 - 0.999^n) / 0.001, after a year: a figure that stands still."""
    found = cohort.cohort(np.array([241.0]), np.array([[0, 0.001]]), np.array([0.2]), 365)
    assert found[-1, 0] == pytest.approx(200 + 41 * 0.999**365, abs=1e-9)
    assert found[-1, 0] == pytest.approx(228.456865, abs=1e-6)
