"""What a costing shows: no more digits than it bears, and all that a reader must be told."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from onedoor.evidence.money import costing
from onedoor.evidence.money.costing import digits, drawn, tables, worth
from tests.evidence.money.invented import FILE, people


def test_few_replications_say_less(invented, today):
    few = costing.cost(*[people((40, 12, 9, 0, 1), many=50)] * 2, today, invented, seed=1)
    assert few.table("what_moves_it").rows.is_empty()
    assert few.break_even is None
    assert any("With 50 replications nothing can be said" in each for each in few.limits)


def test_no_more_digits_are_shown_than_the_replications_support(made):
    rows = made.table("saving").rows
    for row in rows.iter_rows(named=True):
        step = digits.step(row["mcse"] / 1.001)
        assert row["net_mean"] % step == 0
    assert digits.step(220_000) == 100_000
    assert digits.step(0.01) == 1
    assert digits.rounded(-0.3, 1) == 0
    assert digits.chance(0.123456, 10_000) == 0.123
    assert digits.chance(0.123456, 50) == 0.12
    assert digits.chance(0.123456, 9) == 0.1


def test_what_is_not_known_is_said(made):
    said = " ".join(made.limits)
    for words in (
        "under formal review",
        "carried from a transcription",
        "years from 2025-26 are a forecast",
        "as if certain: pay_police_role, secure_health",
        "our judgement and not a finding: external, step_down",
    ):
        assert words in said
    assert "know no hub" not in said


def test_a_council_without_a_hub_in_its_returns_is_told_what_that_does(invented, today):
    states = ("own_foster", "external_in", "own_home", "school", "secure")
    some = people((40, 12, 9, 0, 1), many=5)
    other = costing.Occupied(states, some.people, some.before)
    bare = replace(invented.hub, beds=(), places=(), comes=())
    found = costing.cost(other, other, today, replace(invented, uplifts={}, hub=bare), seed=1)
    said = " ".join(found.limits)
    assert "The returns know no hub and the plan gives it no beds" in said
    assert "Every place that is needed is taken to be found" in said
    assert "No uplift for optimism is assumed" in said


def test_every_table_says_what_it_counts_and_what_it_does_not_show(made):
    names = [table.name for table in made.tables]
    assert names == [
        *(
            "saving",
            "payers",
            "by_payer",
            "payback",
            "returned",
            "what_moves_it",
            "break_even",
            "assumed",
        ),
        *("published", "shape", "beds", "lines", "today", "awards", "beside", "checklist"),
    ]
    for table in made.tables:
        assert table.rows.columns == [column.key for column in table.columns]
        assert table.denominator
        assert table.does_not_show


def test_the_picture_of_a_saving_is_whole_and_says_what_it_shows(made):
    said = " ".join(ElementTree.fromstring(made.picture("saving")).itertext())
    assert "What would be saved, and against what: council, £m of 2024-25" in said
    assert "2029-30" in said
    ElementTree.fromstring(made.picture("what_moves_it"))


def test_the_picture_of_payers_has_a_range_for_each_class_of_each(made):
    picture = ElementTree.fromstring(made.picture("payers"))
    said = list(picture.itertext())
    assert said[0] == "Net saving by payer and class, £m of 2024-25"
    assert {"Cashable", "Avoided", "Council", "Police", "NHS"} <= set(said)
    rows = made.table("payers").rows
    marked = [part for part in picture.iter() if part.tag.endswith("polyline")]
    assert len(marked) == len(rows) + rows["class"].n_unique()  # the key has one of each class


def test_only_what_clearly_moves_it_is_drawn(made, invented):
    found = (
        worth.Moved("effect external", -3e6, 4e6, 1e5, clear=True),
        worth.Moved("price school council", 1e5, 2e5, 0.0, clear=False),
    )
    table = tables.moved(found, made.present, invented)
    said = " ".join(ElementTree.fromstring(drawn.what_moves_it(table, 1e6, "A")).itertext())
    assert "Effect: moves and entries to external" in said
    assert "school" not in said


def test_inputs_are_named_in_words(made):
    rows = made.table("what_moves_it").rows
    named = dict(zip(rows["name"], rows["words"], strict=True))
    assert named["price external_home council"] == "Price: external home (council)"
    assert named["effect missing"] == "Effect: episodes of missing"
    assert named["often missing_episode"] == "How often: missing episode"
    assert rows["name"].to_list()[-1] == "everything"


def test_claims_are_shown_beside_what_is_assumed_and_forecasts_apart_from_outturns(made):
    claimed = made.table("published").rows
    assert len(claimed) >= 9
    both = claimed.filter(
        pl.col("forecast_pounds").is_not_null() & pl.col("outturn_pounds").is_not_null()
    )
    assert both.is_empty()
    assert claimed["forecast_pounds"].drop_nulls().to_list() == [2_000_000]
    assert claimed["outturn_pounds"].drop_nulls().to_list() == [2_000_000]
    assert made.table("assumed").rows["source"].str.contains("our judgement").sum() == 2


def test_discounted_is_less_than_what_is_not_and_both_are_shown(made):
    rows = made.table("saving").rows.filter(pl.col("perspective") == "council")
    assert rows["year"].to_list()[-2:] == ["all years", "all years, discounted"]
    factors = np.array([1.035**-year for year in range(5)])
    assert made.present == pytest.approx(made.net() @ factors)


def test_the_checklist_is_filled_as_far_as_a_costing_can_and_the_rest_is_listed(made):
    rows = made.table("checklist").rows
    assert rows["number"].to_list() == list(range(1, 29))
    said = dict(zip(rows["number"], rows["said"], strict=True))
    assert said[27] == "Invented: nobody paid for this."
    assert "3.5% a year, real" in said[10]
    assert said[5] == "Invented."
    last = made.limits[-1]
    assert last.startswith("CHEERS 2022, not said by anybody yet: 2 Abstract; 3 Background")
    listed = [int(each.split()[0]) for each in last.split(": ", 1)[1].split("; ")]
    assert listed == [number for number, words in said.items() if not words]


def test_a_costing_is_plain_values_for_a_machine_and_holds_its_prices_and_its_plan(made):
    said = json.loads(json.dumps(made.as_dict()))
    assert said["plan"] == FILE.read_text()
    assert len(said["rates"]) == len(made.plan.tariff.rates)
    assert said["n"] == 400
    assert said["limits"][0].startswith("Everything here is a forecast")
    assert "outturn" not in said["tables"]["saving"]["columns"]
