"""`onedoor baseline`: the council as it is."""

import argparse
from pathlib import Path

from onedoor.evidence import baseline, ssda903
from onedoor.evidence.baseline import written
from onedoor.evidence.command import asking, ending
from onedoor.evidence.ssda903 import hubs


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "baseline",
        help="show the council as it is, from its SSDA903 returns",
        description="Show the council as it is, from its SSDA903 returns (CSV or XML, one "
        "year or several). Nothing leaves this machine.",
        epilog="Ends with 0 when every row was read, 1 when some rows or files were not, "
        "2 when no baseline could be made.",
    )
    asking.for_returns(asked)
    asking.for_ages(asked)
    asking.for_json(asked)
    asking.for_pictures(asked)
    asking.for_places(asked)
    asked.add_argument(
        "--repairs", type=Path, metavar="FILE.csv", help="write every repair and bad row here"
    )
    asked.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    reading = ssda903.read(asked.folder, year=asked.year)
    if asked.repairs is not None:
        asking.write_lines(reading.lines, asked.repairs)
    lists = None if asked.hubs is None else hubs.read(asked.hubs)
    council = baseline.baseline(reading, ages=asked.ages, authority=asked.authority, lists=lists)
    asking.draw(asked.pictures, {each.name: council.picture(each.name) for each in council.tables})
    asking.answer(asked, council.as_dict(), lambda width: written.written(council, width))
    return ending.after(reading)
