"""The pictures of a forecast: SVG for a page and for paper."""

from datetime import date

import polars as pl

from onedoor.evidence import pictures
from onedoor.evidence.table import Table

MONTHS_APART = 12  # of what is drawn, where the forecast is longer than two years
QUARTER = 3


def in_all(table: Table, last: date, now: float) -> str:
    """How many in all, as a fan from what was counted on `last`."""
    longest = int(table.rows["month"].max())  # type: ignore[arg-type]
    apart = MONTHS_APART if longest > 2 * MONTHS_APART else QUARTER if longest > QUARTER else 1
    rows = table.rows.filter((pl.col("month") % apart == 0) | (pl.col("month") == longest))
    # It opens from what was counted, which is not in doubt.
    points = [(f"{last:%b %Y}", now)]
    points += [(f"{row['on']:%b %Y}", row["q50"]) for row in rows.iter_rows(named=True)]
    bands = [(now, now, now, now), *rows.select("q05", "q25", "q75", "q95").iter_rows()]
    return pictures.fan(table.title, table.described, points, bands, unit="young people")


def by_home(table: Table, last: date, now: dict[str, int]) -> str:
    """Each kind of home now, and the mean at the end of the forecast."""
    rows = table.rows.filter(pl.col("month") == pl.col("month").max())
    end = rows["on"][0]
    groups = [
        (row["words"], [now[row["state"]], round(row["mean"])])
        for row in rows.iter_rows(named=True)
        if now[row["state"]] or row["mean"] >= 1
    ]
    series = [f"Counted, {last:%b %Y}", f"Mean, {end:%b %Y}"]
    return pictures.grouped_bars(table.title, table.described, groups, series)
