"""The return as XML: the same reading as its CSV, and nothing a file says makes it grow."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.evidence import ssda903
from onedoor.evidence.ssda903 import files, packed
from tests.evidence import slow_xml
from tests.evidence.slow_lists import words
from tests.evidence.test_two_readers_agree import assert_two_readers_agree, files_of

EPISODE = (
    "<EPISODE><DECOM>{start}</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>{place}</PL>"
    "<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>{end}</DEC><REC>{rec}</REC></EPISODE>"
)


def episode(start="01/05/2019", end="", place="U4"):
    return EPISODE.format(start=start, end=end, place=place, rec="E4A" if end else "")


def child(*parts, name="ASH", more=""):
    return (
        f"<CHILD><HEADER><CHILDID>{name}</CHILDID><UPN/><SEX>1</SEX><DOB>14/05/2005</DOB>"
        f"<ETHNIC>WBRI</ETHNIC><UASC/>{more}</HEADER>\n{''.join(parts)}</CHILD>"
    )


def whole(*children):
    return "\n".join(["<EXPSSDA903>", *children, "</EXPSSDA903>"]).encode()


GOOD = whole(child(episode()))


def read(data):
    return ssda903.read_files([("x.xml", data)])


def refusal(data):
    """What is said of a file that is refused beside one that is read."""
    reading = ssda903.read_files([("good.xml", GOOD), ("x.xml", data)])
    [refused] = reading.refused_files
    return refused.sentence


def alike(one, other):
    """Two readings say the same of everything but the file and the line."""
    places = ("file", "line")
    assert one.episodes.drop(places).equals(other.episodes.drop(places))
    assert one.header.drop(places).equals(other.header.drop(places))
    for name, frame in one.tables.items():
        assert frame.drop(places).equals(other.tables[name].drop(places)), name
    assert one.accounts == other.accounts
    assert one.years == other.years
    assert one.counts_by_rule() == other.counts_by_rule()


def test_the_outside_return_in_xml_is_read_as_its_csv_is():
    [(_, data)] = [file for file in files_of("full_return") if file[0] == "fake_903.xml"]
    reading = read(data)
    assert reading.accounts[0].rows_in == 253
    assert reading.accounts[1].rows_in == 459
    alike(reading, assert_two_readers_agree(slow_xml.csv_files(data), (0, 25)))


def test_a_return_in_xml_says_which_tables_it_holds_and_how_many_rows():
    more = "<AREVIEW><REVIEW>01/06/2019</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>"
    [file] = read(whole(child(episode(), more=more))).files
    assert file == ssda903.File("x.xml", "read", "Header, Episodes, Reviews", 3, "")


def test_the_ledger_gives_true_lines():
    second = child(episode(), "\n", episode("01/06/2019", place="QQ"), name="BIRCH")
    reading = read(whole(child(episode()), second))
    found = [(each.line, each.column, each.rule) for each in reading.each_line()]
    assert found == [(5, "DEC", "open_not_last"), (6, "PLACE", "unknown_code")]


def test_dates_day_first_and_iso_and_several_files_a_year_are_read_together():
    reading = ssda903.read_files(
        [
            ("one.xml", whole(child(episode("2019-05-01", "01/07/2019")))),
            ("two.xml", whole(child(episode(), name="BIRCH"))),
            ("last.xml", whole(child(episode("01/07/2018")))),
        ]
    )
    assert reading.years == (2019, 2020)
    assert reading.episodes["child"].to_list() == ["ASH", "ASH", "BIRCH"]
    assert reading.episodes["decom"].to_list()[:2] == [date(2018, 7, 1), date(2019, 5, 1)]


def test_a_child_without_a_header_is_refused_row_by_row():
    reading = read(whole(child(episode()), f"<CHILD>{episode()}</CHILD>"))
    assert [(each.line, each.rule) for each in reading.each_line()] == [(4, "no_child")]


def test_an_unaccompanied_child_is_known_by_the_flag_or_the_date():
    flags = ("<UASC>1</UASC>", "<UASC>0</UASC>", "<UASC/><DUC>01/05/2023</DUC>")
    children = [
        child(episode(), name=name).replace("<UASC/>", flag)
        for name, flag in zip(("ASH", "BIRCH", "CEDAR"), flags, strict=True)
    ]
    rows = read(whole(*children)).tables["uasc"]
    assert rows.select("child", "duc").rows() == [("ASH", None), ("CEDAR", date(2023, 5, 1))]


def test_what_is_not_of_the_return_is_passed_over_and_named():
    more = "<NEWS>x</NEWS>"
    data = whole(child(episode(), "<OTHER><DEEP>1</DEEP></OTHER>", more=more))
    assert read(data).notices == (
        "x.xml: columns not of the return were passed over: OTHER, DEEP, NEWS.",
    )


def test_empty_elements_are_not_rows():
    reading = read(whole(child(episode(), "<EPISODE/>", more="<OC2/><PERMANENCE/>")))
    assert [account.table for account in reading.accounts] == ["Header", "Episodes"]
    assert reading.accounts[1].rows_in == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<EXPSSDA903/>", "it is a return without a child"),
        (b"<?xml version='1.0'?><EXPSSDA903></EXPSSDA903>", "it is a return without a child"),
        (b"<EXPSSDA903><CHILD>", "from line 1 on it is not XML (no element found)"),
        (b"<EXPSSDA903>\n<CHILD></HEADER>", "from line 2 on it is not XML (mismatched tag)"),
        (b"<EXPSSDA903>\n&amp;&nbsp;</EXPSSDA903>", "from line 2 on it is not XML (undefined"),
        (b"<EXPSSDA903>\x00</EXPSSDA903>", "it is not XML (not well-formed"),
        (b"<?xml version='1.0' encoding='klingon'?><EXPSSDA903/>", "an encoding we do not know"),
        (b"<?xml version='1.0' encoding='utf-16'?><EXPSSDA903/>", "it is not XML (encoding"),
        (b"<Message><Children/></Message>", "it is XML whose outermost element is MESSAGE"),
        (b"<html><p>Sign in</html>", "it is XML whose outermost element is HTML"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><EXPSSDA903/>", "line 1: a DOCTYPE stands here"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "line 1: a DOCTYPE stands here"),
        (GOOD.replace(b"<CHILD>", b"<CHILD><CHILD/>"), "CHILD stands inside another element"),
        (GOOD.replace(b">S<", b"><B>S</B><"), "B stands inside another element"),
        (GOOD.replace(b"<SEX>", b"<DOB/><SEX>"), "line 2: a second DOB in one HEADER"),
        (GOOD.replace(b"<EPISODE>", b"<HEADER/><EPISODE>"), "a second HEADER in one CHILD"),
        (GOOD.replace(b"<SEX>", b"lost<SEX>"), "words stand between elements"),
        (GOOD.replace(b"WBRI", b"W" * 1001), "a value of more than 1,000 characters"),
        (whole("<X>" * 20 + "</X>" * 20), "elements stand too deep in each other"),
        (whole(child(*["<EPISODE/>"] * 5001)), "more than 5,000 rows of one CHILD"),
        (b"<EXPSSDA903><" + b"X" * 3_000_000, "a tag that does not end stands here"),
        ("<EXPSSDA903/>".encode("utf-16"), "it is UTF-16 text; save it as CSV UTF-8"),
    ],
)
def test_xml_that_cannot_be_read_is_refused_in_a_sentence(data, why):
    said = refusal(data)
    assert said.startswith("x.xml was not read: ")
    assert why in said
    assert said.endswith(".")


def test_a_bomb_of_entities_is_refused_before_it_goes_off():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<!DOCTYPE b [<!ENTITY l0 "boom">{levels}]><EXPSSDA903>&l11;</EXPSSDA903>'
    assert "line 1: a DOCTYPE stands here, which no return has." in refusal(data.encode())


def test_no_row_is_lost_where_rows_are_packed_away():
    many = packed.PACK + 1
    reading = read(whole(*(child(episode(), name=f"C{number}") for number in range(many))))
    assert reading.episodes["child"].n_unique() == many
    assert reading.header.height == many


def test_a_file_larger_than_any_return_is_refused_unread(tmp_path):
    (tmp_path / "good.xml").write_bytes(GOOD)
    for name, start in (("huge.csv", b"CHILD,"), ("huge.xml", b"<EXPSSDA903>")):
        with (tmp_path / name).open("wb") as sparse:
            sparse.write(start)
            sparse.truncate(files.LARGEST_XML + 1)
    said = [file.sentence for file in ssda903.read(tmp_path).refused_files]
    assert said == [
        "huge.csv was not read: it is larger than any return.",
        "huge.xml was not read: it is larger than any return.",
    ]


SAID = ("", "1", "14/05/2005", "2019-06-01", "PN1", "K2", "é", "&lt;", "zz/05/2015")
fields = st.sampled_from(
    words("REVIEW REVIEW_CODE DUC IN_TOUCH ACCOM MISSING MIS_START DECOM PL SDQ_SCORE DATE_PERM")
)
groups = st.sampled_from(words("AREVIEW OC2 PERMANENCE AMISSING AD_PLACED EPISODE HEADER CHILD"))
leaves = st.builds(lambda name, value: f"<{name}>{value}</{name}>", fields, st.sampled_from(SAID))
trees = st.builds(
    lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", groups, st.lists(leaves, max_size=4)
)


@settings(max_examples=60)
@given(st.lists(st.one_of(trees, leaves), max_size=5), st.lists(trees, max_size=3))
def test_whatever_the_xml_holds_it_is_read_or_refused_with_its_line(inside, beside):
    data = whole(child(episode(), *beside, more="".join(inside)))
    reading = ssda903.read_files([("good.xml", GOOD), ("x.xml", data)])
    for file in reading.refused_files:
        assert file.sentence.startswith("x.xml was not read: line ")
