"""A hub with real beds: who comes, how many can, who is turned away, and what it changes."""

import json
from dataclasses import replace

import numpy as np
import pytest

from onedoor.evidence.model import simulate
from onedoor.evidence.model.scenario import Change, Flow
from onedoor.evidence.money import beds, costing, council, plan, reach
from onedoor.evidence.money.costing import beds as shown
from onedoor.evidence.money.costing import written
from onedoor.evidence.money.effects.effect import normal
from onedoor.evidence.refusal import Refused
from tests.evidence.money import slow_beds, slow_costing
from tests.evidence.money.invented import FILE, people, stays

AGES, SEED = (12, 17), 3
LUCK = beds.Luck(SEED, 0)


@pytest.fixture(scope="module")
def said():
    return plan.from_file(FILE)


@pytest.fixture(scope="module")
def lived(fitted, said):
    return council._both(fitted, said, AGES, 120, SEED, None)


@pytest.fixture(scope="module")
def made(fitted, said):
    return council.of_fit(fitted, said, ages=AGES, replications=120, seed=SEED)


def but(said, **fields):
    return replace(said, hub=replace(said.hub, **fields))


def nobody(said):
    return but(said, comes=tuple(replace(each, low=0.0, high=0.0) for each in said.hub.comes))


def with_places(said, hub_home, hub_emergency):
    many = {"hub_home": hub_home, "hub_emergency": hub_emergency}
    return but(said, places=(plan.Places(said.hub.opens, many),))


def both(fitted, said, many=60):
    return council._both(fitted, said, AGES, many, SEED, None)


def at(occupied, state):
    return occupied.people[:, :, occupied.states.index(state)].astype(int)


def test_where_nobody_comes_both_futures_are_the_same_person_by_person(fitted, said):
    without, with_model, turned_away = both(fitted, replace(nobody(said), effects={}))
    assert without.states[-2:] == ("hub_home", "hub_emergency")
    assert (without.people == with_model.people).all()
    assert without.people.any()
    assert not turned_away.any()


def test_without_the_model_nobody_is_in_a_bed_of_the_hub(lived):
    without, with_model, _ = lived
    for state in ("hub_home", "hub_emergency"):
        assert not without.anybody(state)
        assert with_model.anybody(state)


def test_a_plan_without_beds_is_simulated_as_if_there_were_no_such_thing(fitted, said):
    bare = but(said, beds=(), places=(), comes=())
    without, _, turned_away = both(fitted, bare)
    assert without.states == fitted.grid.states
    assert not turned_away.any()
    made = council.of_fit(fitted, bare, ages=AGES, replications=20, seed=SEED)
    names = {table.name for table in made.tables}
    assert not names & {"beds", "turned_away", "how_full"}
    assert "The returns know no hub and the plan gives it no beds" in " ".join(made.limits)


def test_no_more_are_in_the_hub_than_it_has_places_and_nobody_before_it_opens(lived, said):
    _, with_model, _ = lived
    for state in ("hub_home", "hub_emergency"):
        for month in range(said.months):
            most = slow_beds.places(said, state, month)
            assert at(with_model, state)[:, month].max() <= most
            assert shown.places_of(said, state)[month] == most
    assert slow_beds.places(said, "hub_home", 5) == 0
    assert slow_beds.places(said, "hub_home", 6) == 2
    assert slow_beds.places(said, "hub_home", 12) == 4


def test_two_hubs_have_twice_the_places(said):
    two = but(said, hubs=2)
    for state in ("hub_home", "hub_emergency"):
        assert (shown.places_of(two, state) == 2 * shown.places_of(said, state)).all()


def test_fewer_beds_turn_more_away_and_none_at_all_turns_everybody_away(fitted, said):
    few, enough = (both(fitted, with_places(said, *many))[2].sum() for many in ((1, 1), (100, 100)))
    assert few > 20
    assert enough == 0
    _, with_model, everybody = both(fitted, with_places(said, 0, 0))
    assert everybody.sum() > few
    assert not with_model.anybody("hub_home")
    assert not with_model.anybody("hub_emergency")


def test_who_waits_is_turned_away_as_much_as_who_goes_elsewhere(fitted, said):
    # Who would go on from an emergency bed to a residential one, and there is none, waits.
    none = replace(with_places(said, 0, 5), effects={})
    rates, there = in_reach(fitted, none, 60)
    full = beds.limits(none, rates.grid)
    ran = simulate.simulate(
        beds.changed(rates, [], none, LUCK),
        there,
        seed=SEED,
        groups=(rates.grid.ages[0],),
        caps=full.caps,
        routes=full.routes,
    )
    assert min(ran.displaced.sum(), ran.waited.sum()) > 0
    assert not ran.nowhere.any()
    assert (both(fitted, none)[2] == ran.displaced + ran.waited).all()


def test_who_finds_no_bed_goes_where_the_plan_says_and_nobody_is_lost(fitted, said):
    none = replace(with_places(said, 0, 0), effects={})
    without, with_model, _ = both(fitted, none)
    # Places change where people are, so who leaves when differs; nobody who arrives is missing.
    first = said.opens_month
    assert (with_model.people[:, :first] == without.people[:, :first]).all()
    come = [with_model.people[:, first].sum(), without.people[:, first].sum()]
    assert come[0] == pytest.approx(come[1], rel=0.01)
    assert beds.limits(none, with_beds(fitted, none).grid).dead_ends == ()


def with_beds(fitted, said, many=7):
    return beds.with_beds(fitted.draws(said.months, many, SEED), said.hub, LUCK)


def in_reach(fitted, said, many):
    drawn = fitted.draws(said.months, many, SEED)
    rates, there = reach.in_reach(drawn, fitted.population, 12 * AGES[0], said.months)
    return beds.with_beds(rates, said.hub, LUCK), there


def test_shares_and_stays_are_what_a_slow_sum_makes_of_the_same_luck(fitted, said):
    rates = with_beds(fitted, said)
    found = beds.changed(rates, [], said, LUCK)
    grid = rates.grid
    external, home = grid.state("external_home"), grid.state("hub_home")
    (bed, urgent), (comes, crisis) = said.hub.beds, said.hub.comes
    young = grid.ages.index(12 * 12)
    assert found.at == (5, 6, 11)
    for r in range(len(rates)):
        z = normal("stay hub_home", 7, SEED)[r]
        months, counted = slow_beds.stay(bed, z)
        # So many ends of months on average, each a month of nights.
        stay = found.draws[-1].stay[r, young, :, home]
        assert 1 / (1 - stay) == pytest.approx(months, rel=1e-4)
        share = slow_beds.share(comes, normal("comes 1 hub_home", 7, SEED)[r]) * counted
        before = rates.arrivals[r, young:, external]
        after = found.draws[-1].arrivals[r]
        assert after[young:, home] == pytest.approx(share * before, rel=1e-3, abs=1e-6)
        assert after[young:, external] == pytest.approx((1 - share) * before, rel=1e-3, abs=1e-6)
        assert not after[:young, home].any()
    emergency, own = grid.state("hub_emergency"), grid.state("own_home")
    older = grid.ages.index(14 * 12)
    for r in range(len(rates)):
        months, counted = slow_beds.stay(urgent, normal("stay hub_emergency", 7, SEED)[r])
        assert months == 1
        assert counted < 1
        assert not found.draws[-1].stay[r, :, :, emergency].any()
        share = slow_beds.share(crisis, normal("comes 2 hub_emergency", 7, SEED)[r]) * counted
        want = share * rates.arrivals[r, older:, own]
        got = found.draws[-1].arrivals[r, older:, emergency]
        assert got == pytest.approx(want, rel=1e-3, abs=1e-6)


def test_moves_come_to_the_hub_too_and_nobody_who_moves_is_lost(fitted, said):
    rates = with_beds(fitted, said)
    found = beds.changed(rates, [], said, LUCK).draws[-1]
    grid = rates.grid
    foster, home = grid.state("own_foster"), grid.state("hub_home")
    young = grid.ages.index(12 * 12)
    assert (found.to[:, young:, :, foster, home] > 0).any()
    assert not found.to[:, :young, :, foster, home].any()
    assert found.to.sum(axis=-1)[rates.to.sum(axis=-1) > 0] == pytest.approx(1, abs=1e-5)
    assert found.stay[..., foster] == pytest.approx(rates.stay[..., foster], abs=1e-5)


def test_no_effect_changes_how_long_they_stay_in_the_hub_or_where_they_go(fitted, said):
    rates = with_beds(fitted, said)
    leave = Change((Flow("leave"), Flow("same")), np.ones(len(rates)), 0)
    found = beds.changed(rates, [leave], said, LUCK)
    row = [0.0] * (len(rates.grid.states) + 1)
    for state, share in said.hub.beds[0].shares.items():
        row[-1 if state == "left" else rates.grid.state(state)] = share
    home = rates.grid.state("hub_home")
    for each in found.draws:
        assert (each.stay[..., home] == rates.stay[..., home]).all()
        assert each.to[0, 0, 0, home].tolist() == pytest.approx(row)
    foster = rates.grid.state("own_foster")
    assert (found.draws[-1].stay[..., foster] < rates.stay[..., foster]).any()


def test_draws_are_the_same_however_they_are_cut_into_blocks(fitted, said):
    whole = normal("comes 1 hub_home", 30, SEED)
    assert (normal("comes 1 hub_home", 10, SEED, 20) == whole[20:]).all()
    later = beds._months(said.hub.beds[0], 10, beds.Luck(SEED, 20))
    assert (later == beds._months(said.hub.beds[0], 30, LUCK)[20:]).all()


def test_the_costing_keeps_the_draws_that_the_simulation_used(made, said):
    for name in ("comes 1 hub_home", "comes 2 hub_emergency", "stay hub_home"):
        assert (made.drawn[name] == normal(name, 120, SEED)).all()


def test_it_adds_up_to_the_penny_and_a_slow_sum_agrees(lived, made, said):
    assert (made.split.direct + made.split.growth_avoided == made.split.net).all()
    without, with_model, _ = lived
    for r in (0, 57):
        for with_, occupied, found in (
            (False, without, made.split.without),
            (True, with_model, made.split.with_model),
        ):
            slow = slow_costing.spent(said, occupied, made, r, with_)
            assert slow
            for (year, payer, kind), pounds in slow.items():
                place = said.year_names.index(year), costing.BUCKETS.index((payer, kind))
                assert abs(found[r][place] - pounds * 100) <= 0.5 + 1e-3


def test_a_hub_costs_the_same_whoever_comes_and_who_is_there_is_paid_for_nowhere_else(fitted, said):
    alone = replace(said, effects={}, events=(), own_homes=(), once=(), fixed=(), uplifts={})
    alone = replace(alone, nights={**said.nights, "own_home": ("other",)})
    full, empty = (
        council.of_fit(fitted, each, ages=AGES, replications=100, seed=SEED)
        for each in (alone, nobody(alone))
    )

    def spent(made, what):
        return sum(each.with_model for each in made.spent if each.what == what)

    assert spent(full, "hub") == spent(empty, "hub") > 1e6
    assert {each.what for each in full.spent}.isdisjoint({"hub_home", "hub_emergency"})
    assert spent(full, "external_home") < spent(empty, "external_home") - 100_000
    # Where nobody comes, all that a plan without effects does is to cost what its hub costs.
    assert empty.split.net.sum() / 100 / empty.n == pytest.approx(-spent(empty, "hub"), rel=1e-6)


def test_who_is_turned_away_by_year_is_counted(lived, made, said):
    _, _, turned_away = lived
    rows = made.table("turned_away").rows
    assert rows["year"].to_list() == [*said.year_names, "all years"]
    assert turned_away.sum() > 0
    for year, row in enumerate(rows.head(5).iter_rows(named=True)):
        times = sorted(
            sum(int(turned_away[r, 12 * year + month]) for month in range(12)) for r in range(120)
        )
        assert row["mean"] == pytest.approx(sum(times) / 120, abs=0.06)
        assert row["q05"] == times[5]
        assert row["q95"] == times[113]
        assert row["nobody"] == pytest.approx(times.count(0) / 120, abs=0.006)
    assert rows["mean"][5] == pytest.approx(turned_away.sum() / 120, abs=0.06)


def test_how_full_the_hub_runs_is_what_a_slow_count_finds(lived, made, said):
    _, with_model, _ = lived
    rows = made.table("how_full").rows
    kinds = {"Hub residential": ["hub_home"], "Hub emergency bed": ["hub_emergency"]}
    kinds["Whole hub"] = ["hub_home", "hub_emergency"]
    assert rows.height == 15
    for row in rows.iter_rows(named=True):
        year = said.year_names.index(row["year"])
        taken, free = slow_beds.year_of_beds(said, with_model, kinds[row["bed"]], year)
        assert row["mean"] == pytest.approx(taken, abs=0.006)
        assert row["free"] == pytest.approx(free, rel=0.06)
        assert 0 <= row["q05"] <= row["mean"] <= row["q95"] <= 1
    whole = rows.filter(rows["bed"] == "Whole hub")
    assert whole["places"].to_list() == pytest.approx([1.5, 6, 6, 6, 6], abs=0.01)


def test_what_the_plan_says_of_its_beds_is_shown_with_its_source(made):
    rows = made.table("beds").rows
    assert rows.height == 10
    assert set(rows["source"]) == {"invented", "our judgement, and invented"}
    text = written.written(made)
    for words in (
        "What the plan says of its hub's beds",
        "Turned away from the hub",
        "How full the hub runs",
        "Whole hub: 2029-30",
    ):
        assert words in text
    json.dumps(made.as_dict())


def test_what_moves_a_saving_names_who_comes_and_how_long_they_stay(fitted, said):
    made = council.of_fit(fitted, said, ages=AGES, replications=240, seed=SEED)
    rows = made.table("what_moves_it").rows
    named = dict(zip(rows["name"], rows["words"], strict=True))
    assert named["comes 1 hub_home"] == "Who comes (1): hub residential"
    assert named["stay hub_emergency"] == "How long they stay: hub emergency bed"
    share = made.drawn["comes 1 hub_home"]
    assert np.corrcoef(share, made.present)[0, 1] > 0.1


def test_a_reader_is_told_what_the_beds_leave_out(made):
    said = " ".join(made.limits)
    for words in (
        "Outside the hub every place that is needed is taken to be found",
        "Of the hub these are our judgement: who comes to hub_emergency.",
        "Stays in hub_emergency may be shorter than a month",
        "finds hub_emergency full, and no bed on the way, goes to external_home, though some of "
        "them would have gone to own_home",
    ):
        assert words in said
    assert "know no hub" not in said
    assert "Stays in hub_home may be" not in said
    assert "finds hub_home full" not in said


def test_beds_that_do_not_fit_the_returns_are_refused(fitted, said):
    bed, other = said.hub.beds
    comes, crisis = said.hub.comes

    def refused(why, **fields):
        with pytest.raises(Refused, match=why):
            council.of_fit(fitted, but(said, **fields), ages=AGES, replications=5, seed=1)

    refused("hub_home leads to supported, and", beds=(replace(bed, if_full="supported"), other))
    shares = {"kinship": 0.5, "left": 0.5}
    refused("hub_home leads to kinship, and", beds=(replace(bed, shares=shares), other))
    none = replace(comes, instead_of=("external_in", "school"))
    refused("hub_home takes young people from external_in, and", comes=(none, crisis))
    refused("aged 11 to 17 come to hub_home", comes=(replace(comes, ages=(11, 17)), crisis))
    refused("Ages 13 to 17, who come", comes=(replace(comes, ages=(13, 17)), crisis))
    refused("beds of the kind own_home, and", beds=(replace(bed, state="own_home"), other))


def test_counts_of_who_is_turned_away_must_fit_the_simulation(said):
    some = people((40, 12, 9, 0, 1), many=3)
    today = costing.counted(stays(own_foster=1), said)
    fields = {"seed": 1, "turned_away": np.zeros((3, 60), int)}
    with pytest.raises(Refused, match="hub_emergency is no kind of home of the simulation"):
        costing.cost(some, some, today, said, **fields)
    fields["turned_away"] = np.zeros((3, 12), int)
    with pytest.raises(Refused, match=r"counted in \(3, 12\), and there are 3 replications of 60"):
        costing.cost(some, some, today, said, **fields)


def test_a_hub_family_takes_who_finds_no_bed_where_the_returns_have_one(fitted, said):
    grid = with_beds(fitted, said).grid
    there = replace(grid, states=("hub_family", *grid.states))
    for each, family in ((grid, []), (there, ["hub_family"])):
        found = beds.limits(said, each)
        ways = [each.states[way] for way in found.routes[each.state("hub_home")] if way >= 0]
        assert ways == ["hub_emergency", *family, "external_home"]
        ways = [each.states[way] for way in found.routes[each.state("hub_emergency")] if way >= 0]
        assert ways == ["external_home"]
        assert found.dead_ends == ()
