"""Bytes to rows: what a file must be before anybody asks what it says."""

import csv
import io
from dataclasses import dataclass

import numpy as np
import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import ledger, tables

# No value of the return is longer than a few dozen characters: longer means a damaged file.
LONGEST_VALUE = 1_000
LONGEST_FIRST_LINE = 10_000

SPACES = " \t\r\n\u00a0"

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
    text, decoded_as = _decoded(name, data)
    columns = _columns(name, text)
    table = _table(name, columns)
    cells, bad = _even_rows(text, columns) or _any_rows(name, text, columns, table)
    child = pl.col("CHILD").str.strip_chars(SPACES)
    if cells.select((child == "").any()).item():
        blank = pl.all_horizontal(pl.col(*columns).str.strip_chars(SPACES) == "")
        cells = cells.filter(~blank)
    cells = cells.with_columns(pl.lit(name).alias("file"))
    again = child.str.to_uppercase() == "CHILD"
    bad.append(ledger.note(cells.filter(again), "header_again", "CHILD", pl.col("CHILD")))
    refused = sum(lines.filter(pl.col("kind") == "bad row").height for lines in bad)
    kept = cells.filter(~again)
    if decoded_as != "utf-8":
        bad.append(ledger.note(pl.DataFrame({"file": [name], "line": [1]}), "not_utf8", ""))
    frame = kept.select(
        "file",
        "line",
        *(
            pl.col(column) if column in columns else pl.lit("").alias(column)
            for column in table.names
        ),
    )
    extra = tuple(column for column in columns if column not in table.names)
    return Rows(name, table, frame, ledger.gathered(bad), kept.height + refused, extra)


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    for start, why in NOT_TEXT:
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(start):
            raise Refused(f"{name} was not read: {why}.")
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise Refused(f"{name} was not read: line {line} holds a NUL byte, so it is not text.")
    if not data.strip():
        raise Refused(f"{name} was not read: it is empty.")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        raise Refused(f"{name} was not read: it is not text we know; save it as UTF-8.") from None


def _columns(name: str, text: str) -> tuple[str, ...]:
    try:
        first = next(csv.reader(io.StringIO(text[:LONGEST_FIRST_LINE], newline=""), strict=True))
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
    text: str, columns: tuple[str, ...]
) -> tuple[pl.DataFrame, list[pl.DataFrame]] | None:
    """The quick way for a plain file: no quotes, the same commas on every line. None otherwise."""
    if '"' in text:
        return None
    data = text.replace("\r\n", "\n").encode()
    if b"\r" in data or b"\n" not in data.rstrip(b"\n"):
        return None
    data = data if data.endswith(b"\n") else data + b"\n"
    symbols = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(symbols == ord("\n"))
    commas = np.diff(np.searchsorted(np.flatnonzero(symbols == ord(",")), ends), prepend=0)
    if (commas != len(columns) - 1).any() or np.diff(ends, prepend=-1).max() > LONGEST_VALUE:
        return None
    frame = pl.read_csv(
        data[ends[0] + 1 :],
        has_header=False,
        new_columns=list(columns),
        infer_schema=False,
        quote_char=None,
    )
    frame = frame.fill_null("")
    if frame.height != len(ends) - 1:
        return None
    return frame.with_columns(pl.int_range(2, frame.height + 2, dtype=pl.Int64).alias("line")), []


def _any_rows(
    name: str, text: str, columns: tuple[str, ...], table: tables.Table
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(reader)
    width = len(columns)
    # A row may lack its last values only where nothing is counted from them.
    enough = 1 + max(columns.index(column) for column in table.needed)
    good: list[list[str]] = []
    numbers: list[int] = []
    short: list[tuple[int, str]] = []
    ragged: list[tuple[int, str]] = []
    started = reader.line_num + 1
    try:
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
            good.append((row + [""] * width)[:width])
            numbers.append(number)
    except csv.Error as wrong:
        said = f"{name} was not read: from line {started} on it is not CSV ({wrong})."
        raise Refused(said) from None
    shape = dict.fromkeys(columns, pl.String)
    by_column = dict(zip(columns, zip(*good, strict=True), strict=True)) if good else {}
    frame = pl.DataFrame(
        {column: by_column.get(column, ()) for column in columns}, schema=shape
    ).with_columns(pl.Series("line", numbers, dtype=pl.Int64))
    return frame, [
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
