"""How many places one hub of a plan needs, from what its simulated futures ask of it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from onedoor.evidence.model import schedule, simulate
from onedoor.evidence.money import beds, costing, council, plan
from onedoor.evidence.money.costing import sized, written
from onedoor.evidence.money.costing.priced import Prices
from onedoor.evidence.money.effects.effect import normal
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import chain, erlang
from tests.evidence.money import slow_sized
from tests.evidence.money.invented import FILE, people, stays
from tests.evidence.money.test_beds import but, nobody, with_places

AGES, SEED, MANY = (12, 17), 3, 400
BAND = (144, 216)


@pytest.fixture(scope="module")
def said():
    return plan.from_file(FILE)


@pytest.fixture(scope="module")
def counted(fitted, said):
    return council.asked_of_the_beds(fitted, said, AGES, MANY, SEED)


@pytest.fixture(scope="module")
def made(fitted, said):
    return council.of_fit(fitted, said, ages=AGES, replications=MANY, seed=SEED)


def prices(said, many=MANY):
    found = Prices(said, many, SEED)
    for bed in said.hub.beds:
        found.chance(beds.stay_name(bed))
    return found


def rows(made, name="sizing"):
    return list(made.table(name).rows.iter_rows(named=True))


def test_what_is_asked_of_the_beds_is_what_a_slow_count_finds(fitted, said, counted):
    luck = beds.Luck(SEED, 0)
    rates, there = council._within(fitted, said, BAND, MANY, luck)
    changed = schedule.of(council._changed(rates, said, BAND, luck))
    for r in range(4):
        slow = slow_sized.asked_of_beds(changed, there, said, r, seed=SEED)
        assert counted[r].tolist() == slow
    assert counted[:4].sum() > 20
    assert not counted[:, : said.opens_month].any()


def test_how_much_is_asked_does_not_hang_on_how_many_places_there_are(fitted, said, counted):
    none = council.asked_of_the_beds(fitted, with_places(said, 0, 0), AGES, MANY, SEED)
    assert (none == counted).all()


def test_stays_a_year_and_their_days_are_what_a_slow_sum_makes_of_them(said, counted):
    found = sized.asked(counted, said, prices(said).drawn)
    luck = [normal(f"stay {bed.state}", MANY, SEED) for bed in said.hub.beds]
    slow = [slow_sized.a_year(said, counted[r].tolist(), [z[r] for z in luck]) for r in range(MANY)]
    # The chance in a count is taken out of how they differ, and never out of their mean.
    assert found.a_year.mean(axis=0) == pytest.approx(np.mean(slow, axis=0), rel=0.01)
    for at, bed in enumerate(said.hub.beds):
        assert found.days[7, at] == pytest.approx(slow_sized.days(bed, luck[at][7]))
        # A straight line through the slow sums, but for the few that would fall below nothing.
        above = found.a_year[:, at] > 0
        line = np.corrcoef(found.a_year[above, at], np.array(slow)[above, at])[0, 1]
        assert line == pytest.approx(1)
        assert found.a_year[:, at].std() < np.std(slow, axis=0)[at]


def test_the_load_is_how_many_live_in_the_hub_where_a_bed_is_always_free(fitted, said, counted):
    luck = beds.Luck(SEED, 0)
    rates, there = council._within(fitted, said, BAND, MANY, luck)
    ran = simulate.simulate(council._changed(rates, said, BAND, luck), there, seed=SEED)
    lived = ran.people()[:, 24:, rates.grid.state("hub_home")].mean()
    found = sized.asked(counted, said, prices(said).drawn).demand.loads[0]
    assert found == pytest.approx(lived, rel=0.1)


def test_the_chance_in_a_count_is_taken_out_and_the_doubt_is_left():
    chance = np.random.default_rng(1)
    certain = chance.poisson(30, 5000) / 3
    assert sized.calmed(certain, 3).std() < 0.5 < 1.5 < certain.std()
    expected = chance.gamma(9, 10 / 9, 5000)
    doubted = chance.poisson(expected * 3) / 3
    assert sized.calmed(doubted, 3).std() == pytest.approx(expected.std(), rel=0.05)
    assert sized.calmed(doubted, 3).mean() == pytest.approx(10, rel=0.02)
    assert (sized.calmed(np.full(9, 2.0), 3) == 2).all()


def test_a_night_costs_all_that_the_hub_costs_over_the_nights_of_its_places(said):
    found = sized.night_cost(prices(said), sized.settled(said))
    drawn = Prices(said, MANY, SEED)

    def a_night(item, day):
        total = 0.0
        for payer in said.tariff.payers(item):
            rate = said.tariff.at(item, payer, day)
            year = date(day.year - (day.month < 4), 4, 1)
            nights = (date(year.year + 1, 4, 1) - year).days
            total += drawn.unit(rate).mean() / {"year": nights, "week": 7, "night": 1}[rate.unit]
        return total

    slow = slow_sized.night(said, a_night, date(2026, 4, 1))
    assert found.mean() == pytest.approx(slow, rel=1e-9)


def test_the_places_needed_hold_as_surely_as_was_asked_and_one_fewer_does_not(made):
    loads = np.sort(made.sized.question.loads(SEED))
    at_ninety = loads[int(np.ceil(0.9 * MANY)) - 1]
    assert erlang.refused(made.sized.answer, at_ninety) <= 0.01
    assert erlang.refused(made.sized.answer - 1, at_ninety) > 0.01
    assert rows(made, "needed")[-1]["places"] == made.sized.answer
    assert len(made.sized.question.futures) == MANY


def test_refusals_are_shown_with_an_interval_beside_what_stays_free_and_costs(made):
    own, needed = rows(made)[:3], rows(made)[3:]
    for low, mean, high in (own, needed):
        assert low["load"] < mean["load"] < high["load"]
        assert low["everybody"] <= mean["everybody"] < high["everybody"]
        assert low["free_nights"] > mean["free_nights"] > high["free_nights"]
    for row in (*own, *needed):
        assert row["free"] == pytest.approx(row["free_nights"] / 365.25, abs=0.1)
        night = made.sized.question.night_cost
        assert row["free_cost"] == pytest.approx(row["free_nights"] * night, rel=0.02)
    mean = made.sized.question.demand
    exact = chain.solve(4, 2, mean)
    assert own[1]["planned"] == pytest.approx(exact.refuse_planned, abs=0.0005)
    assert own[1]["crisis"] == pytest.approx(exact.refuse_crisis, abs=0.0005)
    assert f"needs {made.sized.answer} places" in made.table("sizing").denominator


def test_the_same_seed_sizes_the_same_hub_to_the_last_bit(fitted, said, made):
    again = council.of_fit(fitted, said, ages=AGES, replications=MANY, seed=SEED)
    assert again.as_dict() == made.as_dict()
    assert again.pictures == made.pictures
    assert set(made.pictures) == {"saving", "payers", "what_moves_it", "refusals"}
    assert "4+2" in made.pictures["refusals"]
    assert made.provenance.inputs["asked of the beds"]


def test_two_hubs_are_each_asked_for_half(said, counted):
    one, two = (
        sized.asked(counted, each, prices(said).drawn).demand for each in (said, but(said, hubs=2))
    )
    assert two.planned_per_year == pytest.approx(one.planned_per_year / 2)
    assert two.days_planned == pytest.approx(one.days_planned)
    assert sized.places(but(said, hubs=2)) == (4, 2)
    found = sized.one_hub(counted, prices(but(said, hubs=2)))
    assert "The 2 hubs are taken to be asked alike." in found.tables[0].denominator


def test_a_terminal_shows_it_and_what_it_leaves_out(made):
    text = written.written(made)
    for words in ("The plan's hub: 4+2", "Places needed so that", "What another place, or sharing"):
        assert words in text
    assert "one by one" in " ".join(made.limits)


def test_where_a_hub_cannot_be_sized_it_says_why_and_the_costing_is_made(fitted, said):
    def why(plan_, many=120):
        found = council.of_fit(fitted, plan_, ages=AGES, replications=many, seed=SEED)
        assert found.sized is None
        assert not {"sizing", "needed", "curve"} & {table.name for table in found.tables}
        assert set(found.pictures) == {"saving", "payers", "what_moves_it"}
        assert found.as_dict()["not_sized"] == found.not_sized
        return found.not_sized, " ".join(found.limits)

    reason, limits = why(but(said, beds=(), places=(), comes=()))
    assert "gives its hub no beds" in reason
    assert "How many places a hub needs" not in limits
    for plan_, many, words in (
        (said, 60, "60 replications are too few"),
        (nobody(said), 120, "Nobody comes"),
        (with_places(said, 0, 0), 120, "has no places when the plan ends"),
    ):
        reason, limits = why(plan_, many)
        assert words in reason
        assert f"How many places a hub needs is not said: {reason}" in limits
    slow = tuple(replace(each, months=48) for each in said.hub.comes)
    reason, _ = why(but(said, comes=slow))
    assert "asked for in full 54 months after 1 April 2025" in reason


def test_a_costing_without_a_count_of_what_is_asked_says_so_and_a_wrong_one_is_refused(said):
    some = people((40, 12, 9, 0, 1), many=3)
    today = costing.counted(stays(own_foster=1), said)
    assert "was not counted" in costing.cost(some, some, today, said, seed=1).not_sized
    with pytest.raises(Refused, match=r"counted in \(4, 60, 2\), and there are 3 replications"):
        costing.cost(some, some, today, said, seed=1, asked_of_beds=np.zeros((4, 60, 2), int))
