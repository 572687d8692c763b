"""The tables of a baseline, as a page prints them: words for numbers, years across where many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onedoor.govuk import words

HOW = {"moved": "Moved to another home", "left": "Left care"}
NOT_KNOWN = "not known"
ROW_HEADS = {
    "rows_in": "Rows in",
    "kept": "Kept",
    "folded": "Folded into another row",
    "refused": "Refused",
    "superseded": "Of those kept, also in a later return",
}


@dataclass(frozen=True)
class Shown:
    """One table. The first `of_words` cells of a row are words; the others are numbers.

    `groups` are (heading, rows); a table that is not in parts has one without a heading.
    """

    title: str
    heads: list[str]
    groups: list[tuple[str, list[list[str]]]]
    of_words: int
    denominator: str
    period: str
    does_not_show: list[str]
    picture: str = ""
    name: str = ""
    total: list[str] = field(default_factory=list)


def every_table(counted: dict[str, Any], pictures: dict[str, str]) -> list[Shown]:
    return [_one(table, pictures.get(name, "")) for name, table in counted["tables"].items()]


def accounts(counted: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What became of every row that came in, table by table."""
    return [
        (account["table"], [f"{account[key]:,}" for key in ROW_HEADS])
        for account in counted["accounts"]
    ]


def _one(table: dict[str, Any], picture: str) -> Shown:
    drawn = {"looked_after": _looked_after, "why_stays_end": _why_stays_end}.get(
        table["name"], _as_it_is
    )
    heads, groups, of_words, total = drawn(table)
    return Shown(
        table["title"], heads, groups, of_words, table["denominator"], table["period"],
        table["does_not_show"], picture, table["name"], total,
    )  # fmt: skip


Drawn = tuple[list[str], list[tuple[str, list[list[str]]]], int, list[str]]


def _as_it_is(table: dict[str, Any]) -> Drawn:
    """A column for each column, leaving out the keys that only programs need."""
    columns = [c for c in table["columns"] if not c["words"].endswith("(key)")]
    heads = [f"{c['words']}, {c['unit']}" if _needs_unit(c) else c["words"] for c in columns]
    rows = [[cell(row[c["key"]], c["unit"], c["key"]) for c in columns] for row in table["rows"]]
    return heads, [("", rows)], 1, []


def _needs_unit(column: dict[str, str]) -> bool:
    return column["unit"] == "days" and "days" not in column["words"].lower()


def _looked_after(table: dict[str, Any]) -> Drawn:
    """Kinds of home down, days across, each as so many and its share of that day."""
    days = _each_once(row["on"] for row in table["rows"])
    of_all = {row["on"]: row["of_all"] for row in table["rows"]}
    found = {(row["words"], row["on"]): row for row in table["rows"]}
    rows = [
        [kind, *(_of(found.get((kind, day))) for day in days)]
        for kind in _each_once(row["words"] for row in table["rows"])
    ]
    total = ["All", *(f"{of_all[day]:,}" for day in days)]
    return ["Kind of home", *(cell(day, "", "on") for day in days)], [("", rows)], 1, total


def _of(row: dict[str, Any] | None) -> str:
    if row is None:
        return "0"
    if row["share"] is None:
        return f"{row['young_people']:,}"
    return f"{row['young_people']:,} ({row['share']:.0%})"


def _why_stays_end(table: dict[str, Any]) -> Drawn:
    """Reasons down, years across."""
    years = _each_once(row["year"] for row in table["rows"])
    groups: dict[str, dict[tuple[str, str], dict[int, int]]] = {how: {} for how in HOW}
    for row in table["rows"]:
        # The code is how the council will find it in its own return; "vanished" is our word.
        code = f" ({row['code']})" if row["code"] not in ("", "vanished") else ""
        reason = (row["words"] + code, row["group"])
        groups[row["how"]].setdefault(reason, {})[row["year"]] = row["stays"]
    shown = [
        (HOW[how], [_reason(words, stays, years) for words, stays in reasons.items()])
        for how, reasons in groups.items()
    ]
    every = [stays for reasons in groups.values() for stays in reasons.values()]
    total = ["All", ""] + [f"{sum(stays.get(year, 0) for stays in every):,}" for year in years]
    return ["Reason", "Our grouping", *(str(year) for year in years)], shown, 2, total


def _reason(said: tuple[str, str], stays: dict[int, int], years: Sequence[int]) -> list[str]:
    return [*said, *(f"{stays.get(year, 0):,}" for year in years)]


def cell(value: Any, unit: str, key: str) -> str:
    if value is None:
        return NOT_KNOWN
    if key == "on":
        return words.day(date.fromisoformat(value))
    if key == "year":
        return str(value)
    if isinstance(value, float):
        if unit == "days":
            return f"{value:,.0f}"
        return f"{value:.0%}" if unit == "0 to 1" else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _each_once(values: Iterable[Any]) -> Sequence[Any]:
    return list(dict.fromkeys(values))
