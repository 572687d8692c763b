"""Several returns together: later ones win, and a child who drops out left on an unknown day."""

import polars as pl

from onedoor.evidence.ssda903 import episodes, ledger


def joined(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """One row for each child and start date over all returns, in order, and the lines.

    `rows` are the mended episodes of every return, with `who` beside. An end that is still blank
    means the episode was open at the 31 March of its own return, `year`.
    """
    narrow = rows.select("who", "decom", "year").with_row_index("order")
    narrow = narrow.sort("who", "decom", "year", descending=[False, False, True])
    latest = rows[narrow.filter(~episodes.again(["who", "decom"]))["order"]]
    years = rows["year"].unique().sort().to_list()
    following = dict(zip(years, years[1:], strict=False))
    latest = latest.with_columns(
        pl.col("year")
        .replace_strict(following, default=None, return_dtype=pl.Int32)
        .alias("next_year"),
        pl.date(pl.col("year"), 3, 31).alias("last_day"),
    )
    latest = latest.with_columns(_in(rows, latest, "next_year").alias("in_next"))
    # Somebody with an episode that starts by then was still here: that start is the better end.
    still_here = episodes.next_start(["who"]) <= pl.col("last_day")
    absent = pl.col("next_year").is_not_null() & pl.col("in_next").is_null()
    gone = pl.col("dec").is_null() & absent & ~still_here.fill_null(False)
    latest = latest.with_columns(
        gone.alias("vanished"),
        pl.when(gone)
        .then(pl.max_horizontal("last_day", "decom"))
        .otherwise(pl.col("dec"))
        .alias("dec"),
    )
    lines = [
        ledger.note(latest.filter(pl.col("vanished")), "vanished", "DEC", None, ledger.day("dec"))
    ]
    whole, cut_lines = episodes.in_order(latest, ["who"])
    dropped = whole.filter(pl.col("dec").is_null() & pl.col("next_year").is_not_null())
    lines.append(ledger.note(dropped, "dropped", "DEC", None, ledger.day("last_day")))
    follows = episodes.next_start(["who"]) == pl.col("dec")
    to_nothing = whole.filter(
        (pl.col("REC") == "X1")
        & pl.col("dec").is_not_null()
        & ~pl.col("vanished")
        & ~follows.fill_null(False)
    )
    lines.append(
        ledger.note(to_nothing, "continues_to_nothing", "REC", pl.col("REC"), ledger.day("dec"))
    )
    return whole.select(list(episodes.SCHEMA)), lines + cut_lines


def _in(rows: pl.DataFrame, latest: pl.DataFrame, year: str) -> pl.Series:
    """Whether the child of each row of `latest` is in the return of its `year`; null if not."""
    present = rows.select("who", pl.col("year").alias(year), pl.lit(True).alias("there")).unique()
    asked = latest.select("who", year)
    return asked.join(present, on=["who", year], how="left", maintain_order="left")["there"]
