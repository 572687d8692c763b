"""Why stays end: a move to another home, or leaving care, planned or not."""

import polars as pl

from onedoor.evidence.baseline.flows import last_night, within
from onedoor.evidence.baseline.stock import Ages, in_band
from onedoor.evidence.ssda903 import Reading, codes
from onedoor.evidence.table import Column, Table

GROUPS = ("planned", "unplanned", "custody", "other", "unknown")
HOW = {"moved": "Moved to another home", "left": "Left care"}


def why_stays_end(reading: Reading, stays: pl.DataFrame, ages: Ages) -> Table:
    ended = stays.filter(in_band("dob", last_night(), ages))
    gone = pl.col("vanished") & ~pl.col("moved_on")
    ended = ended.with_columns(
        pl.when("moved_on").then(pl.lit("moved")).otherwise(pl.lit("left")).alias("how"),
        pl.when("moved_on")
        .then("REASON_PLACE_CHANGE")
        .when(gone)
        .then(pl.lit("vanished"))
        .otherwise("REC")
        .alias("code"),
    )
    reasons = _reasons()
    by_year = [
        ended.filter(within("end", year))
        .group_by("how", "code")
        .agg(pl.len().cast(pl.Int64).alias("stays"))
        .with_columns(pl.lit(year, dtype=pl.Int64).alias("year"))
        for year in reading.years
    ]
    rows = (
        pl.concat(by_year)
        .join(reasons, on=["how", "code"], how="left")
        .with_columns(
            pl.col("group").fill_null("unknown"),
            pl.col("words").fill_null("A code that is on no list: " + pl.col("code")),
            pl.col("order").fill_null(reasons.height),
        )
        .sort("year", pl.col("how") == "left", "order", "code")
        .select("year", "how", "group", "code", "words", "stays")
    )
    return Table(
        "why_stays_end",
        "Why stays end",
        (
            Column("year", "Year to 31 March"),
            Column("how", "How"),
            Column("group", "Our grouping"),
            Column("code", "Code"),
            Column("words", "Reason"),
            Column("stays", "Stays", "stays"),
        ),
        rows,
        f"Stays that ended while the young person was {ages[0]} to {ages[1]}, on the last night.",
        "Each return year supplied, 1 April to 31 March.",
        (
            "An agreed grouping: planned, unplanned and custody are ours, still to be agreed.",
            "The young person's own reason: codes are chosen by the council.",
        ),
    )


def _reasons() -> pl.DataFrame:
    rows = [
        ("moved", code.code, code.group, code.words)
        for code in codes.code_list("REASON_PLACE_CHANGE").codes
    ]
    rows += [("moved", "", "unknown", "No reason recorded")]
    rows += [
        ("left", code.code, code.group, code.words)
        for code in codes.code_list("REC").codes
        if code.code != "X1"
    ]
    rows += [
        ("left", "X1", "unknown", "Recorded as going on, but nothing follows"),
        ("left", "", "unknown", "No reason recorded"),
        ("left", "vanished", "unknown", "Not in the next return supplied"),
    ]
    columns = ["how", "code", "group", "words"]
    return pl.DataFrame(rows, schema=columns, orient="row").with_row_index("order")
