"""`onedoor forecast`: what may come, if things go on as they have."""

import argparse

from onedoor.evidence import forecast, ssda903, trend
from onedoor.evidence.command import asking, ending
from onedoor.evidence.forecast import written
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import hubs
from onedoor.evidence.trend import written as published


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "forecast",
        help="say how many young people there may be, where, month by month",
        description="Say how many young people there may be in each kind of home, month by month, "
        "from the council's SSDA903 returns, with how sure that is. Nothing leaves this machine.",
        epilog="Ends with 0 when every row was read, 1 when some rows or files were not, "
        "2 when no forecast could be made.",
    )
    asking.for_returns(asked)
    asking.for_ages(asked)
    asking.for_places(asked)
    asked.add_argument(
        "--months", type=int, default=60, metavar="N", help="how many months ahead (60)"
    )
    asked.add_argument(
        "--own-years",
        action="store_true",
        help="believe in good and bad years of arrivals only where these returns show them",
    )
    asked.add_argument(
        "--published",
        action="store_true",
        help="FOLDER holds tables that the Department for Education publishes, and no returns: "
        "forecast the council of --authority from them, one and three years ahead",
    )
    asking.for_chance(asked)
    asking.for_json(asked)
    asking.for_pictures(asked)
    asked.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    if asked.published:
        return _from_published(asked)
    reading = ssda903.read(asked.folder, year=asked.year)
    ahead = forecast.forecast(
        reading,
        ages=asked.ages,
        months=asked.months,
        replications=asked.replications,
        seed=asked.seed,
        own_years=asked.own_years,
        authority=asked.authority,
        lists=None if asked.hubs is None else hubs.read(asked.hubs),
        progress=asking.progress("Replications"),
    )
    asking.draw(asked.pictures, {name: ahead.picture(name) for name in ("in_all", "by_home")})
    asking.answer(asked, ahead.as_dict(), lambda width: written.written(ahead, width))
    return ending.after(reading)


def _from_published(asked: argparse.Namespace) -> int:
    if asked.authority is None:
        raise Refused("Say which council to forecast, for example --authority Norfolk.")
    tables = trend.read(asked.folder)
    found = [trend.forecast(tables, asked.authority, measure=each) for each in trend.MEASURES]
    said = {"measures": [each.as_dict() for each in found]}
    asking.answer(asked, said, lambda width: published.written(found, width))
    return ending.FINE
