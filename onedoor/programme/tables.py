"""The tables of a baseline, as a page prints them: words for numbers, years across where many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onedoor.govuk import words

Table = Mapping[str, Any]
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
    nothing: str = "Nothing to count in these years."

    @property
    def numbers(self) -> range:
        """The columns that hold numbers, counted from 1."""
        return range(self.of_words + 1, len(self.heads) + 1)


def every_table(counted: dict[str, Any], pictures: dict[str, str]) -> list[Shown]:
    return [one(table, pictures.get(name, "")) for name, table in counted["tables"].items()]


def accounts(counted: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What became of every row that came in, table by table."""
    return [
        (account["table"], [f"{account[key]:,}" for key in ROW_HEADS])
        for account in counted["accounts"]
    ]


def one(table: Table, picture: str, leave_out: Sequence[str] = ()) -> Shown:
    """A table as it is drawn, without the columns that are left out."""
    columns = [column for column in table["columns"] if column["key"] not in leave_out]
    table = {**table, "columns": columns}
    heads, groups, of_words, total = _DRAWN.get(table["name"], _as_it_is)(table)
    return Shown(
        table["title"], heads, groups, of_words, table["denominator"], table["period"],
        table["does_not_show"], picture, table["name"], total,
    )  # fmt: skip


Drawn = tuple[list[str], list[tuple[str, list[list[str]]]], int, list[str]]


def _as_it_is(table: Table) -> Drawn:
    """A column for each column, leaving out the keys that only programs need."""
    heads, rows = _columns(table["columns"], table["rows"])
    return heads, [("", rows)], 1, []


def _columns(
    columns: Iterable[Mapping[str, str]], rows: Iterable[Mapping[str, Any]]
) -> tuple[list[str], list[list[str]]]:
    shown = [each for each in columns if not each["words"].endswith("(key)")]
    heads = [f"{c['words']}, {c['unit']}" if _needs_unit(c) else c["words"] for c in shown]
    return heads, [[cell(row[c["key"]], c["unit"], c["key"]) for c in shown] for row in rows]


def _came_and_left(table: Table) -> Drawn:
    """The last year first, and in each those who came before those who left."""
    columns = [each for each in table["columns"] if each["key"] not in ("year", "how", "code")]
    parts: dict[str, list[list[str]]] = {}
    for row in sorted(table["rows"], key=lambda row: -row["year"]):
        part = parts.setdefault(f"Year to 31 March {row['year']}: {row['how']}", [])
        # Nobody comes back from coming, and nobody is a share of nobody.
        cells = [
            "–" if row[each["key"]] is None else cell(row[each["key"]], each["unit"], each["key"])
            for each in columns
        ]
        part.append(cells)
    heads, _ = _columns(columns, [])
    return heads, list(parts.items()), 1, []


def _by_stay(table: Table) -> Drawn:
    """The list of stays, its words after its numbers as they are in one line of a list."""
    first = ("kind", "how_sure", "price_year")
    columns = sorted(
        (each for each in table["columns"] if each["key"] != "place"),
        key=lambda each: each["key"] not in first,
    )
    heads, rows = _columns(columns, table["rows"])
    return heads, [("", rows)], len(first), []


def _by_kind(table: Table) -> Drawn:
    """What each costs, with the reason beside the name where there is no figure."""
    columns = sorted(table["columns"], key=lambda each: each["key"] not in ("what", "why"))
    heads, rows = _columns(columns, table["rows"])
    return (
        heads,
        [("", [[row[0], "" if row[1] == NOT_KNOWN else row[1], *row[2:]] for row in rows])],
        2,
        [],
    )


def _needs_unit(column: Mapping[str, str]) -> bool:
    return column["unit"] in ("days", "miles") and column["unit"] not in column["words"].lower()


def _looked_after(table: Table) -> Drawn:
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


def _why_stays_end(table: Table) -> Drawn:
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
    if unit == "£":
        return f"£{value:,.0f}"
    if isinstance(value, float):
        if unit == "days":
            return f"{value:,.0f}"
        return f"{value:.0%}" if unit == "0 to 1" else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _each_once(values: Iterable[Any]) -> Sequence[Any]:
    return list(dict.fromkeys(values))


_DRAWN: dict[str, Callable[[Table], Drawn]] = {
    "looked_after": _looked_after,
    "why_stays_end": _why_stays_end,
    "came_and_left": _came_and_left,
    "bringing_home": _by_stay,
    "costs_now": _by_kind,
}
