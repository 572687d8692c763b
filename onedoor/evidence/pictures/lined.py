"""Pictures made of lines: one through its numbers, several against a scale, and a forecast with
its doubt."""

from collections.abc import Callable, Sequence

from onedoor.evidence.pictures import marks
from onedoor.evidence.pictures.marks import (
    AMBER,
    FAINT,
    INK,
    PALE,
    PLUM,
    RULE,
    SMALL,
    STROKES,
    WIDTH,
)

TALL, TOP = 220, 30
Place = Callable[[float, float], tuple[float, float]]


def line(
    title: str,
    desc: str,
    points: Sequence[tuple[str, float]],
    *,
    band: Sequence[tuple[float, float]] = (),
    unit: str = "",
) -> str:
    """A line through (label, number), with a shaded band of (low, high) for each point if given."""
    height, top, left = 180, 24, 30
    highest = max([number for _, number in points] + [high for _, high in band], default=0) or 1
    step = (WIDTH - 2 * left) / max(1, len(points) - 1)

    def at(index: int, number: float) -> tuple[float, float]:
        return left + index * step, top + height - height * number / highest

    parts = [f'<path d="M0 {top + height}H{WIDTH}" stroke="{RULE}" stroke-width="1"/>']
    if band:
        edge = [at(i, high) for i, (_, high) in enumerate(band)]
        edge += [at(i, low) for i, (low, _) in reversed(list(enumerate(band)))]
        parts.append(_area(edge, PALE))
    places = [at(index, number) for index, (_, number) in enumerate(points)]
    parts.append(marks.path(places))
    for (x, y), (label, number) in zip(places, points, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{AMBER}" stroke="{PLUM}"/>')
        parts.append(marks.text(x, y - 10, marks.number(number), anchor="middle"))
        parts.append(marks.text(x, top + height + 20, label, anchor="middle", size=SMALL))
    parts.append(marks.text(0, top + height + 42, unit, size=SMALL))
    return marks.whole(title, desc, top + height + 50, parts)


def curves(
    title: str,
    desc: str,
    lines: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    *,
    across: str = "",
    up: str = "",
    across_unit: str = "",
    up_unit: str = "",
    here: Sequence[tuple[str, float, float]] = (),
) -> str:
    """Several lines, each a label and its (x, y) points in order of x, on scales of round numbers.

    Each line has its own dashes and its label at its right end. `across` and `up` say what the
    scales count, `across_unit` and `up_unit` are £, £m or %. `here`: (label, x, y), points to ring.
    """
    points = [point for _, line in lines for point in line] + [(x, y) for _, x, y in here]
    if not points:
        return marks.whole(title, desc, TOP, [marks.text(0, 20, "Nothing to draw.")])
    across_marks = marks.steps(min(x for x, _ in points), max(x for x, _ in points))
    up_marks = marks.steps(min(0, min(y for _, y in points)), max(y for _, y in points))
    room = max((marks.wide(label, SMALL) for label, _ in lines), default=0) + 12
    parts, at = _scales(across_marks, up_marks, room, across_unit, up_unit)
    parts.append(marks.text(0, 14, up, size=SMALL))
    parts.append(marks.text(WIDTH, TOP + TALL + 38, across, anchor="end", size=SMALL))
    ends = []
    for index, (label, line) in enumerate(lines):
        dash, colour = STROKES[index % len(STROKES)]
        places = [at(x, y) for x, y in line]
        parts.append(marks.path(places, dash=dash, colour=colour))
        ends.append((*places[-1], label))
    for x, y, label in _parted(ends):
        parts.append(marks.text(x + 6, y + 4, label, size=SMALL, halo=True))
    for label, x, y in here:
        parts += _ringed(*at(x, y), label)
    return marks.whole(title, desc, TOP + TALL + 46, parts)


def fan(
    title: str,
    desc: str,
    points: Sequence[tuple[str, float]],
    bands: Sequence[tuple[float, float, float, float]],
    *,
    before: Sequence[tuple[str, float]] = (),
    unit: str = "",
) -> str:
    """A forecast: the middle through (label, number) and two bands of doubt around it.

    `bands`: for each point (low of 90%, low of 50%, high of 50%, high of 90%). `before`: what was
    counted until then, drawn with dots. The last numbers are written at the right end. `unit`: £,
    £m or % stand at the numbers; other words are written above the scale.
    """
    if not points:
        return marks.whole(title, desc, TOP, [marks.text(0, 20, "Nothing to draw.")])
    written = unit if unit.startswith("£") or unit == "%" else ""
    values = [value for _, value in [*before, *points]] + [each for band in bands for each in band]
    up_marks = marks.steps(min(0, *values), max(values))
    last = [*(bands[-1] if bands else ()), points[-1][1]]
    room = max(marks.wide(marks.said(each, written), SMALL) for each in last) + 62
    labels = [label for label, _ in [*before, *points]]
    parts, at = _scales([0, max(1, len(labels) - 1)], up_marks, room, "", written, labels=labels)
    first = len(before)
    if bands:
        for low, high, colour in ((0, 3, FAINT), (1, 2, "#d3b8cd")):
            edge = [at(first + i, band[high]) for i, band in enumerate(bands)]
            edge += [at(first + i, band[low]) for i, band in reversed(list(enumerate(bands)))]
            parts.append(_area(edge, colour, edge_line=low == 0))
    middle = [at(first + i, value) for i, (_, value) in enumerate(points)]
    parts.append(marks.path(middle))
    parts += _counted([at(i, value) for i, (_, value) in enumerate(before)])
    parts += _ends(points[-1][1], bands[-1] if bands else None, middle[-1][0], at, written)
    parts.append(marks.text(0, 14, unit if not written else "", size=SMALL))
    bottom: float = TOP + TALL + 36
    if bands:
        keyed, bottom = _fan_key(bottom, bool(before))
        parts += keyed
    return marks.whole(title, desc, bottom, parts)


def _scales(
    across: Sequence[float],
    up: Sequence[float],
    room: float,
    across_unit: str,
    up_unit: str,
    *,
    labels: Sequence[str] = (),
) -> tuple[list[str], Place]:
    """Both scales with their faint lines, and where a point of them lies in the picture.

    With `labels` the points across are numbered from 0 and named; as many names as there is room.
    """
    words = marks.scale_words(up, up_unit)
    left = max(marks.wide(each, SMALL) for each in words) + 12
    wide = WIDTH - left - room

    def at(x: float, y: float) -> tuple[float, float]:
        along = (x - across[0]) / (across[-1] - across[0])
        return left + wide * along, TOP + TALL - TALL * (y - up[0]) / (up[-1] - up[0])

    parts = []
    for value, said in zip(up, words, strict=True):
        y = at(across[0], value)[1]
        zero = value == 0
        parts.append(marks.rule(left, y, left + wide, y, colour=INK if zero else RULE))
        parts.append(marks.text(left - 6, y + 4, said, anchor="end", size=SMALL))
    named = (
        [(index, labels[index]) for index in _spread(labels, wide)]
        if labels
        else list(zip(across, marks.scale_words(across, across_unit), strict=True))
    )
    for value, said in named:
        x, y = at(value, up[0])
        parts.append(marks.rule(x, y, x, y + 5, colour=INK))
        parts.append(marks.text(x, y + 20, said, anchor="middle", size=SMALL))
    return parts, at


def _spread(labels: Sequence[str], wide: float) -> list[int]:
    """Which labels to write: evenly spread, the last and as many more as fit beside each other."""
    each = max(marks.wide(label, SMALL) for label in labels) + 14
    fit = max(1, int(wide / each))
    # Months go by years where they can.
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, len(labels)) if (len(labels) - 1) / s <= fit)
    return list(range(len(labels) - 1, -1, -step))


def _area(edge: Sequence[tuple[float, float]], colour: str, *, edge_line: bool = False) -> str:
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)
    drawn = f' stroke="{PLUM}" stroke-width="1" stroke-dasharray="3 3"' if edge_line else ""
    return f'<polygon points="{outline}" fill="{colour}"{drawn}/>'


def _counted(places: Sequence[tuple[float, float]]) -> list[str]:
    if not places:
        return []
    return [
        marks.path(places, colour=INK, thick=1.5),
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}"/>' for x, y in places),
    ]


def _ends(
    middle: float,
    band: tuple[float, float, float, float] | None,
    x: float,
    at: Place,
    unit: str,
) -> list[str]:
    """What the forecast says at its end: the middle, and the edges of the wider band."""
    said = [(middle, "middle")]
    if band is not None:
        said += [(band[3], "high"), (band[0], "low")]
    ends = [(x, at(0, value)[1], f"{marks.said(value, unit)} {word}") for value, word in said]
    return [
        marks.text(x + 6, y + 4, words, size=SMALL, bold=words.endswith("middle"), halo=True)
        for x, y, words in _parted(ends)
    ]


def _fan_key(y: float, before: bool) -> tuple[list[str], float]:
    parts, x = [], 0.0
    swatches = [("half of the replications", "#d3b8cd", False), ("90% of them", FAINT, True)]
    for words, colour, edge in swatches:
        box = [(x, y), (x + 24, y), (x + 24, y + 14), (x, y + 14)]
        parts += [_area(box, colour, edge_line=edge), marks.text(x + 30, y + 12, words, size=SMALL)]
        x += 44 + marks.wide(words, SMALL)
    if before:
        parts += _counted([(x, y + 7), (x + 12, y + 7), (x + 24, y + 7)])
        parts.append(marks.text(x + 30, y + 12, "counted", size=SMALL))
    return parts, y + 22


def _ringed(x: float, y: float, label: str) -> list[str]:
    anchor = "end" if x > WIDTH / 3 else "start"  # up and left of a rising line there is room
    aside = -12 if anchor == "end" else 12
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{AMBER}" stroke="{INK}" stroke-width="2"/>',
        marks.text(x + aside, y - 8, label, anchor=anchor, size=SMALL, bold=True, halo=True),
    ]


def _parted(ends: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Labels moved apart so that none lies on another: those at the same end, from the top down."""
    placed: list[tuple[float, float, str]] = []
    for x, y, words in sorted(ends, key=lambda each: each[1]):
        floor = max((other[1] + 16 for other in placed if abs(other[0] - x) < 90), default=y)
        placed.append((x, max(y, floor), words))
    return placed
