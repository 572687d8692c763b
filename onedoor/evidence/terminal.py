"""Numbers in a terminal: aligned tables with small bars as their picture, and wrapped words."""

import textwrap
from collections.abc import Sequence
from typing import SupportsFloat

from onedoor.evidence.table import Table

BLOCKS = " ▏▎▍▌▋▊▉█"
BAR = 12

# How a table is shown: its head, its rows of words, and the number that each row draws.
Shown = tuple[list[str], list[list[str]], list[float | None]]


def bar(number: float | None, most: float) -> str:
    """Eighths of a block: the whole bar is `most`."""
    if not number or most <= 0:
        return ""
    eighths = max(1, round(number / most * BAR * 8))
    return "█" * (eighths // 8) + BLOCKS[eighths % 8].strip()


def whole(number: SupportsFloat | None) -> str:
    return "-" if number is None else f"{float(number):,.0f}"


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], drawn: Sequence[float | None]
) -> list[str]:
    if not rows:
        return ["None."]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    most = max((number or 0 for number in drawn), default=0)

    def spaced(cells: Sequence[str], picture: str = "") -> str:
        first, *others = (
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join([first, *others, picture]).rstrip()

    return [
        spaced(header),
        *(spaced(row, bar(number, most)) for row, number in zip(rows, drawn, strict=True)),
    ]


def shown(words: str) -> str:
    """Words from a file or a person without the characters that a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in words)


def wrapped(sentence: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(shown(sentence), width, initial_indent=indent, subsequent_indent=indent)


def headed(table: Table, shown: Shown, width: int) -> list[str]:
    """A table under its title, then what it counts, for when, and what it does not show."""
    lines = [table.title, "=" * len(table.title), *aligned(*shown), ""]
    lines += wrapped(table.denominator, width) + wrapped(table.period, width)
    for sentence in table.does_not_show:
        lines += wrapped(f"Does not show: {sentence}", width)
    return [*lines, ""]


def unknowable(limits: Sequence[str], width: int) -> list[str]:
    """The limits of a result under their title."""
    title = "What it cannot know"
    return [title, "=" * len(title), *(line for each in limits for line in wrapped(each, width))]
