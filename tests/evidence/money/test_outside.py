"""Homes outside in a costing, as the return itself tells them: priced on their own, and agreeing
with what a director is shown of the same returns."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onedoor.evidence import baseline, forecast, ssda903
from onedoor.evidence.baseline import director
from onedoor.evidence.model import fit
from onedoor.evidence.money import council, plan
from onedoor.evidence.places import readings
from tests.evidence.money.test_council import FILE, returns

ASKED = {"replications": 60, "seed": 3}
LAST_YEAR = date(2024, 4, 1), date(2025, 3, 31)


def says_where(folder, blank=()):
    """Whose home is where, in every file of a folder of returns: two in three of the homes of
    private providers are outside. Nothing is said of those of `blank`."""
    for path in folder.rglob("episodes.csv"):
        head, *rows = path.read_text().splitlines()
        said = [f"{head},PL_LOCATION"]
        for row in rows:
            name, provider = row[:10], row.split(",")[6]
            out = provider == "PR4" and int(name[-2:]) % 3
            said.append(f"{row},{'' if name in blank else 'OUT' if out else 'IN'}")
        path.write_text("\n".join(said))
    return folder


@pytest.fixture(scope="module")
def nothing_said(tmp_path_factory):
    return ssda903.read(returns(tmp_path_factory.mktemp("council")))


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    return ssda903.read(says_where(returns(tmp_path_factory.mktemp("placed"))))


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> plan.Plan:
    """A plan in which a night outside has a price of its own, twice that of a night inside."""
    folder = tmp_path_factory.mktemp("plan")
    prices = (FILE.parent / "prices.csv").read_text()
    inside = next(row for row in prices.splitlines() if row.startswith("external_home,"))
    outside = inside.replace("external_home,week,4", "far,week,8")
    outside = outside.replace(",5111.11,6611.11,", ",10222.22,13222.22,")
    (folder / "prices.csv").write_text(f"{prices.rstrip()}\n{outside}\n")
    text = FILE.read_text().replace('if_full = "external_home"', 'if_full = "external_in"')
    text = text.replace('external_out = ["external_home"]', 'external_out = ["far"]')
    (folder / "plan.toml").write_text(text)
    return plan.from_file(folder / "plan.toml")


def nights_outside(reading) -> int:
    """Those of last year's calendar, day by day, of young people aged 12 to 17."""
    found = 0
    rows = reading.episodes.filter(PL_LOCATION="OUT").select("dob", "decom", "dec")
    for dob, start, end in rows.iter_rows():
        for day in range(LAST_YEAR[0].toordinal(), LAST_YEAR[1].toordinal() + 1):
            on = date.fromordinal(day)
            age = on.year - dob.year - ((on.month, on.day) < (dob.month, dob.day))
            found += start <= on and (end is None or on < end) and 12 <= age <= 17
    return found


def test_with_pl_location_alone_nights_outside_are_costed_at_their_own_price(reading, said):
    made = council.of_returns(reading, said, **ASKED)
    far = made.today.lines.filter(item="far")
    assert far["nights"].sum() == nights_outside(reading) > 1_000
    assert far["nights"].sum() < made.today.nights_in_care
    spent = {each.item: each.without for each in made.spent}
    assert spent["far"] > spent["external_home"] > 0
    asked = made.provenance.parameters
    assert (asked["authority"], asked["inside_or_outside_by"]) == ("", ["PL_LOCATION"])
    # Of every home it is known, so there is nothing to be told.
    assert readings.NOBODY_SAID not in made.limits


def test_the_page_of_a_director_and_the_costing_agree_on_last_years_nights_outside(reading, said):
    made = council.of_returns(reading, said, **ASKED)
    costed = made.today.lines.filter(item="far")["nights"].sum()
    tables = {each.name: each for each in director.tables(baseline.baseline(reading), said)}
    [shown] = tables["nights_out"].rows.filter(year=2025)["outside"]
    [priced] = tables["costs_now"].rows.filter(what="External children's home, outside")["nights"]
    assert shown == priced == costed


def test_a_forecast_tells_them_too(reading):
    ahead = forecast.forecast(reading, months=2, replications=20)
    assert {"external_in", "external_out"} < set(ahead.states)
    assert ahead.provenance.parameters["inside_or_outside_by"] == ["PL_LOCATION"]
    assert readings.NOBODY_SAID not in ahead.limits


def test_where_the_return_says_it_of_some_the_reader_is_told_why_not_of_all(tmp_path):
    everybody = {f"INVENTED{number:02}" for number in range(0, 90, 8)}
    reading = ssda903.read(says_where(returns(tmp_path), everybody))
    ahead = forecast.forecast(reading, months=2, replications=20)
    assert {"external_in", "external_out", "external_home"} < set(ahead.states)
    assert ahead.limits.count(readings.NOBODY_SAID) == 1


def test_a_return_that_says_nothing_is_costed_as_before_to_the_last_bit(nothing_said):
    usual = plan.from_file(FILE)
    made = council.of_returns(nothing_said, usual, **ASKED)
    before = council.of_fit(fit.fit(nothing_said), usual, ages=(12, 17), **ASKED)
    assert {name: made.table(name).as_dict() for name in made.as_dict()["tables"]} == {
        name: before.table(name).as_dict() for name in before.as_dict()["tables"]
    }
    for name in ("monthly", "present", "payback"):
        assert np.array_equal(getattr(made, name), getattr(before, name), equal_nan=True)
    assert sorted(made.limits) == sorted((*before.limits, readings.NOBODY_SAID))
    assert made.provenance.parameters["inside_or_outside_by"] == []


def test_a_return_that_says_nothing_is_forecast_as_before_to_the_last_bit(nothing_said):
    ahead = forecast.forecast(nothing_said, months=24, replications=60, seed=3)
    found, origin = fit.fit(nothing_said), ahead.provenance
    before = forecast.of_fit(found, origin, ages=(12, 17), months=24, replications=60)
    assert ahead.states == before.states
    assert np.array_equal(ahead.people, before.people)
    assert [each.as_dict() for each in ahead.tables] == [each.as_dict() for each in before.tables]
    assert sorted(ahead.limits) == sorted((*before.limits, readings.NOBODY_SAID))


def test_where_nobody_lives_in_a_home_told_by_its_place_there_is_nothing_to_tell(tmp_path):
    folder = returns(tmp_path)
    for path in folder.rglob("episodes.csv"):
        path.write_text(path.read_text().replace("K2,PR4", "U4,PR4"))
    ahead = forecast.forecast(ssda903.read(folder), months=2, replications=20)
    assert readings.NOBODY_SAID not in ahead.limits


def test_while_nobody_is_responsible_a_costing_asks_for_no_list_of_postcodes(
    reading, said, tmp_path
):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    postcodes = reading.episodes.with_columns(PL_POST=pl.lit("HG1 2PS"))
    given = replace(reading, episodes=postcodes)
    kept, nowhere = (
        council.of_returns(given, said, cache=cache, **ASKED) for cache in (tmp_path, in_the_way)
    )
    assert nowhere.as_dict() == kept.as_dict()
    assert [Path(each).name for each in tmp_path.iterdir()] == ["file"]
