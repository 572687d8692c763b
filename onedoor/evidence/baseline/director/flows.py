"""Who came into care and who left, why, and how many of those who left came back within a year."""

import polars as pl

from onedoor.evidence import intervals
from onedoor.evidence.baseline import Baseline
from onedoor.evidence.baseline.flows import last_night, within
from onedoor.evidence.baseline.stock import in_band
from onedoor.evidence.ssda903 import codes, dates, spells
from onedoor.evidence.table import Column, Table

ADULT = 18
# Died, adopted (which brings a new number), or in the care of another council: nobody could see
# them come back.
NOT_WATCHED = ("", "X1", "E2", "E3", "E11", "E12")
NO_REASON = {
    ("came", ""): "No need recorded",
    ("left", ""): "No reason recorded",
    ("left", "X1"): "Recorded as going on, but nothing follows",
    ("left", "vanished"): "Not in the next return supplied",
}
SCHEMA = {
    "year": pl.Int64,
    "how": pl.String,
    "code": pl.String,
    "words": pl.String,
    "periods": pl.Int64,
    "of_all": pl.Int64,
    "watched": pl.Int64,
    "back": pl.Int64,
    "share_back": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def came_and_left(made: Baseline, stays: pl.DataFrame) -> Table:
    periods = _periods(made, stays)
    came = periods.filter(in_band("dob", pl.col("start"), made.ages))
    left = periods.filter(in_band("dob", last_night(), made.ages))
    rows = []
    for year in made.years:
        rows += _rows("came", year, came.filter(within("start", year)), "CIN")
        rows += _rows("left", year, left.filter(within("end", year)), "why")
    last = dates.in_words(dates.last_day(made.years[-1]))
    return Table(
        "came_and_left",
        "Coming into care, leaving, and coming back",
        (
            Column("year", "Year to 31 March"),
            Column("how", "Came or left"),
            Column("code", "Code"),
            Column("words", "Reason"),
            Column("periods", "Periods of care", "periods of care"),
            Column("of_all", "Of all that year", "periods of care"),
            Column("watched", "Left and could be watched for 12 months", "periods of care"),
            Column("back", "Of those, came back within 12 months", "periods of care"),
            Column("share_back", "Share who came back", "0 to 1"),
            Column("low", "As few as (95%)", "0 to 1"),
            Column("high", "As many as (95%)", "0 to 1"),
        ),
        pl.DataFrame(rows, schema=SCHEMA),
        f"Periods of care: episodes without a gap. They come at the age that day and leave at the "
        f"age on the last night, {made.ages[0]} to {made.ages[1]}; the reason for coming is the "
        f"category of need. Could be watched: left before turning 17, on a day and for a "
        f"reason that are known, with 12 months after it up to {last}; not those who died, were "
        f"adopted or went into the care of another council. Came back: another period of care of "
        f"the same young person began by the same day a year later.",
        "Each return year supplied, 1 April to 31 March.",
        (
            "Why in the young person's own words: codes are chosen by the council.",
            "Who came back under another number, or to another council.",
            "Young people helped at home: the return begins where care begins.",
            "Those who left at 17: within 12 months they could not come back as a child.",
        ),
    )


def _periods(made: Baseline, stays: pl.DataFrame) -> pl.DataFrame:
    """One row for each period of care: with its first need, why it ended, whether it could be
    watched for a year after that, and whether the young person came back in it."""
    need = (
        spells.counted(made.reading.episodes)
        .select("child", pl.col("decom").alias("start"), "CIN")
        .unique(["child", "start"], keep="first", maintain_order=True)
    )
    found = (
        spells.periods(stays)
        .join(need, on=["child", "start"], how="left", maintain_order="left")
        .sort("child", "start")
        .with_columns(pl.col("start").shift(-1).over("child").alias("next_start"))
    )
    year_on = pl.col("end").dt.offset_by("1y")
    last = dates.last_day(made.years[-1])
    known = ~pl.col("vanished") & ~pl.col("REC").is_in(NOT_WATCHED)
    young = pl.col("end") < dates.birthday("dob", ADULT - 1)
    return found.with_columns(
        pl.when("vanished").then(pl.lit("vanished")).otherwise("REC").alias("why"),
        (known & young & (year_on <= last)).fill_null(False).alias("watched"),
        (pl.col("next_start") <= year_on).fill_null(False).alias("came_back"),
    )


def _rows(how: str, year: int, own: pl.DataFrame, column: str) -> list[dict[str, object]]:
    """A row for each reason in the order of its list, and one for all together."""
    listed = {
        code.code: code.words for code in codes.code_list("CIN" if how == "came" else "REC").codes
    }
    order = [*listed, *(code for way, code in NO_REASON if way == how)]
    there = set(own[column])
    groups = [code for code in dict.fromkeys(order) if code in there]
    groups += sorted(there - set(order))
    found = []
    for code in groups:
        words = NO_REASON.get((how, code)) or listed.get(code) or "A code that is on no list"
        found.append(_row(how, year, code, words, own.filter(pl.col(column) == code), own.height))
    return [*found, _row(how, year, "all", "All", own, own.height)]


def _row(
    how: str, year: int, code: str, words: str, own: pl.DataFrame, of_all: int
) -> dict[str, object]:
    watched = own.filter("watched") if how == "left" else own.clear()
    back = watched.filter("came_back").height
    sure = intervals.share(back, watched.height) if watched.height else None
    return {
        "year": year,
        "how": how,
        "code": code,
        "words": words,
        "periods": own.height,
        "of_all": of_all,
        "watched": watched.height if how == "left" else None,
        "back": back if how == "left" else None,
        "share_back": sure and sure.value,
        "low": sure and sure.low,
        "high": sure and sure.high,
    }
