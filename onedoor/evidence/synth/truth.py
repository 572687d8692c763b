"""What is true of a synthetic council, counted from how it was lived and not from any return."""

from datetime import date

import polars as pl

from onedoor.evidence.ssda903 import dates
from onedoor.evidence.synth.lived import Council

ALL_AGES = (0, 17)


def looked_after(council: Council, on: date, ages: tuple[int, int] = ALL_AGES) -> pl.DataFrame:
    """Who is looked after on a day, of these ages (whole years): child, home, out, age."""
    day = pl.lit(on)
    return (
        council.episodes.filter(
            pl.col("decom") <= on, pl.col("dec").is_null() | (pl.col("dec") > on)
        )
        .join(council.people.select("child", "born"), on="child", maintain_order="left")
        .select("child", "home", "out", dates.age("born", day).alias("age"))
        .filter(pl.col("age").is_between(*ages))
    )


def stock(council: Council, on: date, ages: tuple[int, int] = ALL_AGES) -> dict[str, int]:
    """How many are looked after on a day, by kind of home (keys of `ssda903.homes`)."""
    counted = looked_after(council, on, ages).group_by("home").len().sort("home")
    return dict(zip(counted["home"], counted["len"], strict=True))


def total(council: Council, on: date, ages: tuple[int, int] = ALL_AGES) -> int:
    """How many were looked after on a day, of these ages (whole years, both counted)."""
    return looked_after(council, on, ages).height


def starts(council: Council, year: int) -> int:
    """How many came into care in the year to the 31 March of `year`."""
    return _in_year(council.episodes.filter(rne="S"), "decom", year).height


def ends(council: Council, year: int) -> int:
    """How many left care in the year."""
    over = (pl.col("rec") != "X1") & pl.col("dec").is_not_null()
    return _in_year(council.episodes.filter(over), "dec", year).height


def moves(council: Council, year: int) -> int:
    """How many moved to another home without leaving care in the year."""
    return _in_year(council.episodes.filter(pl.col("rne").is_in(["P", "B"])), "decom", year).height


def happened(council: Council, what: str, first: date, last: date) -> int:
    """How often something (missing, arrest, crisis) happened between two days, both counted."""
    return council.happened.filter(
        pl.col("what") == what, pl.col("on").is_between(first, last)
    ).height


def _in_year(rows: pl.DataFrame, column: str, year: int) -> pl.DataFrame:
    return rows.filter(pl.col(column).is_between(dates.first_day(year), dates.last_day(year)))
