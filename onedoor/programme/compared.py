"""Two costings side by side: the same figures of both, and what differs in their plans."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onedoor.programme import results

Result = Mapping[str, Any]
Row = tuple[str, Sequence[str]]


@dataclass(frozen=True)
class Compared:
    """`rows` are (what, one figure for each costing); `changed` are lines of the plans."""

    rows: list[Row]
    changed: list[tuple[str, str]]
    cautions: list[str]


def compared(both: Sequence[Result]) -> Compared:
    return Compared(_rows(both), _changed(*(each["plan"] for each in both)), _cautions(*both))


def _rows(both: Sequence[Result]) -> list[Row]:
    whole = [results.headline(each) for each in both]
    money = {
        "Direct saving, mean": "direct_mean",
        "Growth avoided, mean": "growth_avoided_mean",
        "Net saving, mean": "net_mean",
        "Net saving, 5 in 100 are below": "net_q05",
        "Net saving, 95 in 100 are below": "net_q95",
    }
    rows: list[Row] = [
        ("Whose money", [each["perspective"].capitalize() for each in both]),
        *((said, [results.pounds(row[key]) for row in whole]) for said, key in money.items()),
        ("Chance that it saves anything", [results.chance(row["p_positive"]) for row in whole]),
        ("Chance of paying back in these years", [_paid_back(each) for each in both]),
    ]
    every = dict.fromkeys(year for each in both for year in each["years"])
    rows += [(f"Net saving in {year}, mean", [_in(each, year) for each in both]) for year in every]
    return rows


def _paid_back(result: Result) -> str:
    return results.chance(result["tables"]["payback"]["rows"][0]["within"])


def _in(result: Result, year: str) -> str:
    return next(
        (
            results.pounds(row["net_mean"])
            for row in result["tables"]["saving"]["rows"]
            if row["perspective"] == result["perspective"] and row["year"] == year
        ),
        results.NOT_KNOWN,
    )


def _changed(one: str, other: str) -> list[tuple[str, str]]:
    """The lines that only one of the plans has: ("one" or "other", the line)."""
    lines = difflib.ndiff(one.splitlines(), other.splitlines())
    sides = {"- ": "one", "+ ": "other"}
    return [(sides[line[:2]], line[2:]) for line in lines if line[:2] in sides and line[2:].strip()]


def _cautions(one: Result, other: Result) -> list[str]:
    """What keeps the two from being compared figure by figure."""
    found = []
    if one["perspective"] != other["perspective"]:
        found.append("They count different people’s money.")
    if one["price_base"] != other["price_base"]:
        found.append(
            f"One is in pounds of {one['price_base']}, the other of {other['price_base']}."
        )
    if one["years"] != other["years"]:
        found.append("They are of different years.")
    if one["inputs"]["episodes"] != other["inputs"]["episodes"]:
        found.append("They follow different returns.")
    if one["rates"] != other["rates"]:
        found.append("They have different prices.")
    return found
