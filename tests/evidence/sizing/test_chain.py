"""A hub of two kinds of place, solved exactly: held to a dense twin and to simulation."""

import pytest

from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import chain, erlang
from tests.evidence.sizing import slow_hub

HUB = chain.Demand(9, 120, 36, 10)


def test_one_hub_of_four_and_two_turns_away_what_the_design_says():
    found = chain.solve(4, 2, HUB)
    assert found.refuse_planned == pytest.approx(0.22180, abs=0.000005)
    assert found.refuse_crisis == pytest.approx(0.05525, abs=0.000005)
    assert found.occupancy == pytest.approx(0.5387, abs=0.00005)


def test_two_hubs_that_pool_turn_away_half_as_many():
    found = chain.solve(8, 4, HUB.times(2))
    assert found.refuse_planned == pytest.approx(0.127, abs=0.0005)
    assert found.refuse_crisis == pytest.approx(0.017, abs=0.0005)
    assert found.occupancy == pytest.approx(0.59, abs=0.005)


@pytest.mark.parametrize("places", [(1, 0), (0, 1), (2, 1), (3, 3), (5, 2)])
@pytest.mark.parametrize("demand", [HUB, chain.Demand(2, 400, 1, 30), chain.Demand(30, 20, 200, 9)])
def test_it_agrees_with_every_state_written_out(places, demand):
    planned, crisis, taken = slow_hub.long_run(*places, demand)
    found = chain.solve(*places, demand)
    assert found.refuse_planned == pytest.approx(planned, abs=1e-11)
    assert found.refuse_crisis == pytest.approx(crisis, abs=1e-11)
    assert found.taken == pytest.approx(taken, abs=1e-10)


@pytest.mark.parametrize("places", [(4, 2), (10, 5), (0, 3)])
def test_what_is_taken_is_what_was_let_in(places):
    found = chain.solve(*places, HUB)
    planned, crisis = HUB.loads
    let_in = planned * (1 - found.refuse_planned) + crisis * (1 - found.refuse_crisis)
    assert found.taken == pytest.approx(let_in, rel=1e-10)


def test_without_emergency_places_it_is_the_plain_formula():
    found = chain.solve(6, 0, HUB)
    plain = float(erlang.refused(6, HUB.load))
    assert (found.refuse_planned, found.refuse_crisis) == pytest.approx((plain, plain))
    assert found.borrowed == 1


def test_stays_that_nobody_borrows_for_are_two_plain_formulas():
    planned_only = chain.solve(4, 2, chain.Demand(9, 120, 0, 0))
    assert planned_only.refuse_planned == pytest.approx(float(erlang.refused(4, 9 * 120 / 365.25)))
    crisis_only = chain.solve(4, 2, chain.Demand(0, 0, 90, 10))
    assert crisis_only.refuse_crisis == pytest.approx(float(erlang.refused(6, 900 / 365.25)))


def test_the_smallest_hub_is_one_place_more_than_any_that_is_too_small():
    found = chain.smallest(HUB, 0.02)
    places = {hub.residential + hub.emergency for hub in found}
    assert len(places) == 1
    for hub in found:
        assert max(hub.refuse_planned, hub.refuse_crisis) <= 0.02
    fewer = places.pop() - 1
    for emergency in range(fewer + 1):
        hub = chain.solve(fewer - emergency, emergency, HUB)
        assert max(hub.refuse_planned, hub.refuse_crisis) > 0.02


def test_a_large_hub_is_still_solved():
    found = chain.solve(18, 8, HUB.times(5))
    assert 0 < found.refuse_crisis < found.refuse_planned < 0.2


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda: chain.solve(0, 0, HUB), "give residential and emergency places as 4\\+2"),
        (lambda: chain.solve(-1, 3, HUB), "cannot be"),
        (lambda: chain.solve(40, 2, HUB), "too large to be solved exactly"),
        (lambda: chain.Demand(-9, 120, 36, 10), "must be numbers of 0 or more"),
        (lambda: chain.Demand(float("nan"), 120, 36, 10), "must be numbers of 0 or more"),
        (lambda: chain.smallest(HUB.times(30), 0.01), "cut the demand into several hubs"),
        (lambda: chain.smallest(HUB, 0), "No number of places refuses nobody"),
    ],
)
def test_what_cannot_be_solved_is_refused_in_a_sentence(asked, why):
    with pytest.raises(Refused, match=why):
        asked()
