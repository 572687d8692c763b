"""A costing as plain text for a terminal."""

from collections.abc import Callable
from typing import Any

import polars as pl

from onedoor.evidence.money.costing.result import Costing
from onedoor.evidence.money.costing.savings import CLASS_WORDS
from onedoor.evidence.sizing.written import SHOWN as OF_HUBS
from onedoor.evidence.table import Table
from onedoor.evidence.terminal import Shown, headed, unknowable, wrapped


def written(made: Costing, width: int = 80) -> str:
    """All of it, no wider than `width` where words can be wrapped."""
    plan = made.plan
    title = f"{plan.title}: {plan.first_year} to {plan.year_names[-1]}, {plan.perspective}"
    parts = [*wrapped(title, width), "", *wrapped(f"A forecast. {made.population}", width), ""]
    parts += [*wrapped(_in_short(made), width), ""]
    for table in made.tables:
        if table.name in ("checklist", "curve"):  # a file of words, and a picture
            continue
        parts += headed(table, _SHOWN[table.name](made, table), width)
    parts += [*unknowable(made.limits, width), "", *wrapped(_origin(made), width)]
    return "\n".join(parts) + "\n"


def pounds(number: float | None) -> str:
    if number is None:
        return "-"
    sign = "-" if number < 0 else ""
    return f"{sign}£{abs(number):,.0f}"


def _in_short(made: Costing) -> str:
    row = next(
        each
        for each in made.table("saving").rows.iter_rows(named=True)
        if each["perspective"] == made.plan.perspective and each["year"] == "all years, discounted"
    )
    return (
        f"Net saving to the {made.plan.perspective}, all years, discounted: "
        f"{pounds(row['net_q50'])} in the middle, {pounds(row['net_q05'])} to "
        f"{pounds(row['net_q95'])} in 90 of 100; above 0 in {row['p_positive']:.0%}."
    )


def _saving(made: Costing, table: Table) -> Shown:
    header = ["", "direct", "+ growth", "= net", "net 5%", "half", "95%", "above 0"]
    rows, drawn = [], list[float | None]()
    seen = ""
    for row in table.rows.iter_rows(named=True):
        if row["perspective"] != seen:
            seen = row["perspective"]
            rows.append([seen.capitalize(), *[""] * 7])
            drawn.append(None)
        keys = ("direct_mean", "growth_avoided_mean", "net_mean", "net_q05", "net_q50", "net_q95")
        cells = [pounds(row[key]) for key in keys]
        rows.append([f"  {row['year']}", *cells, f"{row['p_positive']:.0%}"])
        drawn.append(None)
    return header, rows, drawn


def _by_payer(made: Costing, table: Table) -> Shown:
    header = ["Payer and class", "year", "direct", "+ growth", "= net", "net 5%", "95%"]
    rows = []
    for row in table.rows.iter_rows(named=True):
        keys = ("direct_mean", "growth_avoided_mean", "net_mean", "net_q05", "net_q95")
        words = f"{row['payer']}: {CLASS_WORDS[row['class']].lower()}"
        rows.append([words, row.get("year", "all"), *(pounds(row[key]) for key in keys)])
    return header, rows, [None] * len(rows)


def _payback(made: Costing, table: Table) -> Shown:
    row = table.rows.row(0, named=True)
    header = ["Months", "5%", "half", "95%", "in these years"]
    months = ["not" if row[key] is None else str(row[key]) for key in ("q05", "q50", "q95")]
    return header, [["until it has paid back", *months, f"{row['within']:.0%}"]], [None]


def _returned(made: Costing, table: Table) -> Shown:
    rows = [["", *(f"£{value:,.2f}" for value in row)] for row in table.rows.iter_rows()]
    return ["For each pound", "5%", "half", "95%"], rows, [None] * len(rows)


def _moved(made: Costing, table: Table) -> Shown:
    header = ["Input", "net, if low", "if high", "worth knowing"]
    keys = ("at_low", "at_high", "worth_knowing")
    rows, drawn = [], list[float | None]()
    unclear = table.rows.filter(~pl.col("clear")).height
    for row in table.rows.filter(pl.col("clear").fill_null(True)).iter_rows(named=True):
        whole = row["name"] == "everything"
        rows.append([row["words"], *(pounds(row[key]) for key in keys)])
        drawn.append(None if whole else abs(row["at_high"] - row["at_low"]))
    if unclear:
        rows.append([f"{unclear} others, none of them clearly", "-", "-", "-"])
        drawn.append(None)
    return header, rows, drawn


def _break_even(made: Costing, table: Table) -> Shown:
    header = ["Effect", "ratio assumed", "ratio needed", "share needed"]
    rows = [
        [
            row["effect"],
            f"{row['assumed']:.2f}",
            f"{row['needed']:.2f}",
            f"{row['share']:.0%}" + (" (beyond any drawn)" if row["beyond"] else ""),
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, [None] * len(rows)


def _assumed(made: Costing, table: Table) -> Shown:
    header = ["Effect", "ratio 5%", "half", "95%", "whole after"]
    rows = [
        [
            row["effect"],
            *(f"{row[key]:.2f}" for key in ("q05", "q50", "q95")),
            f"{row['months']} months",
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, [None] * len(rows)


def _published(made: Costing, table: Table) -> Shown:
    header = ["What was published", "said as", "change", "pounds", "grade"]
    rows = [
        [
            row["words"],
            row["said_as"],
            "-" if row["change"] is None else f"{row['change']:+.0%}",
            pounds(row["forecast_pounds"] or row["outturn_pounds"]),
            row["grade"],
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, [None] * len(rows)


def _beds(made: Costing, table: Table) -> Shown:
    header = ["Bed", "what", "5%", "95%", ""]
    rows = [
        [row["bed"], row["what"], f"{row['low']:g}", f"{row['high']:g}", row["unit"]]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, [None] * len(rows)


def _turned_away(made: Costing, table: Table) -> Shown:
    header = ["Year", "turned away", "5%", "half", "95%", "nobody"]
    keys = ("mean", "q05", "q50", "q95")
    rows = [
        [row["year"], *(f"{row[key]:g}" for key in keys), f"{row['nobody']:.0%}"]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, table.rows["mean"].to_list()


def _how_full(made: Costing, table: Table) -> Shown:
    header = ["Bed and year", "places", "full", "5%", "95%", "nights free", "all taken"]
    rows = [
        [
            f"{row['bed']}: {row['year']}",
            f"{row['places']:g}",
            *("-" if row[key] is None else f"{row[key]:.0%}" for key in ("mean", "q05", "q95")),
            f"{row['free']:,.0f}",
            "-" if row["all_taken"] is None else f"{row['all_taken']:.0%}",
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, table.rows["mean"].to_list()


def _sizing(made: Costing, table: Table) -> Shown:
    header = ["Hub, and what is asked", "load", "planned", "crisis", "full", "free", "£ a year"]
    rows, seen = list[list[str]](), ""
    for row in table.rows.iter_rows(named=True):
        if row["hub"] != seen:
            seen = row["hub"]
            rows.append([seen, *[""] * 6])
        shares = ("-" if row[key] is None else f"{row[key]:.1%}" for key in ("planned", "crisis"))
        rows.append(
            [
                *(f"  {row['asked']}", f"{row['load']:.2f}", *shares, f"{row['occupancy']:.0%}"),
                *(f"{row['free']:.1f}", pounds(row["free_cost"])),
            ]
        )
    return header, rows, [None] * len(rows)


def _of_a_hub(made: Costing, table: Table) -> Shown:
    return OF_HUBS[table.name](table)


def _lines(made: Costing, table: Table) -> Shown:
    header = ["What", "price", "payer", "cash", "without", "with the model"]
    rows = [
        [
            *(row["what"], row["item"], row["payer"], f"{row['cash']:.0%}"),
            *(pounds(row["without"]), pounds(row["with_model"])),
        ]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, [row["with_model"] for row in table.rows.iter_rows(named=True)]


def _today(made: Costing, table: Table) -> Shown:
    rows = [
        [payer, pounds(counted), pounds(outturn)]
        for payer, counted, outturn in table.rows.iter_rows()
    ]
    return ["Payer", "from its nights", "said"], rows, table.rows["counted"].to_list()


def _awards(made: Costing, table: Table) -> Shown:
    header = ["For what", "year", "from", "low", "high", "council", "to it", "to the team"]
    rows = []
    for row in table.rows.iter_rows(named=True):
        share = "" if row["to_council"] is None else f"{row['to_council']:.0%}"
        rows.append(
            [
                *(row["words"], row["year"], row["payer"] or ""),
                *(pounds(row["low"]), pounds(row["high"]), share),
                *(_between(row, part) for part in ("council", "central")),
            ]
        )
    return header, rows, [None] * len(rows)


def _between(row: dict[str, Any], part: str) -> str:
    low, high = row[f"{part}_low"], row[f"{part}_high"]
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"


def _beside(made: Costing, table: Table) -> Shown:
    header = ["Year", "net, mean", "awards, low", "high", "both, low", "both, high"]
    keys = ("net", "low", "high", "with_low", "with_high")
    rows = [
        [row["year"], *(pounds(row[key]) for key in keys)]
        for row in table.rows.iter_rows(named=True)
    ]
    return header, rows, [None] * len(rows)


def _shape(made: Costing, table: Table) -> Shown:
    header = ["Part", "each hub", "all", "price of one", "5%", "95%", "for a", "payer"]
    rows = []
    for row in table.rows.iter_rows(named=True):
        many = ("" if row[key] is None else f"{row[key]:g}" for key in ("each_hub", "all_hubs"))
        price = ["", "", ""] if row["mode"] is None else [
            pounds(row[key]) for key in ("mode", "low", "high")
        ]  # fmt: skip
        rows.append([row["what"], *many, *price, row["unit"] or "", row["payer"] or ""])
    return header, rows, [None] * len(rows)


_SHOWN: dict[str, Callable[[Costing, Table], Shown]] = {
    "saving": _saving,
    "payers": _by_payer,
    "by_payer": _by_payer,
    "payback": _payback,
    "returned": _returned,
    "what_moves_it": _moved,
    "break_even": _break_even,
    "assumed": _assumed,
    "published": _published,
    "shape": _shape,
    "beds": _beds,
    "turned_away": _turned_away,
    "how_full": _how_full,
    "sizing": _sizing,
    "needed": _of_a_hub,
    "other_hubs": _of_a_hub,
    "lines": _lines,
    "today": _today,
    "awards": _awards,
    "beside": _beside,
}


def _origin(made: Costing) -> str:
    origin = made.provenance
    return (
        f"{made.n:,} replications, seed {made.seed}; the mean net saving is out by about "
        f"{pounds(made.mcse)} because there are no more. Run {origin.run}, onedoor "
        f"{origin.version}."
    )
