"""What may be brought to make a baseline."""

import pytest

from onedoor.programme import rules, tables
from onedoor.team.rules import NotNow


@pytest.mark.parametrize("ages", [(12, 17), (0, 25), (16, 16)])
def test_a_band_of_ages_is_two_ages_in_order(ages):
    rules.check_ages(ages)


@pytest.mark.parametrize("ages", [(17, 12), (-1, 17), (12, 26)])
def test_anything_else_is_not_a_band(ages):
    with pytest.raises(NotNow, match="not a band"):
        rules.check_ages(ages)


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ([], "Choose the files of at least one return"),
        ([1] * (rules.MOST_FILES + 1), "Choose at most 120 files"),
        ([rules.MOST_BYTES, 1], "at most 64 MB"),
    ],
)
def test_there_is_a_least_and_a_most(sizes, sentence):
    with pytest.raises(NotNow, match=sentence):
        rules.check_files(sizes)


def test_two_years_files_of_one_name_are_told_apart():
    assert rules.told_apart(["a.csv", "b.csv", "a.csv", "a.csv"]) == [
        "a.csv",
        "b.csv",
        "a.csv (2)",
        "a.csv (3)",
    ]


@pytest.mark.parametrize(
    ("value", "unit", "key", "shown"),
    [
        (None, "young people", "inside", "not known"),
        ("2025-03-31", "", "on", "31 March 2025"),
        (2025, "", "year", "2025"),
        (2123, "young people", "of_all", "2,123"),
        (0.25, "0 to 1", "share", "25%"),
        (1432.0, "days", "median", "1,432"),
        (0.456, "moves a year", "moves_a_year", "0.46"),
    ],
)
def test_numbers_are_printed_as_people_say_them(value, unit, key, shown):
    assert tables.cell(value, unit, key) == shown
