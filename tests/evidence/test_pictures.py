"""Pictures of numbers must work on a strict page, on paper, without colour and without sight."""

import xml.etree.ElementTree as ET

import pytest

from onedoor.evidence import baseline, pictures, ssda903
from tests.evidence.invented import child, episode, episodes, header

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def council():
    rows = [episode("01/05/2018", "01/06/2019", rec="X1", reason="CREQB")]
    rows += [episode("01/06/2019", rne="P", place="K2")]
    files = [
        ("h.csv", header(child())),
        ("1.csv", episodes(episode("01/05/2018"))),
        ("2.csv", episodes(*rows)),
    ]
    return baseline.baseline(ssda903.read_files(files))


def drawn():
    groups = [("2019", [3, 1]), ("2020", [0, 2.5])]
    return {
        "bars": pictures.bars(
            "Homes & <places>", "Two kinds.", [("A & B", 3), ("C", 0)], unit="stays"
        ),
        "grouped": pictures.grouped_bars("Starts", "By year.", groups, ["Starts", "Ends"]),
        "stacked": pictures.stacked_bars("Why", "By year.", groups, ["Planned", "Other"]),
        "line": pictures.line(
            "Moves", "A year.", [("2019", 1), ("2020", 2)], band=[(0.5, 2), (1, 3)]
        ),
        "no bars": pictures.bars("None", "Nothing.", []),
        "no line": pictures.line("None", "Nothing.", []),
        "zeros": pictures.stacked_bars("None", "Nothing.", [("2019", [0, 0])], ["A", "B"]),
    }


@pytest.mark.parametrize("name", drawn())
def test_a_picture_is_whole_and_named_for_a_screen_reader(name):
    root = ET.fromstring(drawn()[name])
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text


@pytest.mark.parametrize("name", drawn())
def test_a_picture_needs_no_style_script_or_name_of_its_own(name):
    root = ET.fromstring(drawn()[name])
    for part in root.iter():
        assert part.tag not in (f"{SVG}style", f"{SVG}script")
        assert not {"style", "id", "class", "href"} & set(part.attrib)


def words(picture):
    return [part.text for part in ET.fromstring(picture).iter(f"{SVG}text")]


def test_every_bar_carries_its_label_and_number():
    assert words(drawn()["bars"]) == ["A & B", "3 stays", "C", "0 stays"]
    assert words(drawn()["grouped"]) == ["Starts", "Ends", "2019", "3", "1", "2020", "0", "2.50"]
    assert "Planned 3, Other 1" in words(drawn()["stacked"])


def test_series_differ_by_their_marks_and_not_by_colour_alone():
    marks = [pictures._marks(name, 0, 0, 100) for name, _ in pictures.FILLS if name != "plain"]
    assert len(set(marks)) == len(marks)


def test_each_table_of_the_baseline_has_its_picture(council):
    for table in council.tables:
        root = ET.fromstring(council.picture(table.name))
        assert root[0].text.startswith(table.title)
        assert table.denominator in root[1].text
