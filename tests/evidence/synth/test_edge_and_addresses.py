"""Times at the edge of care fit between times in it; real postcodes say in and out truly."""

from datetime import date

import polars as pl
import pytest

from onedoor.evidence import places, ssda903, synth
from onedoor.evidence.places import postcodes
from onedoor.evidence.refusal import Refused


@pytest.fixture(scope="module")
def council():
    return synth.council(12, children=200, years=5, first_year=2021)


def test_nobody_is_at_the_edge_and_looked_after_on_one_day(council):
    edge = council.edge.rename({"since": "decom", "until": "dec"})
    both = pl.concat([edge, council.episodes.select("child", "decom", "dec")], how="vertical").sort(
        "child", "decom"
    )
    again = pl.col("child") == pl.col("child").shift(1)
    apart = pl.col("dec").shift(1).fill_null(date(2100, 1, 1)) <= pl.col("decom")
    assert both.select((~again | apart).fill_null(True).all()).item()
    assert edge.height > 100


def test_many_come_into_care_from_the_edge_on_the_day_they_leave_it(council):
    starts = council.episodes.filter(pl.col("rne") == "S", pl.col("decom") >= council.first_day)
    from_edge = starts.join(
        council.edge, left_on=["child", "decom"], right_on=["child", "until"], how="semi"
    )
    assert 0.1 < from_edge.height / starts.height < 0.8


def test_an_authority_s_own_postcodes_tell_inside_from_outside(council, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if postcodes.version() is None:
        pytest.skip("The list of postcodes is not installed.")
    files = synth.returns(council, tables=("header", "episodes"), authority="North Yorkshire")
    found = places.placed(ssda903.read_files(files), "North Yorkshire").reading.episodes
    lived = council.episodes.select("child", "decom", "out")
    both = found.join(lived, on=["child", "decom"]).filter(pl.col("decom") >= date(2015, 4, 1))
    assert both.height > 500
    assert both.select((pl.col("where") == "out").eq(pl.col("out")).all()).item()
    assert set(both["where"]) == {"in", "out"}


def test_a_return_of_nowhere_can_say_itself_which_homes_are_inside(council):
    files = synth.returns(council, tables=("header", "episodes"), says_where=True)
    found = ssda903.read_files(files).episodes
    lived = council.episodes.select("child", "decom", "out")
    both = found.join(lived, on=["child", "decom"])
    assert both.height > 500
    assert both.select((pl.col("PL_LOCATION") == "OUT").eq(pl.col("out")).all()).item()
    assert set(both["PL_LOCATION"]) == {"IN", "OUT"}


def test_a_place_that_is_no_authority_is_refused(council):
    with pytest.raises(Refused, match="No English authority is called 'Northmoor'"):
        synth.returns(council, authority="Northmoor")
