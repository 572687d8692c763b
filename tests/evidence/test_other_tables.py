"""What the reader does with the ten tables beside Header and Episodes, told as small returns."""

from datetime import date

import pytest

from onedoor.evidence import ssda903
from onedoor.evidence.ssda903 import any_table, codes, tables
from tests.evidence.invented import child, episode, episodes, header

ONE_YEAR = [("h.csv", header(child())), ("e.csv", episodes(episode("01/05/2019")))]
TWO_YEARS = [
    ("h.csv", header(child(), child("BIRCH"))),
    ("e1.csv", episodes(episode("01/05/2018"))),
    ("e2.csv", episodes(episode("01/05/2018"), episode("01/06/2019", who="BIRCH"))),
]
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"
PERMANENCE = "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM"


def read(columns, *rows, files=ONE_YEAR):
    return ssda903.read_files([*files, ("x.csv", "\n".join([columns, *rows, ""]).encode())])


def said(reading):
    return [(each.line, each.rule) for each in reading.each_line() if each.file == "x.csv"]


def missing(*rows, files=ONE_YEAR):
    return read(MISSING, *(f"ASH,14/05/2005,{row}" for row in rows), files=files)


def test_a_row_is_typed_by_what_its_table_is_said_to_hold():
    reading = missing("M,01/06/2019,03/06/2019")
    assert said(reading) == []
    assert reading.tables["missing"].rows(named=True) == [
        {"child": "ASH", "year": 2020, "dob": date(2005, 5, 14), "MISSING": "M"}
        | {"mis_start": date(2019, 6, 1), "mis_end": date(2019, 6, 3)}
        | {"superseded": False, "file": "x.csv", "line": 2}
    ]
    assert reading.files[-1] == ssda903.File("x.csv", "read", "Missing", 1, "")


def test_a_table_without_a_file_is_empty_and_has_no_account():
    reading = missing("M,01/06/2019,03/06/2019")
    assert reading.tables["dolo"].is_empty()
    assert list(reading.tables) == [table.key for table in tables.OTHERS]
    assert [account.table for account in reading.accounts] == ["Header", "Episodes", "Missing"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("M,,03/06/2019", "no_start"),
        ("M,31/06/2019,", "unreadable_start"),
        ("M,01/06/2019,soon", "unreadable_end"),
        ("M,03/06/2019,01/06/2019", "end_before_start"),
        ("M,01/06/2004,", "born_after"),
    ],
)
def test_a_row_without_its_place_in_time_is_refused_with_its_reason(row, rule):
    reading = missing(row, "M,01/06/2019,")
    assert said(reading) == [(2, rule)]
    account = reading.accounts[2]
    assert (account.rows_in, account.kept, account.refused) == (2, 1, 1)


def test_nobody_cannot_have_a_row():
    assert said(read(MISSING, ",14/05/2005,M,01/06/2019,")) == [(2, "no_child")]


def test_a_code_on_no_list_is_named_and_kept():
    reading = missing("Q,01/06/2019,")
    assert said(reading) == [(2, "unknown_code")]
    assert reading.tables["missing"]["MISSING"].to_list() == ["Q"]


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("14/05/2015", date(2015, 5, 14), date(2015, 5, 14)),
        ("2015-05-14", date(2015, 5, 14), date(2015, 5, 14)),
        ("zz/02/2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("ZZ/zz/2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("zz/zz/zzzz", None, None),
        ("", None, None),
    ],
)
def test_a_date_of_which_part_is_unknown_is_the_days_it_may_be(given, first, last):
    reading = read(PERMANENCE, f"ASH,14/05/2005,P1,,{given}")
    assert said(reading) == []
    row = reading.tables["permanence"].row(0, named=True)
    known = (row["DATE_PERM"], row["date_perm_from"], row["date_perm_until"])
    assert known == (given, first, last)


@pytest.mark.parametrize("given", ["zz/13/2015", "zz/00/2015", "01/zz/2015", "zz/05/15", "zz"])
def test_what_is_not_part_of_a_date_is_named(given):
    reading = read(PERMANENCE, f"ASH,14/05/2005,P1,,{given}")
    assert said(reading) == [(2, "unreadable_date")]
    assert reading.tables["permanence"]["DATE_PERM"].to_list() == [given]


@pytest.mark.parametrize(
    ("given", "score"),
    [("0", 0), ("40", 40), ("7.0", 7), ("41", None), ("-1", None), ("1.5", None)],
)
def test_a_score_is_a_whole_number_from_0_to_40(given, score):
    columns = [column.name for column in tables.OTHERS[2].columns]
    row = ["ASH", "14/05/2005", given, *[""] * (len(columns) - 3)]
    reading = read(",".join(columns), ",".join(row))
    assert reading.tables["oc2"]["sdq_score"].to_list() == [score]
    assert said(reading) == ([] if score is not None else [(2, "not_a_number")])


def test_the_birth_date_of_the_header_is_believed():
    reading = read(REVIEWS, "ASH,14/05/2006,01/06/2019,PN1", "BIRCH,01/02/2004,01/06/2019,PN1")
    assert said(reading) == [(2, "dob_differs")]
    assert reading.tables["reviews"]["dob"].to_list() == [date(2005, 5, 14), date(2004, 2, 1)]


def test_the_same_row_again_is_folded_and_a_row_that_says_otherwise_is_told_apart():
    reading = missing("M,01/06/2019,", "M,01/06/2019,", "A,01/06/2019,02/06/2019")
    assert said(reading) == [(3, "row_twice"), (4, "row_differs")]
    assert reading.accounts[2].folded == 2


def test_of_two_ends_the_later_is_kept():
    reading = missing("M,01/06/2019,02/06/2019", "M,01/06/2019,04/06/2019")
    assert reading.tables["missing"]["mis_end"].to_list() == [date(2019, 6, 4)]
    assert said(reading) == [(2, "row_differs")]


def test_an_event_that_a_later_return_has_again_is_superseded():
    rows = ("M,30/03/2019,", "M,30/03/2019,02/04/2019", "M,01/05/2018,02/05/2018")
    rows = [
        f"ASH,14/05/2005,{row},{year}" for row, year in zip(rows, (2019, 2020, 2019), strict=True)
    ]
    reading = read(f"{MISSING},YEAR", *rows, files=TWO_YEARS)
    found = reading.tables["missing"].select("mis_start", "year", "superseded").rows()
    assert found == [
        (date(2018, 5, 1), 2019, False),
        (date(2019, 3, 30), 2019, True),
        (date(2019, 3, 30), 2020, False),
    ]
    assert reading.accounts[2].superseded == 1


def test_a_row_of_each_year_stands_on_its_own_where_a_table_is_asked_each_year():
    columns = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM,YEAR"
    rows = [f"ASH,14/05/2005,YES,F1,E1,{year}" for year in (2019, 2020)]
    reading = read(columns, *rows, files=TWO_YEARS)
    assert reading.tables["oc3"]["superseded"].to_list() == [False, False]


# Which return a table belongs to


def test_a_table_is_of_the_return_in_whose_year_its_days_fall():
    assert missing("M,01/06/2018,", files=TWO_YEARS).tables["missing"]["year"].to_list() == [2019]
    assert missing("M,01/06/2019,", files=TWO_YEARS).tables["missing"]["year"].to_list() == [2020]


def test_a_table_without_days_is_of_the_return_whose_children_it_has():
    columns = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"
    reading = read(columns, "BIRCH,14/05/2005,YES,F1,E1", files=TWO_YEARS)
    assert reading.tables["oc3"]["year"].to_list() == [2020]


def test_a_table_that_may_be_of_two_returns_is_noticed():
    files = [ONE_YEAR[0], TWO_YEARS[1], ("e2.csv", episodes(episode("01/05/2019")))]
    reading = read("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", "ASH,14/05/2005,YES,F1,E1", files=files)
    assert reading.notices == (
        "x.csv may be of the return for 2019 or 2020; it was read as the last of them. "
        "Add a YEAR column to say which.",
    )


def test_a_table_from_before_it_was_asked_for_is_noticed():
    reading = read("CHILD,DOB,DOLO_START,DOLO_END", "ASH,14/05/2005,01/06/2019,")
    assert reading.notices == (
        "x.csv: the return has DoLo from the year to March 2027 on; these were read with the "
        "return for 2020.",
    )


# What is said of the tables


@pytest.mark.parametrize("table", tables.every_table(), ids=lambda table: table.key)
def test_every_column_is_described_and_every_list_is_there(table):
    assert tables.recognised(table.needed) is table
    for column in table.columns:
        assert column.blank in ("fine", "named", "refused")
        assert column.unread in ("named", "refused")
        assert column.kind in ("text", "date", "part_date", "code", "number")
        if column.kind == "code":
            listed = codes.code_list(column.list)
            assert listed.name == column.list
            assert listed.source
            assert all(code.words for code in listed.codes)
        if column.kind == "number":
            assert column.least < column.most


@pytest.mark.parametrize("table", tables.OTHERS, ids=lambda table: table.key)
def test_a_row_that_may_be_refused_has_a_start(table):
    dates = {column.name for column in table.columns if column.kind == "date"}
    assert {table.start, table.end} - {""} <= dates
    assert set(table.rows_by) <= {column.name for column in table.columns}
    assert list(any_table.schema(table))[:3] == ["child", "year", "dob"]
