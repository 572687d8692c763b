"""Ages and years, in whole days, as the return counts them."""

from datetime import date

import polars as pl


def age(dob: str, on: pl.Expr) -> pl.Expr:
    """Whole years on a day. Somebody born on 29 February is a year older on 1 March."""
    born = pl.col(dob)
    return on.dt.year() - born.dt.year() - (_of_year(on) < _of_year(born)).cast(pl.Int32)


def _of_year(day: pl.Expr) -> pl.Expr:
    # Polars gives the month in eight bits, which a hundred times the month does not fit in.
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def birthday(dob: str, years: int) -> pl.Expr:
    """The day on which that age is reached; 1 March where 29 February does not exist."""
    born = pl.col(dob)
    first = pl.date(born.dt.year() + years, born.dt.month(), 1)
    return first + pl.duration(days=born.dt.day().cast(pl.Int64) - 1)


def first_day(year: int) -> date:
    return date(year - 1, 4, 1)


def last_day(year: int) -> date:
    return date(year, 3, 31)


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
