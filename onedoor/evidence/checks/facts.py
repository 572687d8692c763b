"""What the rules look at: one return as the reader kept it, beside the one before."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from onedoor.evidence.ssda903 import Reading, Return, dates

# What a question answers with: where each row that breaks the rule stands, and what it says.
FOUND = pl.Schema(
    {
        "file": pl.String(),
        "line": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "other": pl.String(),
    }
)

NEIGHBOURS = (
    *("decom", "dec", "RNE", "LS", "PLACE", "PLACE_PROVIDER"),
    *("REC", "PL_POST", "URN", "kind"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """One return and what surrounds it.

    `episodes` are those of the return in order of child and start, each with its neighbours of the
    same child beside it: `<column>_before` and `<column>_next`, and `first`: it is the child's
    first of the return. Start and end dates are as mended, `dec_given` as the file gave it.
    `before` are the episodes of the return of the year before, None where it was not supplied.
    `missing`, `missing_before` and `dolo` are those tables, empty where not supplied.
    """

    year: int
    episodes: pl.DataFrame
    before: pl.DataFrame | None
    header: pl.DataFrame
    missing: pl.DataFrame
    missing_before: pl.DataFrame
    dolo: pl.DataFrame
    lines: pl.DataFrame

    @property
    def first_day(self) -> date:
        return dates.first_day(self.year)

    @property
    def last_day(self) -> date:
        return dates.last_day(self.year)


def of(reading: Reading, one: Return, lines: pl.DataFrame) -> Facts:
    """The facts of one return of the reading; `lines` are those of `lines_by_year`."""
    before = next((each for each in reading.returns if each.year == one.year - 1), None)
    return Facts(
        year=one.year,
        episodes=_beside_each_other(one.episodes),
        before=None if before is None else before.episodes,
        header=one.header,
        missing=_table(reading, "missing", one.year),
        missing_before=_table(reading, "missing", one.year - 1),
        dolo=_table(reading, "dolo", one.year),
        lines=lines.filter(year=one.year),
    )


def lines_by_year(reading: Reading) -> pl.DataFrame:
    """The reader's ledger with the return each line belongs to.

    A row that was not kept has no year of its own: it goes with the last return of its file, and
    where its file has no row that was kept, with the last return of all.
    """
    kept = pl.concat(
        frame.select("file", "line", pl.col("year").cast(pl.Int32))
        for frame in (
            *(frame for one in reading.returns for frame in (one.episodes, one.header)),
            *reading.tables.values(),
        )
    ).unique(["file", "line"], keep="last")
    of_file = kept.group_by("file").agg(pl.col("year").max().alias("of_file"))
    lines = reading.lines.join(kept, on=["file", "line"], how="left", maintain_order="left")
    return lines.join(of_file, on="file", how="left", maintain_order="left").with_columns(
        pl.coalesce("year", "of_file").fill_null(max(reading.years)).alias("year")
    )


def found(
    rows: pl.DataFrame, column: str, value: pl.Expr | None = None, other: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows, as an answer; `value` and `other` are text expressions."""
    return rows.select(
        pl.col("file"),
        pl.col("line").cast(pl.Int64),
        pl.lit(column).alias("column"),
        (pl.lit("") if value is None else value).fill_null("").cast(pl.String).alias("value"),
        (pl.lit("") if other is None else other).fill_null("").cast(pl.String).alias("other"),
    )


def _beside_each_other(rows: pl.DataFrame) -> pl.DataFrame:
    same_before = (pl.col("child") == pl.col("child").shift(1)).fill_null(False)
    same_next = (pl.col("child") == pl.col("child").shift(-1)).fill_null(False)
    return rows.with_columns(
        (~same_before).alias("first"),
        *(pl.when(same_before).then(pl.col(c).shift(1)).alias(f"{c}_before") for c in NEIGHBOURS),
        *(pl.when(same_next).then(pl.col(c).shift(-1)).alias(f"{c}_next") for c in NEIGHBOURS),
    )


def _table(reading: Reading, name: str, year: int) -> pl.DataFrame:
    rows = reading.tables.get(name)
    return pl.DataFrame() if rows is None else rows.filter(year=year)
