"""The rules of the return, each broken by a small example and by nothing else."""

import subprocess
import sys

import polars as pl
import pytest

from onedoor import cli
from onedoor.evidence import checks, places, ssda903
from onedoor.evidence.checks import asked, listed, told
from onedoor.evidence.places import postcodes
from tests.evidence.invented import EPISODES, child, episodes, header
from tests.evidence.rule_examples import AGED, BAD, BORN, GOOD, TOO, missing, row


def broken(*tables, born="14/05/2005"):
    """The rules that returns break, by year: each of `tables` is the bytes of one file."""
    files = [(f"{index}.csv", table) for index, table in enumerate(tables)]
    if not any(table.startswith(b"CHILD,SEX") for table in tables):
        files.append(("h.csv", header(child(born=born))))
    checked = checks.check(ssda903.read_files(files))
    return [(line["year"], line["rule"]) for line in checked.lines.to_dicts()]


def of(year, *rules):
    return sorted((year, rule) for rule in rules)


@pytest.mark.parametrize("name", GOOD)
def test_an_ordinary_return_breaks_no_rule(name):
    assert broken(*GOOD[name]) == []


@pytest.mark.parametrize("rule", BAD)
def test_each_rule_is_broken_by_its_example_and_no_other_is(rule):
    found = broken(*BAD[rule], born=BORN.get(rule, "14/05/2005"))
    assert {name for _, name in found} == {rule, *TOO.get(rule, [])}


@pytest.mark.parametrize("rule", AGED)
def test_ages_are_held_to_the_day(rule):
    born, one = AGED[rule]
    assert [name for _, name in broken(episodes(one), born=born)] == [rule]
    day, month, year = born.split("/")
    other = f"{int(day) + 1 if rule == 'starts_as_an_adult' else int(day) - 1:02}/{month}/{year}"
    assert broken(episodes(one), born=other) == []


def test_what_the_reader_refused_or_mended_is_told_as_the_rule_it_breaks():
    rows = [
        row("", "01/06/2019"),
        row("01/05/2019", "40/06/2019"),
        row("01/05/2019", "01/04/2019"),
        row("01/05/2019", who="NOBODY"),
        row("01/01/2005"),
        row("02/05/2019", "04/05/2019", rec=""),
        row("03/05/2019", rne="S", who="ASH"),
        row("05/05/2019", rne="S", who="ASH"),
        row("01/06/2019", "02/06/2019", rec="X1", rne="S"),
    ]
    names = {name for _, name in broken(episodes(*rows))}
    assert names >= {
        "start_unreadable",
        "end_unreadable",
        "ends_before_it_starts",
        "nobody_in_header",
        "birth_after_start",
        "date_without_reason",
        "open_but_not_last",
        "overlap",
        "continues_to_nothing",
    }


LAST, CHANGED = row("01/05/2019", "01/06/2020", rec="X1"), row("01/06/2020", rne="L", ls="C1")


def test_a_birth_date_that_changes_is_found():
    oak = row("01/05/2019", "01/06/2019", who="OAK")
    found = broken(
        header(child(born="15/05/2005"), child("OAK")),
        episodes(row("01/05/2019"), oak),
        header(child()),
        episodes(LAST, CHANGED),
    )
    assert found == of(2020, "birth_changed")


def test_what_was_open_last_year_is_carried_over_alike():
    last = episodes(row("01/05/2019"))
    assert (2021, "open_last_year") in broken(last, episodes(row("02/05/2020", rne="S")))
    changed = row("01/05/2019", "01/06/2020", rec="X1", ls="C1")
    assert (2021, "not_carried_over") in broken(last, episodes(changed, CHANGED))
    gone = broken(header(child(), child("OAK")), last, episodes(row("01/05/2020", who="OAK")))
    assert gone == of(2020, "vanished")


def test_a_code_that_the_new_list_has_not_may_become_another():
    last = episodes(row("01/05/2023", place="H5"))
    this = episodes(
        row("01/05/2023", "01/06/2024", place="K3", rec="X1"),
        row("01/06/2024", place="K3", rne="L", ls="C1"),
    )
    assert broken(last, this) == []


def test_a_missing_episode_left_open_is_carried_over():
    last = [episodes(row("01/05/2019")), missing("ASH,14/05/2005,M,30/03/2020,")]
    this = episodes(LAST, CHANGED)
    other = missing("ASH,14/05/2005,M,05/06/2020,06/06/2020")
    assert (2021, "missing_not_carried_over") in broken(*last, this, other)
    same = missing(
        "ASH,14/05/2005,M,30/03/2020,02/04/2020", "ASH,14/05/2005,M,05/06/2020,06/06/2020"
    )
    assert broken(*last, this, same) == []


@pytest.mark.skipif(not postcodes.version(), reason="needs the extra postcodes")
@pytest.mark.parametrize(
    ("there", "found"),
    [
        ("YO12 6RN", ["said_elsewhere"]),
        ("LS1 1UR", ["own_home_elsewhere"]),
        ("ZZ99 9ZZ", ["own_home_elsewhere"]),
    ],
)
def test_the_map_of_the_day_is_held_against_what_the_return_says(there, found):
    columns = f"{EPISODES},PL_LOCATION"
    rows = f"{columns}\n{row('01/05/2019', there=there)},OUT\n".encode()
    reading = ssda903.read_files([("h.csv", header(child())), ("e.csv", rows)])
    checked = checks.check(places.placed(reading, "North Yorkshire").reading)
    assert checked.lines["rule"].to_list() == found


def test_every_rule_has_a_question_and_an_example():
    keys = [rule.key for rule in listed.rules()]
    assert len(keys) == len(set(keys)) >= 40
    assert {rule.ask for rule in listed.rules()} == set(asked.QUESTIONS)
    told_elsewhere = {
        *("birth_after_start", "start_unreadable", "end_unreadable", "ends_before_it_starts"),
        *("open_but_not_last", "overlap", "date_without_reason", "continues_to_nothing"),
        *("nobody_in_header", "open_last_year", "not_carried_over", "vanished"),
        *("missing_not_carried_over", "starts_after_the_year", "missing_after_the_year"),
        *("missing_before_birth", "missing_unreadable", "birth_changed"),
        *("own_home_elsewhere", "said_elsewhere"),
    }
    assert set(keys) == set(BAD) | set(AGED) | told_elsewhere
    for rule in listed.rules():
        assert rule.dfe, rule.key
        assert rule.what.endswith("."), rule.key
        assert rule.mend.endswith("."), rule.key


def test_dates_outside_the_year_are_found():
    reading = ssda903.read_files(
        [
            ("h.csv", header(child())),
            ("e.csv", episodes(row("01/05/2019"), row("01/05/2020", rne="L", ls="C1"))),
            ("m.csv", missing("ASH,14/05/2005,M,01/06/2020,02/06/2020")),
        ],
        year=2020,
    )
    names = set(checks.check(reading).lines["rule"])
    assert names >= {"starts_after_the_year", "missing_after_the_year"}


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("missing_before_birth", "01/06/2004,02/06/2004"),
        ("missing_unreadable", "yesterday,"),
        ("missing_unreadable", "01/06/2019,soon"),
    ],
)
def test_missing_dates_that_cannot_be_are_told_although_the_row_is_not_kept(rule, dates):
    found = broken(episodes(row("01/05/2019")), missing(f"ASH,14/05/2005,M,{dates}"))
    assert found == of(2020, rule)


def test_a_rule_that_fails_stops_the_run_and_names_itself(monkeypatch, tmp_path, capsys):
    def fails(rule, facts):
        return facts.episodes.filter(pl.col("UASC_STATUS") == 1)

    monkeypatch.setitem(asked.QUESTIONS, "age", fails)
    (tmp_path / "h.csv").write_bytes(header(child()))
    (tmp_path / "e.csv").write_bytes(episodes(row("01/05/2019")))
    with pytest.raises(checks.BrokenRule, match="starts_as_an_adult could not be asked"):
        checks.check(ssda903.read(tmp_path))
    assert cli.main(["check", str(tmp_path)]) == 3
    assert "fault of the program" in capsys.readouterr().err
    assert told.age is not fails


def test_the_command_says_where_and_how_to_mend(tmp_path, capsys):
    (tmp_path / "h.csv").write_bytes(header(child()))
    (tmp_path / "e.csv").write_bytes(episodes(row("01/05/2019", rne="P")))
    out = tmp_path / "lines.csv"
    assert cli.main(["check", str(tmp_path), "--lines", str(out)]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "were asked of 1 episodes; 1 of them were broken" in said
    assert "first_is_a_start (DfE rule 357), first in e.csv line 2:" in said
    assert "To mend: Write S, or add the episode before." in said
    assert "first_is_a_start" in out.read_text("utf-8-sig")


def test_a_return_without_faults_ends_with_nought(tmp_path):
    (tmp_path / "h.csv").write_bytes(header(child()))
    (tmp_path / "e.csv").write_bytes(episodes(row("01/05/2019")))
    said = subprocess.run(
        [sys.executable, "-m", "onedoor.cli", "check", str(tmp_path), "--json"], check=False
    )
    assert said.returncode == 0


def test_columns_in_any_order_change_nothing():
    columns = EPISODES.split(",")
    cells = row("01/05/2019", rne="P").split(",")
    data = ",".join(reversed(columns)) + "\n" + ",".join(reversed(cells)) + "\n"
    assert broken(data.encode()) == of(2020, "first_is_a_start")
