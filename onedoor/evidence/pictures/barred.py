"""Pictures made of bars: one for each thing, several beside each other, one cut into pieces, and
one to either side of a middle."""

from collections.abc import Sequence

from onedoor.evidence.pictures import marks
from onedoor.evidence.pictures.marks import BAR, GAP, LABEL, SMALL, WIDTH


def bars(title: str, desc: str, items: Sequence[tuple[str, float]], *, unit: str = "") -> str:
    """One bar for each (label, number), the longest across the picture."""
    return grouped_bars(title, desc, [(label, [number]) for label, number in items], [unit])


def grouped_bars(
    title: str,
    desc: str,
    groups: Sequence[tuple[str, Sequence[float]]],
    series: Sequence[str],
) -> str:
    """For each (label, numbers) a bar for each series. With one series its name is the unit."""
    most = max((number for _, numbers in groups for number in numbers), default=0)
    many = len(series) > 1
    parts, y = marks.key(series) if many else ([], 0)
    for label, numbers in groups:
        y += LABEL
        parts.append(marks.text(0, y - 6, label))
        for index, number in enumerate(numbers):
            wide = (WIDTH - 150) * number / most if most else 0
            words = marks.number(number) if many else marks.said(number, series[0])
            parts.append(marks.bar(0, y, wide, index))
            parts.append(marks.text(wide + 8, y + BAR - 5, words))
            y += BAR + 3
        y += GAP
    return marks.whole(title, desc, y, parts)


def stacked_bars(
    title: str,
    desc: str,
    groups: Sequence[tuple[str, Sequence[float]]],
    series: Sequence[str],
) -> str:
    """For each (label, numbers) one bar cut into the series; a piece too thin keeps its number
    in the label."""
    most = max((sum(numbers) for _, numbers in groups), default=0)
    parts, y = marks.key(series)
    for label, numbers in groups:
        y += LABEL
        pieces = ", ".join(
            f"{name} {marks.number(number)}" for name, number in zip(series, numbers, strict=True)
        )
        parts.append(marks.text(0, y - 6, f"{label}: {marks.number(sum(numbers))}"))
        x = 1.0
        for index, number in enumerate(numbers):
            wide = (WIDTH - 2) * number / most if most else 0
            if wide:
                parts.append(marks.bar(x, y, wide, index))
            x += wide
        y += BAR + LABEL - 4
        parts.append(marks.text(0, y - 2, pieces, size=12))
        y += GAP
    return marks.whole(title, desc, y, parts)


def tornado(
    title: str,
    desc: str,
    rows: Sequence[tuple[str, float, float]],
    centre: float,
    unit: str = "",
) -> str:
    """What the answer would be were one thing low or high, for each (label, low, high).

    `low` and `high` are answers, not inputs: `low` is the answer when that one thing is at its low
    end. Either may lie on either side of `centre`, the answer with everything in the middle. Rows
    are drawn in the order given: put the widest first. `unit`: £ or £m go before the number, %
    touches it, other words are written once at the middle line.
    """
    if not rows:
        return marks.whole(title, desc, 30, [marks.text(0, 20, "Nothing to draw.")])
    parts, top = marks.key(["when it is low", "when it is high"])
    written = unit if unit.startswith("£") or unit == "%" else ""
    said = {row: _said_at_ends(row[1], row[2], centre, written) for row in rows}
    lowest = min(centre, *(min(low, high) for _, low, high in rows))
    highest = max(centre, *(max(low, high) for _, low, high in rows))
    # Room at both edges for the numbers at the ends of the bars.
    left = max(marks.wide(words[0], SMALL) for words in said.values()) + 8
    right = max(marks.wide(words[1], SMALL) for words in said.values()) + 8
    across = (WIDTH - left - right) / ((highest - lowest) or 1)

    def at(value: float) -> float:
        return left + (value - lowest) * across if highest > lowest else WIDTH / 2

    middle = at(centre)
    words = f"in the middle: {marks.said(centre, unit)}"
    half = marks.wide(words, SMALL) / 2
    x = min(max(middle, half), WIDTH - half)
    parts.append(marks.text(x, top + 14, words, anchor="middle", size=SMALL, bold=True))
    y = begun = top + 24
    for row in rows:
        label, low, high = row
        y += LABEL
        parts.append(marks.text(0, y - 6, label, halo=True))
        # The longer first, so that a shorter one on the same side stays in sight.
        ends = sorted(enumerate((low, high)), key=lambda end: -abs(end[1] - centre))
        for index, end in ends:
            start, stop = sorted((middle, at(end)))
            parts.append(marks.bar(start, y, stop - start, index))
        below, above = said[row]
        start, stop = min(middle, at(low), at(high)), max(middle, at(low), at(high))
        parts.append(marks.text(start - 5, y + BAR - 6, below, anchor="end", size=SMALL))
        parts.append(marks.text(stop + 5, y + BAR - 6, above, size=SMALL))
        y += BAR + GAP
    line = marks.rule(middle, begun, middle, y - GAP + 4, colour=marks.INK, thick=2)
    return marks.whole(title, desc, y, [line, *parts])


def _said_at_ends(low: float, high: float, centre: float, unit: str) -> tuple[str, str]:
    """What is written at the left and at the right end of a bar."""
    left = [end for end in sorted((low, high)) if end < centre]
    right = [end for end in sorted((low, high)) if end >= centre]

    def words(ends: list[float]) -> str:
        return " to ".join(marks.said(each, unit) for each in ends)

    return words(left), words(right)
