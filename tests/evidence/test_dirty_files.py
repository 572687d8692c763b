"""Files as they really arrive: refused in a sentence, or read with every row accounted for."""

import csv

import pytest

from onedoor.evidence import baseline, ssda903
from onedoor.evidence.ssda903 import ledger
from tests.evidence.invented import EPISODES, HEADER, child, episode, episodes, header

GOOD = [("header.csv", header(child())), ("episodes.csv", episodes(episode("01/05/2019")))]


def rules_of(reading, file):
    return [(each.line, each.rule) for each in reading.each_line() if each.file == file]


def with_file(data, name="x.csv"):
    return ssda903.read_files([*GOOD, (name, data)])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b" \n\n", "it is empty"),
        (b"PK\x03\x04rest", "it is a workbook; save each sheet as CSV and give those files"),
        (
            b"\xd0\xcf\x11\xe0rest",
            "it is an old workbook; save each sheet as CSV and give those files",
        ),
        (b"%PDF-1.7", "it is a PDF"),
        (HEADER.encode("utf-16"), "it is UTF-16 text; save it as CSV UTF-8"),
        (header(child()) + b"ASH\x00,1", "line 3 holds a NUL byte, so it is not text"),
        (HEADER.encode() + b"\n\x81,1,,\n", "it is not text we know; save it as UTF-8"),
        (HEADER.replace(",", ";").encode(), "its columns are not separated by commas"),
        (b"name,age\nAsh,12\n", "its columns are not those of any table of the return"),
        (b"CHILD,CHILD,SEX,DOB,ETHNIC\n", "it has more than one column named CHILD"),
        (EPISODES.replace("REC,", "").encode(), "it looks like Episodes but lacks REC"),
        (header('ASH,1,"14/05/2005,WBRI,,,'), "from line 2 on it is not CSV"),
        (
            header(f"ASH,1,{'9' * 5000},WBRI,,,"),
            "line 2 holds a value of more than 1,000 characters",
        ),
        (header(f"ASH,1,{'9' * 200_000},WBRI,,,"), "from line 2 on it is not CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data, why):
    reading = with_file(data)
    [refused] = reading.refused_files
    assert refused.sentence.startswith("x.csv was not read: ")
    assert why in refused.sentence
    assert refused.sentence.endswith(".")
    assert reading.accounts[1].kept == 1


@pytest.mark.parametrize("lacking", ["Episodes", "Header"])
def test_without_episodes_or_header_there_is_nothing_to_count(lacking):
    files = [file for file in GOOD if lacking.lower() not in file[0]]
    with pytest.raises(ssda903.Refused, match=f"There is no {lacking} table here"):
        ssda903.read_files(files)


def test_the_sentence_about_a_lacking_table_says_what_was_refused():
    with pytest.raises(ssda903.Refused, match="episodes.xlsx was not read: it is a workbook"):
        ssda903.read_files([GOOD[0], ("episodes.xlsx", b"PK\x03\x04")])


def read_as(data):
    return ssda903.read_files([GOOD[0], ("e.csv", data)])


def test_a_byte_order_mark_is_let_pass():
    assert rules_of(read_as(b"\xef\xbb\xbf" + GOOD[1][1]), "e.csv") == []


def test_windows_text_is_read_and_named():
    data = episodes(episode("01/05/2019", who="ASHÉ")).decode().encode("cp1252")
    files = [("h.csv", header(child("ASHÉ"))), ("e.csv", data)]
    reading = ssda903.read_files(files)
    assert rules_of(reading, "e.csv") == [(1, "not_utf8")]
    assert reading.episodes["child"].to_list() == ["ASHÉ"]


def test_columns_may_stand_in_any_order_and_have_neighbours():
    columns = EPISODES.split(",")
    cells = episode("01/05/2019").split(",")
    data = ",".join([*columns[::-1], "TEST_COLUMN", "NOTES"]) + "\n"
    data += ",".join([*cells[::-1], "x", "y"]) + "\n"
    reading = read_as(data.encode())
    assert reading.episodes["PLACE"].to_list() == ["U4"]
    assert reading.notices == ("e.csv: columns not of the return were passed over: NOTES.",)


def test_older_files_without_urn_and_postcodes_are_read():
    columns = EPISODES.removesuffix(",HOME_POST,PL_POST,URN")
    data = f"{columns}\n{episode('01/05/2019').removesuffix(',,,')}\n"
    assert rules_of(read_as(data.encode()), "e.csv") == []


def test_swapped_dates_are_refused_row_by_row():
    reading = read_as(episodes(episode("01/07/2019", "01/05/2019"), episode("01/08/2019")))
    assert rules_of(reading, "e.csv") == [(2, "dec_before_decom")]


def test_column_names_in_the_middle_are_taken_out_and_named():
    data = episodes(episode("01/05/2019"), EPISODES, episode("01/06/2019", rne="P"))
    reading = read_as(data)
    assert rules_of(reading, "e.csv") == [(2, "open_not_last"), (3, "header_again")]
    assert (reading.accounts[1].rows_in, reading.accounts[1].refused) == (3, 1)


def test_only_column_names_are_a_table_without_rows():
    reading = with_file(HEADER.encode())
    assert "x.csv has column names but no rows." in reading.notices


def test_episodes_without_rows_give_no_baseline():
    reading = read_as(EPISODES.encode())
    assert reading.returns == ()
    with pytest.raises(ssda903.Refused, match="No episode could be counted"):
        baseline.baseline(reading)


def test_a_row_that_breaks_off_is_not_read_as_open():
    reading = read_as(episodes(episode("01/05/2019"), "ASH,01/06/2019,P,C2,N1"))
    assert rules_of(reading, "e.csv") == [(3, "ragged")]
    assert reading.accounts[1].refused == 1


def test_a_row_that_lacks_only_postcodes_is_read():
    reading = read_as(episodes(episode("01/05/2019").removesuffix(",,")))
    assert rules_of(reading, "e.csv") == [(2, "short_row")]
    assert reading.accounts[1].kept == 1


def test_a_row_with_too_many_values_is_refused():
    reading = read_as(episodes(episode("01/05/2019"), episode("01/06/2019") + ",more"))
    assert rules_of(reading, "e.csv") == [(3, "ragged")]


def test_line_numbers_are_true_past_blank_lines_and_quoted_line_ends():
    rows = [episode("01/05/2019") + '"two\nlines"', "", ",,,,", episode("01/06/2019", rne="QQ")]
    reading = read_as(episodes(*rows))
    assert rules_of(reading, "e.csv") == [(2, "open_not_last"), (6, "unknown_code")]
    assert reading.accounts[1].rows_in == 2


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_line_ends_of_every_kind_are_read_alike(line_end):
    data = episodes(episode("01/05/2019"), episode("01/06/2019", rne="QQ"))
    reading = read_as(data.decode().replace("\n", line_end).encode())
    assert rules_of(reading, "e.csv") == [(2, "open_not_last"), (3, "unknown_code")]


def test_spaces_around_values_are_let_pass():
    spaced = episodes(episode("01/05/2019").replace(",", " , "))
    assert rules_of(read_as(spaced), "e.csv") == []


def test_formula_text_is_shown_and_never_run(tmp_path):
    reading = read_as(episodes(episode("01/05/2019"), episode("01/06/2019", who="=1+1")))
    out = tmp_path / "repairs.csv"
    ledger.write_csv(reading.lines, out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.reader(file)
    assert first == list(ledger.SCHEMA)
    assert second[:6] == ["e.csv", "3", "CHILD", "'=1+1", "no_dob", "bad row"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx"])
def test_every_start_of_a_formula_is_made_safe(cell):
    assert ledger.safe_cell(cell) == "'" + cell


def test_a_folder_is_read_without_trusting_its_names(tmp_path):
    (tmp_path / "2009").mkdir()
    (tmp_path / "2009" / "reviews.csv").write_bytes(GOOD[0][1])
    (tmp_path / "notes.txt").write_bytes(GOOD[1][1])
    (tmp_path / ".hidden.csv").write_bytes(b"\x00")
    reading = ssda903.read(tmp_path)
    assert [(file.name, file.table) for file in reading.files] == [
        ("2009/reviews.csv", "Header"),
        ("notes.txt", "Episodes"),
    ]
    assert reading.years == (2020,)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ssda903.Refused, match="is not there"):
        ssda903.read(tmp_path / "nowhere")


def test_two_files_of_one_name_are_told_apart():
    reading = ssda903.read_files([*GOOD, GOOD[1]])
    assert [file.name for file in reading.files] == [
        *("header.csv", "episodes.csv", "episodes.csv (2)"),
    ]
    assert rules_of(reading, "episodes.csv (2)") == [(2, "same_start")]


def test_an_odd_return_year_is_noticed():
    reading = read_as(episodes(episode("01/05/2091")))
    assert "look for a mistyped DECOM" in reading.notices[0]


def test_files_of_two_authorities_are_noticed():
    rows = [f"{EPISODES},LA", episode("01/05/2019") + ",Leeds", episode("01/06/2019") + ",York", ""]
    assert "The files name 2 authorities" in read_as("\n".join(rows).encode()).notices[0]


def test_every_rule_has_its_words():
    for name, rule in ledger.rules().items():
        assert rule.kind in ("repair", "bad value", "bad row"), name
        assert rule.what.endswith("."), name
        assert rule.mend.endswith("."), name
