"""`onedoor read` as somebody types it."""

import json

import pytest

from onedoor import cli
from tests.evidence.invented import child, episode, episodes, header

MISSING = b"CHILD,DOB,MISSING,MIS_START,MIS_END\n"
XML = (
    b"<EXPSSDA903><CHILD><HEADER><CHILDID>ASH</CHILDID><SEX>1</SEX><DOB>14/05/2005</DOB>"
    b"<ETHNIC>WBRI</ETHNIC></HEADER><EPISODE><DECOM>01/05/2019</DECOM><RNE>S</RNE><LS>C2</LS>"
    b"<CIN>N1</CIN><PL>U4</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC/><REC>X1</REC></EPISODE>"
    b"</CHILD></EXPSSDA903>"
)


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "returns"
    here.mkdir()
    (here / "header.csv").write_bytes(header(child()))
    (here / "episodes.csv").write_bytes(episodes(episode("01/05/2019", rec="E4A")))
    (here / "missing.csv").write_bytes(MISSING + b"ASH,14/05/2005,M,01/06/2019,\n" * 2)
    return here


def test_it_says_which_file_holds_what_and_where_every_row_went(folder, capsys):
    assert cli.main(["read", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Returns to 2020: 3 files\n")
    assert "missing.csv    Missing     2" in said
    assert "Missing         2     1        0       1            0" in said
    assert "Repairs: 2\n  1 like episodes.csv line 2:" in said
    assert "    To mend: Give DEC, or leave REC blank.\n" in said


def test_xml_is_said_to_hold_its_tables(tmp_path, capsys):
    (tmp_path / "return.xml").write_bytes(XML)
    assert cli.main(["read", str(tmp_path / "return.xml")]) == 0
    assert "return.xml  2 tables     2" in capsys.readouterr().out


def test_rows_and_files_not_read_make_it_end_with_1_and_are_told(folder, capsys):
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04")
    with (folder / "missing.csv").open("ab") as file:
        file.write(b"ASH,14/05/2005,M,soon,\n")
    assert cli.main(["read", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "book.xlsx     not read     0" in said
    assert "book.xlsx was not read: it is a workbook" in said
    assert "Bad rows: 1\n  1 like missing.csv line 4: MIS_START soon is not a date" in said


def test_without_episodes_it_ends_with_2_and_a_sentence(folder, capsys):
    (folder / "episodes.csv").unlink()
    assert cli.main(["read", str(folder)]) == 2
    assert "There is no Episodes table here" in capsys.readouterr().err


def test_a_machine_can_read_it(folder, capsys):
    assert cli.main(["read", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["years", "files", "accounts", "lines", "notices"]
    assert list(said["accounts"][2].values()) == ["Missing", 2, 1, 0, 1, 0]


def test_every_line_can_be_kept(folder, tmp_path):
    out = tmp_path / "repairs.csv"
    assert cli.main(["read", str(folder), "--repairs", str(out)]) == 0
    assert "row_twice" in out.read_text("utf-8-sig")


def test_a_name_cannot_speak_to_the_terminal(folder, capsys):
    (folder / "\x1b[2Jx.csv").write_bytes(b"")
    cli.main(["read", str(folder)])
    assert "\x1b" not in capsys.readouterr().out
