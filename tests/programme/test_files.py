"""The three files of a costing carry the same figures."""

import io
import json
import re
from datetime import date
from types import SimpleNamespace

import openpyxl
import pypdf
import pytest

from onedoor.evidence.command import asking
from onedoor.programme import files, results
from tests.programme import costed

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def given():
    said = costed.made().as_dict()
    return {
        kind: files.of(said, costed.pictures(), kind=kind, on=TODAY) for kind in ("json", "xlsx")
    }


def test_the_json_is_what_the_command_prints(given, capsys):
    asking.answer(SimpleNamespace(json=True), costed.made().as_dict(), lambda width: "")
    printed = capsys.readouterr().out
    assert json.loads(given["json"].data) == json.loads(printed) == costed.made().as_dict()


def in_another_order(value):
    if isinstance(value, dict):
        return {key: in_another_order(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [in_another_order(each) for each in value]
    return value


@pytest.mark.parametrize("kind", ["json", "xlsx", "pdf"])
def test_a_file_is_the_same_bytes_in_whatever_order_a_database_kept_its_figures(kind):
    if kind == "pdf":
        costed.needs_pdf()
    said = costed.made().as_dict()
    first, second = (
        files.of(each, costed.pictures(), kind=kind, on=TODAY).data
        for each in (said, in_another_order(said))
    )
    assert first == second


def test_a_name_says_the_run_and_nothing_else(given):
    run = costed.made().as_dict()["run"]
    assert given["xlsx"].name == f"costing-{run}.xlsx"
    assert given["json"].type == "application/json"


def test_paper_workbook_and_json_carry_the_same_figures(given):
    costed.needs_pdf()
    said = json.loads(given["json"].data)
    data = files.of(said, costed.pictures(), kind="pdf", on=TODAY).data
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    words = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    on_paper = {float(found.replace("−£", "-").replace("£", "").replace(",", ""))
                for found in re.findall(r"−?£\d[\d,]*(?:\.\d\d)?", words)}  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(given["xlsx"].data), data_only=True)
    in_book = {
        round(float(cell.value), 2)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }
    rows = [row for row in said["tables"]["saving"]["rows"] if row["perspective"] == "council"]
    assert len(rows) == len(said["years"]) + 2
    for row in rows:
        for part in ("direct", "growth_avoided", "net"):
            for cut in ("mean", "q05", "q95"):
                assert row[f"{part}_{cut}"] in on_paper & in_book
    for rate in said["rates"]:
        assert rate["mode"] / 100 in on_paper & in_book


def test_the_first_sentence_of_the_page_says_the_net_that_stands_beneath_it():
    result = costed.made().as_dict()
    whole = results.headline(result)
    net = results.pounds(abs(whole["net_mean"]))
    assert whole["net_mean"] != whole["net_q50"]  # or the sentence could say either
    assert f"{net} net on average" in results.in_a_sentence(result, whole)
