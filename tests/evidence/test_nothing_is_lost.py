"""Whatever happens to a file: no surprise, every row accounted for, and two readers agree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.evidence import baseline, ssda903
from tests.evidence.invented import child, episode, episodes, header
from tests.evidence.test_two_readers_agree import assert_two_readers_agree

NAMES = ("ASH", "BIRCH", "CEDAR")
DAYS = ("01/05/2018", "15/08/2018", "31/03/2019", "01/04/2019", "2019-06-01", "29/02/2020", "")
CELLS = (
    *("", " ", "QQ", "31/02/2019", "k2", "1.0", "=1+1", '"', '""', "ASH", "CHILD", "V4", "X1"),
    *("é", "\u00a0", "a,b", "\n", "\r", "\x1b[31m", "2019", "T", "ß", "01/01/1899"),
)

day = st.sampled_from(DAYS)
row = st.builds(
    episode,
    day,
    day,
    who=st.sampled_from(NAMES),
    rne=st.sampled_from(["S", "L", "P", "T", "U"]),
    ls=st.sampled_from(["C2", "V2", "V4", "J1"]),
    place=st.sampled_from(["K2", "U4", "U1", "T1", "H5", "K3", "Z1", "P1"]),
    provider=st.sampled_from(["PR0", "PR1", "PR4", ""]),
    rec=st.sampled_from(["", "X1", "E4A", "E9"]),
    reason=st.sampled_from(["", "CARPL", "CREQB"]),
)
table = st.lists(row, min_size=1, max_size=8).map(lambda rows: episodes(*rows))
people = st.lists(
    st.builds(
        child, st.sampled_from(NAMES), st.sampled_from(["14/05/2005", "29/02/2004", "", "x"])
    ),
    max_size=5,
).map(lambda rows: header(*rows))

PART_DAYS = (*DAYS, "zz/05/2015", "zz/zz/2015", "zz/zz/zzzz", "ZZ/13/2015", "zz/zz/15", "soon")
BORN = ("14/05/2005", "14/05/2006", "", "x")


def of_table(columns, *cells):
    """A whole table whose cells are drawn column by column."""
    drawn = st.tuples(st.sampled_from(NAMES), st.sampled_from(BORN), *map(st.sampled_from, cells))
    rows = st.lists(drawn.map(",".join), min_size=1, max_size=6)
    return rows.map(lambda rows: "\n".join([f"CHILD,DOB,{columns}", *rows, ""]).encode())


others = st.one_of(
    of_table("REVIEW,REVIEW_CODE,YEAR", DAYS, ("PN1", "PN9", ""), ("", "2019", "soon")),
    of_table("SEX,DUC", ("1", "M", ""), DAYS),
    of_table("IN_TOUCH,ACTIV,ACCOM", ("YES", "no", ""), ("F3", "F4", "0.0"), ("E1", "S1", "Q")),
    of_table("DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED", DAYS, DAYS, ("RD1", "XXX", "")),
    of_table("PREV_PERM,LA_PERM,DATE_PERM", ("P1", "Z1", ""), ("", "Leeds"), PART_DAYS),
    of_table("MISSING,MIS_START,MIS_END", ("M", "A", "a"), DAYS, DAYS),
    of_table("SW_ID,SW_DECOM,SW_DEC,SW_REASON", ("SW1", "SW2", ""), DAYS, DAYS, ("MANAGE", "")),
    of_table("DOLO_START,DOLO_END", DAYS, DAYS),
    of_table(
        "DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        *(DAYS, DAYS, ("0", "1", "2"), ("1", "2.0", "3", ""), ("MF", "M1"), ("L0", "L2", "")),
    ),
    of_table(
        "SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        *(("0", "40", "41", "12.0", "-1", "1.5", ""), ("SDQ1", "")),
        *(("0", "1", "", "2", "1.0") for _ in range(8)),
    ),
)


@st.composite
def damaged(draw, whole):
    """A good file with a few cells, rows or bytes spoiled."""
    data = draw(whole)
    for _ in range(draw(st.integers(0, 3))):
        lines = data.split(b"\n")
        at = draw(st.integers(0, len(lines) - 1))
        cells = lines[at].split(b",")
        match draw(st.sampled_from(["cell", "cut", "twice", "drop", "byte"])):
            case "cell":
                which = draw(st.integers(0, len(cells) - 1))
                cells[which] = draw(st.sampled_from(CELLS)).encode()
                lines[at] = b",".join(cells)
            case "cut":
                lines[at] = b",".join(cells[: draw(st.integers(0, len(cells)))])
            case "twice":
                lines.insert(at, lines[at])
            case "drop":
                del lines[at]
            case "byte":
                here = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:here] + draw(st.binary(max_size=2)) + lines[at][here:]
        data = b"\n".join(lines)
    return data


@settings(max_examples=50)
@given(
    st.lists(damaged(table), min_size=1, max_size=3),
    st.lists(damaged(people), min_size=1, max_size=2),
    st.lists(damaged(others), max_size=3),
)
def test_two_readers_agree_on_damaged_returns_and_nothing_is_lost(tables, headers, more):
    files = [(f"o{index}.csv", data) for index, data in enumerate(more)]
    files += [(f"e{index}.csv", data) for index, data in enumerate(tables)]
    files += [(f"h{index}.csv", data) for index, data in enumerate(headers)]
    try:
        reading = ssda903.read_files(files)
    except ssda903.Refused:
        return  # no Episodes or no Header is left
    refused = {file.name for file in reading.refused_files}
    assert_two_readers_agree([file for file in files if file[0] not in refused], (0, 25))
    if reading.returns:
        council = baseline.baseline(reading)
        assert all(council.picture(table.name).startswith("<svg") for table in council.tables)


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused_in_a_sentence(data):
    good = [("h.csv", header(child())), ("e.csv", episodes(episode("01/05/2019")))]
    reading = ssda903.read_files([*good, ("x", data)])
    file = reading.files[-1]
    assert file.outcome != "refused" or file.sentence.startswith("x was not read: ")
