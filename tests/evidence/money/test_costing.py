"""The costing, held to sums done by hand and to what must always be so."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from onedoor.evidence.money import costing, effects, plan, rates
from onedoor.evidence.money.costing import lines, occupied
from onedoor.evidence.money.costing.priced import Prices, lognormal
from onedoor.evidence.refusal import Refused
from tests.evidence.money import slow_costing
from tests.evidence.money.invented import people, rate, stays, still


def bare(invented, **but):
    """The plan with firm prices and nothing but nights."""
    prices = rates.Tariff(
        (
            rate("own_foster", 700, price_year="2024-25"),
            rate("external_in", 7000, price_year="2024-25"),
            rate("hub_house", 36500, unit="year", price_year="2024-25"),
            rate("own_home", 1_000_000, unit="year", price_year="2024-25"),
            rate("secure", 100, unit="night", price_year="2024-25", kind="avoided"),
        )
    )
    hub = replace(invented.hub, fixed={"hub_house": 1}, opens=date(2025, 4, 1))
    nothing = {"fixed": (), "once": (), "events": (), "effects": {}, "uplifts": {}, "awards": ()}
    nights = {state: (state,) for state in ("own_foster", "external_in", "secure")}
    fields = {"tariff": prices, "hub": hub, "nights": nights, **nothing, **but}
    return replace(invented, **fields)


def test_direct_saving_and_growth_avoided_add_up_to_the_net_to_the_penny(made):
    found = made.split
    assert found.net.dtype == np.int64
    assert (found.direct + found.growth_avoided == found.net).all()
    assert (found.net == found.without - found.with_model).all()
    assert found.net.any()


def test_they_add_up_for_every_perspective_and_in_every_row_that_is_shown(made):
    for seen in plan.PERSPECTIVES:
        parts = [
            made.split.counted(each, seen)
            for each in (made.split.direct, made.split.growth_avoided)
        ]
        assert (sum(parts) == made.split.counted(made.split.net, seen)).all()
    for name in ("saving", "payers", "by_payer"):
        rows = made.table(name).rows
        assert len(rows) > 3
        added = rows["direct_mean"] + rows["growth_avoided_mean"]
        assert (added == rows["net_mean"]).all()


def test_all_years_of_a_payer_are_its_years_added_up_in_each_future(made):
    rows = made.table("payers").rows
    yearly = made.table("by_payer").rows
    assert set(rows.select("payer", "class").rows()) == set(yearly.select("payer", "class").rows())
    for row in rows.iter_rows(named=True):
        at = costing.BUCKETS.index((row["payer"], row["class"]))
        whole = sorted(sum(years) / 100 for years in made.split.net[:, :, at].tolist())
        assert row["net_mean"] == pytest.approx(sum(whole) / len(whole), rel=0.05, abs=500)
        assert whole[0] - 500 <= row["net_q05"] <= row["net_q95"] <= whole[-1] + 500
        # Good years and bad ones meet: the whole is surer than its years laid end to end.
        years = yearly.filter(pl.col("payer") == row["payer"], pl.col("class") == row["class"])
        assert row["net_q05"] >= years["net_q05"].sum() - 1000


def test_a_slow_sum_over_every_night_of_every_month_agrees(invented, today):
    both = people((40, 12, 9, 0, 1), many=4), people((44, 9, 5, 3, 1), many=4, seed=2)
    made = costing.cost(*both, today, invented, seed=5)
    for r in range(made.n):
        for with_model, occupied_, found in (
            (False, both[0], made.split.without),
            (True, both[1], made.split.with_model),
        ):
            slow = slow_costing.spent(invented, occupied_, made, r, with_model)
            for (year, payer, kind), pounds in slow.items():
                at = invented.year_names.index(year), costing.BUCKETS.index((payer, kind))
                # Rounded to whole pence once.
                assert abs(found[r][at] - pounds * 100) <= 0.5 + 1e-3, (year, payer, kind)
            assert found[r].sum() == pytest.approx(100 * sum(slow.values()), abs=20)


def test_payers_and_classes_add_up_to_society(made):
    whole = made.split.net.sum(axis=(1, 2))
    assert (made.split.counted(made.split.net, "society").sum(axis=1) == whole).all()


def test_nights_at_firm_prices_are_what_a_hand_would_add_up(invented):
    firm = bare(invented)
    year = costing.counted(stays(own_foster=40, external_in=12), firm)
    home = 3 * 1_000_000
    assert year.amounts == {("council", "cashable"): (365 * (40 * 100 + 12 * 1000) + home) * 100}
    found = costing.cost(*(still((40, 12, 0, 0, 0)), still((42, 10, 0, 0, 0))), year, firm, seed=1)
    nights = [365, 365, 366, 365, 365]
    # Two young people fewer in a home and two more in families; a hub at £36,500 a year.
    expected = [(2 * 1000 - 2 * 100) * each - 36_500 for each in nights]
    assert found.net("council").tolist() == [expected] * 3


def test_a_hub_costs_the_same_empty_and_full(invented):
    firm, year = bare(invented), costing.counted(stays(own_foster=1), bare(invented))
    empty = costing.cost(still((1, 0, 0, 0, 0)), still((1, 0, 0, 0, 0)), year, firm, seed=1)
    full = costing.cost(still((1, 0, 0, 0, 0)), still((1, 0, 0, 6, 0)), year, firm, seed=1)
    assert (empty.split.with_model == full.split.with_model).all()
    assert empty.net("council")[0, 0] == -36_500


def test_hubs_that_are_there_already_cost_the_same_with_and_without(invented):
    firm = bare(invented)
    two = replace(firm, hub=replace(firm.hub, hubs=0, hubs_now=2))
    year = costing.counted(stays(own_foster=1), two)
    found = costing.cost(*[still((1, 0, 0, 2, 0))] * 2, year, two, seed=1)
    assert not found.split.net.any()
    whole = 3_000_000 + 2 * 36_500 + 365 * 100
    assert sum(year.amounts.values()) == whole * 100
    assert found.split.without[0, 0].sum() == (2 * 36_500 + 365 * 100) * 100 + _closing(firm)


def _closing(firm):
    """Three own homes that nobody needs, until they have stood empty for their months."""
    months = firm.own_homes[0].months_before_closing - 1
    last = date(2025 + (3 + months) // 12, (3 + months) % 12 + 1, 1)
    return round(3 * 1_000_000_00 * (last - date(2025, 4, 1)).days / 365)


def test_nothing_changed_and_no_hub_saves_nothing(invented):
    firm = bare(invented, hub=replace(bare(invented).hub, hubs=0))
    year = costing.counted(stays(own_foster=40), firm)
    same = people((40, 12, 9, 0, 1), many=20)
    found = costing.cost(same, same, year, firm, seed=1)
    assert not found.split.net.any()
    assert found.split.direct.any()


def test_remand_avoided_and_police_time_are_no_council_cash(invented, made):
    firm = bare(invented, hub=replace(bare(invented).hub, hubs=0))
    year = costing.counted(stays(secure=5), firm)
    found = costing.cost(still((0, 0, 0, 0, 5)), still((0, 0, 0, 0, 1)), year, firm, seed=1)
    assert not found.net("council").any()
    assert (found.net("public purse")[:, 0] == 4 * 100 * 365).all()
    police = made.table("by_payer").rows.filter(pl.col("payer") == "police")
    assert police["class"].unique().to_list() == ["avoided"]


def test_a_share_splits_a_price_into_cash_and_capacity_and_loses_nothing(invented):
    firm = bare(invented, hub=replace(bare(invented).hub, hubs=0))
    half = replace(firm, shares={("external_in", "council"): 0.25})
    both = still((0, 8, 0, 0, 0)), still((0, 4, 0, 0, 0))
    found, whole = (
        costing.cost(*both, costing.counted(stays(external_in=8), each), each, seed=1)
        for each in (half, firm)
    )
    assert (found.net("council") * 4 == whole.net("council")).all()
    assert (found.net("public purse") == whole.net("public purse")).all()


def test_own_homes_release_money_only_when_a_home_can_close(invented):
    homes = replace(invented.own_homes[0], homes_now=3, places=4, months_before_closing=3)
    most = np.array([[9, 9, 8, 8, 8, 9, 4, 4, 4, 4, 12, 13]], float)
    # Three are open until eight were enough for three months; a fourth opens when it is needed.
    assert lines.homes_open(most, homes).tolist() == [[3, 3, 3, 3, 2, 3, 3, 3, 1, 1, 3, 4]]


def test_one_bed_less_in_an_own_home_is_no_cash(invented):
    firm = bare(invented, hub=replace(bare(invented).hub, hubs=0))
    year = costing.counted(stays(own_home=12), firm)
    found = costing.cost(still((0, 0, 12, 0, 0)), still((0, 0, 9, 0, 0)), year, firm, seed=1)
    assert not found.split.net.any()
    closing = costing.cost(still((0, 0, 12, 0, 0)), still((0, 0, 8, 0, 0)), year, firm, seed=1)
    assert closing.net("council")[0].tolist() == pytest.approx([84931.51, *[1e6] * 4], abs=0.01)


def test_a_month_counts_half_way_between_its_beginning_and_its_end():
    some = costing.Occupied(("a",), np.array([[[4], [6]]]), np.array([2]))
    assert some.average("a").tolist() == [[3, 5]]
    assert some.most("a").tolist() == [[4, 6]]
    assert some.everybody().tolist() == [[3, 5]]
    assert occupied.nights(date(2023, 12, 1), 3).tolist() == [31, 31, 29]


def test_prices_are_lognormal_with_the_range_that_was_given(invented):
    mean = rate("x", 1000, spread=0.2, basis="mean", price_year="2024-25")
    drawn = Prices(invented, 40_000, 7).unit(mean)
    assert drawn.mean() == pytest.approx(1000, rel=0.003)
    low, high = np.quantile(drawn, [0.05, 0.95])
    assert high / low == pytest.approx(1.2 / 0.8, rel=0.01)
    assert np.log(drawn).std() == pytest.approx(lognormal(mean)[1], rel=0.02)
    likely = rate("x", 1000, spread=0.2, basis="range", price_year="2024-25")
    centre, sd = lognormal(likely)
    assert np.exp(centre - sd**2) == pytest.approx(100_000)


def test_a_price_is_the_same_luck_on_both_sides_and_whatever_else_is_drawn(invented):
    alone = Prices(invented, 50, 3).chance("price external_home council")
    beside = Prices(invented, 50, 3)
    beside.chance("price own_foster council")
    assert (beside.chance("price external_home council") == alone).all()
    later = Prices(invented, 20, 3, number=30).chance("price external_home council")
    assert (later == alone[30:]).all()


def test_prices_are_brought_to_the_price_base_once(invented):
    cheap = rate("x", 1000, price_year="2019-20")
    factor = 100 / 80.8738
    assert Prices(invented, 1, 1).unit(cheap)[0] == pytest.approx(1000 * factor)


def test_awards_stand_beside_the_saving_and_never_inside_it(invented, today):
    both = people((40, 12, 9, 0, 1), many=30), people((44, 9, 5, 3, 1), many=30, seed=2)
    with_award = costing.cost(*both, today, invented, seed=5)
    without = costing.cost(*both, today, replace(invented, awards=()), seed=5)
    assert (with_award.split.net == without.split.net).all()
    assert with_award.table("awards").rows["high"].to_list() == [1_111_111, 511_111, 1_622_222]
    assert "beside" not in {table.name for table in without.tables}


def test_an_uplift_makes_only_what_the_plan_adds_dearer(invented, today):
    both = people((40, 12, 9, 0, 1), many=30), people((44, 9, 5, 3, 1), many=30, seed=2)
    dearer = costing.cost(*both, today, invented, seed=5)
    plain = costing.cost(*both, today, replace(invented, uplifts={}), seed=5)
    house = [
        next(each for each in found.spent if each.item == "hub_house") for found in (dearer, plain)
    ]
    assert house[0].with_model == pytest.approx(1.11 * house[1].with_model)
    assert (dearer.split.without == plain.split.without).all()


def test_an_effect_on_events_comes_in_over_its_months(invented):
    prices = Prices(invented, 1, 1)
    come = lines.taken_hold(prices, "missing")
    assert come[:6].tolist() == [0] * 6
    assert come[6:18].tolist() == pytest.approx([month / 12 for month in range(1, 13)])
    assert set(come[17:].tolist()) == {1}


def test_effects_are_the_draws_that_a_scenario_is_given(invented, made):
    expected = effects.drawn(invented.effects["external"], made.n, made.seed)
    assert (made.drawn["effect external"] == expected).all()


def test_an_outturn_is_what_counts_and_a_difference_is_said(invented):
    said = plan.Outturn("council", 20_000_000_00, "2024-25", "invented")
    own = replace(invented, outturn=(said,))
    year = costing.counted(stays(own_foster=40), own)
    assert sum(pence for (payer, _), pence in year.amounts.items() if payer == "council") == (
        2_000_000_000
    )
    found = costing.cost(*[people((40, 12, 9, 0, 1), many=20)] * 2, year, own, seed=1)
    council = [at for at, (payer, _) in enumerate(costing.BUCKETS) if payer == "council"]
    assert (found.split.today[:, council].sum(axis=1) == 2_000_000_000).all()
    assert any("is said to have spent £20,000,000" in each for each in found.limits)
    assert found.table("today").rows["outturn"].to_list() == [20_000_000, None]


def test_the_same_seed_gives_the_same_costing_and_another_another(invented, today, made):
    both = people((40, 12, 9, 0, 1)), people((44, 9, 5, 3, 1), seed=2)
    again = costing.cost(*both, today, invented, seed=5, population="Invented.")
    assert again.as_dict() == made.as_dict()
    other = costing.cost(*both, today, invented, seed=6)
    assert (other.split.net != made.split.net).any()
    assert other.provenance.run != made.provenance.run


def test_any_change_of_the_plan_changes_the_run_even_where_its_file_is_the_same(invented, today):
    both = [people((40, 12, 9, 0, 1), many=5)] * 2
    runs = {
        costing.cost(*both, today, each, seed=5).provenance.run
        for each in (
            invented,
            replace(invented, hub=replace(invented.hub, hubs=2)),
            replace(invented, uplifts={}),
            replace(invented, effects={}, events=()),
            replace(invented, perspective="society"),
        )
    }
    assert len(runs) == 5


def test_a_changed_price_changes_the_run_and_no_costing_already_made(invented, today, made):
    said = made.as_dict()
    dearer = tuple(replace(each, mode=each.high) for each in invented.tariff.rates)
    other = replace(invented, tariff=rates.Tariff(dearer))
    both = people((40, 12, 9, 0, 1)), people((44, 9, 5, 3, 1), seed=2)
    after = costing.cost(*both, costing.counted(stays(own_foster=40), other), other, seed=5)
    assert after.provenance.run != made.provenance.run
    assert made.as_dict() == said
    assert {each["item"] for each in said["rates"]} == set(invented.tariff.items)


def test_a_home_without_a_price_is_refused_by_name(invented, today):
    nights = {state: items for state, items in invented.nights.items() if state != "external_in"}
    both = [people((40, 12, 9, 0, 1), many=3)] * 2
    with pytest.raises(Refused, match="live in external_in, and the plan has no price"):
        costing.cost(*both, today, replace(invented, nights=nights), seed=1)
    with pytest.raises(Refused, match="lived in external_in in 2024-25, and the plan has no"):
        costing.counted(stays(external_in=1), replace(invented, nights=nights))


@pytest.mark.parametrize("missing", ["pay_life_coach", "pay_police_role", "hub_house", "training"])
def test_what_was_not_published_is_asked_for_and_never_filled_in(invented, today, missing):
    left = tuple(each for each in invented.tariff.rates if each.item != missing)
    both = [people((40, 12, 9, 0, 1), many=3)] * 2
    with pytest.raises(Refused, match=f"{missing} has no price: no price was given. Ask"):
        costing.cost(*both, today, replace(invented, tariff=rates.Tariff(left)), seed=1)


def test_a_hub_that_somebody_lives_in_is_never_free(invented):
    firm = bare(invented)
    year = costing.counted(stays(own_foster=1), firm)
    there, none = still((1, 0, 0, 2, 0)), still((1, 0, 0, 0, 0))
    with pytest.raises(Refused, match="live in hub_home without the plan, and hubs_now is 0"):
        costing.cost(there, there, year, firm, seed=1)
    nowhere = replace(firm, hub=replace(firm.hub, hubs=0))
    with pytest.raises(Refused, match="live in hub_home, and the plan has no hub"):
        costing.cost(none, there, year, nowhere, seed=1)


def test_simulations_that_do_not_fit_are_refused(invented, today):
    some = people((40, 12, 9, 0, 1), many=3)
    with pytest.raises(Refused, match="simulate both in the same way"):
        costing.cost(some, people((40, 12, 9, 0, 1), many=4), today, invented, seed=1)
    with pytest.raises(Refused, match="has 12 months and the plan 60"):
        costing.cost(*[people((1, 1, 1, 1, 1), 3, months=12)] * 2, today, invented, seed=1)
    with pytest.raises(Refused, match="there are 2 kinds of home"):
        costing.Occupied(("a", "b"), np.zeros((2, 3, 1), int), np.zeros(2, int))
