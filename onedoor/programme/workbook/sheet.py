"""A sheet that is written from the top down: text is never run, and a formula has its value."""

import math
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from onedoor.evidence.ssda903 import ledger

LONGEST = 32_000  # a cell holds 32,767 characters, and one more would lose them all
HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "top",
    "bottom": 2,
    "bg_color": "#f4ecf2",
    "indent": 1,
}
LOOKS = {
    "title": {"bold": True, "font_size": 16, "font_color": "#5b2350"},
    "heading": {"bold": True, "font_size": 13, "font_color": "#5b2350"},
    "head": HEAD,
    "head number": {**HEAD, "align": "right"},
    "words": {"text_wrap": True, "valign": "top", "indent": 1},
    "answer": {"valign": "top", "align": "right"},
    "plain": {"valign": "top"},
    "note": {"valign": "top", "italic": True, "font_color": "#5f4a59"},
    "£": {"num_format": "£#,##0;-£#,##0", "valign": "top"},
    "£p": {"num_format": "£#,##0.00;-£#,##0.00", "valign": "top"},
    "£ total": {"num_format": "£#,##0;-£#,##0", "bold": True, "top": 1},
    "words total": {"bold": True, "top": 1, "text_wrap": True},
    "number": {"num_format": "#,##0.####", "valign": "top"},
    "chance": {"num_format": "0.0%", "valign": "top"},
    "date": {"num_format": "d mmm yyyy", "valign": "top", "align": "left"},
}
WRAPPED = ("head", "head number", "words", "words total")
LINE = 15  # points
CHANCES = ("p_positive", "within", "nobody", "cash", "change", "share", "all_taken", "to_council")


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.of = {name: book.add_format(look) for name, look in LOOKS.items()}


class Sheet:
    """`row` is the next free row, from 0."""

    def __init__(self, page: Worksheet, look: Look, wide: Sequence[int]) -> None:
        self.page, self.look, self.row = page, look, 0
        self.name, self.wide = page.get_name(), wide
        self.tall: dict[int, int] = {}
        for at, width in enumerate(wide):
            page.set_column(at, at, width)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        page.set_footer("&L&A&RPage &P of &N")

    def title(self, words: str) -> None:
        self.text(0, words, "title")
        self.row += 2

    def heading(self, words: str) -> None:
        self.text(0, words, "heading")
        self.row += 1

    def note(self, words: str) -> None:
        self.text(0, words, "note")
        self.row += 1

    def heads(self, words: Sequence[str], numbers: Collection[int] = ()) -> None:
        """The heads of columns, to the right over those of `numbers`."""
        for at, each in enumerate(words):
            self.text(at, each, "head number" if at in numbers else "head")
        self.row += 1

    def cells(self, values: Sequence[Any], looks: Sequence[str] = ()) -> None:
        """A row of values, each as its type asks, or as `looks` says."""
        for at, value in enumerate(values):
            self.value(at, value, looks[at] if at < len(looks) else "")
        self.row += 1

    def text(self, column: int, words: str, look: str = "words") -> None:
        safe = ledger.safe_cell(words)
        if len(safe) > LONGEST:
            safe = safe[:LONGEST] + " … (the rest is in the JSON)"
        self.page.write_string(self.row, column, safe, self.look.of[look])
        if look in WRAPPED:
            self._room_for(safe, self.wide[min(column, len(self.wide) - 1)], look)

    def _room_for(self, words: str, wide: int, look: str) -> None:
        """Rows as tall as their words: not every program does that by itself."""
        across = wide / (1 if look == "words" else 1.15)
        lines = sum(max(1, math.ceil(len(each) / across)) for each in words.split("\n"))
        if lines > self.tall.get(self.row, 1):
            self.tall[self.row] = lines
            self.page.set_row(self.row, min(LINE * lines, 400))

    def value(self, column: int, value: Any, look: str = "") -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.text(column, "yes" if value else "no", "answer")
        elif isinstance(value, int | float):
            self.page.write_number(self.row, column, value, self.look.of[look or "number"])
        elif isinstance(value, date):
            self.page.write_datetime(self.row, column, value, self.look.of["date"])
        else:
            self.text(column, str(value), look or "words")

    def formula(self, column: int, formula: str, value: float, look: str = "£") -> None:
        """A live formula and what it gives now, for whoever opens the workbook without sums."""
        self.page.write_formula(self.row, column, formula, self.look.of[look], value)

    def names(self, column: int, name: str) -> None:
        """Give a cell of this row a name that formulas on any sheet may use."""
        cell = xl_rowcol_to_cell(self.row, column, row_abs=True, col_abs=True)
        self.look.book.define_name(name, f"='{self.name}'!{cell}")

    def at(self, column: int, row: int | None = None) -> str:
        return xl_rowcol_to_cell(self.row if row is None else row, column)

    def table(self, table: dict[str, Any]) -> None:
        """A table of a costing as it was counted, with what it does not show."""
        columns = table["columns"]
        self.heading(table["title"])
        self.note(f"{table['denominator']} {table['period']}")
        for sentence in table["does_not_show"]:
            self.note(f"Does not show: {sentence}")
        self.heads(
            [_head(column) for column in columns],
            [
                at
                for at, column in enumerate(columns)
                if any(isinstance(row[column["key"]], int | float) for row in table["rows"])
            ],
        )
        for row in table["rows"]:
            cells = [_cell(row[column["key"]], column) for column in columns]
            self.cells([value for value, _ in cells], [look for _, look in cells])
        if not table["rows"]:
            self.note("No row: nothing can be said of it here.")
        self.row += 1


def _head(column: dict[str, str]) -> str:
    unit = column["unit"]
    return (
        f"{column['words']} ({unit})" if unit and unit not in column["words"] else column["words"]
    )


def _cell(value: Any, column: dict[str, str]) -> tuple[Any, str]:
    if isinstance(value, str) and column["key"] == "on":
        return date.fromisoformat(value), "date"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if column["unit"] in ("£", "£ a year"):
            return value, "£"
        if column["unit"].startswith("£"):
            return value, "£p"
        if column["key"] in CHANCES or column["unit"] == "0 to 1":
            return value, "chance"
        return value, "number"
    return value, ""
