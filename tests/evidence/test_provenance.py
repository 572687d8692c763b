"""A run has a name, and nothing that could change a figure may leave the name as it was."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from onedoor.evidence import forecast, provenance, ssda903
from onedoor.evidence.model import states
from onedoor.evidence.ssda903 import hubs
from tests.evidence.test_forecast import files

GIVEN = {
    "seed": 1,
    "inputs": {"people": np.arange(6), "rates": pl.DataFrame({"a": [1.5]}), "file": b"abc"},
    "parameters": {"months": 60, "ages": (12, 17)},
}


@pytest.fixture(scope="module")
def run():
    reading = ssda903.read_files(files())

    def named(**other):
        asked = {"reading": reading, "months": 2, "replications": 2, **other}
        return forecast.forecast(**asked).provenance.run

    return named


def test_the_same_again_has_the_same_name_in_whatever_order_it_is_given():
    turned = {
        "seed": 1,
        "inputs": dict(reversed(GIVEN["inputs"].items())),
        "parameters": dict(reversed(GIVEN["parameters"].items())),
    }
    assert provenance.of(**turned).run == provenance.of(**GIVEN).run


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 2},
        {"seed": None},
        {"parameters": {"months": 61, "ages": (12, 17)}},
        {"parameters": {"months": 60, "ages": (12, 16)}},
        {"inputs": {**GIVEN["inputs"], "people": np.arange(6).reshape(2, 3)}},
        {"inputs": {**GIVEN["inputs"], "people": np.arange(6.0)}},
        {"inputs": {**GIVEN["inputs"], "rates": pl.DataFrame({"a": [1.25]})}},
        {"inputs": {**GIVEN["inputs"], "rates": pl.DataFrame({"b": [1.5]})}},
        {"inputs": {**GIVEN["inputs"], "file": b"abd"}},
        {"inputs": {**GIVEN["inputs"], "one_more": None}},
    ],
)
def test_anything_else_has_another_name(other):
    assert provenance.of(**{**GIVEN, **other}).run != provenance.of(**GIVEN).run


def test_other_code_or_another_data_file_has_another_digest(tmp_path):
    def digest():
        provenance.code.cache_clear()
        return provenance.code(tmp_path)

    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/rates.toml").write_text("rate = 0.035")
    (tmp_path / "sums.py").write_text("def net(): ...")
    found = [digest()]
    (tmp_path / "__pycache__.pyc").write_bytes(b"made by the machine")
    assert digest() == found[0]
    (tmp_path / "deep/rates.toml").write_text("rate = 0.036")
    found.append(digest())
    (tmp_path / "sums.py").write_text("def net(): return 1")
    found.append(digest())
    (tmp_path / "sums.py").rename(tmp_path / "deep/sums.py")
    found.append(digest())
    assert len(set(found)) == len(found)
    assert provenance.code(provenance.HERE)[:8] in provenance.of(**GIVEN).version


def test_the_name_of_a_forecast_changes_with_all_that_it_is_made_from(run):
    usual = states.states("all_care")
    first = replace(usual.states[0], family=not usual.states[0].family)
    since = date(2020, 1, 1)
    listed = hubs.Listed("hub", "The Hub", "SC123456", "", since, None, 0)
    again = hubs.Listed("hub", "The Hub", "SC123457", "", since, None, 0)
    names = [
        run(),
        run(seed=2),
        run(months=3),
        run(replications=3),
        run(ages=(12, 16)),
        run(kappa=31.0),
        run(own_years=True),
        run(map="no_wrong_door"),
        run(map=replace(usual, states=(first, *usual.states[1:]))),
        run(authority="North Yorkshire"),
        run(lists=hubs.Hubs((listed,))),
        run(lists=hubs.Hubs((again,))),
        run(reading=ssda903.read_files(files(seed=4))),
    ]
    assert len(set(names)) == len(names)
    assert run() == names[0]


def test_the_order_of_files_and_rows_changes_no_figure():
    given = files()
    lines = {name: data.splitlines(keepends=True) for name, data in given}
    turned = [(name, b"".join([rows[0], *rows[:0:-1]])) for name, rows in lines.items()]
    one, other = (
        forecast.forecast(ssda903.read_files(each), months=12, replications=20)
        for each in (given, turned[::-1])
    )
    assert np.array_equal(one.people, other.people)
    assert one.table("by_home").rows.equals(other.table("by_home").rows)
