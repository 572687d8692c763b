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
        "where": pl.String(),
        "miles": pl.Float64(),
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

    Kind of home, where, miles, PLACE, PLACE_PROVIDER, LS and RNE are those of the first episode;
    REC, REASON_PLACE_CHANGE, vanished, year, file and line those of the last. `where` (in, out or
    unknown) and `miles` from home are known where `places.placed` has been asked, and unknown
    otherwise. `end` is blank while the stay was going on at the 31 March of `year`. `came_from` is
    the kind of home the young person moved from without a gap, blank at the start of a period;
    `moved_on` says another stay follows.
    """
    rows = counted(episodes)
    if "where" not in rows.columns:
        rows = rows.with_columns(pl.lit("unknown").alias("where"), pl.lit(None).alias("miles"))
    rows = rows.with_columns(
        (~_same_home()).cum_sum().alias("stay"), (~_follows()).cum_sum().alias("period")
    )
    first = ("kind", "where", "miles", "PLACE", "PLACE_PROVIDER", "LS", "RNE")
    last = ("REC", "REASON_PLACE_CHANGE")
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


def nights_of_stay() -> pl.Expr:
    """How many nights the stay of each episode lasted, blank while it is going on."""
    stay = (~_same_home()).cum_sum()
    return (pl.col("dec").last() - pl.col("decom").first()).dt.total_days().over(stay)


def _follows() -> pl.Expr:
    before = pl.col("dec").shift(1).over("child")
    return (before == pl.col("decom")).fill_null(False)


def _same_home() -> pl.Expr:
    return _follows() & pl.col("RNE").is_in(codes.same_carer())


def periods(found: pl.DataFrame) -> pl.DataFrame:
    """One row for each period of care, from stays: child, dob, start, end, RNE, REC, vanished."""
    return found.group_by("period", maintain_order=True).agg(
        pl.col("child", "dob", "start", "RNE").first(),
        pl.col("end", "REC", "vanished", "year").last(),
    )
