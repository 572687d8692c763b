"""Who starts and stops being looked after, and how often young people move."""

from datetime import date, timedelta

import polars as pl

from onedoor.evidence import intervals
from onedoor.evidence.baseline.stock import Ages, in_band
from onedoor.evidence.ssda903 import Reading, dates, spells
from onedoor.evidence.table import Column, Table

DAYS_IN_A_YEAR = 365.25

STARTS_AND_ENDS = {
    "year": pl.Int64,
    "starts": pl.Int64,
    "starts_recorded": pl.Int64,
    "ends": pl.Int64,
    "ends_without_reason": pl.Int64,
}
MOVES = {
    "year": pl.Int64,
    "moves": pl.Int64,
    "days": pl.Int64,
    "young_people": pl.Int64,
    "moves_a_year": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def last_night() -> pl.Expr:
    """The last day in the stay: somebody who leaves on their 18th birthday was 17 in it."""
    return pl.max_horizontal(pl.col("end") - pl.duration(days=1), "start")


def within(column: str, year: int) -> pl.Expr:
    return pl.col(column).is_between(dates.first_day(year), dates.last_day(year))


def starts_and_ends(reading: Reading, stays: pl.DataFrame, ages: Ages) -> Table:
    periods = spells.periods(stays)
    begun = periods.filter(in_band("dob", pl.col("start"), ages))
    ended = periods.filter(in_band("dob", last_night(), ages))
    no_reason = pl.col("vanished") | pl.col("REC").is_in(["", "X1"])
    rows = [
        {
            "year": year,
            "starts": begun.filter(within("start", year)).height,
            "starts_recorded": begun.filter(within("start", year), pl.col("RNE") == "S").height,
            "ends": ended.filter(within("end", year)).height,
            "ends_without_reason": ended.filter(within("end", year), no_reason).height,
        }
        for year in reading.years
    ]
    return Table(
        "starts_and_ends",
        "Starting and leaving care",
        (
            Column("year", "Year to 31 March"),
            Column("starts", "Starts", "periods of care"),
            Column("starts_recorded", "Starts whose reason says so (S)", "periods of care"),
            Column("ends", "Ends", "periods of care"),
            Column("ends_without_reason", "Ends without a reason", "periods of care"),
        ),
        pl.DataFrame(rows, schema=STARTS_AND_ENDS),
        "Periods of care: episodes without a gap. A start counts at the age that day, an end at "
        f"the age on the last night; ages {ages[0]} to {ages[1]}.",
        "Each return year supplied, 1 April to 31 March.",
        (
            "Young people helped to stay at home: the return begins where care begins.",
            "Ends after the last 31 March supplied, even where a return already dates them.",
            "Why a young person vanished from the next return.",
        ),
    )


def moves(reading: Reading, stays: pl.DataFrame, ages: Ages) -> Table:
    came_from = pl.col("came_from")
    moved = stays.filter(
        came_from.is_not_null(),
        came_from != "temporary",
        pl.col("kind") != "temporary",
        in_band("dob", pl.col("start"), ages),
    )
    rows = []
    for year in reading.years:
        days = days_in_care(stays, ages, dates.first_day(year), dates.last_day(year))
        total = int(days["days"].sum())
        here = moved.filter(within("start", year))
        a_year = _a_year(here, days) if total else None
        rows.append(
            {
                "year": year,
                "moves": here.height,
                "days": total,
                "young_people": days["child"].n_unique(),
                "moves_a_year": a_year and a_year.value,
                "low": a_year and a_year.low,
                "high": a_year and a_year.high,
            }
        )
    return Table(
        "moves",
        "Moves a year",
        (
            Column("year", "Year to 31 March"),
            Column("moves", "Moves", "moves"),
            Column("days", "Days in care", "days"),
            Column("young_people", "Young people", "young people"),
            Column("moves_a_year", "Moves for each young person's year in care", "moves a year"),
            Column("low", "As few as (95%)", "moves a year"),
            Column("high", "As many as (95%)", "moves a year"),
        ),
        pl.DataFrame(rows, schema=MOVES),
        f"Days in care while aged {ages[0]} to {ages[1]}; a year is 365.25 of them. A move is a "
        "stay in another home that begins on the day the last one ended. The 95% interval allows "
        "for one young person's moves coming in runs.",
        "Each return year supplied, 1 April to 31 March.",
        (
            "Moves to and from a temporary place (hospital, holiday, seven days or fewer).",
            "Whether a move was wanted: see why stays end.",
        ),
    )


def _a_year(moved: pl.DataFrame, days: pl.DataFrame) -> intervals.Interval:
    """Moves for each young person's year in care. Ten moves of one are not ten young people's."""
    each = days.group_by("child").agg(pl.col("days").sum())
    each = each.join(moved.group_by("child").len("moves"), on="child", how="left").sort("child")
    years = each["days"].to_numpy() / DAYS_IN_A_YEAR
    moves = each["moves"].fill_null(0).to_numpy()
    return intervals.rate(moved.height, years.sum(), runs=intervals.runs(moves, years))


def days_in_care(stays: pl.DataFrame, ages: Ages, first: date, last: date) -> pl.DataFrame:
    """Days (child, days) in care between two days, both counted, while of these ages."""
    after = last + timedelta(days=1)
    # A stay that is still open is followed to the 31 March of the return that shows it open.
    end = pl.coalesce("end", pl.date(pl.col("year"), 4, 1))
    since = pl.max_horizontal("start", pl.lit(first), dates.birthday("dob", ages[0]))
    until = pl.min_horizontal(end, pl.lit(after), dates.birthday("dob", ages[1] + 1))
    return stays.select("child", (until - since).dt.total_days().alias("days")).filter(
        pl.col("days") > 0
    )
