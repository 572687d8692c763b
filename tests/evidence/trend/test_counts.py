"""The published figures as arrays: marks stay marks, councils keep their series."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from onedoor.evidence import published, trend
from onedoor.evidence.refusal import Refused
from tests.evidence.trend import tables

STOCK = [100, 110, 120]


def without(figures, **what):
    """The same figures, but for the rows that say this."""
    gone = pl.all_horizontal(pl.col(name) == value for name, value in what.items())
    return replace(figures, rows=figures.rows.filter(~gone))


def test_a_mark_is_kept_and_is_never_a_zero():
    read = tables.made([tables.council("Ashby", STOCK, homes=["c", 12, "z"])])
    assert np.isnan(read.homes.numbers[0]).tolist() == [True, False, True]
    assert read.homes.numbers[0, 1] == 12
    assert read.homes.marks[0].tolist() == ["c", "", "z"]


def test_every_count_is_of_what_it_says():
    ashby = tables.council("Ashby", [101], homes=[11], children=[901], starts=[41], ceases=[31])
    read = tables.made([ashby, tables.council("Birch", [102])], england=[80_000])
    assert read.looked_after.numbers.tolist() == [[101], [102]]
    assert read.homes.numbers[0] == 11
    assert read.children.numbers[0] == 901
    assert read.starts.numbers[0] == 41
    assert read.ceases.numbers[0] == 31
    assert read.looked_after.england == read.homes.england == 80_000


def test_a_year_that_a_table_does_not_have_is_not_known():
    two = [tables.council("Ashby", STOCK), tables.council("Birch", ["x", 90, 95])]
    read = trend.read(without(tables.figures(two), name="Birch", time_period="2021"))
    assert np.isnan(read.looked_after.numbers[1, 0])
    assert read.looked_after.marks[1, 0] == ""
    assert read.looked_after.numbers[1, 1:].tolist() == [90, 95]


def test_nothing_later_is_left_once_the_tables_are_cut():
    cut = tables.made([tables.council("Ashby", STOCK)], england=[9, 8, 7]).until(2022)
    assert cut.years == (2021, 2022)
    assert cut.looked_after.numbers.shape == cut.homes.marks.shape == (1, 2)
    assert cut.looked_after.england.tolist() == [9, 8]


def test_years_that_are_not_in_a_row_are_refused():
    figures = tables.figures([tables.council("Ashby", STOCK)])
    with pytest.raises(Refused, match="years in a row, and hold 2021, 2023:"):
        trend.read(without(figures, time_period="2022"))


def test_years_that_end_in_no_march_are_refused():
    figures = tables.figures([tables.council("Ashby", STOCK)])
    rows = figures.rows.with_columns(pl.col("time_period").replace("2022", "2021/22"))
    with pytest.raises(Refused, match="hold 2021, 2021/22, 2023:"):
        trend.read(replace(figures, rows=rows))


# Councils that were given new codes, with the codes that they have


def neighbours(**near):
    """A file of neighbours in the layout of the DfE: for each number, ten numbers."""
    columns = [name for rank in range(1, 11) for name in (f"SN_{rank}", f"SN_{rank}P")]
    rows = [
        [number[1:], "", *(cell for other in others for cell in (other, "Close"))]
        for number, others in near.items()
    ]
    return "near.csv", tables.written([["old_la_code", "la_name", *columns], *rows])


@pytest.fixture
def recoded():
    """Barnsley under the code it had, though its neighbours have the new one; North Yorkshire under
    both; and St. Helens, which the two files write in two ways."""
    barnsley = tables.council("Barnsley", STOCK, codes=["E08000016"] * 3)
    north = tables.council("North Yorkshire", [7, 8, 9], codes=["E10000023"] * 2 + ["E06000065"])
    helens = tables.council("St. Helens", STOCK, codes=["E08000013"] * 3)
    flows, (name, homes) = tables.files([barnsley, north, helens])
    homes = homes.replace(b"St. Helens", b"St Helens")
    near = neighbours(
        n370=["815", *["373"] * 9], n815=["342", *["373"] * 9], n342=["370", *["815"] * 9]
    )
    return published.read_files([flows, (name, homes), near])


def test_a_council_that_is_given_a_new_code_stays_one_council(recoded):
    read = trend.read(recoded)
    assert read.codes == ("E08000038", "E06000065", "E08000013")
    assert read.councils[:2] == ("Barnsley", "North Yorkshire")
    assert read.looked_after.numbers.tolist() == [STOCK, [7, 8, 9], STOCK]
    assert read.homes.numbers.tolist() == [[10] * 3] * 3


def test_neighbours_are_found_under_old_codes_and_new(recoded):
    alike = trend.read(recoded).alike
    assert np.argwhere(alike).tolist() == [[0, 1], [1, 2], [2, 0], [2, 1]]


@pytest.mark.parametrize("said", ["Barnsley", "E08000016", "E08000038", "370", "barnsley council"])
def test_a_council_is_told_by_name_code_or_number(recoded, said):
    assert trend.read(recoded).council(said) == 0


def test_a_council_of_which_nothing_is_published_is_refused_by_its_name(recoded):
    with pytest.raises(Refused, match="Nothing was published on Kent in these files"):
        trend.read(recoded).council("886")


def test_a_folder_is_read_as_published_figures_are(tmp_path):
    barnsley = tables.council("Barnsley", STOCK, codes=["E08000016"] * 3)
    for name, data in [*tables.files([barnsley]), neighbours(n370=["373"] * 10)]:
        (tmp_path / name).write_bytes(data)
    assert trend.read(tmp_path).looked_after.numbers.tolist() == [STOCK]


# What is not there


def test_a_missing_table_is_refused_by_its_name():
    flows, homes = tables.files([tables.council("Ashby", STOCK)])
    with pytest.raises(Refused, match="“Placement: Secure .* give the file “Looked after on 31 M"):
        trend.read(published.read_files([flows]))
    with pytest.raises(Refused, match="give the file “Starting, ceasing and looked after"):
        trend.read(published.read_files([homes]))
    with pytest.raises(Refused, match="give the file of statistical neighbours too"):
        trend.read(published.read_files([flows, homes]))
