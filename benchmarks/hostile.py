"""Ten thousand spoiled and hostile files: read or refused, nothing lost, memory bound.

    python -m benchmarks.hostile [how many]

Bar (the project's plan, "done when" 6 and D10): no exception but `Refused`, no row that is neither
kept, refused with a line, nor folded with a line; less than 200 MB, measured in a process of its
own. The tests run some hundreds of the same files.
"""

import csv
import gzip
import io
import json
import multiprocessing
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from benchmarks import peer
from onedoor.evidence import ssda903
from onedoor.evidence.ssda903 import summary

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
OTHERS = {
    "REVIEW,REVIEW_CODE": "01/06/2019,PN1",
    "MISSING,MIS_START,MIS_END": "M,01/06/2019,03/06/2019",
    "PREV_PERM,LA_PERM,DATE_PERM": "P1,,zz/05/2015",
    "IN_TOUCH,ACTIV,ACCOM": "YES,F2,E1",
    "DOLO_START,DOLO_END": "01/06/2019,",
    "SW_ID,SW_DECOM,SW_DEC,SW_REASON": "SW1,01/06/2019,,MANAGE",
}
NAMES = ("ASH", "BIRCH", "CEDAR", "ROWAN")
FOLDED = ("same_start", "header_twice", "header_differs", "row_twice", "row_differs")
# What a cell of a damaged or a hostile file may hold.
CELLS = (
    *("", " ", "\t", "\u00a0", "\u200b", "\ufeff", "é", "ß", "İ", "\u202e", "\U0001f3e0", "ſ"),
    *("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "=HYPERLINK(1)", "\x1b[31m", "\x07"),
    *(
        '"',
        '""',
        '"a',
        "'",
        ",",
        ",,",
        "\n",
        "\r",
        "\r\n",
        "\x00",
        "\\",
        "%s",
        "{value}",
        "{other}",
    ),
    *("31/02/2019", "29/02/2019", "00/00/0000", "2019-13-01", "01/06/0019", "01/06/9999", "1/6/19"),
    *(
        "9" * 400,
        "A" * 1_000,
        "A" * 1_001,
        "1e309",
        "NaN",
        "-0",
        "1.0",
        "0x10",
        "٣",
        "CHILD",
        "null",
    ),
    *(
        "2019-06-01 00:00:00",
        "2019-06-01T12:00:00",
        "zz/zz/zzzz",
        "K3",
        "H5",
        "V4",
        "X1",
        "k2",
        "<b>",
    ),
)

Files = list[tuple[str, bytes]]
MOST = 400_000  # bytes that a spoiled file is made to grow to; joined with itself, twice that


def one(rng: random.Random) -> Files:
    """A small good return and one spoiled file beside it, or the good return itself spoiled."""
    good = [("header.csv", good_header(rng)), ("episodes.csv", good_episodes(rng))]
    if rng.random() < 0.15:
        return [("x", rng.choice(WHOLE)(rng)), *good]
    source = rng.choice([good_header, good_episodes, good_episodes, _other, _other, _xml])
    data = source(rng)
    for _ in range(rng.randint(1, 3)):
        data = rng.choice(SPOILS)(rng, data)
    name = rng.choice(["x.csv", "../x.csv", "x\n.csv", "\x1b[2Jx", "x" * 300, "header.csv", ""])
    if rng.random() < 0.3:
        good = [file for file in good if rng.random() < 0.7]
    return [*good, (name, data)]


def inputs(seed: int, number: int) -> Iterator[Files]:
    """So many sets of files; the same seed, the same files."""
    for index in range(number):
        yield one(random.Random(f"{seed} {index}"))


def asked(files: Files) -> str:
    """Read one set and check that nothing is lost: what became of it, in a word.

    Raises AssertionError when a row or a file is not accounted for.
    """
    try:
        reading = ssda903.read_files(files)
    except ssda903.Refused as refused:
        return "whole reading refused" if refused.sentence.endswith(".") else "said badly"
    json.dumps(summary.as_dict(reading))
    summary.written(reading)
    assert len(reading.files) == len(files)
    for file in reading.refused_files:
        assert file.sentence.startswith(f"{file.name} was not read: "), file.sentence
        assert file.sentence.endswith("."), file.sentence
    for (_, data), file in zip(files, reading.files, strict=True):
        if file.outcome == "read" and not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(
            b"<"
        ):
            assert file.rows == rows_in(data), (file, rows_in(data))
    accounts = reading.accounts
    assert sum(each.rows_in for each in accounts) == sum(file.rows for file in reading.files)
    found = reading.counts_by_rule()
    assert sum(each.folded for each in accounts) == sum(found.get(rule, 0) for rule in FOLDED)
    bad = reading.lines.filter(kind="bad row").select("file", "line").n_unique()
    refused_rows = sum(each.refused for each in accounts)
    in_xml = any("," in file.table for file in reading.files)
    assert bad == refused_rows or (in_xml and 0 < bad <= refused_rows), (bad, refused_rows)
    return "file refused" if reading.refused_files else "read"


def rows_in(data: bytes) -> int:
    """How many rows a CSV holds that are not blank, counted without the reader."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    return sum(any(cell.strip(" \t\r\n\u00a0") for cell in row) for row in rows)


# Good files


def _table(columns: str, rows: list[str]) -> bytes:
    return "\n".join([columns, *rows, ""]).encode()


def good_header(rng: random.Random) -> bytes:
    born = rng.choice(["14/05/2005", "2004-02-29"])
    return _table(HEADER, [f"{name},{rng.choice('12MF')},{born},WBRI,,," for name in NAMES])


def _day(rng: random.Random) -> str:
    year, month, day = rng.randint(2016, 2026), rng.randint(1, 12), rng.randint(1, 28)
    iso, ours = f"{year}-{month:02}-{day:02}", f"{day:02}/{month:02}/{year}"
    return rng.choice([iso, ours, ours])


def good_episodes(rng: random.Random) -> bytes:
    rows = [
        f"{rng.choice(NAMES)},{_day(rng)},{rng.choice('SPLTU')},C2,N1,{rng.choice(['K2', 'U4'])},"
        f"PR4,{rng.choice(['', _day(rng)])},{rng.choice(['', 'X1', 'E4A'])},,,,"
        for _ in range(rng.randint(1, 12))
    ]
    return _table(EPISODES, rows)


def _other(rng: random.Random) -> bytes:
    columns, row = rng.choice(list(OTHERS.items()))
    rows = [f"{rng.choice(NAMES)},14/05/2005,{row}" for _ in range(rng.randint(1, 5))]
    return _table(f"CHILD,DOB,{columns}", rows)


def _xml(rng: random.Random) -> bytes:
    children = [
        f"<CHILD><HEADER><CHILDID>{name}</CHILDID><SEX>1</SEX><DOB>14/05/2005</DOB>"
        "<ETHNIC>WBRI</ETHNIC><AREVIEW><REVIEW>01/06/2019</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE>"
        f"</AREVIEW></HEADER>\n<EPISODE><DECOM>{_day(rng)}</DECOM><RNE>S</RNE><LS>C2</LS>"
        "<CIN>N1</CIN><PL>U4</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC/><REC/></EPISODE></CHILD>"
        for name in NAMES
    ]
    return "\n".join(["<EXPSSDA903>", *children, "</EXPSSDA903>"]).encode()


# Ways to spoil a file


def _cell(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    mark = b"," if b"," in lines[at] else b">"
    cells = lines[at].split(mark)
    cells[rng.randrange(len(cells))] = rng.choice(CELLS).encode(errors="surrogatepass")
    lines[at] = mark.join(cells)
    return b"\n".join(lines)


def _swapped(rng: random.Random, data: bytes) -> bytes:
    """Two columns change places: only their names, or only their values."""
    lines = [line.split(b",") for line in data.split(b"\n")]
    one, two = (rng.randrange(len(lines[0])) for _ in range(2))
    for cells in lines[:1] if rng.random() < 0.5 else lines[1:]:
        if max(one, two) < len(cells):
            cells[one], cells[two] = cells[two], cells[one]
    return b"\n".join(b",".join(cells) for cells in lines)


def _columns(rng: random.Random, data: bytes) -> bytes:
    first, _, rest = data.partition(b"\n")
    cells = first.split(b",")
    at = rng.randrange(len(cells))
    match rng.randrange(4):
        case 0:
            cells[at] = cells[at - 1]
        case 1:
            del cells[at]
        case 2:
            cells.insert(at, b"NOTES")
        case _:
            cells[at] = b" " + cells[at].lower() + b" "
    return b",".join(cells) + b"\n" + rest


def _mixed_years(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    years = [b"2016", b"2027", b"19", b"", b"soon", b"2019.0", b"=1"]
    return b"\n".join(
        [lines[0] + b",YEAR", *(line + b"," + rng.choice(years) for line in lines[1:] if line)]
    )


def _bytes(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.randbytes(rng.randint(1, 4)) + data[at + rng.randint(0, 3) :]


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _encoded(rng: random.Random, data: bytes) -> bytes:
    to = rng.choice(["utf-16", "utf-8-sig", "utf-32", "cp037", "utf-16-le", "cp1252", "latin-1"])
    text = data.decode("utf-8", errors="replace").replace("ASH", rng.choice(["ASH", "ASHÉ"]))
    return text.encode(to, errors="replace")


def _joined(rng: random.Random, data: bytes) -> bytes:
    return data + rng.choice([b"", b"\n", b"\n\n,,,\n"]) + data


def _many(rng: random.Random, data: bytes) -> bytes:
    first, _, rest = data.partition(b"\n")
    times = rng.choice([50, 500])
    return first + b"\n" + rest * min(times, 1 + MOST // max(1, len(rest)))


def _huge(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return (
        data[:at] + rng.choice([b"9", b"<", b'"', b","]) * rng.choice([5_000, 500_000]) + data[at:]
    )


def _line_ends(rng: random.Random, data: bytes) -> bytes:
    ends = [b"\n", b"\r\n", b"\r", b"\n\n"]
    return b"".join(line + rng.choice(ends) for line in data.split(b"\n"))


def _separated(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b",", rng.choice([b";", b"\t", b"|", b" , "]))


def _tags(rng: random.Random, data: bytes) -> bytes:
    """What may be put inside XML: entities, sections, other elements, depth."""
    at = data.find(b">", rng.randint(0, len(data))) + 1
    put = rng.choice(
        [
            b"&lol;",
            b"&#0;",
            b"&#x41;",
            b"<![CDATA[<DOB>]]>",
            b"<!-- x -->",
            b"<?php x?>",
            b"<CHILD>",
        ]
        + [b"</CHILD>", b"<A b='1'/>", b"<EPISODE/>", b"<X>" * 12, b"<DOB>x</DOB>", b"<a:b/>", b"x"]
    )
    return data[:at] + put + data[at:]


SPOILS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_cell, _cell, _cell, _cell, _swapped, _columns, _mixed_years, _bytes, _cut, _encoded),
    *(_joined, _many, _huge, _line_ends, _separated, _tags, _tags),
)


# Files that are hostile from the start


def _zip(rng: random.Random) -> bytes:
    """A bomb: a thousand times its size when opened, and a workbook to look at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(rng.choice(["xl/workbook.xml", "episodes.csv"]), b"0" * 5_000_000)
    return out.getvalue()


def _gzip(_: random.Random) -> bytes:
    return gzip.compress(b"0" * 5_000_000)


def _entities(rng: random.Random) -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    outside = '<!ENTITY l11 SYSTEM "file:///etc/passwd">'
    inside = rng.choice([f'<!ENTITY l0 "x">{levels}', outside])
    return f"<!DOCTYPE b [{inside}]><EXPSSDA903>&l11;</EXPSSDA903>".encode()


def _deep(rng: random.Random) -> bytes:
    return b"<EXPSSDA903>" + b"<CHILD>" * rng.choice([9, 100_000])


def _endless(rng: random.Random) -> bytes:
    start = rng.choice([b"<EXPSSDA903 a='", b"<EXPSSDA903><", b"<!--", b"<?xml ", b"<"])
    return start + b"A" * 3_000_000


def _noise(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 2_000))


def _wide(rng: random.Random) -> bytes:
    return b",".join(b"C%d" % n for n in range(rng.choice([900, 100_000]))) + b"\n1,2\n"


def _other_file(rng: random.Random) -> bytes:
    return rng.choice(
        [b"", b"\n" * 1_000, b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0" * 100, b"{}", b"<html></html>"]
        + [b"<Message><Children/></Message>", b"\xff\xfe<\x00", b"\xef\xbb\xbf", b"\x00" * 1_000]
    )


WHOLE: tuple[Callable[[random.Random], bytes], ...] = (
    *(_zip, _gzip, _entities, _deep, _endless, _noise, _noise, _wide, _other_file),
)


def all_asked(number: int) -> tuple[dict[str, int], float, float]:
    """What became of so many, the seconds, and the most memory in MB; in a new process."""
    begun = time.process_time()
    became = Counter(asked(files) for files in inputs(1, number))
    return dict(became), time.process_time() - begun, peer.peak()


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        became, seconds, held = alone.apply(all_asked, (number,))
    shown = ", ".join(f"{count:,} {what}" for what, count in sorted(became.items()))
    print(f"{number:,} sets of files in {seconds:,.0f} s: {shown}")
    peer.verdict("uncaught exceptions and rows lost", number - sum(became.values()), 0, "files")
    peer.verdict("memory", held, 200, "MB")


if __name__ == "__main__":
    main()
