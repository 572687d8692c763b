"""The ledger: one line for everything the reader did not take exactly as written."""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import polars as pl

Kind = Literal["repair", "bad value", "bad row"]

SCHEMA = pl.Schema(
    {
        "file": pl.String(),
        "line": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "rule": pl.String(),
        "kind": pl.String(),
        "what": pl.String(),
        "mend": pl.String(),
    }
)

NO_LINES = SCHEMA.to_frame()

# A spreadsheet runs a cell that starts with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look at: where it is, what the file says, what was done and how to mend it."""

    file: str
    line: int
    column: str
    value: str
    rule: str
    kind: Kind
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Rule:
    kind: Kind
    what: str
    mend: str


@cache
def rules() -> dict[str, Rule]:
    text = resources.files(__package__).joinpath("rules.toml").read_text("utf-8")
    return {name: Rule(**fields) for name, fields in tomllib.loads(text).items()}


def note(
    rows: pl.DataFrame,
    rule: str,
    column: str,
    value: pl.Expr | None = None,
    other: pl.Expr | None = None,
) -> pl.DataFrame:
    """Lines for `rows` (with columns file and line); `value` and `other` are text expressions."""
    if rows.is_empty():
        return NO_LINES
    words = rules()[rule]
    value = pl.lit("") if value is None else value
    other = pl.lit("") if other is None else other

    return rows.select(
        pl.col("file"),
        pl.col("line").cast(pl.Int64),
        pl.lit(column).alias("column"),
        value.fill_null("").alias("value"),
        pl.lit(rule).alias("rule"),
        pl.lit(words.kind).alias("kind"),
        filled(words.what, value, other).alias("what"),
        filled(words.mend, value, other).alias("mend"),
    ).cast(SCHEMA)


def filled(sentence: str, value: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The sentence with {value} and {other} filled from two text expressions."""
    says = {"{value}": value, "{other}": other}
    pieces = re.split(r"(\{value\}|\{other\})", sentence)
    return pl.concat_str(
        [says.get(piece, pl.lit(piece)).fill_null("") for piece in pieces if piece]
    )


def gathered(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """All lines in the order of the files, each once."""
    some = [part for part in parts if part.height]
    return pl.concat(some).sort("file", "line", maintain_order=True) if some else NO_LINES


def each(lines: pl.DataFrame) -> Iterator[Line]:
    return (Line(*row) for row in lines.iter_rows())


def day(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%d/%m/%Y")


def safe_cell(text: str) -> str:
    """Text that a spreadsheet shows and never runs."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def write_csv(lines: pl.DataFrame, path: Path) -> None:
    """The whole ledger as a CSV file, safe to open in a spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(lines.columns)
        for row in lines.iter_rows():
            writer.writerow([safe_cell(str(cell)) for cell in row])
