"""Limits in the words of a plan, and simulated limits beside exact chances."""

import math
from dataclasses import replace

import numpy as np
import pytest

from onedoor.evidence.model import capacity, simulate
from onedoor.evidence.model.draws import Draws
from onedoor.evidence.model.grid import Grid, Population
from onedoor.evidence.refusal import Refused
from tests.evidence.model import invented_rates

CELLS = invented_rates.grid(4)
NOBODY = Population(*np.zeros((3, 0), int))


def test_a_home_that_opens_later_and_grows_has_its_places_from_then_on():
    found = capacity.capacity(
        CELLS, 24, {"kind 1": [(6, 4), (18, 8)], "kind 2": 3}, {"kind 1": ["kind 2", "kind 0"]}
    )
    assert found.caps[:, 1].tolist() == [0] * 6 + [4] * 12 + [8] * 6
    assert set(found.caps[:, 2]) == {3}
    assert set(found.caps[:, [0, 3]].ravel()) == {-1}
    assert found.routes.tolist() == [[-1, -1], [2, 0], [-1, -1], [-1, -1]]


def test_a_limit_whose_route_only_leads_to_limits_is_named():
    places = {"kind 0": 3, "kind 1": [(2, 4)], "kind 2": 1}
    found = capacity.capacity(
        CELLS, 6, places, {"kind 0": ["kind 1"], "kind 1": ["kind 0", "kind 3"]}
    )
    assert found.dead_ends == ("kind 0", "kind 2")


def test_no_limits_are_no_limits():
    found = capacity.capacity(CELLS, 6, {}, {})
    rates = invented_rates.rates(10, 6, states=4)
    free = simulate.simulate(rates, NOBODY, seed=1)
    limited = simulate.simulate(rates, NOBODY, seed=1, caps=found.caps, routes=found.routes)
    assert np.array_equal(free.occupied, limited.occupied)
    assert found.dead_ends == ()


def test_nobody_is_turned_away_without_limits_and_somebody_is_with_them():
    rates = invented_rates.rates(30, 12, states=4)
    assert (capacity.turned_away(simulate.simulate(rates, NOBODY, seed=1)) == 0).all()
    limits = capacity.capacity(CELLS, 12, {"kind 1": 2}, {"kind 1": ["kind 0"]})
    found = simulate.simulate(rates, NOBODY, seed=1, caps=limits.caps, routes=limits.routes)
    share = capacity.turned_away(found)
    needed = (found.arrived + found.moved + found.waited).sum(axis=1)
    assert np.allclose(share, (found.displaced + found.waited).sum(axis=1) / needed)
    assert 0 < share.mean() < 0.5
    quiet = replace(rates, arrivals=np.zeros_like(rates.arrivals))
    assert np.isnan(capacity.turned_away(simulate.simulate(quiet, NOBODY, seed=1))).all()


@pytest.mark.parametrize(
    ("places", "routes", "says"),
    [
        ({"hub": 3}, {}, "'hub', which is not in the model"),
        ({}, {"kind 0": ["hub"]}, "'hub', which is not in the model"),
        ({"kind 0": -1}, {}, "places of 'kind 0'"),
        ({"kind 0": [(3, 1), (3, 2)]}, {}, "places of 'kind 0'"),
        ({"kind 0": []}, {}, "places of 'kind 0'"),
        ({}, {"kind 0": ["kind 1", "kind 0"]}, "leads back"),
    ],
)
def test_what_is_no_plan_of_places_is_refused(places, routes, says):
    with pytest.raises(Refused, match=says):
        capacity.capacity(CELLS, 6, places, routes)


def one_home(replications, months, *, stay, arrive):
    """One kind of home for babies, who are never too old while it is watched."""
    grid = Grid(("home",), ages=(0, 12, 216), durations=(0,))
    one = np.ones((replications, 2, 1, 1), np.float32)
    arrivals = np.zeros((replications, 2, 1), np.float32)
    arrivals[:, 0] = arrive
    to = np.broadcast_to(np.array([0, 1], np.float32), (replications, 2, 1, 1, 2))
    level = np.ones((replications, months), np.float32)
    return Draws(grid, one * np.float32(stay), to, 0 * one, arrivals, level)


def exactly(months, *, stay, arrive, beds):
    """(months, beds + 1) chances of so many there at the end of each month, and (months,) the mean
    number who find no place: binomial who stay, Poisson who come, and the rest is turned away."""
    chances, turned = [np.eye(beds + 1)[0]], []
    come = [math.exp(-arrive) * arrive**k / math.factorial(k) for k in range(60)]
    for _ in range(months):
        after, lost = np.zeros(beds + 1), 0.0
        for here, chance in enumerate(chances[-1]):
            for left in range(here + 1):
                kept = chance * math.comb(here, left) * stay**left * (1 - stay) ** (here - left)
                for k, more in enumerate(come):
                    after[min(beds, left + k)] += kept * more
                    lost += kept * more * max(0, left + k - beds)
        chances.append(after)
        turned.append(lost)
    return np.array(chances[1:]), np.array(turned)


def test_the_chance_of_every_number_in_a_full_home_is_the_exact_chance():
    """Means of a limited home do not follow from means, so the whole distribution is held."""
    asked = {"stay": 0.75, "arrive": 1.5}
    rates = one_home(20_000, 12, **asked)
    found = simulate.simulate(rates, NOBODY, seed=4, caps=[4])
    chances, turned = exactly(12, beds=4, **asked)
    here = found.people()[:, :, 0]
    for month in range(12):
        share = np.bincount(here[:, month], minlength=5) / len(here)
        error = np.sqrt(chances[month] * (1 - chances[month]) / len(here))
        assert (np.abs(share - chances[month]) < 4.5 * error + 1e-9).all(), month
    error = found.nowhere.std(axis=0) / np.sqrt(len(here)) + 1e-9
    assert (np.abs(found.nowhere.mean(axis=0) - turned) < 4.5 * error).all()


def test_whose_turn_it_is_first_is_chance_and_nobody_s_privilege():
    """Three kinds send one person each towards one bed; each gets it about as often."""
    grid = Grid(("a", "b", "c", "bed"), ages=(0, 216), durations=(0,))
    count = 6000
    to = np.broadcast_to(np.array([0, 0, 0, 1, 0], np.float32), (count, 1, 1, 4, 5)).copy()
    to[:, :, :, 3] = [0, 0, 0, 0, 1]
    stay = np.zeros((count, 1, 1, 4), np.float32)
    nothing = np.zeros((count, 1, 4), np.float32)
    rates = Draws(grid, stay, to, stay, nothing, np.ones((count, 1), np.float32))
    three = Population(np.full(3, 50), np.zeros(3, int), np.arange(3))
    found = simulate.simulate(rates, three, seed=8, caps=[-1, -1, -1, 1])
    assert (found.people()[:, 0, 3] == 1).all()
    assert (found.waited == 2).all()
    got = count - found.people()[:, 0, :3].sum(axis=0)
    assert (np.abs(got - count / 3) < 4 * np.sqrt(count * 2 / 9)).all()
