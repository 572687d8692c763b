"""Who is left out of a simulation could not have been counted, and nobody else is."""

import numpy as np
import pytest

from onedoor.evidence.model import exact
from onedoor.evidence.model.grid import Population
from onedoor.evidence.money import reach

FIRST = 12 * 12


@pytest.fixture(scope="module")
def everybody():
    """One young person of every month of age."""
    ages = np.arange(216)
    return Population(ages, ages % 13, ages % 3)


@pytest.mark.parametrize("months", [12, 36, 60, 72, 84, 144, 240])
def test_the_mean_of_those_who_are_counted_is_the_same_without_the_others(
    fitted, everybody, months
):
    rates = fitted.mean(months)
    some, left = reach.in_reach(rates, everybody, FIRST, months)
    whole, cut = (
        exact.moments(each, people, groups=(each.grid.ages[0], FIRST), covariance=False).mean[:, 1]
        for each, people in ((rates, everybody), (some, left))
    )
    assert whole.sum() > 0
    assert cut == pytest.approx(whole, rel=1e-9)


def test_who_could_just_be_old_enough_is_kept_and_who_could_not_is_not(fitted, everybody):
    some, left = reach.in_reach(fitted.mean(60), everybody, FIRST, 60)
    assert left.age.min() == FIRST - 60
    assert some.grid.ages[0] == 60
    assert some.arrivals.shape[1] == len(some.grid.ages) - 1
    some, left = reach.in_reach(fitted.mean(240), everybody, FIRST, 240)
    assert len(left) == len(everybody)
    assert some.grid == fitted.grid


def test_costings_of_the_youngest_leave_nobody_out(fitted, everybody):
    some, left = reach.in_reach(fitted.mean(60), everybody, 0, 60)
    assert len(left) == len(everybody)
    assert some.grid == fitted.grid
