"""Which picture shows which table of the baseline."""

from collections.abc import Callable

import polars as pl

from onedoor.evidence import pictures
from onedoor.evidence.baseline.endings import GROUPS
from onedoor.evidence.table import Table


def picture(table: Table) -> str:
    return _DRAWN[table.name](table)


def _looked_after(table: Table) -> str:
    days = table.rows["on"].unique().sort().to_list()
    groups = [
        (str(words), rows.sort("on")["young_people"].to_list())
        for (words,), rows in table.rows.group_by("words", maintain_order=True)
    ]
    series = [f"31 March {day.year}" for day in days]
    if len(series) == 1:
        return pictures.bars(
            f"{table.title} {days[0].year}",
            table.described,
            [(words, numbers[0]) for words, numbers in groups],
        )
    return pictures.grouped_bars(table.title, table.described, groups, series)


def _starts_and_ends(table: Table) -> str:
    groups = [
        (f"Year to 31 March {year}", [starts, ends])
        for year, starts, ends in table.rows.select("year", "starts", "ends").iter_rows()
    ]
    return pictures.grouped_bars(table.title, table.described, groups, ["Starts", "Ends"])


def _length_of_stay(table: Table) -> str:
    rows = table.rows.filter(pl.col("median").is_not_null())
    return pictures.bars(
        f"{table.title}: half of ended stays were shorter",
        table.described,
        [
            (f"{words} ({ended:,} ended, {going:,} going on)", median)
            for words, ended, going, median in rows.select(
                "words", "ended", "still_going", "median"
            ).iter_rows()
        ],
        unit="days",
    )


def _why_stays_end(table: Table) -> str:
    groups = []
    for how, said in (("moved", "moved to another home"), ("left", "left care")):
        for year in table.rows["year"].unique().sort():
            own = table.rows.filter(year=year, how=how)
            numbers = [float(own.filter(group=group)["stays"].sum()) for group in GROUPS]
            groups.append((f"{year}, {said}", numbers))
    series = [group.capitalize() for group in GROUPS]
    return pictures.stacked_bars(table.title, table.described, groups, series)


def _moves(table: Table) -> str:
    known = table.rows.filter(pl.col("moves_a_year").is_not_null())
    points = [(str(year), rate) for year, rate in known.select("year", "moves_a_year").iter_rows()]
    if len(points) < 2:
        return pictures.bars(table.title, table.described, points, unit="moves a year")
    unit = "moves for each young person's year in care, by year to March"
    band = list(known.select("low", "high").iter_rows())
    return pictures.line(table.title, table.described, points, band=band, unit=unit)


def _in_or_out(table: Table) -> str:
    # Not known is not nought: while nobody can say, only those unknown are drawn.
    if table.rows["inside"].is_null().all() and table.rows["outside"].is_null().all():
        days = [(f"31 March {on.year}", unknown) for on, _, _, unknown in table.rows.iter_rows()]
        return pictures.bars(table.title, table.described, days, unit="unknown")
    groups = [
        (f"31 March {on.year}", [inside or 0, outside or 0, unknown])
        for on, inside, outside, unknown in table.rows.iter_rows()
    ]
    return pictures.stacked_bars(
        table.title, table.described, groups, ["Inside", "Outside", "Unknown"]
    )


_DRAWN: dict[str, Callable[[Table], str]] = {
    "looked_after": _looked_after,
    "starts_and_ends": _starts_and_ends,
    "length_of_stay": _length_of_stay,
    "why_stays_end": _why_stays_end,
    "moves": _moves,
    "in_or_out": _in_or_out,
}
