"""Text to dates, years and codes, column by column, and the lines for what is not one."""

import polars as pl

from onedoor.evidence.ssda903 import codes, ledger
from onedoor.evidence.ssda903.text import SPACES

EARLIEST = pl.date(1900, 1, 1)
LATEST = pl.date(2100, 12, 31)


def trimmed(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars(SPACES)


def once(rows: pl.DataFrame, column: str, worked: pl.Expr) -> pl.Expr:
    """`worked` as a column, worked out once for each distinct text: a return has few."""
    distinct = rows[column].unique()
    if distinct.is_empty():
        return worked
    answers = distinct.to_frame(column).select(worked).to_series()
    return pl.col(column).replace_strict(distinct, answers, return_dtype=answers.dtype)


def date(column: str) -> pl.Expr:
    """dd/mm/yyyy or yyyy-mm-dd (a time of midnight after it is let pass); null when neither."""
    text = trimmed(column)
    day_first = pl.when(text.str.contains(r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$")).then(text)
    iso = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00:00)?$")).then(
        text.str.head(10)
    )
    read = pl.coalesce(
        day_first.str.to_date("%d/%m/%Y", strict=False),
        iso.str.to_date("%Y-%m-%d", strict=False),
    )
    return pl.when(read.is_between(EARLIEST, LATEST)).then(read)


def year(column: str) -> pl.Expr:
    text = trimmed(column).str.strip_suffix(".0")
    read = pl.when(text.str.contains(r"^[0-9]{4}$")).then(text).cast(pl.Int32, strict=False)
    return pl.when(read.is_between(1990, 2100)).then(read)


def return_year(column: str) -> pl.Expr:
    """The year whose 31 March comes first on or after the date."""
    on = pl.col(column)
    return on.dt.year() + (on.dt.month() > 3).cast(pl.Int32)


def code(column: str) -> pl.Expr:
    """The code in capitals, without the .0 that some exports add to a number."""
    text = trimmed(column).str.to_uppercase()
    return (
        pl.when(text.str.contains(r"^[0-9]+\.0$")).then(text.str.strip_suffix(".0")).otherwise(text)
    )


def code_lines(
    rows: pl.DataFrame, column: str, *, may_be_blank: pl.Expr | bool
) -> list[pl.DataFrame]:
    """Lines for one code column. `rows` has the text as `<column>_given`, the code and a year."""
    known = codes.code_list(column).codes
    first = {code.code: code.first_year for code in known}
    last = {code.code: code.last_year for code in known}
    may_be_blank_here = pl.lit(may_be_blank) if isinstance(may_be_blank, bool) else may_be_blank
    text, read, year = f"{column}_given", pl.col(column), pl.col("year")
    given, name = trimmed(text), pl.lit(column)
    altered, dotted = given != read, given.str.contains(r"^[0-9]+\.0$")
    unlisted = (read != "") & ~read.is_in(list(first))
    since = read.replace_strict(first, default=0, return_dtype=pl.Int32)
    until = read.replace_strict(last, default=9999, return_dtype=pl.Int32)
    earliest, latest = pl.lit(rows["year"].min()), pl.lit(rows["year"].max())
    # Few texts occur; only rows with one that may be wrong in some year are looked at again.
    may_be_wrong = altered | unlisted | (since > earliest) | (until < latest)
    if may_be_blank is not True:
        may_be_wrong |= read == ""
    texts = rows[text].unique().to_frame().with_columns(code(text).alias(column))
    suspect = texts.filter(may_be_wrong)[text]
    if suspect.is_empty():
        return []
    found = rows.filter(pl.col(text).is_in(suspect.implode()))
    return [
        ledger.note(found.filter(altered & dotted), "decimal", column, given, read),
        ledger.note(found.filter(altered & ~dotted), "lower_case", column, given, read),
        ledger.note(found.filter(unlisted), "unknown_code", column, given, name),
        ledger.note(
            found.filter((read == "") & ~may_be_blank_here), "blank_code", column, None, name
        ),
        ledger.note(
            found.filter((year < since) | (year > until)),
            "code_of_another_year",
            column,
            given,
            year.cast(pl.String),
        ),
    ]
