"""The workbook: the figures of the costing, sums that recalculate, and text that is never run."""

import io
import zipfile
from copy import deepcopy
from datetime import date

import openpyxl
import pytest

from onedoor.programme import workbook
from tests.programme import costed, recalculating

TODAY = date(2026, 11, 27)
HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x.example")')


@pytest.fixture(scope="module")
def said():
    return costed.made().as_dict()


@pytest.fixture(scope="module")
def data(said):
    return workbook.written(said, on=TODAY)


def opened(data, values=True):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def cells(data, values=True):
    return [
        (sheet.title, cell.coordinate, cell.value, cell.data_type)
        for sheet in opened(data, values)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def formulas(data):
    return {(sheet, at): value for sheet, at, value, kind in cells(data, False) if kind == "f"}


def test_every_figure_of_every_table_is_in_it(said, data):
    numbers = {round(value, 9) for _, _, value, kind in cells(data) if kind == "n"}
    asked = 0
    for table in said["tables"].values():
        for row in table["rows"]:
            for value in row.values():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    assert round(value, 9) in numbers, (table["name"], row)
                    asked += 1
    assert asked > 500


def test_every_price_is_there_with_its_unit_year_and_source(said, data):
    rows = [[cell.value for cell in row] for row in opened(data)["Assumptions"].iter_rows()]
    for rate in said["rates"]:
        whole = [rate[key] / 100 for key in ("low", "mode", "high")]
        wanted = [rate["item"], rate["unit"], *whole, rate["price_year"], rate["payer"]]
        [row] = [row for row in rows if row[:7] == wanted and row[11] == rate["source"]]
        assert row[9].date().isoformat() == rate["valid_from"]


def test_every_limit_source_and_digest_is_there(said, data):
    words = {value for _, _, value, kind in cells(data) if kind == "s"}
    assert set(said["limits"]) <= words
    assert {rate["source"] for rate in said["rates"]} <= words
    assert {effect["source"] for effect in said["effects"]} <= words
    assert set(said["inputs"].values()) | {said["run"]} <= words


def test_the_net_is_a_formula_of_direct_saving_and_growth_avoided(said, data):
    live, kept = opened(data, False)["Saving"], opened(data)["Saving"]
    years = [row for row in kept.iter_rows() if row[0].value == said["first_year"]]
    wanted = [row for row in said["tables"]["saving"]["rows"] if row["year"] == said["first_year"]]
    assert len(years) == len(wanted) == 3
    for row, one in zip(years, wanted, strict=True):
        assert live[row[3].coordinate].value == f"={row[1].coordinate}+{row[2].coordinate}"
        assert [cell.value for cell in row[1:4]] == [
            *(one["direct_mean"], one["growth_avoided_mean"], one["net_mean"]),
        ]


def test_it_is_the_same_bytes_each_time(said, data):
    assert workbook.written(said, on=TODAY) == data


def everywhere(said, text):
    """The costing with a text at the front of every text in it."""

    def put(value, key=""):
        if isinstance(value, dict):
            return {name: put(inside, name) for name, inside in value.items()}
        if isinstance(value, list):
            return [put(inside, key) for inside in value]
        fixed = ("key", "name", "unit", "on", "valid_from", "valid_to", "retrieved", "per_year")
        if not isinstance(value, str) or key in (*fixed, "year", "years", "perspective"):
            return value
        return text + value

    return put(deepcopy(said))


@pytest.mark.parametrize("start", HOSTILE)
def test_no_text_is_ever_a_formula(said, data, start):
    ours = formulas(data)
    hostile = workbook.written(everywhere(said, start), on=TODAY)
    assert set(formulas(hostile).values()) == set(ours.values())
    texts = [value for _, _, value, kind in cells(hostile) if kind == "s"]
    assert any(text.startswith("'" + start.strip("\r")[:1]) for text in texts)
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    with zipfile.ZipFile(io.BytesIO(hostile)) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or "vba" in name]
        assert b"<hyperlink" not in b"".join(parts.read(name) for name in parts.namelist())


def test_a_text_longer_than_a_cell_is_cut_and_says_so(said):
    long = deepcopy(said)
    long["limits"] = ["x" * 40_000]
    [text] = [v for sheet, _, v, _ in cells(workbook.written(long, on=TODAY)) if "xxx" in str(v)]
    assert len(text) < 32_767
    assert text.endswith("(the rest is in the JSON)")


@pytest.mark.processes
def test_libreoffice_recalculates_it_to_the_same_totals(data, tmp_path):
    recalculating.needs_libreoffice()
    spoilt, many = recalculating.without_values(data)
    kept = {(sheet, at): value for sheet, at, value, _ in cells(data)}
    asked = formulas(data)
    assert many == len(asked) > 100
    found = {
        (s, at): value for s, at, value, _ in cells(recalculating.recalculated(spoilt, tmp_path))
    }
    for where in asked:
        assert found[where] == pytest.approx(kept[where], rel=1e-9, abs=1e-4), where
