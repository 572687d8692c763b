"""Bytes to rows: what a file must be before anybody asks what it says."""

import csv
import io
from dataclasses import dataclass

import numpy as np
import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import ledger, tables
from onedoor.evidence.ssda903.packed import Packed

# No value of the return is longer than a few dozen characters: longer means a damaged file.
LONGEST_VALUE = 1_000
LONGEST_FIRST_LINE = 10_000

SPACES = " \t\r\n\u00a0"
BOM = b"\xef\xbb\xbf"
COMMA, LINE_END, RETURN = ord(","), ord("\n"), ord("\r")

NOT_TEXT = (
    (b"PK\x03\x04", "it is a workbook; save each sheet as CSV and give those files"),
    (b"\xd0\xcf\x11\xe0", "it is an old workbook; save each sheet as CSV and give those files"),
    (b"%PDF", "it is a PDF"),
    (b"\xff\xfe", "it is UTF-16 text; save it as CSV UTF-8"),
    (b"\xfe\xff", "it is UTF-16 text; save it as CSV UTF-8"),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """A recognised file: its rows as text with their true line numbers, before any meaning."""

    name: str
    table: tables.Table
    frame: pl.DataFrame
    lines: pl.DataFrame
    rows_in: int
    extra_columns: tuple[str, ...]


def rows_of(name: str, data: bytes) -> Rows:
    """The rows of one file. Raises Refused with a sentence that names the file."""
    data, encoding = _checked(name, data)
    columns = _columns(name, data, encoding)
    table = _table(name, columns)
    cells, bad = _even_rows(data, encoding, columns) or _any_rows(
        name, data, encoding, columns, table
    )
    child = pl.col("CHILD").str.strip_chars(SPACES)
    again = child.str.to_uppercase() == "CHILD"
    nobody, repeated = cells.select((child == "").any(), again.any().alias("again")).row(0)
    if nobody:
        blank = pl.all_horizontal(pl.col(*columns).str.strip_chars(SPACES) == "")
        cells = cells.filter(~blank)
    if repeated:
        named = cells.filter(again).with_columns(pl.lit(name).alias("file"))
        bad.append(ledger.note(named, "header_again", "CHILD", pl.col("CHILD")))
        cells = cells.filter(~again)
    refused = sum(lines.filter(pl.col("kind") == "bad row").height for lines in bad)
    if encoding != "utf-8":
        bad.append(ledger.note(pl.DataFrame({"file": [name], "line": [1]}), "not_utf8", ""))
    frame = cells.select(
        pl.lit(name).alias("file"),
        "line",
        *(
            pl.col(column) if column in columns else pl.lit("").alias(column)
            for column in table.names
        ),
    )
    extra = tuple(column for column in columns if column not in table.names)
    return Rows(name, table, frame, ledger.gathered(bad), cells.height + refused, extra)


def _checked(name: str, data: bytes) -> tuple[bytes, str]:
    """The bytes without a byte order mark, and what they are text in."""
    data = data.removeprefix(BOM)
    start = data[:100].lstrip()
    for mark, why in NOT_TEXT:
        if start.startswith(mark):
            raise Refused(f"{name} was not read: {why}.")
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise Refused(f"{name} was not read: line {line} holds a NUL byte, so it is not text.")
    if not start and not data.strip():
        raise Refused(f"{name} was not read: it is empty.")
    for encoding in ("utf-8", "cp1252"):
        try:
            if not data.isascii():
                data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return data, encoding
    raise Refused(f"{name} was not read: it is not text we know; save it as UTF-8.")


def _columns(name: str, data: bytes, encoding: str) -> tuple[str, ...]:
    start = data[: 4 * LONGEST_FIRST_LINE].decode(encoding, errors="ignore")[:LONGEST_FIRST_LINE]
    try:
        first = next(csv.reader(io.StringIO(start, newline=""), strict=True))
    except csv.Error:
        raise Refused(f"{name} was not read: its first line is not a row of CSV.") from None
    except StopIteration:
        raise Refused(f"{name} was not read: it is empty.") from None
    columns = tuple(cell.strip(SPACES).upper() for cell in first)
    while columns and not columns[-1]:
        columns = columns[:-1]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        shown = ", ".join(column or "(blank)" for column in twice)[:100]
        raise Refused(f"{name} was not read: it has more than one column named {shown}.")
    return columns


def _table(name: str, columns: tuple[str, ...]) -> tables.Table:
    table = tables.recognised(columns)
    if table is not None:
        return table
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t|"):
        raise Refused(f"{name} was not read: its columns are not separated by commas.")
    near = tables.nearest(columns)
    if near is not None:
        lacking = ", ".join(near[1])
        raise Refused(f"{name} was not read: it looks like {near[0].name} but lacks {lacking}.")
    raise Refused(f"{name} was not read: its columns are not those of any table of the return.")


def _even_rows(
    data: bytes, encoding: str, columns: tuple[str, ...]
) -> tuple[pl.DataFrame, list[pl.DataFrame]] | None:
    """The quick way for a plain file: no quotes, the same commas on every line. None otherwise."""
    if encoding != "utf-8" or b'"' in data:
        return None
    data = data if data.endswith(b"\n") else data + b"\n"
    symbols = np.frombuffer(data, dtype=np.uint8)
    marks = np.flatnonzero((symbols == COMMA) | (symbols == LINE_END))
    width, rows = len(columns), len(marks) // len(columns)
    ends = marks[width - 1 :: width]
    returned = np.count_nonzero(symbols[ends - 1] == RETURN)
    # Every mark in the last place of a row, and no other, ends a line.
    if (
        rows < 2
        or rows * width != len(marks)
        or np.count_nonzero(symbols == LINE_END) != rows
        or (symbols[ends] != LINE_END).any()
        or np.count_nonzero(symbols == RETURN) != returned
        or np.diff(ends, prepend=-1).max() > LONGEST_VALUE
    ):
        return None
    frame = pl.read_csv(
        data[ends[0] + 1 :],
        has_header=False,
        new_columns=list(columns),
        infer_schema=False,
        empty_string_is_null=False,
        quote_char=None,
    )
    if frame.height != rows - 1:
        return None
    return frame.with_columns(pl.int_range(2, rows + 1, dtype=pl.Int64).alias("line")), []


def _any_rows(
    name: str, data: bytes, encoding: str, columns: tuple[str, ...], table: tables.Table
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    reader = csv.reader(stream, strict=True)
    width = len(columns)
    # A row may lack its last values only where nothing is counted from them.
    enough = 1 + max(columns.index(column) for column in table.needed)
    good = Packed(columns)
    short: list[tuple[int, str]] = []
    ragged: list[tuple[int, str]] = []
    started = 1
    try:
        next(reader)
        started = reader.line_num + 1
        for row in reader:
            number, started = started, reader.line_num + 1
            if any(len(cell) > LONGEST_VALUE for cell in row):
                raise Refused(
                    f"{name} was not read: line {number} holds a value of more than "
                    f"{LONGEST_VALUE:,} characters, which no return has."
                )
            if not any(cell.strip(SPACES) for cell in row):
                continue
            if len(row) > width and any(cell.strip(SPACES) for cell in row[width:]):
                ragged.append((number, str(len(row))))
                continue
            if len(row) < enough:
                ragged.append((number, str(len(row))))
                continue
            if len(row) < width:
                short.append((number, ", ".join(columns[len(row) :])))
            good.add(number, (row + [""] * width)[:width])
    except csv.Error as wrong:
        said = f"{name} was not read: from line {started} on it is not CSV ({wrong})."
        raise Refused(said) from None
    return good.frame(), [
        _shape_lines(name, "short_row", short),
        _shape_lines(name, "ragged", ragged, width),
    ]


def _shape_lines(
    name: str, rule: str, found: list[tuple[int, str]], width: int = 0
) -> pl.DataFrame:
    rows = pl.DataFrame(
        {"line": [number for number, _ in found], "said": [said for _, said in found]},
        schema={"line": pl.Int64, "said": pl.String},
    ).with_columns(pl.lit(name).alias("file"))
    if rule == "short_row":
        return ledger.note(rows, rule, "", None, pl.col("said"))
    return ledger.note(rows, rule, "", pl.col("said"), pl.lit(str(width)))
