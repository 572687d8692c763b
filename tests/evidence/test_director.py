"""What a director asks first, against counting every night by hand."""

from datetime import date

import numpy as np
import pytest

from onedoor.evidence import baseline, ssda903
from onedoor.evidence.baseline import director
from onedoor.evidence.money import plan
from tests.evidence import slow_director
from tests.evidence.invented import EPISODES, HEADER
from tests.evidence.money.invented import FILE

YEARS = (2023, 2024, 2025)
HOMES = (
    *(("U4", "PR1"), ("U4", "PR4"), ("K2", "PR4"), ("K2", "PR4"), ("K2", "PR1")),
    *(("K1", "PR4"), ("H5", "PR4"), ("U1", "PR1"), ("T0", "PR1")),
)
REASONS = ("E4A", "E4B", "E4A", "E8", "E2", "E11", "E3")


def lives(seed):
    """Young people who come, move, leave and sometimes come back: (name, dob, episodes)."""
    chance = np.random.default_rng(seed)
    for number in range(120):
        day = date(2021, 9, 1).toordinal() + int(chance.integers(0, 1200))
        dob = date.fromordinal(day - 365 * int(chance.integers(10, 18)) - 40)
        found = []
        for _ in range(int(chance.integers(1, 4))):
            for move in range(int(chance.integers(1, 4))):
                ends = day + int(chance.gamma(1, 150)) + 8
                home = HOMES[int(chance.integers(len(HOMES)))]
                place = ("IN", "OUT", "OUT", "")[int(chance.integers(4))]
                found.append([day, ends, "S" if move == 0 else "P", *home, place, "X1"])
                day = ends
            found[-1][-1] = REASONS[int(chance.integers(len(REASONS)))]
            day += int(chance.gamma(1, 200)) + 2
        yield f"INVENTED{number:03}", dob, found


def said(day):
    return f"{date.fromordinal(day):%d/%m/%Y}"


@pytest.fixture(scope="module", params=[1, 2])
def made(request):
    people, files = list(lives(request.param)), []
    for year in YEARS:
        first, last = date(year - 1, 4, 1).toordinal(), date(year, 3, 31).toordinal()
        heads, rows = [HEADER], [EPISODES + ",PL_LOCATION"]
        for name, dob, found in people:
            mine = [each for each in found if each[0] <= last and each[1] >= first]
            if mine:
                heads.append(f"{name},1,{dob:%d/%m/%Y},WBRI,,,")
            for begun, ended, why, place, provider, where, reason in mine:
                done = ended <= last
                tail = f"{said(ended)},{reason},CARPL" if done else ",,"
                rows.append(
                    f"{name},{said(begun)},{why},C2,N4,{place},{provider},{tail},,,,{where}"
                )
        files += [
            (f"h{year}.csv", "\n".join([*heads, ""]).encode()),
            (f"e{year}.csv", "\n".join([*rows, ""]).encode()),
        ]
    return baseline.baseline(ssda903.read_files(files))


@pytest.fixture(scope="module")
def tables(made):
    return {table.name: table for table in director.tables(made, plan.from_file(FILE))}


def rows(tables, name, **where):
    return list(tables[name].rows.filter(**where).iter_rows(named=True))


def test_the_invented_council_has_something_of_everything(made, tables):
    assert made.years == YEARS
    assert all(rows(tables, name) for name in tables)
    whole = rows(tables, "came_and_left", how="left", code="all")
    assert sum(row["back"] for row in whole) > 3
    assert sum(row["watched"] for row in whole) < sum(row["periods"] for row in whole)


@pytest.mark.parametrize("year", YEARS)
def test_nights_outside_are_those_of_the_calendar(made, tables, year):
    [row] = rows(tables, "nights_out", year=year)
    slow = slow_director.places(made.reading, year, made.ages)
    assert (row["inside"], row["outside"], row["unknown"]) == (
        *(slow["in"], slow["out"], slow["unknown"]),
    )
    assert row["nights"] == slow.total() > 1_000
    assert row["share_low"] == slow["out"] / slow.total()
    assert row["share_high"] == (slow["out"] + slow["unknown"]) / slow.total()


@pytest.mark.parametrize("year", YEARS)
def test_nights_in_a_family_are_those_of_the_calendar(made, tables, year):
    [row] = rows(tables, "in_a_family", year=year)
    slow = slow_director.families(made.reading, year, made.ages)
    assert (row["in_family"], row["elsewhere"], row["unknown"]) == (
        *(slow["family"], slow["elsewhere"], slow["unknown"]),
    )


@pytest.mark.parametrize("year", YEARS)
def test_who_left_and_came_back_is_what_one_finds_one_by_one(made, tables, year):
    slow = slow_director.came_back(made.reading, year, made.ages)
    found = {
        row["code"]: (row["periods"], row["watched"], row["back"])
        for row in rows(tables, "came_and_left", how="left", year=year)
    }
    whole = found.pop("all")
    assert found == slow
    assert whole == tuple(sum(each) for each in zip(*slow.values(), strict=True))


def test_shares_of_those_who_came_back_have_an_interval(tables):
    for row in rows(tables, "came_and_left", how="left"):
        if row["watched"]:
            assert row["low"] <= row["share_back"] <= row["high"]
        else:
            assert row["share_back"] is None
        assert row["code"] not in ("E2", "E3", "E11", "E12") or not row["watched"]


def test_what_it_costs_now_is_every_night_at_its_price(made, tables):
    priced = plan.from_file(FILE)
    slow = slow_director.pounds(made.reading, 2025, made.ages, priced)
    words = {"external_out": "External children's home, outside", "own_foster": "Foster family, "}
    for state, start in words.items():
        found = [row for row in rows(tables, "costs_now") if row["what"].startswith(start)]
        assert found[0]["mode"] == pytest.approx(float(slow[state]) / 100, abs=0.01)
        assert found[0]["low"] < found[0]["mode"] < found[0]["high"]
    [secure] = [row for row in rows(tables, "costs_now") if row["what"].startswith("Secure home")]
    assert secure["all_payers"] - secure["mode"] == pytest.approx(secure["nights"] * 11.11)
    [homes] = [row for row in rows(tables, "costs_now") if row["what"].startswith("Own homes")]
    assert homes["mode"] == 3 * 911_111.11
    assert all(row["why"] or row["mode"] is not None for row in rows(tables, "costs_now"))


def test_bringing_home_lists_each_stay_outside_with_the_dearest_first(made, tables):
    priced = plan.from_file(FILE)
    night = date(2025, 3, 31)
    slow = [
        stay
        for stay, on in slow_director.nights(made.reading, 2025, made.ages)
        if on == night and stay["where"] == "out"
    ]
    found = rows(tables, "bringing_home")
    assert sorted(row["line"] for row in found) == sorted(stay["line"] for stay in slow)
    assert [row["place"] for row in found] == list(range(1, len(found) + 1))
    weeks = [row["mode"] or 0 for row in found]
    assert weeks == sorted(weeks, reverse=True)
    mode = {rate.item: rate.mode for rate in priced.tariff.rates}
    week = {"external_home": mode["external_home"], "secure": 7 * mode["secure"]}
    by_line = {stay["line"]: stay for stay in slow}
    for row in found:
        stay = by_line[row["line"]]
        assert row["age"] == slow_director.age(stay["dob"], night)
        if stay["kind"] in week:
            assert row["mode"] == week[stay["kind"]] / 100
        assert row["nights"] == (night - stay["start"]).days + 1


def test_bringing_home_names_nobody(made, tables):
    text = str(tables["bringing_home"].as_dict())
    assert "INVENTED" not in text
    assert not [day for day in made.reading.episodes["dob"] if str(day) in text]


def test_without_prices_the_list_is_there_and_says_that_no_price_was_given(made):
    found = {table.name: table for table in director.tables(made)}
    assert "costs_now" not in found
    listed = rows(found, "bringing_home")
    assert listed
    assert {row["mode"] for row in listed} == {None}
    assert all("No prices were given" in row["how_sure"] for row in listed)


def test_while_nobody_can_say_where_a_home_is_outside_is_not_nought():
    people = f"{HEADER}\nASH,1,14/05/2008,WBRI,,,\n".encode()
    row = "ASH,01/05/2023,S,C2,N1,K2,PR4,,,,,,"
    reading = ssda903.read_files(
        [("h.csv", people), ("e.csv", f"{EPISODES}\n{row}\n".encode())], year=2024
    )
    [out] = rows({t.name: t for t in director.tables(baseline.baseline(reading))}, "nights_out")
    assert (out["outside"], out["inside"], out["unknown"]) == (None, None, 336)
    assert (out["share_low"], out["share_high"]) == (0, 1)


def test_every_table_says_what_it_counts_when_and_what_it_does_not_show(tables):
    assert list(tables) == [
        *("nights_out", "bringing_home", "in_a_family", "came_and_left", "costs_now"),
    ]
    for table in tables.values():
        assert table.denominator
        assert table.period
        assert table.does_not_show
        assert [column.key for column in table.columns] == table.rows.columns
