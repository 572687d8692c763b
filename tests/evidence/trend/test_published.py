"""The Department's tables: marks stay marks, councils keep their names."""

import gzip

import numpy as np
import pytest

from onedoor.evidence import trend
from onedoor.evidence.refusal import Refused
from onedoor.evidence.trend import published
from tests.evidence.trend import tables

STOCK = [100, 110, 120]


def test_a_mark_is_kept_and_is_never_a_zero():
    read = tables.made([tables.council("Ashby", STOCK, homes=["c", 12, "z"])])
    assert np.isnan(read.homes.numbers[0]).tolist() == [True, False, True]
    assert read.homes.marks[0].tolist() == ["c", "", "z"]


def test_a_council_that_is_given_a_new_code_stays_one_council():
    ashby = tables.council("Ashby", STOCK, codes=["E10", "E10", "E06"])
    read = tables.made([ashby, tables.council("Birch", STOCK)])
    assert read.councils == ("Ashby", "Birch")
    assert read.codes[0] == "E06"
    assert read.looked_after.numbers[0].tolist() == STOCK


def test_a_year_that_a_table_does_not_have_is_not_known():
    short = tables.council("Birch", ["x", 90, 95])
    rows = tables.rows([tables.council("Ashby", STOCK), short])
    rows = rows.filter(~((rows["la_name"] == "Birch") & (rows["time_period"] == "2021")))
    read = published.from_rows(rows, tables.neighbours(["Ashby", "Birch"]))
    assert np.isnan(read.looked_after.numbers[1, 0])
    assert read.looked_after.numbers[1, 1:].tolist() == [90, 95]


def test_nothing_later_is_left_once_the_tables_are_cut():
    cut = tables.made([tables.council("Ashby", STOCK)], england=[9, 8, 7]).until(2022)
    assert cut.years == (2021, 2022)
    assert cut.looked_after.numbers.shape == cut.homes.marks.shape == (1, 2)
    assert cut.looked_after.england.tolist() == [9, 8]


def test_neighbours_are_found_though_a_table_writes_a_full_stop():
    names = ["St. Helens", "Ashby"]
    rows = tables.rows([tables.council(name, STOCK) for name in names])
    read = published.from_rows(rows, tables.neighbours(["St Helens", "Ashby"]))
    place = read.councils.index("St. Helens")
    assert read.alike[place, 1 - place]
    assert read.alike[1 - place, place]
    assert not read.alike[place, place]


def test_years_that_are_not_in_a_row_are_refused():
    rows = tables.rows([tables.council("Ashby", STOCK)])
    with pytest.raises(Refused, match="years in a row, and hold \\(2021, 2023\\)"):
        published.from_rows(
            rows.filter(rows["time_period"] != "2022"), tables.neighbours(["Ashby"])
        )


@pytest.fixture
def folder(tmp_path):
    rows = tables.rows([tables.council("Ashby", STOCK), tables.council("Birch", STOCK)])
    stock = rows.filter(rows["group"] != "Placement")
    flows = stock.filter(stock["group"] == "").select(
        *published.PLACE,
        population_count="what",
        rates_number="number",
    )
    flows = flows.with_columns(population_estimate=np.array(["1000"] * len(flows)))
    homes = rows.filter(rows["group"] == "Placement").select(
        *published.PLACE, cla_group="group", characteristic="what", number="number"
    )
    flows.write_csv(tmp_path / "looked_after_starts_ceases_stock_2021_2023.csv")
    packed = gzip.compress(homes.write_csv().encode())
    (tmp_path / "looked_after_31_march_by_characteristic_2021_2023.csv.gz").write_bytes(packed)
    tables.neighbours(["Ashby", "Birch"]).write_csv(tmp_path / "statistical_neighbours_2025.csv")
    return tmp_path


def test_a_folder_is_read_packed_or_not(folder):
    read = trend.read(folder)
    assert read.looked_after.numbers.tolist() == [STOCK, STOCK]
    assert read.homes.numbers.tolist() == [[10] * 3] * 2
    assert read.children.numbers.tolist() == [[1000] * 3] * 2


def test_a_missing_table_is_refused_by_its_name(folder):
    next(folder.glob("statistical*")).unlink()
    with pytest.raises(Refused, match="holds no statistical_neighbours"):
        trend.read(folder)


def test_a_missing_column_is_refused_by_its_name(folder):
    path = next(folder.glob("*stock*"))
    path.write_text(path.read_text().replace("rates_number", "rate"))
    with pytest.raises(Refused, match="has no column rates_number"):
        trend.read(folder)
