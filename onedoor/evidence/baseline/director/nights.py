"""Nights of a year: how many outside the authority, and how many in a family."""

from collections.abc import Iterable
from datetime import timedelta

import polars as pl

from onedoor.evidence.baseline import Baseline
from onedoor.evidence.model import states
from onedoor.evidence.places import where
from onedoor.evidence.ssda903 import dates
from onedoor.evidence.table import Column, Table

YEAR = "Each return year supplied, 1 April to 31 March."
BOUNDS = {"share_low": pl.Float64, "share_high": pl.Float64}


def of_year(stays: pl.DataFrame, ages: tuple[int, int], year: int) -> pl.DataFrame:
    """The stays with a night in the year while of these ages, `first` and `until` of those nights
    (`until` not counted) and how many. A night belongs to the day it begins."""
    # A stay that is still open is followed to the 31 March of the return that shows it open.
    end = pl.coalesce("end", pl.date(pl.col("year"), 4, 1))
    day_after = dates.last_day(year) + timedelta(days=1)
    first = pl.max_horizontal(
        "start", pl.lit(dates.first_day(year)), dates.birthday("dob", ages[0])
    )
    until = pl.min_horizontal(end, pl.lit(day_after), dates.birthday("dob", ages[1] + 1))
    return (
        stays.with_columns(first.alias("first"), until.alias("until"))
        .with_columns((pl.col("until") - pl.col("first")).dt.total_days().alias("nights"))
        .filter(pl.col("nights") > 0)
        .with_columns(states.states("all_care").of("kind", "where").alias("state"))
    )


def out(made: Baseline, stays: pl.DataFrame) -> Table:
    rows = []
    for year in made.years:
        spent = of_year(stays, made.ages, year)
        whole = {key: _sum(spent.filter(where=key)) for key in (where.IN, where.OUT, where.UNKNOWN)}
        of_all, unknown = _sum(spent), whole[where.UNKNOWN]
        told = of_all > unknown  # while nobody can say of any, inside and outside are not nought
        rows.append(
            {
                "year": year,
                "nights": of_all,
                "outside": whole[where.OUT] if told else None,
                "inside": whole[where.IN] if told else None,
                "unknown": unknown,
                **_between(whole[where.OUT], unknown, of_all),
            }
        )
    counted = ("nights", "outside", "inside", "unknown")
    return Table(
        "nights_out",
        "Nights outside the authority",
        (
            Column("year", "Year to 31 March"),
            Column("nights", "Nights in care", "nights"),
            Column("outside", "Outside", "nights"),
            Column("inside", "Inside", "nights"),
            Column("unknown", "Unknown", "nights"),
            Column("share_low", "Share outside, if none unknown is", "0 to 1"),
            Column("share_high", "Share outside, if all unknown are", "0 to 1"),
        ),
        pl.DataFrame(rows, schema={"year": pl.Int64, **dict.fromkeys(counted, pl.Int64), **BOUNDS}),
        f"Nights in care of young people while aged {made.ages[0]} to {made.ages[1]}. A home is "
        f"inside or outside as it was on the day the stay began.",
        YEAR,
        (
            "Whether a home outside is far: many are just over the boundary.",
            "Whether a home outside is wrong: with family, or near a school, it may be right.",
            "Nights in homes whose place is not known: they are in neither, so the share lies "
            "between two bounds.",
        ),
    )


def in_a_family(made: Baseline, stays: pl.DataFrame) -> Table:
    families = [state.key for state in states.states("all_care").states if state.family]
    rows = []
    for year in made.years:
        spent = of_year(stays, made.ages, year)
        of_all = _sum(spent)
        family = _sum(spent.filter(pl.col("state").is_in(families)))
        unknown = _sum(spent.filter(pl.col("kind").is_in(["unknown", "temporary"])))
        rows.append(
            {
                "year": year,
                "nights": of_all,
                "in_family": family,
                "elsewhere": of_all - family - unknown,
                "unknown": unknown,
                **_between(family, unknown, of_all),
            }
        )
    counted = ("nights", "in_family", "elsewhere", "unknown")
    words = _listed(state.words for state in states.states("all_care").states if state.family)
    return Table(
        "in_a_family",
        "Nights in a family",
        (
            Column("year", "Year to 31 March"),
            Column("nights", "Nights in care", "nights"),
            Column("in_family", "In a family", "nights"),
            Column("elsewhere", "Elsewhere", "nights"),
            Column("unknown", "Unknown or temporary", "nights"),
            Column("share_low", "Share in a family, if none unknown is", "0 to 1"),
            Column("share_high", "Share in a family, if all unknown are", "0 to 1"),
        ),
        pl.DataFrame(rows, schema={"year": pl.Int64, **dict.fromkeys(counted, pl.Int64), **BOUNDS}),
        f"Nights in care of young people while aged {made.ages[0]} to {made.ages[1]}. A family: "
        f"{words}.",
        YEAR,
        (
            "Supported lodgings and hub families that are on no list of the council: the return "
            "puts them with supported accommodation and with foster families.",
            "Nights at home without being in care, where No Wrong Door would support many.",
            "Whether it felt like a family.",
        ),
    )


def _listed(words: Iterable[str]) -> str:
    return "; ".join(each[0].lower() + each[1:] for each in words)


def _between(some: int, unknown: int, of_all: int) -> dict[str, float | None]:
    """The share if none of the unknown are, and if all are; blank without a night."""
    if not of_all:
        return {"share_low": None, "share_high": None}
    return {"share_low": some / of_all, "share_high": (some + unknown) / of_all}


def _sum(spent: pl.DataFrame) -> int:
    return int(spent["nights"].sum())
