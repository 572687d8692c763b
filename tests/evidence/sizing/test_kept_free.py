"""What it costs that a place is free when it is needed, and how many key workers it takes."""

import numpy as np
import pytest

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import erlang, kept_free


def test_free_nights_cost_what_a_night_costs_and_nothing_is_taken_for_granted():
    found = kept_free.kept_free(6, 0.5, night_cost=640)
    assert found.nights == pytest.approx(3 * 365.25)
    assert found.a_year == pytest.approx(3 * 365.25 * 640)
    assert kept_free.kept_free(6, 0.5).a_year is None


def test_the_curve_rises_from_nothing_and_is_the_formula():
    points = kept_free.curve(6)
    full, refused = np.array(points).T
    assert points[0] == (0, 0)
    assert (np.diff(full) > 0).all()
    assert (np.diff(refused) > 0).all()
    assert np.interp(0.85, full, refused) == pytest.approx(0.46, abs=0.005)
    assert full[-1] == pytest.approx(0.97)
    assert refused[-1] == pytest.approx(float(erlang.refused(6, erlang.load_at(6, 0.97))))


def test_the_cap_is_broken_half_of_the_time_by_whoever_staffs_for_the_mean():
    people = np.random.default_rng(1).poisson(90, (2_000, 12))
    assert kept_free.over_the_cap(people, 6, 15) == pytest.approx(0.47, abs=0.03)
    enough = kept_free.workers_for(people, 15, 0.95)
    assert kept_free.over_the_cap(people, enough, 15) <= 0.05
    assert kept_free.over_the_cap(people, enough - 1, 15) > 0.05


def test_a_cap_met_exactly_is_not_broken():
    assert kept_free.over_the_cap([30, 30], 2, 15) == 0
    assert kept_free.workers_for([30, 30], 15) == 2


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: kept_free.kept_free(6, 1.2), "is not a share"),
        (lambda: kept_free.kept_free(6, 0.5, -1), "give pounds for one place-night"),
        (lambda: kept_free.over_the_cap([], 3, 15), "no draws"),
        (lambda: kept_free.over_the_cap([3], -1, 15), "cannot be"),
        (lambda: kept_free.workers_for([3], 0), "cannot be"),
        (lambda: kept_free.workers_for([3], 15, 1.5), "is not a share"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()
