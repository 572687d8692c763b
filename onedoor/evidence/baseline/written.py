"""The baseline as plain text for a terminal: aligned tables with small bars as their picture."""

from collections import Counter

import polars as pl

from onedoor.evidence.baseline import Baseline, Table, lines_by_rule
from onedoor.evidence.baseline.endings import GROUPS, HOW
from onedoor.evidence.terminal import aligned, whole, wrapped


def written(council: Baseline, width: int = 80) -> str:
    """All of it, no wider than `width` but for a table of many years."""
    young, old = council.ages
    years = ", ".join(str(year) for year in council.years)
    parts = [f"The council as it is: young people aged {young} to {old}, returns to {years}", ""]
    for table in council.tables:
        header, rows, drawn = _SHOWN[table.name](table)
        parts += [table.title, "=" * len(table.title), *aligned(header, rows, drawn), ""]
        parts += wrapped(table.denominator, width) + wrapped(table.period, width)
        for sentence in table.does_not_show:
            parts += wrapped(f"Does not show: {sentence}", width)
        parts.append("")
    return "\n".join(parts + _ledger(council, width)) + "\n"


Shown = tuple[list[str], list[list[str]], list[float | None]]


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
    header = ["Year to March", "Moves", "Young people", "Days in care", "Moves a year"]
    rows = [
        [
            str(row["year"]),
            *map(whole, (row["moves"], row["young_people"], row["days"])),
            "-" if row["moves_a_year"] is None else f"{row['moves_a_year']:.2f}",
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


def _ledger(council: Baseline, width: int) -> list[str]:
    parts = ["What was read", "============="]
    for account in council.reading.accounts:
        parts += wrapped(
            f"{account.table}: {account.rows_in:,} rows came in; {account.kept:,} kept "
            f"({account.superseded:,} of them again in a later return), {account.refused:,} "
            f"refused, {account.folded:,} folded into another row.",
            width,
        )
    for file in council.reading.refused_files:
        parts += wrapped(file.sentence, width)
    later = Counter(file.table for file in council.reading.files if file.outcome == "later")
    if later:
        listed = ", ".join(f"{table} ({number})" for table, number in later.items())
        parts += wrapped(f"Files that a later version reads: {listed}.", width)
    for notice in council.reading.notices:
        parts += wrapped(notice, width)
    found = lines_by_rule(council.reading)
    for kind in ("bad row", "bad value", "repair"):
        own = [each for each in found if each["kind"] == kind]
        if own:
            parts += ["", f"{kind.capitalize()}s: {sum(each['count'] for each in own):,}"]
        for each in own:
            where = f"{each['file']} line {each['line']}"
            parts += wrapped(f"{each['count']:,} like {where}: {each['what']}", width, "  ")
            parts += wrapped(f"To mend: {each['mend']}", width, "    ")
    return parts
