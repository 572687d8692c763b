"""The simulation against its slow twin, against exact means, and against what must always hold."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onedoor.evidence.model import exact, schedule, simulate
from onedoor.evidence.model.grid import Population
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import joint, kept_free
from tests.evidence.model import invented_rates, slow_mean, slow_simulation

ROOT = Path(__file__).parents[3]
EVENTS = ("arrived", "left", "of_age", "moved", "same", "displaced", "waited", "nowhere")


def changing(replications=6, months=8, states=4):
    """Rates that change twice, the second time of a sudden."""
    sets = [
        invented_rates.rates(replications, months, states=states, seed=seed, arrive=5)
        for seed in (1, 2, 3)
    ]
    same_level = [replace(each, level=sets[0].level) for each in sets]
    return schedule.Schedule((1, 5, 6), tuple(same_level))


def tight(months, states=4):
    """Limits that bite, lowered on the way, with routes that end in a full state or turn back."""
    caps = np.tile([6, 4, 5, 7], (months, 1))
    caps[months // 2 :, 0] = 2
    return caps, np.array([[1, -1], [2, 0], [-1, 3], [0, 1]])


def both(*asked, **wanted):
    """The reference's answer, and the compiled twin's where it can run."""
    slow = simulate.simulate(*asked, **wanted, fast=False)
    if simulate.compiled():
        assert_alike(slow, simulate.simulate(*asked, **wanted, fast=True))
    return slow


def assert_alike(one, other):
    assert np.array_equal(one.occupied, other.occupied)
    assert np.array_equal(one.events, other.events)
    assert np.array_equal(one.asked, other.asked)


@pytest.mark.parametrize("limited", [False, True])
def test_every_count_is_that_of_the_slow_simulation(limited):
    rates, months = changing(), 8
    people = invented_rates.people(30, rates.grid)
    caps, routes = tight(months) if limited else (np.full((months, 4), -1), np.empty((4, 0), int))
    found = both(rates, people, seed=7, caps=caps, routes=routes, groups=(144, 192))
    for r in range(len(rates)):
        slow = slow_simulation.one(rates, people, r, seed=7, caps=caps, routes=routes)
        for month, (here, happened, asked) in enumerate(slow):
            count = np.zeros((2, 4), int)
            for age, state in here:
                count[int(age >= 192), state] += 1
            assert np.array_equal(found.occupied[r, month], count), (r, month)
            assert {name: getattr(found, name)[r, month] for name in EVENTS} == happened
            assert found.asked[r, month].tolist() == [asked.count(state) for state in range(4)]
    if limited:  # otherwise the agreement would say nothing about places
        assert all(getattr(found, name).sum() for name in EVENTS)


def test_the_mean_is_the_exact_mean():
    """Pooled over all cells, the distance from the exact mean is what chance alone would make.
    Cells of one run hang together, so three runs are pooled (`benchmarks.oracle` takes more)."""
    months, replications = 24, 4000
    rates = invented_rates.rates(replications, months, alike=True, uneven=0)
    people = invented_rates.people(150, rates.grid)
    exact = slow_mean.mean(schedule.of(rates.only(0, 1)), people).sum(axis=1)
    z = []
    for seed in (11, 12, 13):
        found = simulate.simulate(rates, people, seed=seed)
        z.append((found.mean()[:, 0] - exact) / found.mcse()[:, 0])
        assert np.abs(found.mean()[:, 0].sum(axis=1) / exact.sum(axis=1) - 1).max() < 0.003
    assert 0.85 < np.sqrt(np.square(z).mean()) < 1.15


def test_the_mean_is_exact_by_age_and_while_rates_change():
    replications, months = 3000, 12
    sets = [
        invented_rates.rates(replications, months, states=3, alike=True, uneven=0, seed=seed)
        for seed in (1, 2)
    ]
    rates = schedule.Schedule((2, 9), tuple(sets))
    people = invented_rates.people(60, rates.grid)
    exact = slow_mean.mean(rates, people).reshape(months, 3, 24, 3).sum(axis=2)
    asked = {"groups": (144, 168, 192)}
    runs = [simulate.simulate(rates, people, seed=seed, **asked) for seed in (5, 6, 7)]
    z = np.array([(found.mean() - exact) / found.mcse() for found in runs])
    assert np.sqrt((z**2).mean()) < 1.25
    assert np.abs(z).max() < 4.5


def test_two_exact_means_agree_and_the_spread_is_the_exact_one():
    """`model.exact` was written apart from ours, and knows the spread too."""
    rates = invented_rates.rates(4000, 24, states=5, alike=True, uneven=0)
    people, groups = invented_rates.people(150, rates.grid), (144, 192)
    exactly = exact.moments(rates, people, groups=groups)
    slow = slow_mean.mean(schedule.of(rates.only(0, 1)), people)
    assert np.allclose(exactly.mean[:, 1], slow[:, 48:].sum(axis=1), atol=1e-9)
    found = simulate.simulate(rates, people, seed=2, groups=groups).occupied.sum(axis=3)
    # The sd of a sd from n numbers is about sd / sqrt(2 n): four of those.
    assert np.abs(found.std(axis=0) / exactly.sd - 1).max() < 4 / np.sqrt(2 * 4000)


def test_simulated_people_say_how_many_places_and_key_workers_there_must_be():
    rates = invented_rates.rates(300, 24, states=4)
    people = invented_rates.people(50, rates.grid)
    here = simulate.simulate(rates, people, seed=2).people()[:, -1]
    assured = joint.size(here, assurance=0.9)
    assert (here <= np.array(assured.places)).all(axis=1).mean() >= 0.9
    workers = kept_free.workers_for(here.sum(axis=1), 12, 0.95)
    assert kept_free.over_the_cap(here.sum(axis=1), workers, 12) <= 0.05
    assert kept_free.over_the_cap(here.sum(axis=1), here.sum(axis=1).mean() / 12, 12) > 0.3


@pytest.mark.parametrize("limited", [False, True])
def test_nobody_is_lost(limited):
    rates = invented_rates.rates(40, 12, states=4)
    people = invented_rates.people(50, rates.grid)
    caps, routes = tight(12) if limited else (None, None)
    found = both(rates, people, seed=3, caps=caps, routes=routes)
    whole = found.people().sum(axis=2)
    before = np.column_stack([np.full(40, 50), whole[:, :-1]])
    change = found.arrived.astype(int) - found.left - found.of_age
    assert np.array_equal(whole, before + change)


def test_no_limit_is_passed_and_nobody_has_to_go_when_one_is_lowered():
    rates = invented_rates.rates(60, 12, states=4, arrive=12)
    people = Population(np.full(20, 150), np.zeros(20, int), np.repeat([0, 1, 2, 3], 5))
    caps, routes = tight(12)
    people_here = both(rates, people, seed=3, caps=caps, routes=routes).people()
    first = np.bincount(people.state, minlength=4)
    before = np.concatenate([np.tile(first, (60, 1, 1)), people_here[:, :-1]], axis=1)
    assert (people_here <= np.maximum(caps, before)).all()
    # Some were over the lowered limit, and were let be until they chose to go.
    assert (people_here[:, 6, 0] > caps[6, 0]).any()


def test_a_limit_that_never_bites_changes_nothing():
    rates = invented_rates.rates(20, 12, states=4)
    people = invented_rates.people(50, rates.grid)
    free = both(rates, people, seed=3)
    assert_alike(free, both(rates, people, seed=3, caps=[1000, 1000, -1, 1000]))


def test_a_full_kind_sends_along_its_route_and_says_so():
    rates = invented_rates.rates(50, 6, states=3, arrive=20)
    people = invented_rates.people(0, rates.grid)
    found = both(rates, people, seed=3, caps=[0, -1, -1], routes=[[2], [-1], [-1]])
    assert found.people()[:, :, 0].sum() == 0
    assert found.displaced.sum() > 0
    assert found.nowhere.sum() == 0


def test_who_finds_no_place_at_all_is_counted_and_told():
    rates = invented_rates.rates(50, 6, states=3, arrive=20)
    people = invented_rates.people(10, rates.grid)
    found = both(rates, people, seed=3, caps=[0, 0, 0])
    assert found.arrived.sum() == found.moved.sum() == 0
    assert found.nowhere.sum() > 0
    assert found.waited.sum() > 0
    assert any("no place at all" in said for said in found.limits)
    assert any("stayed where they were" in said for said in found.limits)


def test_everybody_leaves_on_the_birthday_and_not_before():
    rates = invented_rates.rates(5, 12, states=3, arrive=0)
    rates = replace(rates, stay=np.ones_like(rates.stay))
    people = Population(np.array([204, 205, 215]), np.zeros(3, int), np.zeros(3, int))
    found = both(rates, people, seed=1)
    assert found.people()[:, :, 0].tolist() == [[2] * 10 + [1, 0]] * 5


@pytest.mark.parametrize("block", [1, 7, 1000])
@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("fast", [False, True])
def test_neither_blocks_nor_threads_change_a_figure(block, threads, fast):
    if fast and not simulate.compiled():
        pytest.skip("numba is not installed here.")
    rates = invented_rates.rates(20, 6, states=4)
    people = invented_rates.people(20, rates.grid)
    asked = {"seed": 3, "caps": [4, 4, 4, -1], "routes": [[3]] * 4, "fast": fast}
    whole = simulate.simulate(rates, people, **asked)
    assert_alike(whole, simulate.simulate(rates, people, block=block, threads=threads, **asked))


def test_parts_with_their_numbers_are_the_whole():
    rates = invented_rates.rates(20, 6, states=4)
    people = invented_rates.people(20, rates.grid)
    whole = simulate.simulate(rates, people, seed=3)
    parts = [
        simulate.simulate(rates.only(first, last), people, seed=3, number=first)
        for first, last in ((0, 5), (5, 20))
    ]
    assert_alike(whole, simulate.together(parts))
    with pytest.raises(Refused, match="cannot follow"):
        simulate.together(parts[::-1])


def test_one_arrival_more_changes_nobody_else_s_luck():
    """What makes a difference between two scenarios small beside the luck they share."""
    rates = invented_rates.rates(30, 12, states=4)
    people = invented_rates.people(20, rates.grid)
    more = rates.arrivals.copy()
    more[:, 0, 0] += 0.5
    found = both(rates, people, seed=3)
    with_more = both(replace(rates, arrivals=more), people, seed=3)
    assert (with_more.arrived >= found.arrived).all()
    assert (with_more.occupied.sum(axis=(2, 3)) >= found.occupied.sum(axis=(2, 3))).all()


def test_many_who_come_and_go_are_not_too_many():
    """A large council's luckiest ten years: what counts is who is there at once."""
    rates = invented_rates.rates(1, 90, states=3, arrive=500)
    found = both(rates, invented_rates.people(1, rates.grid), seed=3)
    assert found.arrived.sum() > 40_000
    assert found.people().sum(axis=2).max() < 32_000


def test_more_people_than_were_there_at_first_find_room():
    rates = invented_rates.rates(3, 12, states=3, arrive=150)
    found = both(rates, invented_rates.people(1, rates.grid), seed=3)
    assert found.people().sum(axis=2).max() > 600


WITHOUT_NUMBA = """
import sys
from onedoor.evidence.model import simulate
assert "numba" not in sys.modules, "loaded before anybody simulates"
sys.modules["numba"] = None  # as if it were not installed
from tests.evidence.model import invented_rates
rates = invented_rates.rates(5, 6, states=4)
found = simulate.simulate(rates, invented_rates.people(20, rates.grid), seed=3)
print(simulate.compiled(), found.people().ravel().tolist())
"""


def test_where_numba_is_not_installed_the_figures_are_the_same():
    asked = [sys.executable, "-c", WITHOUT_NUMBA]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    rates = invented_rates.rates(5, 6, states=4)
    found = simulate.simulate(rates, invented_rates.people(20, rates.grid), seed=3)
    assert said.strip() == f"False {found.people().ravel().tolist()}"


def test_the_progress_is_told():
    rates = invented_rates.rates(5, 2, states=3)
    told = []
    simulate.simulate(
        rates,
        invented_rates.people(3, rates.grid),
        seed=3,
        block=2,
        progress=lambda *said: told.append(said),
    )
    assert told == [(2, 5), (4, 5), (5, 5)]


def broken(name, value):
    rates = invented_rates.rates(3, 2, states=3)
    changed = getattr(rates, name).copy()
    changed[0] = value
    return replace(rates, **{name: changed})


PEOPLE = Population(np.array([150]), np.array([0]), np.array([0]))
CROWD = Population(*(np.full(32_001, value) for value in (150, 0, 0)))
MANY = invented_rates.rates(1, 60, states=3, arrive=1500)
MANY = replace(MANY, stay=np.ones_like(MANY.stay))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"caps": [1, 2]}, "limits have the shape"),
        ({"caps": [1, 2, -2]}, "whole number of places"),
        ({"caps": [1, 2, 1.5]}, "whole number of places"),
        ({"routes": [[1], [2]]}, "Routes have the shape"),
        ({"routes": [[1], [2], [3]]}, "not there"),
        ({"groups": (150,)}, "Groups begin"),
        ({"groups": (0, 216)}, "Groups begin"),
        ({"groups": ()}, "Groups begin"),
        ({"seed": -1}, "seed"),
        ({"rates": broken("stay", 1.2)}, "not between 0 and 1"),
        ({"rates": broken("same", np.nan)}, "not between 0 and 1"),
        ({"rates": broken("to", 0.9)}, "do not add up"),
        ({"rates": broken("to", 0.25)}, "belongs in `same`"),
        ({"rates": broken("arrivals", -1)}, "below 0"),
        ({"rates": broken("arrivals", 8000)}, "in one cell"),
        ({"rates": MANY, "fast": False}, "one council at a time"),
        ({"rates": MANY}, "one council at a time"),
        ({"population": CROWD}, "32,001 young people or more would be in the model at once"),
        ({"population": replace(PEOPLE, age=np.array([143]))}, "Person 1 .* age 143"),
        ({"population": replace(PEOPLE, age=np.array([216]))}, "Person 1 .* age 216"),
        ({"population": replace(PEOPLE, duration=np.array([13]))}, "duration 13"),
        ({"population": replace(PEOPLE, state=np.array([3]))}, "state 3"),
    ],
)
def test_what_does_not_fit_is_refused_with_how_to_mend_it(asked, says):
    good = {"rates": invented_rates.rates(3, 2, states=3), "population": PEOPLE, "seed": 1}
    with pytest.raises(Refused, match=says):
        simulate.simulate(**good | asked)
