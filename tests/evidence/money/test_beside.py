"""What stands beside a saving: awards, by year and share, and the shape of the hubs."""

from dataclasses import replace
from decimal import Decimal

import pytest

from onedoor.evidence.money import plan
from onedoor.evidence.money.costing import awards, savings, shape
from tests.evidence.money.invented import FILE


@pytest.fixture(scope="module")
def said():
    return plan.from_file(FILE)


def rows(table):
    return list(table.rows.iter_rows(named=True))


def an_award(**but):
    given = {"words": "Ours", "year": "2025-26", "low": 1_000_01, "high": 2_000_00}
    to_whom = {"to_council": Decimal("0.5"), "payer": "central", "source": "invented"}
    return plan.Award(**{**given, **to_whom, **but})


def named(table, key, value):
    return next(row for row in rows(table) if row[key] == value)


def test_the_council_and_the_central_team_have_all_of_an_award_to_the_penny(said):
    table = awards.awards(replace(said, awards=(an_award(), an_award(words="More", low=3))))
    for row in rows(table):
        for bound in ("low", "high"):
            both = row[f"council_{bound}"] + row[f"central_{bound}"]
            assert both == pytest.approx(row[bound], abs=1e-9)
    assert rows(table)[0]["council_low"] == 500.01
    assert rows(table)[1]["council_low"] == 0.02


def test_the_last_row_is_all_awards_together(said):
    last = rows(awards.awards(said))[-1]
    assert (last["words"], last["year"]) == ("All awards", "all years")
    assert (last["low"], last["high"]) == (711_111 + 311_111, 1_111_111 + 511_111)
    assert last["council_high"] == pytest.approx(0.9 * 1_622_222)
    assert last["central_high"] == pytest.approx(0.1 * 1_622_222)


def test_a_plan_without_awards_has_no_row_of_them(said):
    assert awards.awards(replace(said, awards=())).rows.is_empty()


def test_the_councils_part_stands_beside_its_own_net_saving_in_one_years_pounds(made):
    table, plan_ = made.table("beside"), made.plan
    net = {
        row["year"]: row["net_mean"]
        for row in rows(made.table("saving"))
        if row["perspective"] == "council"
    }
    assert {row["year"]: row["net"] for row in rows(table)} == net
    first = named(table, "year", "2025-26")
    factor = 100 / float(plan_.deflator.index["2025-26"])
    assert first["high"] == pytest.approx(0.9 * 1_111_111 * factor, abs=1)
    assert first["with_high"] == first["net"] + first["high"]
    assert named(table, "year", "2029-30")["high"] == 0
    whole, worth = rows(table)[-2:]
    assert whole["low"] > worth["low"] > 0.96 * whole["low"]


def test_an_award_of_a_year_that_the_deflator_does_not_know_is_blank_and_never_guessed(made):
    index = {y: v for y, v in made.plan.deflator.index.items() if y != "2026-27"}
    unknown = replace(made.plan, deflator=replace(made.plan.deflator, index=index))
    (table,) = awards.beside(savings.by_year(made.split, made.plan), unknown)
    found = {row["year"]: row["low"] for row in rows(table)}
    assert found["2025-26"] > 0
    assert {found[year] for year in ("2026-27", "all years", "all years, discounted")} == {None}


def test_the_shape_has_each_post_with_its_price_and_how_many_in_all_hubs(said):
    table = shape.shape(replace(said, hub=replace(said.hub, hubs=3)))
    workers = named(table, "what", "Residential worker")
    assert (workers["each_hub"], workers["all_hubs"]) == (8.5, 25.5)
    assert (workers["low"], workers["mode"], workers["high"]) == (35255.55, 37111.11, 39337.78)
    assert (workers["unit"], workers["price_year"]) == ("year", "2025-26")
    assert named(table, "what", "The whole team")["all_hubs"] == 3 * 20.5
    assert named(table, "what", "Hub house")["part"] == "Running"
    assert named(table, "what", "Police role")["payer"] == "police"


def test_the_shape_says_families_and_lodgings_and_no_double_running(said):
    family = plan.Fixed("hub_house", "Hub community families", Decimal(2), said.hub.opens)
    table = shape.shape(replace(said, fixed=(*said.fixed, family)))
    beside = [(row["what"], row["all_hubs"]) for row in rows(table) if row["part"] == "Beside"]
    assert beside == [("Hub community families", 2)]


def test_beds_and_outreach_are_shared_out_over_those_who_work_with_young_people(said):
    table = shape.shape(said)
    assert named(table, "part", "Outreach")["each_hub"] == 31
    assert named(table, "part", "Load")["each_hub"] == round((4 + 2 + 31) / 17.5, 2)
    assert "6 in beds and 31 in outreach of each hub" in table.denominator
    assert "17.5 who work with them, which is the team without manager" in table.denominator


@pytest.mark.parametrize("missing", [{"outreach_caseload": None}, {"places": ()}, {"fixed": {}}])
def test_what_is_not_said_leaves_the_load_blank(said, missing):
    table = shape.shape(replace(said, hub=replace(said.hub, running=(), **missing)))
    assert named(table, "part", "Load")["each_hub"] is None
    assert "Not known: it takes beds" in table.denominator
