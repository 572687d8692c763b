"""A hundred postcodes across the boundary changes of 2023 and 2025, told by hand.

Each row of the file says how its answer was found: the town of its postcode district, the district
council there and the county above it before and after the change. None was found by asking us.
"""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from onedoor.evidence.places import authorities, postcodes, where

FILE = Path(__file__).parent / "places_by_hand.csv"
ROWS = list(csv.DictReader(FILE.read_text().splitlines()))


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    if postcodes.version() is None:
        pytest.skip("The list of postcodes (extra: postcodes) is not installed here.")
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def districts(cache):
    asked = pl.DataFrame({"postcode": [row["postcode"] for row in ROWS]})
    asked = asked.select(postcodes.squeezed("postcode"))["postcode"]
    found = postcodes.look_up(asked, cache)
    return dict(found.select("postcode", "district").iter_rows())


def answer(row, districts):
    there = districts.get(row["postcode"].replace(" ", ""))
    asked = pl.DataFrame(
        {"district": [there], "PL_LA": [""], "PL_LOCATION": [""]},
        schema_overrides={"district": pl.String},
    )
    day = pl.lit(date.fromisoformat(row["on"]))
    return where.asked(asked, authorities.find(row["authority"]), day)["where"].item()


def test_a_hundred_postcodes_are_all_right_and_unknown_is_said_as_unknown(districts):
    wrong = [
        (row["postcode"], row["on"], row["authority"], row["expected"], answer(row, districts))
        for row in ROWS
        if answer(row, districts) != row["expected"]
    ]
    assert wrong == []


def test_there_are_a_hundred_of_them_on_both_sides_of_both_changes():
    assert len(ROWS) == len({row["postcode"] for row in ROWS}) == 100
    assert all(row["found"] for row in ROWS)
    days = [date.fromisoformat(row["on"]) for row in ROWS]
    for change in (date(2023, 4, 1), date(2025, 4, 1)):
        assert any(day < change for day in days)
        assert change in days
    assert {row["expected"] for row in ROWS} == {"in", "out", "unknown"}


def test_every_english_district_of_the_list_is_in_one_authority_today(cache):
    listed = postcodes.listed(cache).select(pl.col("district").unique()).collect()["district"]
    english = [each for each in listed.drop_nulls() if each.startswith("E")]
    assert len(english) > 290
    today = authorities.eras()[-1]
    assert [each for each in english if len(authorities.on(each, today)) != 1] == []
