"""The baseline as plain text for a terminal: aligned tables with small bars as their picture."""

import polars as pl

from onedoor.evidence.baseline import Baseline, Table
from onedoor.evidence.baseline.endings import GROUPS, HOW
from onedoor.evidence.ssda903 import summary
from onedoor.evidence.terminal import Shown, headed, whole


def written(council: Baseline, width: int = 80) -> str:
    """All of it, no wider than `width` but for a table of many years."""
    young, old = council.ages
    years = ", ".join(str(year) for year in council.years)
    parts = [f"The council as it is: young people aged {young} to {old}, returns to {years}", ""]
    for table in council.tables:
        parts += headed(table, _SHOWN[table.name](table), width)
    return "\n".join(parts + summary.written(council.reading, width)) + "\n"


def _looked_after(table: Table) -> Shown:
    days = table.rows["on"].unique().sort().to_list()
    header = ["Kind of home", *(f"{day:%b %Y}" for day in days)]
    rows, drawn = [], list[float | None]()
    for (words,), own in table.rows.group_by("words", maintain_order=True):
        numbers = own.sort("on")["young_people"].to_list()
        rows.append([str(words), *map(whole, numbers)])
        drawn.append(numbers[-1])
    totals = table.rows.group_by("on").agg(pl.col("young_people").sum()).sort("on")
    rows.append(["All", *map(whole, totals["young_people"])])
    return header, rows, [*drawn, None]


def _starts_and_ends(table: Table) -> Shown:
    header = ["Year to March", "Starts", "of them S", "Ends", "no reason"]
    rows = [[str(row[0]), *map(whole, row[1:])] for row in table.rows.iter_rows()]
    return header, rows, table.rows["ends"].to_list()


def _length_of_stay(table: Table) -> Shown:
    header = ["Kind of home (days)", "Ended", "1/4 <", "half <", "3/4 <", "going", "all, half"]
    columns = [
        *("words", "ended", "lower_quartile", "median", "upper_quartile"),
        *("still_going", "median_with_going"),
    ]
    rows = [[row[0], *map(whole, row[1:])] for row in table.rows.select(columns).iter_rows()]
    return header, rows, table.rows["median"].to_list()


def _why_stays_end(table: Table) -> Shown:
    years = table.rows["year"].unique().sort().to_list()
    rows, drawn = [], list[float | None]()
    for how, said in HOW.items():
        for group in GROUPS:
            own = table.rows.filter(how=how, group=group)
            numbers = [float(own.filter(year=year)["stays"].sum()) for year in years]
            rows.append([f"{said}: {group}", *map(whole, numbers)])
            drawn.append(numbers[-1] if numbers else None)
    return ["How, in our grouping", *map(str, years)], rows, drawn


def _moves(table: Table) -> Shown:
    header = ["Year to March", "Moves", "Young people", "Days in care", "Moves a year (95%)"]
    rows = [
        [
            str(row["year"]),
            *map(whole, (row["moves"], row["young_people"], row["days"])),
            "-"
            if row["moves_a_year"] is None
            else f"{row['moves_a_year']:.2f} ({row['low']:.2f} to {row['high']:.2f})",
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, table.rows["moves_a_year"].to_list()


def _in_or_out(table: Table) -> Shown:
    rows = [[f"{row[0]:%b %Y}", *map(whole, row[1:])] for row in table.rows.iter_rows()]
    return ["On 31 March", "Inside", "Outside", "Unknown"], rows, table.rows["unknown"].to_list()


_SHOWN = {
    "looked_after": _looked_after,
    "starts_and_ends": _starts_and_ends,
    "length_of_stay": _length_of_stay,
    "why_stays_end": _why_stays_end,
    "moves": _moves,
    "in_or_out": _in_or_out,
}
