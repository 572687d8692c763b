"""How long stays last, by kind of home, with those still going on counted too."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.baseline.flows import within
from onedoor.evidence.baseline.stock import Ages, in_band
from onedoor.evidence.ssda903 import Reading, dates, homes
from onedoor.evidence.table import Column, Table

SCHEMA = {
    "kind": pl.String,
    "words": pl.String,
    "ended": pl.Int64,
    "lower_quartile": pl.Float64,
    "median": pl.Float64,
    "upper_quartile": pl.Float64,
    "still_going": pl.Int64,
    "began": pl.Int64,
    "median_with_going": pl.Float64,
}


def length_of_stay(reading: Reading, stays: pl.DataFrame, ages: Ages) -> Table:
    ours = stays.filter(in_band("dob", pl.col("start"), ages)).with_columns(
        (pl.coalesce("end", pl.date(pl.col("year"), 4, 1)) - pl.col("start"))
        .dt.total_days()
        .alias("days")
    )
    last = dates.last_day(reading.years[-1])
    in_a_year = pl.any_horizontal(within("end", year) for year in reading.years).fill_null(False)
    ended = ours.filter(in_a_year)
    going = ours.filter(
        pl.col("start") <= last,
        (pl.col("end") > last) | (pl.col("end").is_null() & (pl.col("year") == last.year)),
    )
    # Only stays that began under watch: of older ones we see none that ended before.
    begun = ours.filter(pl.col("start").is_between(dates.first_day(reading.years[0]), last))
    rows = []
    for kind in homes.kinds():
        own = pl.col("kind") == kind.key
        days = ended.filter(own)["days"]
        began = begun.filter(own)
        still = going.filter(own).height
        if not (days.len() or began.height or still):
            continue
        rows.append(
            {
                "kind": kind.key,
                "words": kind.words,
                "ended": days.len(),
                "lower_quartile": days.quantile(0.25, "linear"),
                "median": days.median(),
                "upper_quartile": days.quantile(0.75, "linear"),
                "still_going": still,
                "began": began.height,
                "median_with_going": median_with_going(
                    began["days"].to_numpy(), began["end"].is_not_null().to_numpy()
                ),
            }
        )
    return Table(
        "length_of_stay",
        "How long stays last",
        (
            Column("kind", "Kind of home (key)"),
            Column("words", "Kind of home"),
            Column("ended", "Stays ended", "stays"),
            Column("lower_quartile", "A quarter were shorter than", "days"),
            Column("median", "Half were shorter than", "days"),
            Column("upper_quartile", "Three quarters were shorter than", "days"),
            Column("still_going", "Still going on", "stays"),
            Column("began", "Stays begun in these years", "stays"),
            Column("median_with_going", "Half of those begun lasted at least", "days"),
        ),
        pl.DataFrame(rows, schema=SCHEMA),
        f"Stays that began at ages {ages[0]} to {ages[1]}. Days from the first day to the last.",
        f"Stays that ended from {dates.in_words(dates.first_day(reading.years[0]))} to "
        f"{dates.in_words(last)}, in the years supplied; still going on at the latter.",
        (
            "How long the stays going on now will last: ended stays alone look too short. The last "
            "column counts those going on too (Kaplan and Meier), for stays that began in these "
            "years; it is blank when fewer than half have ended.",
            "Stays of young people who moved in before these ages.",
        ),
    )


def median_with_going(days: NDArray[np.int64], ended: NDArray[np.bool_]) -> float | None:
    """Days by which half have ended, by Kaplan and Meier; None when half have not.

    `days` is the length so far and `ended` whether it ended then.
    """
    at, events = np.unique(days[ended], return_counts=True)
    at_risk = days.size - np.searchsorted(np.sort(days), at, side="left")
    survival = np.cumprod(1 - events / at_risk)
    reached = np.flatnonzero(survival <= 0.5 + 1e-12)
    return float(at[reached[0]]) if reached.size else None
