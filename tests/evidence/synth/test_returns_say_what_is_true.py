"""A return, read back, is the truth: nobody lost, nobody made up, in any year's codes."""

import re
from datetime import date

import pytest

from onedoor.evidence import baseline, ssda903, synth
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import codes

YEARS = range(2018, 2026)


@pytest.fixture(scope="module")
def council():
    return synth.council(3, children=400)


@pytest.fixture(scope="module")
def files(council):
    return synth.returns(council)


@pytest.fixture(scope="module")
def reading(files):
    return ssda903.read_files(files)


@pytest.fixture(scope="module")
def as_read(reading):
    return baseline.baseline(reading, ages=(0, 17))


def rows_of(files, table):
    """Rows of one table, each with the year that its file is named after."""
    for name, data in files:
        if name.endswith(f"_{table}.csv"):
            first, *others = data.decode().splitlines()
            columns = first.split(",")
            for line in others:
                yield (
                    int(re.search(r"\d{4}", name)[0]),
                    dict(zip(columns, line.split(","), strict=True)),
                )


def test_a_clean_return_needs_no_line_of_the_ledger(reading):
    assert reading.counts_by_rule() == {}
    assert reading.notices == ()
    assert not reading.refused_files
    assert all(account.refused == account.folded == 0 for account in reading.accounts)


def test_years_are_told_without_a_name(reading, files):
    assert reading.years == tuple(YEARS)
    renamed = [(f"{number}.csv", data) for number, (_, data) in enumerate(files)]
    assert ssda903.read_files(renamed).years == tuple(YEARS)


@pytest.mark.parametrize("ages", [(0, 17), (12, 17), (16, 17)])
def test_each_31_march_has_the_young_people_and_kinds_of_home_that_are_true(council, reading, ages):
    rows = baseline.baseline(reading, ages=ages).table("looked_after").rows
    for year in YEARS:
        on = date(year, 3, 31)
        found = dict(rows.filter(on=on).select("kind", "young_people").rows())
        assert {kind: n for kind, n in found.items() if n} == synth.truth.stock(council, on, ages)


def test_starts_ends_and_moves_are_those_that_were_lived(council, as_read):
    flows = as_read.table("starts_and_ends").rows
    moved = as_read.table("moves").rows
    for year in YEARS:
        flow = flows.filter(year=year).row(0, named=True)
        assert flow["starts"] == flow["starts_recorded"] == synth.truth.starts(council, year)
        assert flow["ends"] == synth.truth.ends(council, year)
        assert flow["ends_without_reason"] == 0
        assert moved.filter(year=year)["moves"][0] == synth.truth.moves(council, year)


def test_every_episode_comes_back_with_its_days(council, reading):
    lived = council.episodes.select("child", "decom", "dec").sort("child", "decom")
    assert reading.episodes.select("child", "decom", "dec").sort("child", "decom").equals(lived)


def test_a_return_knows_nothing_of_what_came_after_it(files):
    for year, row in rows_of(files, "episodes"):
        day, month, of = map(int, (row["DEC"] or "01/04/" + str(year)).split("/"))
        ended = date(of, month, day)
        assert ended <= date(year, 3, 31) or (row["DEC"], row["REC"]) == ("", "")
        assert bool(row["REC"]) == bool(row["DEC"])


@pytest.mark.parametrize(
    ("table", "column", "listed"),
    [
        ("header", "SEX", "SEX"),
        ("header", "ETHNIC", "ETHNIC"),
        *(("episodes", name, name) for name in ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER")),
        *(("episodes", name, name) for name in ("REC", "REASON_PLACE_CHANGE")),
    ],
)
def test_every_code_is_one_of_its_year(files, table, column, listed):
    known = {code.code: code for code in codes.code_list(listed).codes}
    seen = {(year, row[column]) for year, row in rows_of(files, table)} - {
        (year, "") for year in YEARS
    }
    assert seen
    for year, code in seen:
        assert known[code].first_year <= year <= known[code].last_year, (year, code)


def test_supported_accommodation_changes_its_code_and_keeps_its_young_people(files):
    written = {year: set() for year in YEARS}
    for year, row in rows_of(files, "episodes"):
        written[year].add(row["PLACE"])
    assert "H5" in written[2024]
    assert "K3" not in written[2024]
    assert "K3" in written[2025]
    assert "H5" not in written[2025]


def test_an_open_episode_is_carried_into_the_next_return(files):
    open_then, there = {}, {}
    for year, row in rows_of(files, "episodes"):
        there.setdefault(year, set()).add((row["CHILD"], row["DECOM"]))
        if not row["DEC"]:
            open_then.setdefault(year, set()).add((row["CHILD"], row["DECOM"]))
    for year in YEARS[:-1]:
        assert open_then[year] <= there[year + 1]


def test_missing_falls_inside_care_and_inside_the_year(council, files):
    spells = {}
    for child, decom, dec in council.episodes.select("child", "decom", "dec").rows():
        spells.setdefault(child, []).append((decom, dec or date(2100, 1, 1)))
    found = list(rows_of(files, "missing"))
    assert len(found) > 100
    for year, row in found:
        start = date(*reversed([int(part) for part in row["MIS_START"].split("/")]))
        assert start <= date(year, 3, 31)
        assert any(decom <= start < dec for decom, dec in spells[row["CHILD"]])


def test_nobody_is_looked_after_at_18_or_starts_twice_on_a_day(council):
    episodes = council.episodes.join(council.people.select("child", "born"), on="child")
    for born, dec in episodes.select("born", "dec").rows():
        leap = (born.month, born.day) == (2, 29)
        adult = date(born.year + 18, 3, 1) if leap else born.replace(year=born.year + 18)
        assert (dec or council.last_day) <= adult
    assert not episodes.select("child", "decom").is_duplicated().any()


def test_files_say_that_nobody_in_them_is_real(files, council):
    assert all(name.startswith("invented_young_people_") for name, _ in files)
    assert set(council.people["note"]) == {"invented young people"}
    assert all(row["HOME_POST"].startswith("ZZ") for _, row in rows_of(files, "episodes"))
    assert all(row["PL_POST"].startswith("ZZ") for _, row in rows_of(files, "episodes"))


def test_one_year_can_be_asked_for_and_no_year_beyond():
    council = synth.council(5, children=60, years=2, first_year=2024)
    names = [name for name, _ in synth.returns(council, 2025, 1, tables=("header", "episodes"))]
    assert names == [
        "invented_young_people_2025_header.csv",
        "invented_young_people_2025_episodes.csv",
    ]
    with pytest.raises(Refused, match="returns for 2024 to 2025, not for 2025 to 2026"):
        synth.returns(council, 2025, 2)
    with pytest.raises(Refused, match="no table letters; there are header, episodes"):
        synth.returns(council, tables=("letters",))
