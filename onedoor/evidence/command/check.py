"""`onedoor check`: the rules of the return that touch what is counted."""

import argparse
import sys
from pathlib import Path
from typing import Any

from onedoor.evidence import checks, places, ssda903
from onedoor.evidence.command import asking, ending
from onedoor.evidence.terminal import aligned, whole, wrapped


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "check",
        help="ask the rules of the return that touch what is counted",
        description="Ask the rules of the SSDA903 return that can change who is counted, where "
        "they live, for how long, and why a stay ends. Give last year's return beside this "
        "year's, so that what was carried over can be asked too.",
        epilog="Ends with 0 when no rule is broken by an error, 1 when one is or when some rows "
        "or files were not read, 2 when nothing could be read, 3 when a rule itself failed.",
    )
    asking.for_returns(asked)
    asking.for_authority(asked)
    asking.for_json(asked)
    asked.add_argument("--lines", type=Path, metavar="FILE.csv", help="write every line found here")
    asked.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    reading = ssda903.read(asked.folder, year=asked.year)
    if asked.authority is not None:
        reading = places.placed(reading, asked.authority).reading
    try:
        checked = checks.check(reading)
    except checks.BrokenRule as broken:
        print(f"onedoor: {broken}", file=sys.stderr)
        return ending.BROKEN
    if asked.lines is not None:
        asking.write_lines(checked.lines, asked.lines)
    asking.answer(asked, as_dict(checked), lambda width: written(checked, width))
    return ending.SOME_NOT_READ if checked.errors else ending.after(reading)


def as_dict(checked: checks.Checked) -> dict[str, Any]:
    """Plain values for JSON: what was asked of which return, and every line found."""
    return {
        "asked": {str(year): list(keys) for year, keys in checked.asked.items()},
        "episodes": {str(year): number for year, number in checked.of.items()},
        "counts": checked.counts().to_dicts(),
        "lines": checked.lines.to_dicts(),
    }


def written(checked: checks.Checked, width: int) -> str:
    """For each return: how many rows break which rule, and the first of each with its mend."""
    parts: list[str] = []
    for year, keys in checked.asked.items():
        title = f"The return to 31 March {year}"
        counts = checked.counts().filter(year=year)
        parts += [title, "=" * len(title)]
        parts += wrapped(
            f"{len(keys)} rules were asked of {checked.of[year]:,} episodes; "
            f"{counts.height} of them were broken.",
            width,
        )
        if counts.is_empty():
            parts.append("")
            continue
        rows = [[row["rule"], row["severity"], whole(row["rows"])] for row in counts.to_dicts()]
        parts += ["", *aligned(["Rule", "", "Rows"], rows, counts["rows"].to_list()), ""]
        for row in counts.to_dicts():
            first = checked.lines.filter(year=year, rule=row["rule"]).row(0, named=True)
            numbers = ", ".join(f"rule {each}" for each in row["dfe"].split(", "))
            parts += wrapped(f"{row['rule']} (DfE {numbers}), first in", width)
            parts += wrapped(f"{first['file']} line {first['line']}: {first['what']}", width, "  ")
            parts += wrapped(f"To mend: {first['mend']}", width, "  ")
        parts.append("")
    return "\n".join(parts)
