"""Episodes to stays and periods of care.

A stay is one home: an episode and the ones that follow it without a gap and with the same carer
(reasons L, T and U). A period of care is one or more stays without a gap. Short breaks (legal
status V3 and V4) are set aside first, as they are not counted as looked after.
"""

import polars as pl

from onedoor.evidence.ssda903 import codes

STAYS = pl.Schema(
    {
        "child": pl.String(),
        "dob": pl.Date(),
        "period": pl.UInt32(),
        "start": pl.Date(),
        "end": pl.Date(),
        "kind": pl.String(),
        "PLACE": pl.String(),
        "PLACE_PROVIDER": pl.String(),
        "LS": pl.String(),
        "RNE": pl.String(),
        "REC": pl.String(),
        "REASON_PLACE_CHANGE": pl.String(),
        "vanished": pl.Boolean(),
        "year": pl.Int32(),
        "episodes": pl.UInt32(),
        "came_from": pl.String(),
        "moved_on": pl.Boolean(),
        "file": pl.String(),
        "line": pl.Int64(),
    }
)


def counted(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes that count as looked after."""
    return episodes.filter(~pl.col("LS").is_in(codes.not_counted()))


def stays(episodes: pl.DataFrame) -> pl.DataFrame:
    """One row for each stay, in order of child and start.

    Kind of home, PLACE, PLACE_PROVIDER, LS and RNE are those of the first episode; REC,
    REASON_PLACE_CHANGE, vanished, year, file and line those of the last. `end` is blank while the
    stay was going on at the 31 March of `year`. `came_from` is the kind of home the young person
    moved from without a gap, blank at the start of a period; `moved_on` says another stay follows.
    """
    before = pl.col("dec").shift(1).over("child")
    follows = (before == pl.col("decom")).fill_null(False)
    same_home = follows & pl.col("RNE").is_in(codes.same_carer())
    rows = counted(episodes).with_columns(
        (~same_home).cum_sum().alias("stay"), (~follows).cum_sum().alias("period")
    )
    first, last = ("kind", "PLACE", "PLACE_PROVIDER", "LS", "RNE"), ("REC", "REASON_PLACE_CHANGE")
    found = rows.group_by("stay", maintain_order=True).agg(
        pl.col("child", "dob", "period").first(),
        pl.col("decom").first().alias("start"),
        pl.col("dec").last().alias("end"),
        pl.col(*first).first(),
        pl.col(*last, "vanished", "year", "file", "line").last(),
        pl.len().alias("episodes"),
    )
    return found.with_columns(
        pl.col("kind").shift(1).over("period").alias("came_from"),
        pl.col("start").shift(-1).over("period").is_not_null().alias("moved_on"),
    ).select(pl.col(name).cast(kind) for name, kind in STAYS.items())


def periods(found: pl.DataFrame) -> pl.DataFrame:
    """One row for each period of care, from stays: child, dob, start, end, RNE, REC, vanished."""
    return found.group_by("period", maintain_order=True).agg(
        pl.col("child", "dob", "start", "RNE").first(),
        pl.col("end", "REC", "vanished", "year").last(),
    )
