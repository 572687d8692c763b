"""One published file as tidy rows: a number or a mark, and never a nought for what was left out."""

import io

import polars as pl

from onedoor.evidence.published import layouts
from onedoor.evidence.published.layouts import Layout, Value
from onedoor.evidence.refusal import Refused

# `value` is blank (null) exactly where `mark` is not. `time_period`: 2025, the March a year ends
# in, or 2024/25. `level`: national, regional, authority, or neighbours (the median of a council's
# statistical neighbours). `code`: of the ONS, blank where the file gives none.
SCHEMA = pl.Schema(
    {
        "measure": pl.String(),
        "time_period": pl.String(),
        "level": pl.String(),
        "code": pl.String(),
        "name": pl.String(),
        "breakdown": pl.String(),
        "value": pl.Float64(),
        "mark": pl.String(),
        "unit": pl.String(),
        "file": pl.String(),
    }
)
ENGLAND = ("E92000001", "England")


def cells(name: str, text: str) -> pl.DataFrame:
    """Every cell as text without spaces around it, columns in small letters.

    Raises `Refused` for what is no table.
    """
    try:
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, encoding="utf8")
    except pl.exceptions.PolarsError as wrong:
        said = str(wrong).splitlines()[0][:100]
        raise Refused(f"{name} was not read: it is not a table in CSV ({said}).") from None
    columns = [column.strip().lower() for column in frame.columns]
    if len(set(columns)) != len(columns):
        raise Refused(f"{name} was not read: two of its columns have the same name.")
    if frame.is_empty():
        raise Refused(f"{name} was not read: it has column names but no rows.")
    frame.columns = columns
    return frame.select(pl.all().fill_null("").str.strip_chars())


def tidied(name: str, frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Rows of SCHEMA from cells. Raises `Refused` with the row and column of what is not known."""
    known = layouts.layouts().levels
    strange = frame["geographic_level"].is_in(list(known)).not_()
    if strange.any():
        row = strange.arg_true()[0]
        raise Refused(
            f"{name} was not read: row {row + 2} is of the level "
            f"{frame['geographic_level'][row]!r}, which is none of {', '.join(known)}."
        )
    frame = frame.with_columns(
        pl.lit("").alias(column)
        for column in layouts.layouts().identity
        if column not in frame.columns
    )
    level = pl.col("geographic_level").replace_strict(known)
    parts = [_values(name, frame, layout, value) for value in layout.values]
    place = frame.select(
        pl.lit(layout.measure).alias("measure"),
        "time_period",
        level.alias("level"),
        _code(level).alias("code"),
        _name(level).alias("name"),
    )
    return pl.concat(place.hstack(part) for part in parts).select(
        *(pl.col(column) for column in SCHEMA if column != "file"), pl.lit(name).alias("file")
    )


def _code(level: pl.Expr) -> pl.Expr:
    # Some files fill the name in where a code would stand.
    code = pl.when(pl.col("new_la_code").str.contains(r"^E\d{8}$")).then("new_la_code")
    return (
        pl.when(level == "national")
        .then(pl.lit(ENGLAND[0]))
        .when(level == "regional")
        .then("region_code")
        .otherwise(code.otherwise(pl.lit("")))
    )


def _name(level: pl.Expr) -> pl.Expr:
    named = [
        pl.when(pl.col(column) != "").then(column)
        for column in ("la_name", "region_name", "geo_breakdown")
    ]
    regional = pl.coalesce(*named[1:], pl.lit(""))
    return (
        pl.when(level == "national")
        .then(pl.lit(ENGLAND[1]))
        .when(level == "regional")
        .then(regional)
        .otherwise(pl.coalesce(named[0], named[2], pl.lit("")))
    )


def _values(name: str, frame: pl.DataFrame, layout: Layout, value: Value) -> pl.DataFrame:
    said = pl.col(value.column)
    marks = list(layouts.layouts().marks)
    lower = said.str.to_lowercase()
    mark = (
        pl.when(said.is_in(list(value.means)))
        .then(said.replace_strict(value.means, default=None, return_dtype=pl.String))
        .when(said == "")
        .then(pl.lit("blank"))
        .when(lower.is_in(marks))
        .then(lower)
    )
    number = said.str.replace_all(",", "").cast(pl.Float64, strict=False)
    number = pl.when(mark.is_null() & number.is_finite()).then(number)
    found = frame.select(
        _breakdown(layout, value).alias("breakdown"), number.alias("value"), mark.alias("mark")
    )
    neither = (found["value"].is_null() & found["mark"].is_null()).arg_true()
    if neither.len():
        row = neither[0]
        raise Refused(
            f"{name} was not read: row {row + 2} says {frame[value.column][row]!r} as "
            f"{value.column}, which is no number and none of the marks {', '.join(marks[:-1])}."
        )
    unit: pl.Expr = pl.lit(value.unit)
    for has, other in reversed(layout.where):
        unit = (
            pl.when(pl.col("breakdown").str.contains(has, literal=True) & pl.lit(value.unit != "%"))
            .then(pl.lit(other))
            .otherwise(unit)
        )
    return found.with_columns(unit.alias("unit"), pl.col("mark").fill_null(""))


def _breakdown(layout: Layout, value: Value) -> pl.Expr:
    if not layout.breakdown:
        return pl.lit(value.words)
    parts = [pl.when(pl.col(column) != "").then(column) for column in layout.breakdown]
    return pl.concat_str(parts, separator=": ", ignore_nulls=True)
