"""How often everything is full, by formula: held to published tables and to the definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import erlang
from tests.evidence.sizing import slow_hub

# Beds: (load, occupancy) at a refusal of 1%, 2% and 5%: the table of evidence.md 1.6.
TABLE = {
    6: [(1.909, 0.31), (2.276, 0.37), (2.960, 0.47)],
    8: [(3.128, 0.39), (3.627, 0.44), (4.543, 0.54)],
    10: [(4.461, 0.44), (5.084, 0.50), (6.216, 0.59)],
    12: [(5.876, 0.48), (6.615, 0.54), (7.950, 0.63)],
    18: [(10.437, 0.57), (11.491, 0.63), (13.385, 0.71)],
    24: [(15.295, 0.63), (16.631, 0.68), (19.031, 0.75)],
}


def test_fifteen_lines_at_one_in_a_hundred_bear_what_the_published_table_says():
    assert erlang.load_for(15, 0.01) == pytest.approx(8.108, abs=0.0005)
    found = [erlang.load_for(places, 0.01) for places in (5, 10, 20)]
    assert found == pytest.approx([1.3608, 4.4612, 12.0306], abs=0.00005)


@pytest.mark.parametrize("places", TABLE)
def test_the_table_a_commissioner_reads(places):
    for refusal, (load, full) in zip((0.01, 0.02, 0.05), TABLE[places], strict=True):
        found = erlang.load_for(places, refusal)
        assert found == pytest.approx(load, abs=0.0006)
        # The table rounds 48.5% down and the rest up: half a point either way.
        assert float(erlang.occupancy(places, found)) == pytest.approx(full, abs=0.0055)


def test_homes_kept_85_in_a_hundred_full_turn_many_away():
    found = [float(erlang.refused(c, erlang.load_at(c, 0.85))) for c in (4, 6, 12, 24)]
    assert found == pytest.approx([0.57, 0.46, 0.28, 0.14], abs=0.005)


def test_two_hubs_that_pool_their_places_need_ten_and_apart_fourteen():
    assert erlang.places_for(4, 0.01) == 10
    assert 2 * erlang.places_for(2, 0.01) == 14


def test_the_form_for_places_that_are_not_whole_agrees_where_they_are():
    assert float(erlang.refused(5, 2.0)) == pytest.approx(0.03669724770642201, rel=1e-14)
    assert float(erlang.refused_between(5, 2.0)) == pytest.approx(0.03669724770642201, rel=1e-12)


@settings(deadline=None, max_examples=60)
@given(places=st.integers(0, 300), load=st.floats(1e-3, 600))
def test_both_forms_agree_wherever_they_are_asked(places, load):
    whole = float(erlang.refused(places, load))
    if whole > 1e-280:
        assert float(erlang.refused_between(places, load)) == pytest.approx(whole, rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(places=st.integers(0, 40), load=st.floats(0.001, 60))
def test_the_recursion_is_the_definition(places, load):
    assert float(erlang.refused(places, load)) == pytest.approx(
        slow_hub.erlang(places, load), rel=1e-10
    )


def test_loads_may_come_in_any_shape():
    loads = np.array([[0.0, 1.0], [2.0, 500.0]])
    assert erlang.refused(5, loads).shape == loads.shape
    assert erlang.refused(5, loads)[1, 0] == erlang.refused(5, 2.0)
    assert erlang.refused_between(5.5, loads).shape == loads.shape
    assert erlang.occupancy(5, loads)[0, 0] == 0


@settings(deadline=None, max_examples=40)
@given(load=st.floats(0, 80), refusal=st.floats(0.001, 0.5))
def test_the_places_for_a_load_are_the_fewest_that_do(load, refusal):
    places = erlang.places_for(load, refusal)
    assert float(erlang.refused(places, load)) <= refusal
    assert places == 0 or float(erlang.refused(places - 1, load)) > refusal


def test_bunches_raise_the_estimate_as_published_for_nine_places():
    assert float(erlang.refused(9, 4)) == pytest.approx(0.0133, abs=0.00005)
    found = [float(erlang.bunched(9, 4, erlang.peakedness(mean))) for mean in (1.2, 1.5)]
    assert found == pytest.approx([0.0215, 0.0354], abs=0.00005)
    assert float(erlang.bunched(9, 4, 1.0)) == pytest.approx(float(erlang.refused(9, 4)))


def test_peakedness_is_that_of_two_stays_overlapping():
    rng = np.random.default_rng(3)
    two = np.exp(0.8 * rng.standard_normal((2, 400_000)))
    overlap = two.min(axis=0).mean() / two.mean()
    assert erlang.peakedness(1.5, 0.8) == pytest.approx(1 + overlap, abs=0.005)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: erlang.refused(-1, 2), "places cannot be sized"),
        (lambda: erlang.refused(3, -2), "A load must be 0 or more"),
        (lambda: erlang.refused(3, float("nan")), "A load must be 0 or more"),
        (lambda: erlang.occupancy(0, 2), "cannot be taken"),
        (lambda: erlang.load_for(3, 0), "No number of places refuses nobody"),
        (lambda: erlang.places_for(3, 1), "write one in a hundred as 0.01"),
        (lambda: erlang.places_for(1e6, 0.01), "needs more than 10,000 places"),
        (lambda: erlang.load_at(3, 1.2), "cannot be 120% full"),
        (lambda: erlang.refused_between(float("inf"), 2), "give 0 or more"),
        (lambda: erlang.bunched(3, 2, 0.5), "is not bunching"),
        (lambda: erlang.peakedness(0.9), "cannot be: give 1 or more"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()
