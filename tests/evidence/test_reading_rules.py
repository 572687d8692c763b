"""What the reader does with each kind of row, told as small invented returns."""

from datetime import date

import pytest

from onedoor.evidence import ssda903
from tests.evidence.invented import EPISODES, child, episode, episodes, header


def read(*rows, born="14/05/2005", **more):
    return ssda903.read_files(
        [("header.csv", header(child(born=born))), ("episodes.csv", episodes(*rows))], **more
    )


def said(reading, file="episodes.csv"):
    """Which rule spoke about which line of the file."""
    return [(each.line, each.rule) for each in reading.each_line() if each.file == file]


def ends(reading):
    return reading.episodes["dec"].to_list()


def test_a_return_without_faults_has_an_empty_ledger():
    reading = read(
        episode("01/05/2019", "01/07/2019", rec="X1", reason="CARPL"),
        episode("01/07/2019", rne="P", place="K2"),
    )
    assert said(reading) == []
    assert reading.years == (2020,)
    assert ends(reading) == [date(2019, 7, 1), None]


# The year of a return


@pytest.mark.parametrize(
    ("latest_start", "year"), [("31/03/2020", 2020), ("01/04/2020", 2021), ("01/01/2020", 2020)]
)
def test_the_return_ends_on_the_first_31_march_on_or_after_its_latest_start(latest_start, year):
    assert read(episode("01/05/2018"), episode(latest_start)).years == (year,)


def test_a_year_column_wins_over_the_dates():
    rows = [f"{EPISODES},YEAR", episode("01/05/2019") + ",2023", ""]
    files = [("h.csv", header(child())), ("e.csv", "\n".join(rows).encode())]
    assert ssda903.read_files(files).years == (2023,)
    assert ssda903.read_files(files, year=2021).years == (2023,)


def test_the_year_can_be_told():
    assert read(episode("01/05/2019"), year=2022).years == (2022,)


def test_one_year_cannot_be_told_for_two_returns():
    files = [
        ("header.csv", header(child())),
        ("one.csv", episodes(episode("01/05/2018"))),
        ("two.csv", episodes(episode("01/05/2019"))),
    ]
    with pytest.raises(ssda903.Refused, match="one return only; here are returns for 2019, 2020"):
        ssda903.read_files(files, year=2022)


def test_dates_are_read_day_first_or_as_iso():
    reading = read(episode("2019-05-01", "1/7/2019"))
    assert reading.episodes["decom"].to_list() == [date(2019, 5, 1)]
    assert ends(reading) == [date(2019, 7, 1)]


def test_where_a_placement_was_is_kept_as_given():
    where = {"PL_LA": "E08000039", "PL_LOCATION": "OUT", "PL_DISTANCE": "20.4", "LA": "Leeds"}
    rows = [",".join([EPISODES, *where]), ",".join([episode("01/05/2019"), *where.values()]), ""]
    files = [("h.csv", header(child())), ("e.csv", "\n".join(rows).encode())]
    given = ssda903.read_files(files).episodes.row(0, named=True)
    assert {column: given[column] for column in where} == where
    assert (given["HOME_POST"], given["URN"]) == ("", "")


# Rows that are kept and read otherwise than written


def test_open_means_without_an_end_date_whatever_the_reason_says():
    reading = read(episode("01/05/2019", rec="E4A"))
    assert said(reading) == [(2, "rec_on_open")]
    assert ends(reading) == [None]


def test_of_two_rows_with_one_start_the_later_end_is_kept():
    reading = read(
        episode("01/05/2019", "01/06/2019"),
        episode("01/05/2019", "01/07/2019"),
        episode("01/08/2019"),
    )
    assert said(reading) == [(2, "same_start")]
    assert ends(reading) == [date(2019, 7, 1), None]
    assert reading.accounts[1].folded == 1


def test_of_two_rows_with_one_start_an_open_one_is_the_later():
    reading = read(episode("01/05/2019"), episode("01/05/2019", "01/07/2019"))
    assert said(reading) == [(3, "same_start")]
    assert ends(reading) == [None]


def test_an_episode_that_overlaps_the_next_ends_where_it_begins():
    reading = read(episode("01/05/2019", "01/09/2019"), episode("01/07/2019", rne="P"))
    [line] = reading.each_line()
    assert (line.line, line.column, line.value, line.kind) == (2, "DEC", "01/09/2019", "repair")
    assert line.what == (
        "The episode ends on 01/09/2019, after the child's next one starts; "
        "its end was read as 01/07/2019."
    )
    assert ends(reading) == [date(2019, 7, 1), None]


def test_an_open_episode_that_is_not_the_last_ends_where_the_next_begins():
    reading = read(episode("01/05/2019"), episode("01/07/2019", rne="P"))
    assert said(reading) == [(2, "open_not_last")]
    assert ends(reading) == [date(2019, 7, 1), None]


def test_the_order_of_rows_in_the_file_does_not_matter():
    reading = read(episode("01/07/2019", rne="P"), episode("01/05/2019", "01/09/2019"))
    assert said(reading) == [(3, "overlap")]
    assert ends(reading) == [date(2019, 7, 1), None]


# Rows that cannot be counted


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (episode("01/07/2019", "01/05/2019"), "dec_before_decom"),
        (episode("01/07/2004"), "born_after_decom"),
        (episode("01/07/2019", who="BIRCH"), "no_dob"),
        (episode("01/07/2019", who=""), "no_child"),
        (episode(""), "no_decom"),
        (episode("31/02/2019"), "unreadable_decom"),
        (episode("01/07/19"), "unreadable_decom"),
        (episode("01/07/0019"), "unreadable_decom"),
        (episode("01/07/2019", "soon"), "unreadable_dec"),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_with_its_reason(row, rule):
    reading = read(row, episode("01/08/2019"))
    assert said(reading) == [(2, rule)]
    [line] = reading.each_line()
    assert line.kind == "bad row"
    assert line.mend
    account = reading.accounts[1]
    assert (account.rows_in, account.kept, account.refused) == (2, 1, 1)


def test_a_row_with_two_reasons_gives_both_and_is_refused_once():
    reading = read(episode("01/07/2019", "soon", who="BIRCH"), episode("01/08/2019"))
    assert said(reading) == [(2, "unreadable_dec"), (2, "no_dob")]
    assert reading.accounts[1].refused == 1


def test_an_episode_of_no_days_is_still_an_episode():
    assert said(read(episode("01/05/2019", "01/05/2019"))) == []


# Codes


@pytest.mark.parametrize("column", ["rne", "ls", "cin", "place", "provider", "reason"])
def test_a_code_on_no_list_is_named_and_the_row_is_kept(column):
    reading = read(episode("01/05/2019", "01/07/2019", **{column: "QQ"}))
    assert said(reading) == [(2, "unknown_code")]
    assert reading.accounts[1].kept == 1


@pytest.mark.parametrize(
    ("place", "start", "belongs"),
    [
        *(("H5", "01/05/2023", True), ("H5", "01/05/2024", False)),
        *(("K3", "01/05/2023", False), ("K3", "01/05/2024", True)),
        *(("Z1", "01/05/2024", True), ("Z11", "01/05/2024", False), ("Z11", "01/05/2025", True)),
        *(("P2", "01/05/2022", True), ("P2", "01/05/2024", False)),
    ],
)
def test_codes_of_every_year_are_read_and_a_code_of_another_year_is_named(place, start, belongs):
    reading = read(
        episode(start, place=place, provider="" if place[0] == "Z" else "PR4"), born="14/05/2010"
    )
    assert said(reading) == ([] if belongs else [(2, "code_of_another_year")])


@pytest.mark.parametrize(
    ("rec", "end", "belongs"),
    [("E43", "01/07/2017", True), ("E43", "01/07/2018", False), ("E45", "01/07/2018", True)],
)
def test_special_guardianship_codes_changed_in_2019(rec, end, belongs):
    year = int(end[-4:]) + 1
    reading = read(episode("01/05/2017", end, rec=rec), year=year)
    assert said(reading) == ([] if belongs else [(2, "code_of_another_year")])


def test_small_letters_and_a_stray_decimal_are_read_and_named():
    files = [
        ("header.csv", header("ASH,2.0,14/05/2005,wbri,,1.0,")),
        ("episodes.csv", episodes(episode("01/05/2019", place="k2"))),
    ]
    reading = ssda903.read_files(files)
    assert said(reading) == [(2, "lower_case")]
    assert said(reading, "header.csv") == [(2, "decimal"), (2, "lower_case"), (2, "decimal")]
    assert reading.header["sex"].to_list() == ["F"]
    assert reading.episodes["kind"].to_list() == ["own_home"]


@pytest.mark.parametrize(
    ("given", "sex"), [("1", "M"), ("2", "F"), ("M", "M"), ("F", "F"), ("U", "U")]
)
def test_both_ways_of_writing_sex_are_read(given, sex):
    year = 2020 if given.isdigit() else 2025
    files = [
        ("header.csv", header(child(sex=given))),
        ("episodes.csv", episodes(episode("01/05/2019"))),
    ]
    reading = ssda903.read_files(files, year=year)
    assert reading.header["sex"].to_list() == [sex]
    assert said(reading, "header.csv") == []


# Header


def test_two_header_rows_that_say_the_same_are_folded():
    files = [
        ("header.csv", header(child(), child())),
        ("episodes.csv", episodes(episode("01/05/2019"))),
    ]
    reading = ssda903.read_files(files)
    assert said(reading, "header.csv") == [(3, "header_twice")]
    assert reading.accounts[0].folded == 1


def test_of_two_birth_dates_in_one_return_the_first_is_used_and_both_rows_are_named():
    files = [
        ("header.csv", header(child(born=""), child(born="14/05/2005"), child(born="14/05/2006"))),
        ("episodes.csv", episodes(episode("01/05/2019"))),
    ]
    reading = ssda903.read_files(files)
    assert reading.header["dob"].to_list() == [date(2005, 5, 14)]
    assert said(reading, "header.csv") == [
        (2, "no_dob_given"),
        (2, "header_differs"),
        (4, "header_differs"),
    ]


def test_of_two_birth_dates_over_the_years_the_later_return_is_believed():
    files = [
        ("a.csv", header(child(born="14/05/2006"), child("BIRCH"))),
        ("b.csv", header(child(born="14/05/2005"))),
        ("c.csv", episodes(episode("01/05/2018"), episode("01/06/2018", who="BIRCH"))),
        ("d.csv", episodes(episode("01/05/2018"), episode("01/05/2019", rne="P"))),
    ]
    reading = ssda903.read_files(files)
    born = dict(zip(reading.header["child"], reading.header["dob"], strict=True))
    assert born["ASH"] == date(2005, 5, 14)
    assert said(reading, "a.csv") == [(2, "dob_changed")]


def test_when_a_mothers_child_was_born_is_kept_and_what_is_no_date_is_named():
    files = [
        ("h.csv", header("ASH,2,14/05/2005,WBRI,,1,03/02/2021", "BIRCH,2,14/05/2005,WBRI,,1,soon")),
        ("e.csv", episodes(episode("01/05/2019"))),
    ]
    reading = ssda903.read_files(files)
    assert reading.header["mc_dob"].to_list() == [date(2021, 2, 3), None]
    assert said(reading, "h.csv") == [(3, "unreadable_date")]
