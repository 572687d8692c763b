"""`onedoor size`: how many places, so that somebody who needs one tonight finds it."""

import argparse
import re
from pathlib import Path

from onedoor.evidence import sizing, ssda903
from onedoor.evidence.command import asking, ending
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import judged, observed
from onedoor.evidence.sizing.question import Records
from onedoor.evidence.ssda903 import hubs


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "size",
        help="say how many places a hub needs, from numbers or from returns",
        description="Say how often a hub of these places would turn somebody away, and how many "
        "places it would need. The demand is given as numbers (--planned, --crisis) or counted "
        "from SSDA903 returns (FOLDER).",
        epilog="Ends with 0 when it could be answered, 1 when some rows or files were not read, 2 "
        "when it could not.",
    )
    asked.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", help="count the demand from these returns"
    )
    asked.add_argument(
        "--places",
        type=_places,
        required=True,
        metavar="4+2",
        help="residential and emergency places",
    )
    _for_numbers(asked)
    _for_counting(asked)
    asked.add_argument("--seed", type=int, default=1, metavar="N", help="of the simulation (1)")
    asking.for_json(asked)
    asking.for_pictures(asked)
    asked.set_defaults(run=run)


def _for_numbers(asked: argparse.ArgumentParser) -> None:
    asked.add_argument(
        "--planned", type=_stays, metavar="9x120", help="planned stays a year, and their mean days"
    )
    asked.add_argument(
        "--crisis", type=_stays, metavar="36x10", help="stays in a crisis a year, and mean days"
    )
    asked.add_argument(
        "--batch", type=float, metavar="1.2", help="young people who come together, on average"
    )
    asked.add_argument(
        "--months",
        type=float,
        default=judged.number("months"),
        metavar="N",
        help="months of records that the numbers rest on (%(default)g)",
    )
    asked.add_argument(
        "--target",
        type=float,
        default=judged.number("refusal"),
        metavar="0.01",
        help="share that may be turned away (%(default)g)",
    )
    asked.add_argument(
        "--assurance",
        type=float,
        default=judged.number("assurance"),
        metavar="0.9",
        help="how sure to be of that (%(default)g)",
    )
    asked.add_argument(
        "--night-cost", type=float, metavar="£", help="pounds that one place costs for one night"
    )


def _for_counting(asked: argparse.ArgumentParser) -> None:
    asked.add_argument(
        "--planned-homes", type=_kinds, metavar="KINDS", help="kinds of home of planned stays"
    )
    asked.add_argument(
        "--crisis-homes", type=_kinds, metavar="KINDS", help="kinds of home of stays in a crisis"
    )
    asked.add_argument(
        "--crisis-days", type=int, metavar="N", help="or: any stay that ended within N days"
    )
    asked.add_argument(
        "--year", type=int, metavar="N", help="the March in which a single return ends"
    )
    asked.add_argument(
        "--hubs",
        type=Path,
        metavar="FILE",
        help="the council's dated lists of hubs and emergency beds (TOML or CSV)",
    )
    asking.for_ages(asked)


def run(asked: argparse.Namespace) -> int:
    reading = _reading(asked)
    question = _from_numbers(asked) if reading is None else _from_returns(asked, reading)
    found = sizing.size(question, seed=asked.seed)
    asking.draw(asked.pictures, {"places": found.picture()})
    asking.answer(asked, found.as_dict(), lambda width: sizing.written(found, width))
    return ending.FINE if reading is None else ending.after(reading)


def _reading(asked: argparse.Namespace) -> ssda903.Reading | None:
    """The returns, None where numbers were given."""
    numbers = asked.planned is not None or asked.crisis is not None
    if numbers == (asked.folder is not None):
        raise Refused(
            "Give either a folder of returns or the numbers (--planned 9x120 --crisis 36x10), one "
            "of the two."
        )
    return None if numbers else ssda903.read(asked.folder, year=asked.year)


def _from_numbers(asked: argparse.Namespace) -> sizing.Question:
    planned, crisis = asked.planned or (0.0, 0.0), asked.crisis or (0.0, 0.0)
    batch = 1.0 if asked.batch is None else asked.batch
    coming = sizing.Coming(batch, batch, judged.number("spread"))
    return _asked(asked, sizing.Demand(*planned, *crisis), coming, None, "Numbers given.")


def _from_returns(asked: argparse.Namespace, reading: ssda903.Reading) -> sizing.Question:
    seen = observed.seen(
        reading,
        planned=asked.planned_homes,
        crisis=asked.crisis_homes,
        crisis_days=asked.crisis_days,
        ages=asked.ages,
        lists=None if asked.hubs is None else hubs.read(asked.hubs),
    )
    coming = seen.coming
    if asked.batch is not None:
        coming = sizing.Coming(asked.batch, asked.batch, seen.coming.spread)
    return _asked(asked, seen.demand, coming, seen.records, seen.source)


def _asked(
    asked: argparse.Namespace,
    demand: sizing.Demand,
    coming: sizing.Coming,
    records: Records | None,
    source: str,
) -> sizing.Question:
    residential, emergency = asked.places
    return sizing.Question(
        residential,
        emergency,
        demand,
        coming,
        refusal=asked.target,
        assurance=asked.assurance,
        months=asked.months,
        records=records,
        night_cost=asked.night_cost,
        source=source,
    )


def _places(words: str) -> tuple[int, int]:
    """4+2, or 6 alone."""
    match = re.fullmatch(r"(\d{1,5})(?:\+(\d{1,5}))?", words)
    if match is None:
        raise argparse.ArgumentTypeError(f"write places as 4+2, not {words!r}")
    return int(match[1]), int(match[2] or 0)


def _stays(words: str) -> tuple[float, float]:
    """9x120: nine a year, of 120 days."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)", words)
    if match is None:
        raise argparse.ArgumentTypeError(f"write stays and their days as 9x120, not {words!r}")
    return float(match[1]), float(match[2])


def _kinds(words: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in words.split(",") if each.strip())
