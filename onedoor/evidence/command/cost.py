"""`onedoor cost`: what a plan would cost and save here."""

import argparse
from pathlib import Path

from onedoor.evidence import ssda903
from onedoor.evidence.command import asking, ending
from onedoor.evidence.money import council, plan
from onedoor.evidence.money.costing import written
from onedoor.evidence.ssda903 import hubs


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "cost",
        help="say what a plan would cost and save here, and how sure that is",
        description="Say what a plan for No Wrong Door would cost and save here, from the "
        "council's SSDA903 returns and its own prices. Nothing leaves this machine.",
        epilog="Ends with 0 when every row was read, 1 when some rows or files were not, "
        "2 when no costing could be made.",
    )
    asking.for_returns(asked)
    asked.add_argument(
        "--plan",
        type=Path,
        required=True,
        metavar="FILE.toml",
        help="the plan: hubs, prices, effects, awards, each with its source",
    )
    asking.for_places(asked)
    asking.for_ages(asked)
    asking.for_chance(asked)
    asking.for_json(asked)
    asking.for_pictures(asked)
    asked.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    said = plan.from_file(asked.plan)
    reading = ssda903.read(asked.folder, year=asked.year)
    made = council.of_returns(
        reading,
        said,
        ages=asked.ages,
        replications=asked.replications,
        seed=asked.seed,
        authority=asked.authority,
        lists=None if asked.hubs is None else hubs.read(asked.hubs),
        progress=asking.progress("Replications"),
    )
    asking.draw(asked.pictures, made.pictures)
    asking.answer(asked, made.as_dict(), lambda width: written.written(made, width))
    return ending.after(reading)
