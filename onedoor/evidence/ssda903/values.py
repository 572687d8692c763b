"""Text to dates, years and codes, column by column, and the lines for what is not one."""

import re
from collections.abc import Iterable
from typing import Literal

import polars as pl

from onedoor.evidence.ssda903 import codes, ledger
from onedoor.evidence.ssda903.text import SPACES

EARLIEST = pl.date(1900, 1, 1)
LATEST = pl.date(2100, 12, 31)
FIRST_YEAR, LAST_YEAR = 1990, 2100

A_DECIMAL = re.compile(r"[0-9]+\.0")
PART_MONTH = r"^zz/[0-9]{2}/[0-9]{4}$"
PART_YEAR = r"^zz/zz/[0-9]{4}$"


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


def part_date(column: str, which: Literal["from", "until"]) -> pl.Expr:
    """The first or last day that a date like zz/05/2020 or zz/zz/2021 may be; null for neither.

    A whole date is its own first and last day; zz/zz/zzzz says nothing and may be any day.
    """
    text = trimmed(column).str.to_lowercase()
    month_known = pl.when(text.str.contains(PART_MONTH)).then(text.str.tail(7))
    year_known = pl.when(text.str.contains(PART_YEAR)).then(text.str.tail(4))
    month = ("01/" + month_known).str.to_date("%d/%m/%Y", strict=False)
    if which == "from":
        year = ("01/01/" + year_known).str.to_date("%d/%m/%Y", strict=False)
    else:
        month = month.dt.month_end()
        year = ("31/12/" + year_known).str.to_date("%d/%m/%Y", strict=False)
    part = pl.coalesce(month, year)
    return pl.coalesce(date(column), pl.when(part.is_between(EARLIEST, LATEST)).then(part))


def is_part_date(column: str) -> pl.Expr:
    """Whether the text is a date, all or part of which may be given as unknown."""
    unknown = trimmed(column).str.to_lowercase() == "zz/zz/zzzz"
    return unknown | part_date(column, "from").is_not_null()


def number(column: str, least: int, most: int) -> pl.Expr:
    """A whole number from `least` to `most` (a .0 after it is let pass); null when it is not."""
    text = trimmed(column).str.strip_suffix(".0")
    read = pl.when(text.str.contains(r"^[0-9]{1,4}$")).then(text).cast(pl.Int32, strict=False)
    return pl.when(read.is_between(least, most)).then(read)


def year(column: str) -> pl.Expr:
    text = trimmed(column).str.strip_suffix(".0")
    read = pl.when(text.str.contains(r"^[0-9]{4}$")).then(text).cast(pl.Int32, strict=False)
    return pl.when(read.is_between(FIRST_YEAR, LAST_YEAR)).then(read)


def return_year(column: str) -> pl.Expr:
    """The year whose 31 March comes first on or after the date."""
    on = pl.col(column)
    return on.dt.year() + (on.dt.month() > 3).cast(pl.Int32)


def code(text: str) -> str:
    """The code in capitals, without the .0 that some exports add to a number."""
    read = text.strip(SPACES).upper()
    return read[:-2] if A_DECIMAL.fullmatch(read) else read


def distinct(rows: pl.DataFrame, columns: Iterable[str]) -> dict[str, pl.Series]:
    """The distinct texts of each column, in one pass over the rows."""
    found = rows.select(pl.col(list(columns)).unique().implode())
    return {column.name: column[0] for column in found}


def coded(rows: pl.DataFrame, column: str, texts: pl.Series | None = None) -> pl.Expr:
    """A column of text as codes: `code` once for each distinct text (`texts`, where known)."""
    texts = rows[column].unique() if texts is None else texts
    read = [code(text) for text in texts]
    if read == texts.to_list():
        return pl.col(column)
    return pl.col(column).replace_strict(texts, pl.Series(read, dtype=pl.String))


def row_lines(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Lines for what any row may have wrong: its `child` and its YEAR."""
    too_long = pl.col("child").str.len_chars() > 10
    given = trimmed("YEAR")
    odd = rows.filter(given != "").filter(year("YEAR").is_null())
    return [
        ledger.note(rows.filter(too_long), "long_child", "CHILD", pl.col("child")),
        ledger.note(odd, "bad_year", "YEAR", given),
    ]


def code_lines(
    rows: pl.DataFrame, column: str, *, may_be_blank: pl.Expr | bool, of: str = ""
) -> list[pl.DataFrame]:
    """Lines for one code column. `rows` has the text as `<column>_given`, the code and a year.

    `of` is the list, where it has not the name of the column.
    """
    suspect = doubtful(rows, column, may_be_blank=may_be_blank is True, of=of)
    if not suspect:
        return []
    known = {each.code: each for each in codes.code_list(of or column).codes}
    may_be_blank_here = pl.lit(may_be_blank) if isinstance(may_be_blank, bool) else may_be_blank
    text, read, year = f"{column}_given", pl.col(column), pl.col("year")
    # Few texts occur; only rows with one that may be wrong in some year are looked at again.
    found = rows.filter(pl.col(text).is_in(suspect))
    given, name = trimmed(text), pl.lit(column)
    altered, dotted = given != read, given.str.contains(r"^[0-9]+\.0$")
    unlisted = (read != "") & ~read.is_in(list(known))
    first = {each.code: each.first_year for each in known.values()}
    last = {each.code: each.last_year for each in known.values()}
    since = read.replace_strict(first, default=0, return_dtype=pl.Int32)
    until = read.replace_strict(last, default=9999, return_dtype=pl.Int32)
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


def doubtful(
    rows: pl.DataFrame,
    column: str,
    *,
    may_be_blank: bool,
    of: str = "",
    given: pl.Series | None = None,
) -> list[str]:
    """The texts of a code column that need a line in some year of the rows: mostly none.

    `given`: the distinct texts, where they are known already.
    """
    known = {each.code: each for each in codes.code_list(of or column).codes}
    earliest, latest = _ends(rows["year"])

    def fine(text: str) -> bool:
        found = known.get(text)
        if text == "" or found is None:
            return text == "" and may_be_blank
        return (
            earliest is None
            or latest is None
            or (found.first_year <= earliest and latest <= found.last_year)
        )

    texts = rows[f"{column}_given"].unique() if given is None else given
    return [text for text in texts if not fine(text)]


def _ends(years: pl.Series) -> tuple[int | None, int | None]:
    least, most = years.min(), years.max()
    return (least, most) if isinstance(least, int) and isinstance(most, int) else (None, None)
