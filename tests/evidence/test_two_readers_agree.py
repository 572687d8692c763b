"""The reader against its slow twin, on sets of returns that nobody on this project wrote."""

from datetime import date
from pathlib import Path

import pytest

from onedoor.evidence import baseline, ssda903
from tests.evidence import slow_counting, slow_lists, slow_reading

SETS = Path(__file__).parents[3] / "shared/data/ssda903"


def files_of(name):
    folder = SETS / name
    if not folder.exists():
        pytest.skip("The outside returns are not in ../shared/data here.")
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def csv_files_of(name):
    return [(file, data) for file, data in files_of(name) if file.endswith(".csv")]


def lines_of(reading):
    return sorted(
        (each.file, each.line, each.column, each.value, each.rule) for each in reading.each_line()
    )


def numbers_of(council):
    """The baseline's tables in the shape in which the slow twin answers."""
    rows = {table.name: list(table.rows.iter_rows(named=True)) for table in council.tables}
    return {
        "looked_after": {
            (row["on"], row["kind"]): row["young_people"]
            for row in rows["looked_after"]
            if row["young_people"]
        },
        "starts_and_ends": {
            row["year"]: (
                *(row["starts"], row["starts_recorded"], row["ends"], row["ends_without_reason"]),
            )
            for row in rows["starts_and_ends"]
        },
        "why_stays_end": {
            (row["year"], row["how"], row["code"]): row["stays"] for row in rows["why_stays_end"]
        },
        "moves": {
            row["year"]: (row["moves"], row["days"], row["young_people"]) for row in rows["moves"]
        },
        "length_of_stay": {
            row["kind"]: (
                *(row["ended"], row["lower_quartile"], row["median"], row["upper_quartile"]),
                *(row["still_going"], row["began"], row["median_with_going"]),
            )
            for row in rows["length_of_stay"]
        },
    }


def rows_of(table, frame):
    """One other table in the shape in which the slow twin answers."""
    columns = slow_lists.TABLES[table][2 if table != "UASC" else 1 :]
    dates = {name: name for name in frame.columns} | {name.upper(): name for name in frame.columns}
    columns = [column for column in columns if column != "DOB"]
    part = {"from": "date_perm_from", "until": "date_perm_until"} if "DATE_PERM" in columns else {}
    return [
        {name: row[name] for name in ("file", "line", "child", "year", "dob", "superseded")}
        | {column: row[dates[column]] for column in columns}
        | {name: row[column] for name, column in part.items()}
        for row in frame.iter_rows(named=True)
    ]


def assert_tables_agree(reading, slow):
    frames = dict(zip(list(slow_lists.TABLES)[2:], reading.tables.values(), strict=True))
    for table, frame in frames.items():
        expected = [
            {name: value for name, value in row.items() if not name.endswith(" said")}
            for row in slow["tables"][table]
        ]
        assert sorted(rows_of(table, frame), key=_place) == sorted(expected, key=_place), table


def _place(row):
    return row["file"], row["line"]


def assert_two_readers_agree(files, ages=(12, 17), year=None):
    reading = ssda903.read_files(files, year=year)
    slow = slow_reading.read_files(files, year)
    assert lines_of(reading) == slow["lines"]
    for account in reading.accounts:
        for part in ("in", "kept", "refused", "folded", "superseded"):
            fast = account.rows_in if part == "in" else getattr(account, part)
            assert fast == slow["counts"][f"{account.table} {part}"], (account.table, part)
    assert_tables_agree(reading, slow)
    if reading.returns:
        numbers = numbers_of(baseline.baseline(reading, ages))
        expected = slow_counting.counts(slow, ages)
        assert numbers == expected
    return reading


@pytest.mark.parametrize("ages", [(12, 17), (0, 17), (16, 17), (10, 25)])
@pytest.mark.parametrize("name", ["full_return", "five_years", "edge_cases"])
def test_every_count_and_every_line_is_that_of_the_slow_reading(name, ages):
    assert_two_readers_agree(csv_files_of(name), ages)


def test_the_full_return_shows_the_faults_that_its_finders_counted():
    reading = ssda903.read_files(csv_files_of("full_return"))
    assert reading.years == (2018,)
    assert reading.accounts[1].rows_in == 5050
    assert reading.episodes["child"].n_unique() == 2123
    found = reading.counts_by_rule()
    assert (found["rec_on_open"], found["overlap"], found["open_not_last"]) == (1413, 62, 10)


def test_the_full_return_is_read_whole_but_for_the_workbooks():
    reading = ssda903.read_files(csv_files_of("full_return"))
    assert [(name, frame.height) for name, frame in reading.tables.items()] == [
        *(("reviews", 12568), ("uasc", 132), ("oc2", 2675), ("oc3", 53), ("ad1", 29)),
        *(("placed", 58), ("permanence", 2675), ("missing", 43)),
        *(("social_workers", 1), ("dolo", 1)),
    ]
    refused = ssda903.read_files(files_of("full_return")).refused_files
    assert [file.name for file in refused] == [
        *("ch_fake.xlsx", "combined_scp_ch_fake.xlsx", "scp_ch_2025_fake.xlsx", "scp_fake.xlsx"),
    ]
    assert all("save each sheet as CSV" in file.sentence for file in refused)


def test_five_years_are_told_apart_without_their_names():
    renamed = [(f"{index}.csv", data) for index, (_, data) in enumerate(csv_files_of("five_years"))]
    by_name = ssda903.read_files(csv_files_of("five_years"))
    assert ssda903.read_files(renamed).years == by_name.years == (2018, 2019, 2020, 2021, 2022)
    shuffled = assert_two_readers_agree(list(reversed(renamed)))
    assert shuffled.episodes.drop("file").equals(by_name.episodes.drop("file"))


def test_the_dirty_rows_give_their_list_and_lose_nothing():
    reading = ssda903.read_files(files_of("edge_cases"))
    dirty = [each for each in lines_of(reading) if "testing_fixes" not in each[0]]
    assert dirty == [
        ("SSDA903_2020_episodes.csv", 2, "DEC", "18/07/2019", "overlap"),
        ("SSDA903_2020_episodes.csv", 3, "DEC", "16/05/2019", "overlap"),
        ("SSDA903_2020_episodes.csv", 3, "LS", "", "blank_code"),
        ("SSDA903_2020_episodes.csv", 6, "REC", "X1", "continues_to_nothing"),
        ("SSDA903_2020_episodes.csv", 6, "RNE", "*DUMMY*", "unknown_code"),
        ("SSDA903_2020_header.csv", 3, "CHILD", "689661", "header_differs"),
        ("SSDA903_2020_header.csv", 4, "CHILD", "689661", "header_differs"),
        ("SSDA903_2020_header.csv", 6, "CHILD", "249901", "header_differs"),
        ("SSDA903_2020_header.csv", 6, "ETHNIC", "UNKN", "unknown_code"),
    ]
    fixes = [each for each in lines_of(reading) if "testing_fixes" in each[0]]
    assert {each[4] for each in fixes} == {"no_dob"}
    assert len(fixes) == 23
    episodes = reading.accounts[1]
    assert (episodes.rows_in, episodes.kept, episodes.refused) == (28, 5, 23)


def with_birth_dates(rows):
    """The broken episodes come without a Header: give each child of them one."""
    children = sorted({row.split(",")[0] for row in rows.decode().splitlines()[1:]})
    said = "".join(f"{child},1,2005-06-01,WBRI\n" for child in children)
    return ("header.csv", f"CHILD,SEX,DOB,ETHNIC\n{said}".encode())


def test_the_broken_episodes_give_their_list_once_their_children_have_a_birth_date():
    broken = [file for file in files_of("edge_cases") if "testing_fixes" in file[0]]
    reading = assert_two_readers_agree([*broken, with_birth_dates(broken[0][1])])
    assert reading.years == (2017, 2018, 2019, 2020, 2022, 2023)
    assert [(line, rule) for _, line, _, _, rule in lines_of(reading)] == BROKEN
    assert reading.accounts[1].refused == 0
    assert "No return was supplied for 2021." in reading.notices


BROKEN = [
    (6, "vanished"),
    (7, "open_not_last"),
    (11, "open_not_last"),
    (13, "vanished"),
    (14, "overlap"),
    (15, "dropped"),
    (17, "overlap"),
    (18, "dropped"),
    (19, "overlap"),
    (20, "overlap"),
    (21, "open_not_last"),
    (23, "continues_to_nothing"),
    (24, "vanished"),
]


def test_the_31_march_of_a_year_is_read_from_the_return_of_that_year():
    reading = ssda903.read_files(csv_files_of("five_years"))
    council = baseline.baseline(reading)
    rows = council.table("looked_after").rows
    totals = {on: rows.filter(on=on)["of_all"][0] for on in rows["on"].unique().sort()}
    assert totals == {
        date(2018, 3, 31): 203,
        date(2019, 3, 31): 124,
        date(2020, 3, 31): 100,
        date(2021, 3, 31): 75,
        date(2022, 3, 31): 55,
    }
