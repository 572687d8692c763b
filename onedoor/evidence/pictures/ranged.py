"""Pictures made of ranges, from low to high with a mark between, several beside each other."""

from collections.abc import Callable, Sequence

from onedoor.evidence.pictures import marks
from onedoor.evidence.pictures.marks import INK, LABEL, RULE, SMALL, STROKES, WIDTH

Range = tuple[float, float, float]
Across = Callable[[float], float]
BETWEEN, APART = 31, 12


def ranges(
    title: str,
    desc: str,
    groups: Sequence[tuple[str, Sequence[Range | None]]],
    series: Sequence[str],
    *,
    unit: str = "",
) -> str:
    """For each (label, ranges) a line from low to high for each series, marked at its middle.

    A range is (low, middle, high), or none where a series has nothing in a group; the middle is
    written above its mark. Each series has its own dashes and its own mark. `unit`: £, £m or % go
    with the numbers. Zero is always in the picture.
    """
    drawn_at = [
        (label, [(index, each) for index, each in enumerate(several) if each is not None])
        for label, several in groups
    ]
    values = [value for _, several in drawn_at for _, each in several for value in each]
    if not values:
        return marks.whole(title, desc, 30, [marks.text(0, 20, "Nothing to draw.")])
    across = marks.steps(min(0, *values), max(0, *values))
    words = marks.scale_words(across, unit)
    left, right = (marks.wide(each, SMALL) / 2 + 2 for each in (words[0], words[-1]))
    wide = WIDTH - left - right

    def at(value: float) -> float:
        return left + wide * (value - across[0]) / (across[-1] - across[0])

    parts, y = _key(series)
    top = y
    drawn: list[str] = []
    for label, several in drawn_at:
        y += LABEL
        drawn.append(marks.text(0, y - 4, label, bold=True, halo=True))
        for index, each in several:
            y += BETWEEN
            drawn += _range(at, y, each, index, unit)
        y += APART
    for value, said in zip(across, words, strict=True):
        x = at(value)
        colour, thick = (INK, 2) if value == 0 else (RULE, 1)
        parts.append(marks.rule(x, top, x, y + 4, colour=colour, thick=thick))
        parts.append(marks.text(x, y + 20, said, anchor="middle", size=SMALL))
    return marks.whole(title, desc, y + 28, [*parts, *drawn])


def _range(at: Across, y: float, each: Range, index: int, unit: str) -> list[str]:
    low, middle, high = each
    said = marks.said(middle, unit)
    half = marks.wide(said, SMALL) / 2
    x = min(max(at(middle), half), WIDTH - half)
    # A box behind the words, or the line at zero would stand between two figures of one number.
    behind = f'<rect x="{x - half:.1f}" y="{y - 20:.1f}" width="{2 * half:.1f}" height="13" '
    return [
        f'{behind}fill="#ffffff"/>',
        *_line(at(low), at(high), y, index),
        _mark(at(middle), y, index),
        marks.text(x, y - 9, said, anchor="middle", size=SMALL, halo=True),
    ]


def _line(start: float, stop: float, y: float, index: int) -> list[str]:
    dash, colour = STROKES[index % len(STROKES)]
    return [
        marks.path([(start, y), (stop, y)], colour=colour, dash=dash),
        *(marks.rule(x, y - 5, x, y + 5, colour=colour, thick=2) for x in (start, stop)),
    ]


def _mark(x: float, y: float, index: int) -> str:
    """Round for the first, then a square, then a square on its point."""
    _, colour = STROKES[index % len(STROKES)]
    if index % 3 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{colour}" stroke="#ffffff"/>'
    turned = f' transform="rotate(45 {x:.1f} {y:.1f})"' if index % 3 == 2 else ""
    return (
        f'<rect x="{x - 5.5:.1f}" y="{y - 5.5:.1f}" width="11" height="11" fill="{colour}" '
        f'stroke="#ffffff"{turned}/>'
    )


def _key(series: Sequence[str]) -> tuple[list[str], float]:
    """One line for each series: names of costings are long."""
    parts: list[str] = []
    y = 14.0
    for index, name in enumerate(series):
        parts += [*_line(1, 35, y, index), _mark(18, y, index)]
        parts.append(marks.text(44, y + 5, name))
        y += LABEL + 2
    return parts, y - 6
