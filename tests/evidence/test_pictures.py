"""Pictures of numbers must work on a strict page, on paper, without colour and without sight."""

import xml.etree.ElementTree as ET

import pytest

from onedoor.evidence import baseline, pictures, ssda903
from onedoor.evidence.pictures import marks
from tests.evidence.invented import child, episode, episodes, header

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
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
        "curves": pictures.curves(
            "Refusals",
            "By size.",
            [("4 beds", [(0, 0), (50, 20)]), ("6 beds", [(0, 0), (50, 19.8)])],
            across="full",
            up="turned away",
            up_unit="%",
            here=[("us", 40, 9)],
        ),
        "fan": pictures.fan(
            "Net",
            "By year.",
            [("2026", -1), ("2027", 1.5)],
            [(-2, -1.5, -0.5, 0), (-3.25, 0.5, 2, 4)],
            before=[("2025", -1.2)],
            unit="£m",
        ),
        "tornado": pictures.tornado(
            "What moves it", "By one thing.", [("Price", 3, -1), ("Beds", 2.5, 4)], 1.25, "£m"
        ),
        "ranges": pictures.ranges(
            "Net of both",
            "By year.",
            [("2026", [(-2, -1.5, -1), (-3, -2, 0.5)]), ("2027", [(0, 1, 2), (0.5, 1.25, 3)])],
            ["A: One hub", "B: Two hubs"],
            unit="£m",
        ),
        "no ranges": pictures.ranges("None", "Nothing.", [], []),
        "no curves": pictures.curves("None", "Nothing.", []),
        "one point": pictures.curves("One", "Flat.", [("a", [(2, 0)])]),
        "no fan": pictures.fan("None", "Nothing.", [], []),
        "no tornado": pictures.tornado("None", "Nothing.", [], 0),
        "still": pictures.tornado("None", "Nothing moves.", [("Price", 1, 1)], 1),
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
    drawn_marks = [marks.marks(name, 0, 0, 100) for name, _ in marks.FILLS if name != "plain"]
    assert len(set(drawn_marks)) == len(drawn_marks)


def test_each_table_of_the_baseline_has_its_picture(council):
    for table in council.tables:
        root = ET.fromstring(council.picture(table.name))
        assert root[0].text.startswith(table.title)
        assert table.denominator in root[1].text


def test_a_fan_says_at_its_end_the_middle_and_how_far_it_may_be_off():
    said = words(drawn()["fan"])
    assert {"£1.50m middle", "£4m high", "−£3.25m low"} <= set(said)
    assert said[-3:] == ["half of the replications", "90% of them", "counted"]


def test_a_fan_of_five_years_names_its_last_month_and_no_label_lies_on_another():
    months = [(f"{month} {year}", 500.0) for year in range(2026, 2031) for month in MONTHS]
    picture = ET.fromstring(pictures.fan("Long", "Sixty months.", months, []))
    labels = [part for part in picture.iter(f"{SVG}text") if part.text in dict(months)]
    assert months[-1][0] in [part.text for part in labels]
    places = sorted(float(part.get("x")) for part in labels)
    assert all(b - a > 60 for a, b in zip(places, places[1:], strict=False))


def test_ranges_say_their_middle_and_stand_on_a_scale_with_nothing_in_it():
    said = words(drawn()["ranges"])
    assert {"A: One hub", "B: Two hubs", "−£1.50m", "−£2m", "£1m", "£1.25m", "£0"} <= set(said)
    root = ET.fromstring(drawn()["ranges"])
    dashes = [part.get("stroke-dasharray") for part in root.iter(f"{SVG}polyline")]
    assert len(dashes) == 6  # one in the key and one in each year, for each of two
    assert len(set(dashes)) == 2
    marked = [part.get("width") for part in root.iter(f"{SVG}rect")].count("11")
    assert len(list(root.iter(f"{SVG}circle"))) == marked == 3


def test_lines_differ_by_their_dashes_and_are_named_at_their_ends_apart():
    root = ET.fromstring(drawn()["curves"])
    dashes = [part.get("stroke-dasharray") for part in root.iter(f"{SVG}polyline")]
    assert len(set(dashes)) == len(dashes) == 2
    names = [part for part in root.iter(f"{SVG}text") if part.text in ("4 beds", "6 beds")]
    assert abs(float(names[0].get("y")) - float(names[1].get("y"))) >= 16


def test_a_tornado_carries_both_answers_of_each_row_on_whichever_side_they_lie():
    said = words(drawn()["tornado"])
    assert "in the middle: £1.25m" in said
    assert said[said.index("Price") + 1 : said.index("Price") + 3] == ["−£1m", "£3m"]
    assert "£2.50m to £4m" in said


@pytest.mark.parametrize(
    ("lowest", "highest", "marked"),
    [
        (0, 669, [0, 200, 400, 600, 800]),
        (0, 81.2, [0, 25, 50, 75, 100]),
        (-3.25, 4, [-4, -2, 0, 2, 4]),
        (0, 0.043, [0, 0.02, 0.04, 0.06]),
        (2, 2, [2, 2.5]),
    ],
)
def test_scales_go_in_round_numbers_and_hold_everything(lowest, highest, marked):
    found = marks.steps(lowest, highest)
    assert found == pytest.approx(marked)
    assert found[0] <= lowest
    assert found[-1] >= highest


def test_every_word_of_a_picture_lies_inside_it():
    for picture in drawn().values():
        root = ET.fromstring(picture)
        for part in root.iter(f"{SVG}text"):
            wide = len(part.text or "") * float(part.get("font-size")) * 0.6
            x = float(part.get("x"))
            shift = {"start": 0, "middle": wide / 2, "end": wide}[part.get("text-anchor")]
            assert x - shift >= -1
            assert x - shift + wide <= marks.WIDTH + 1, part.text
