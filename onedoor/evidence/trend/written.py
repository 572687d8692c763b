"""A forecast from published figures as plain text for a terminal, its own record beside it."""

from collections.abc import Sequence

from onedoor.evidence.terminal import aligned, unknowable, whole, wrapped
from onedoor.evidence.trend import WORDS, Forecast


def written(found: Sequence[Forecast], width: int = 80) -> str:
    """Each measure of one council: the figures ahead, and how such forecasts did before."""
    first = found[0]
    title = f"What may come in {first.council}, from what is published to March {first.year}"
    parts = [*wrapped(title, width), ""]
    for each in found:
        said = WORDS[each.measure]
        head = said[0].upper() + said[1:]
        level = f"{each.level:.0%} lie between"
        rows = [[f"March {each.year} (published)", whole(each.now), ""]]
        rows += [
            [f"March {one.year}", whole(one.number), f"{whole(one.low)} and {whole(one.high)}"]
            for one in each.ahead
        ]
        drawn = [each.now, *(one.number for one in each.ahead)]
        parts += [
            head,
            "=" * len(head),
            *aligned(["On the 31st", "Number", level], rows, drawn),
            "",
        ]
        for one in each.ahead:
            for sentence in one.record.sentences:
                parts += wrapped(sentence, width)
        parts.append("")
    origin = first.provenance
    parts += [
        *unknowable(first.limits, width),
        "",
        *wrapped(f"Run {origin.run}, onedoor {origin.version}.", width),
    ]
    return "\n".join(parts) + "\n"
