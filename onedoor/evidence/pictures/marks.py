"""What every picture is drawn from: words, bars, lines, scales, and the frame around them."""

import math
from collections.abc import Sequence
from html import escape

WIDTH = 480
PLUM, AMBER, INK, RULE = "#5b2350", "#f0a030", "#2b1a28", "#b9aab5"
PALE, FAINT = "#e6d5e2", "#f4ecf2"
SIZE, SMALL = 15, 13
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

# The same for lines: (dashes, colour).
STROKES = (
    ("", PLUM),
    ("9 4", "#a85f00"),
    ("2 4", PLUM),
    ("12 3 2 3", "#a85f00"),
    ("5 2", INK),
    ("1 6", INK),
)


def number(value: float) -> str:
    """A number in words fit for a label: thousands parted, and no digits that say nothing."""
    if float(value).is_integer():
        said = f"{abs(value):,.0f}"
    else:
        said = f"{abs(value):,.1f}" if abs(value) >= 10 else f"{abs(value):,.2f}"
    return f"−{said}" if value < 0 and said.strip("0.,") else said


def said(value: float, unit: str) -> str:
    """A number with its unit: £ goes before (£2.50m for the unit £m, £0 for none), % touches, words
    follow."""
    if unit.startswith("£"):
        if number(value).strip("0.") == "":
            return "£0"
        sign, bare = ("−", number(value)[1:]) if number(value)[0] == "−" else ("", number(value))
        return f"{sign}£{bare}{unit[1:]}"
    return f"{number(value)}{unit}" if unit == "%" else f"{number(value)} {unit}".strip()


def steps(lowest: float, highest: float, about: int = 5) -> list[float]:
    """Round numbers from at or below `lowest` to at or above `highest`, about so many."""
    wide = highest - lowest or abs(highest) or 1.0
    rough = wide / max(1, about - 1)
    ten = 10.0 ** math.floor(math.log10(rough))
    step = next(times * ten for times in (1, 2, 2.5, 5, 10) if times * ten >= rough * 0.999)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    digits = max(0, 2 - math.floor(math.log10(step)))
    return [round(at * step, digits) for at in range(first, max(last, first + 1) + 1)]


def scale_words(marks: Sequence[float], unit: str = "") -> list[str]:
    """What is written at the marks of a scale: as many decimals as the step between them needs."""
    step = marks[1] - marks[0]
    places = next((each for each in range(4) if abs(step * 10**each % 1) < 1e-9), 3)
    words = []
    for at in marks:
        bare = f"{abs(at):,.{places}f}"
        sign = "−" if at < 0 else ""
        if at == 0:
            words.append("£0" if unit.startswith("£") else f"0{unit if unit == '%' else ''}")
        elif unit.startswith("£"):
            words.append(f"{sign}£{bare}{unit[1:]}")
        else:
            words.append(f"{sign}{bare}{unit if unit == '%' else ''}")
    return words


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: int = SIZE,
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Words at a point. `halo` lays a white edge under them where lines pass behind."""
    weight = ' font-weight="bold"' if bold else ""
    edge = ' stroke="#ffffff" stroke-width="4" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-family="sans-serif" '
        f'fill="{INK}" text-anchor="{anchor}"{weight}{edge}>{escape(words)}</text>'
    )


def wide(words: str, size: int = SIZE) -> float:
    """At most about how wide words are, to keep them inside the picture: fonts differ."""
    return len(words) * size * 0.64


def rule(x: float, y: float, x2: float, y2: float, *, colour: str = RULE, thick: float = 1) -> str:
    """A straight line."""
    return (
        f'<path d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{thick}"/>'
    )


def path(
    places: Sequence[tuple[float, float]], *, colour: str = PLUM, dash: str = "", thick: float = 3
) -> str:
    """A line through points."""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{thick}"'
        f' stroke-linejoin="round"{dashes}/>'
    )


def bar(x: float, y: float, wide: float, index: int) -> str:
    """A rectangle with its marks over it.

    Marks are drawn and not made by a <pattern>, whose name would have to differ on every page.
    """
    name, colour = FILLS[index % len(FILLS)]
    shape = (
        f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{colour}" '
        f'stroke="{PLUM}" stroke-width="1"/>'
    )
    return shape + marks(name, x, y, wide)


def marks(name: str, x: float, y: float, wide: float) -> str:
    """What tells one fill from another without colour."""
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


def key(series: Sequence[str]) -> tuple[list[str], int]:
    """The names of the series, each beside its fill, and how far down they reach."""
    parts: list[str] = []
    x, y = 0.0, 4
    for index, name in enumerate(series):
        room = 50 + 8.2 * len(name)
        if x and x + room > WIDTH:
            x, y = 0.0, y + BAR + 8
        parts += [bar(x, y, 24, index), text(x + 30, y + BAR - 5, name)]
        x += room
    return parts, y + BAR + GAP


def whole(title: str, desc: str, height: float, parts: Sequence[str]) -> str:
    """The picture around its parts, with what a screen reader says of it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="100%" role="img"><title>{escape(title)}</title><desc>{escape(desc)}</desc>'
        f"{''.join(parts)}</svg>"
    )
