"""Small pictures of numbers: SVG for a page and for paper, readable without seeing colour.

Only presentation attributes are used, so the pictures work inside a page that forbids inline
style. Every bar carries its number and every series its own pattern. Units are those of the
words given; sizes are those of a narrow telephone, and grow with the page.
"""

from collections.abc import Sequence
from html import escape

WIDTH = 480
PLUM, AMBER, INK, RULE = "#5b2350", "#f0a030", "#2b1a28", "#b9aab5"
SIZE = 15
LABEL, BAR, GAP = 22, 20, 12

# Told apart by their marks first and their colour second.
FILLS = (
    ("solid", PLUM),
    ("stripe", AMBER),
    ("dots", "#e6d5e2"),
    ("rows", "#fbe3bd"),
    ("plain", "#ffffff"),
    ("cross", "#c9a3c2"),
)


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
    parts, y = _key(series) if many else ([], 0)
    for label, numbers in groups:
        y += LABEL
        parts.append(_text(0, y - 6, label))
        for index, number in enumerate(numbers):
            wide = (WIDTH - 150) * number / most if most else 0
            said = f"{_number(number)} {series[0]}".strip() if not many else _number(number)
            parts.append(_bar(0, y, wide, index))
            parts.append(_text(wide + 8, y + BAR - 5, said))
            y += BAR + 3
        y += GAP
    return _whole(title, desc, y, parts)


def stacked_bars(
    title: str,
    desc: str,
    groups: Sequence[tuple[str, Sequence[float]]],
    series: Sequence[str],
) -> str:
    """For each (label, numbers) one bar cut into the series; a piece too thin keeps its number
    in the label."""
    most = max((sum(numbers) for _, numbers in groups), default=0)
    parts, y = _key(series)
    for label, numbers in groups:
        y += LABEL
        pieces = ", ".join(
            f"{name} {_number(number)}" for name, number in zip(series, numbers, strict=True)
        )
        parts.append(_text(0, y - 6, f"{label}: {_number(sum(numbers))}"))
        x = 1.0
        for index, number in enumerate(numbers):
            wide = (WIDTH - 2) * number / most if most else 0
            if wide:
                parts.append(_bar(x, y, wide, index))
            x += wide
        y += BAR + LABEL - 4
        parts.append(_text(0, y - 2, pieces, size=12))
        y += GAP
    return _whole(title, desc, y, parts)


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
        outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)
        parts.append(f'<polygon points="{outline}" fill="#e6d5e2"/>')
    places = [at(index, number) for index, (_, number) in enumerate(points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts.append(f'<polyline points="{path}" fill="none" stroke="{PLUM}" stroke-width="3"/>')
    for (x, y), (label, number) in zip(places, points, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{AMBER}" stroke="{PLUM}"/>')
        parts.append(_text(x, y - 10, _number(number), anchor="middle"))
        parts.append(_text(x, top + height + 20, label, anchor="middle", size=13))
    parts.append(_text(0, top + height + 42, unit, size=13))
    return _whole(title, desc, top + height + 50, parts)


def _number(number: float) -> str:
    if float(number).is_integer():
        return f"{number:,.0f}"
    return f"{number:,.1f}" if number >= 10 else f"{number:,.2f}"


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = SIZE) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-family="sans-serif" '
        f'fill="{INK}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def _bar(x: float, y: float, wide: float, index: int) -> str:
    """A rectangle with its marks over it.

    Marks are drawn and not made by a <pattern>, whose name would have to differ on every page.
    """
    name, colour = FILLS[index % len(FILLS)]
    shape = (
        f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{colour}" '
        f'stroke="{PLUM}" stroke-width="1"/>'
    )
    return shape + _marks(name, x, y, wide)


def _marks(name: str, x: float, y: float, wide: float) -> str:
    spots = range(6, int(wide), 10)
    if name == "stripe":
        d = "".join(f"M{x + at:.1f} {y}l-5 {BAR}" for at in spots)
    elif name == "dots":
        d = "".join(f"M{x + at:.1f} {y + 6}v.1M{x + at:.1f} {y + 14}v.1" for at in spots)
    elif name == "rows":
        d = f"M{x:.1f} {y + 7}h{wide:.1f}M{x:.1f} {y + 13}h{wide:.1f}"
    elif name == "cross":
        d = "".join(f"M{x + at:.1f} {y}v{BAR}" for at in spots) + f"M{x:.1f} {y + 10}h{wide:.1f}"
    else:
        return ""
    thick = 3 if name == "dots" else 1.2
    return (
        f'<path d="{d}" stroke="{PLUM}" stroke-width="{thick}" stroke-linecap="round"/>'
        if d
        else ""
    )


def _key(series: Sequence[str]) -> tuple[list[str], int]:
    parts: list[str] = []
    x, y = 0.0, 4
    for index, name in enumerate(series):
        wide = 40 + 8.2 * len(name)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + BAR + 8
        parts += [_bar(x, y, 24, index), _text(x + 30, y + BAR - 5, name)]
        x += wide
    return parts, y + BAR + GAP


def _whole(title: str, desc: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="100%" role="img"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
        f"{''.join(parts)}</svg>"
    )
