"""Which picture shows which of a director's tables."""

from collections.abc import Callable, Mapping

import polars as pl

from onedoor.evidence import pictures
from onedoor.evidence.table import Table


def picture(table: Table) -> str:
    """SVG for a page or a printed paper; blank for a list, and where there is nothing to draw."""
    draw = _DRAWN.get(table.name)
    return draw(table) if draw is not None and table.rows.height else ""


def _cut(pieces: Mapping[str, str]) -> Callable[[Table], str]:
    def draw(table: Table) -> str:
        # Not known is not nought: a year of which nobody can say anything is drawn as unknown.
        rows = table.rows.with_columns(pl.col(*pieces).fill_null(0))
        groups = [
            (f"Year to 31 March {row['year']}", [float(row[key]) for key in pieces])
            for row in rows.iter_rows(named=True)
        ]
        return pictures.stacked_bars(table.title, table.described, groups, list(pieces.values()))

    return draw


def _came_and_left(table: Table) -> str:
    every = table.rows.filter(code="all")
    groups = [
        (
            f"Year to 31 March {year}",
            [float(every.filter(year=year, how=how)["periods"].sum()) for how in ("came", "left")],
        )
        for year in every["year"].unique().sort()
    ]
    return pictures.grouped_bars(table.title, table.described, groups, ["Came", "Left"])


def _costs_now(table: Table) -> str:
    known = table.rows.filter(pl.col("mode") > 0).sort("mode", descending=True)
    if not known.height:
        return ""
    items = [(what, round(pounds)) for what, pounds in known.select("what", "mode").iter_rows()]
    return pictures.bars(f"{table.title}, to the council", table.described, items, unit="£")


_DRAWN: dict[str, Callable[[Table], str]] = {
    "nights_out": _cut({"outside": "Outside", "inside": "Inside", "unknown": "Unknown"}),
    "in_a_family": _cut(
        {"in_family": "In a family", "elsewhere": "Elsewhere", "unknown": "Unknown or temporary"}
    ),
    "came_and_left": _came_and_left,
    "costs_now": _costs_now,
}
