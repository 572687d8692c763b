"""What changing a cause does to chances, and what sharing luck does to a difference."""

import math
from dataclasses import replace

import numpy as np
import pytest

from onedoor.evidence.model import scenario, schedule, simulate
from onedoor.evidence.model.scenario import Change, Flow
from onedoor.evidence.refusal import Refused
from tests.evidence.model import invented_rates, slow_mean

KEYS = ("kind 0", "kind 1", "kind 2")


@pytest.fixture
def rates():
    return invented_rates.rates(4, 24, states=3)


def ratios(*each):
    return np.log(np.array(each))


def rate(draws, r, a, d, s, goal):
    """The rate a month, by its definition."""
    return -math.log(draws.stay[r, a, d, s]) * draws.to[r, a, d, s, goal]


def whole(rates, *changes):
    """The draws when all changes have come in."""
    return scenario.changed(rates, changes).draws[-1]


def test_only_the_rates_of_the_flow_change_and_by_its_ratio(rates):
    flow = Flow("move", out_of=("kind 1",), into=("kind 2",), ages=(168, 216))
    after = whole(rates, Change((flow,), ratios(0.5, 0.9, 1.0, 2.0)))
    for (r, a, d, s), _ in np.ndenumerate(rates.stay):
        for goal in set(range(4)) - {s}:
            changes = (s, goal) == (1, 2) and a >= 1
            expected = rate(rates, r, a, d, s, goal) * ([0.5, 0.9, 1.0, 2.0][r] if changes else 1)
            assert math.isclose(rate(after, r, a, d, s, goal), expected, rel_tol=1e-4)
    assert np.allclose(after.to.sum(axis=-1), 1, atol=1e-6)
    assert np.array_equal(after.arrivals, rates.arrivals)
    assert np.array_equal(after.same, rates.same)


def test_leaving_is_a_flow_out_of_every_kind_or_of_some(rates):
    everybody = whole(rates, Change((Flow("leave"),), ratios(2, 2, 2, 2)))
    some = whole(rates, Change((Flow("leave", out_of=("kind 0",)),), ratios(2, 2, 2, 2)))
    assert math.isclose(
        rate(everybody, 1, 0, 0, 2, 3), 2 * rate(rates, 1, 0, 0, 2, 3), rel_tol=1e-4
    )
    assert math.isclose(rate(everybody, 1, 0, 0, 2, 1), rate(rates, 1, 0, 0, 2, 1), rel_tol=1e-4)
    assert np.allclose(some.stay[..., 1:], rates.stay[..., 1:], rtol=1e-6)
    assert (some.stay[..., 0] < rates.stay[..., 0]).all()


def test_arrivals_of_a_kind_and_an_age_change(rates):
    flow = Flow("arrive", into=("kind 0",), ages=(144, 168))
    after = whole(rates, Change((flow,), ratios(0.5, 1, 2, 4)))
    expected = rates.arrivals.copy()
    expected[:, 0, 0] *= np.array([0.5, 1, 2, 4], np.float32)
    assert np.allclose(after.arrivals, expected)


def test_moves_within_a_kind_change_by_their_rate(rates):
    after = whole(rates, Change((Flow("same", out_of=("kind 1",)),), ratios(3, 3, 3, 3)))
    assert np.allclose(np.log1p(-after.same[..., 1]), 3 * np.log1p(-rates.same[..., 1]), rtol=1e-5)
    assert np.array_equal(after.same[..., 0], rates.same[..., 0])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("chance", "then"), [(1e-7, 3e-7), (0.5, 0.875), (1, 1), (0, 0)])
def test_moves_within_a_kind_keep_their_digits_however_rare(rates, chance, then):
    given = replace(rates, same=np.full_like(rates.same, chance))
    after = whole(given, Change((Flow("same"),), ratios(3, 3, 3, 3)))
    assert after.same.ravel() == pytest.approx(then, rel=1e-6)


def test_changes_of_one_flow_multiply(rates):
    flow = Flow("move", into=("kind 2",))
    both = [Change((flow,), ratios(0.5, 0.5, 2, 1)), Change((flow,), ratios(0.5, 2, 2, 3))]
    once = whole(rates, Change((flow,), ratios(0.25, 1, 4, 3)))
    assert np.allclose(whole(rates, *both).stay, once.stay, rtol=1e-5)
    assert np.allclose(whole(rates, *both).to, once.to, rtol=1e-5)


@pytest.mark.parametrize("ratio", [0.0001, 0.6, 1.0, 1.4, 50.0])
def test_those_who_go_elsewhere_instead_are_as_many_as_before(rates, ratio):
    same = np.full(4, math.log(ratio))
    arrive = Flow("arrive", into=("kind 0",), instead="kind 2")
    move = Flow("move", out_of=("kind 1",), into=("kind 0",), instead="kind 2")
    after = whole(rates, Change((arrive, move), same))
    assert np.allclose(after.arrivals.sum(axis=2), rates.arrivals.sum(axis=2), rtol=1e-5)
    assert np.allclose(after.stay, rates.stay, rtol=1e-5)
    assert (after.to >= 0).all()
    assert (after.arrivals >= 0).all()
    taken = min(rates.arrivals[0, 0, 0] * ratio, rates.arrivals[0, 0, [0, 2]].sum())
    assert math.isclose(after.arrivals[0, 0, 0], taken, rel_tol=1e-3)


def test_who_would_be_sent_to_where_they_are_stays(rates):
    move = Flow("move", out_of=("kind 1",), into=("kind 0",), instead="kind 1")
    plain = Flow("move", out_of=("kind 1",), into=("kind 0",))
    half = ratios(0.5, 0.5, 0.5, 0.5)
    assert np.array_equal(
        whole(rates, Change((move,), half)).stay, whole(rates, Change((plain,), half)).stay
    )


def test_a_change_comes_in_evenly_and_no_earlier(rates):
    change = Change((Flow("arrive"),), ratios(0.4, 0.4, 0.4, 0.4), first=6, over=4)
    path = scenario.changed(rates, [change])
    found = []
    for month in range(12):
        k, weight = path.line(month)
        after = path.draws[min(k + 1, len(path.draws) - 1)]
        between = path.draws[k].arrivals * (1 - weight) + weight * after.arrivals
        found.append(float(between.sum() / rates.arrivals.sum()))
    expected = [1] * 6 + [0.85, 0.7, 0.55, 0.4] + [0.4] * 2
    assert np.allclose(found, expected)


@pytest.mark.parametrize("over", [0, 1])
def test_a_sudden_change_is_whole_at_once(rates, over):
    change = Change((Flow("arrive"),), np.full(4, -50.0), first=6, over=over)
    found = simulate.simulate(
        scenario.changed(rates, [change]), invented_rates.people(0, rates.grid), seed=1
    )
    assert (found.arrived[:, :6].sum(axis=1) > 0).all()
    assert found.arrived[:, 6:].sum() == 0


def test_two_changes_each_come_in_at_their_own_time(rates):
    early = Change((Flow("arrive"),), ratios(2, 2, 2, 2), first=2, over=1)
    late = Change((Flow("leave"),), ratios(3, 3, 3, 3), first=10, over=6)
    path = scenario.changed(rates, [early, late])
    assert path.at == (1, 2, 9, 15)
    assert np.array_equal(path.draws[2].stay, rates.stay)
    assert np.allclose(path.draws[1].arrivals, 2 * rates.arrivals)
    assert (path.draws[3].stay < rates.stay).all()


def test_no_change_is_the_baseline_to_the_last_person(rates):
    people = invented_rates.people(30, rates.grid)
    for changes in ([], [Change((Flow("leave"),), np.zeros(4), first=3, over=5)]):
        with_them = simulate.simulate(scenario.changed(rates, changes), people, seed=3)
        without = simulate.simulate(rates, people, seed=3)
        assert np.abs(with_them.occupied - without.occupied).sum() <= 2  # a hair of rounding


def test_before_a_change_begins_nobody_s_life_differs(rates):
    people = invented_rates.people(30, rates.grid)
    change = Change((Flow("leave"), Flow("arrive")), ratios(2, 2, 2, 2), first=9, over=5)
    with_it = simulate.simulate(scenario.changed(rates, [change]), people, seed=3)
    without = simulate.simulate(rates, people, seed=3)
    assert np.array_equal(with_it.occupied[:, :9], without.occupied[:, :9])
    assert not np.array_equal(with_it.occupied[:, 9:], without.occupied[:, 9:])


def test_the_mean_of_a_scenario_is_exact():
    rates = invented_rates.rates(3000, 18, states=3, alike=True, uneven=0)
    flows = (Flow("leave"), Flow("move", into=("kind 1",)), Flow("arrive", into=("kind 2",)))
    change = Change(flows, np.full(3000, math.log(0.5)), first=4, over=8)
    path = scenario.changed(rates, [change])
    people = invented_rates.people(60, rates.grid)
    exact = slow_mean.mean(path, people).sum(axis=1)
    runs = [simulate.simulate(path, people, seed=seed) for seed in (9, 10, 11)]
    z = np.array([(found.mean()[:, 0] - exact) / found.mcse()[:, 0] for found in runs])
    assert np.sqrt((z**2).mean()) < 1.35
    assert np.abs(z).max() < 4.5
    before = slow_mean.mean(schedule.of(rates), people).sum(axis=1)
    assert (np.abs(exact[-1] / before[-1] - 1) > 0.05).any()  # or there is nothing to be seen


def test_sharing_luck_takes_most_of_the_chance_out_of_a_difference():
    """The design measured a variance 2.8 to 3.8 times smaller. An effect of one size, because the
    doubt about an effect is no luck, and nothing takes it out."""
    rates = invented_rates.rates(400, 36, states=4)
    people = invented_rates.people(80, rates.grid)
    flows = (Flow("leave"), Flow("arrive"), Flow("move", into=("kind 0",)))
    path = scenario.changed(rates, [Change(flows, np.full(400, -0.15), first=0, over=12)])
    without = simulate.simulate(rates, people, seed=3).people().sum(axis=2)[:, -1]
    shared = simulate.simulate(path, people, seed=3).people().sum(axis=2)[:, -1]
    own = simulate.simulate(path, people, seed=4).people().sum(axis=2)[:, -1]
    assert np.var(own - without) / np.var(shared - without) > 2.5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change((Flow("move", into=("hub",)),), np.zeros(4)), "'hub', which is not in the model"),
        (Change((Flow("move", instead="hub"),), np.zeros(4)), "'hub', which is not in the model"),
        (Change((Flow("leave"),), np.zeros(3)), "one ratio for each draw"),
        (Change((Flow("leave"),), np.full(4, np.nan)), "one ratio for each draw"),
        (Change((Flow("leave", into=("kind 1",)),), np.zeros(4)), "more than it can"),
        (Change((Flow("arrive", out_of=("kind 1",)),), np.zeros(4)), "more than it can"),
        (Change((Flow("same", instead="kind 1"),), np.zeros(4)), "more than it can"),
        (Change((Flow("move", into=KEYS[:1], instead=KEYS[0]),), np.zeros(4)), "there too"),
        (Change((Flow("leave", ages=(150, 216)),), np.zeros(4)), "edges of bands"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(rates, change, says):
    with pytest.raises(Refused, match=says):
        scenario.changed(rates, [change])


@pytest.mark.parametrize(
    ("at", "many", "says"),
    [((0, 1), 1, "one month"), ((), 0, "at least one"), ((2, 2), 2, "that rise")],
)
def test_a_schedule_that_is_none_is_refused(rates, at, many, says):
    with pytest.raises(Refused, match=says):
        schedule.Schedule(at, (rates,) * many)


def test_a_schedule_of_draws_that_differ_in_number_is_refused(rates):
    with pytest.raises(Refused, match="month 4 differ"):
        schedule.Schedule((0, 4), (rates, rates.only(0, 2)))


def test_a_part_of_a_scenario_is_the_scenario_of_a_part(rates):
    people = invented_rates.people(30, rates.grid)
    change = Change((Flow("leave"),), ratios(0.5, 2, 3, 4), first=2, over=3)
    found = simulate.simulate(scenario.changed(rates, [change]), people, seed=3)
    part = replace(change, log_ratio=change.log_ratio[1:3])
    path = scenario.changed(rates.only(1, 3), [part])
    assert np.array_equal(
        simulate.simulate(path, people, seed=3, number=1).occupied, found.occupied[1:3]
    )
