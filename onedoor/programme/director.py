"""One honest page for a director: seven questions, each with a figure that opens to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onedoor.evidence.baseline.director import FURTHER_DOWN
from onedoor.programme import results, tables
from onedoor.programme.models import PricedBaseline

Row = Mapping[str, Any]
Table = Mapping[str, Any]
NOT_KNOWN = "Not known"
LINE = "line"
# Limits of the costing itself that stand on this page; all of them are with the costing.
LIMITS = 3


@dataclass(frozen=True)
class Question:
    """`figure` answers `asked`, and `says` of what it is; `opens` are the rows it stands on."""

    name: str
    asked: str
    figure: str
    says: str
    opens: tables.Shown | None = None


def questions(priced: PricedBaseline, *, keeps: bool) -> list[Question]:
    """`keeps`: whether the reader keeps the returns, and so may be sent to a line of them."""
    said = priced.counted["tables"]

    def opened(table: Table) -> tables.Shown:
        return tables.one(table, priced.pictures.get(table["name"], ""))

    return [
        Question("nights_out", "How many nights are outside our authority?",
                 *_share(said["nights_out"], "outside"), opened(said["nights_out"])),
        _bringing_home(priced.going_on, said["nights_out"], keeps),
        Question("in_a_family", "How many nights are in a family?",
                 *_share(said["in_a_family"], "in_family"), opened(said["in_a_family"])),
        Question("came_and_left", "Who came into care, who left, and who came back?",
                 *_came_and_left(said["came_and_left"]), opened(said["came_and_left"])),
        Question("costs_now", "What does it cost now?",
                 *_costs(said["costs_now"]), opened(said["costs_now"])),
    ]  # fmt: skip


def unknown(priced: PricedBaseline, result: Row) -> list[str]:
    """What is not known, in sentences: of the past first, then of the years ahead."""
    said = priced.counted["tables"]
    found = []
    for name, where in (
        ("nights_out", "whether the home was inside or outside the authority"),
        ("in_a_family", "whether the home was a family"),
    ):
        last = said[name]["rows"][-1]
        if last["unknown"]:
            found.append(
                f"Of {last['unknown']:,} of the {last['nights']:,} nights in the year to 31 March "
                f"{last['year']}, {where}."
            )
    blank = [row["what"] for row in _without_price(said["costs_now"])]
    if blank:
        found.append(f"What these cost now: {'; '.join(blank)}.")
    found += said["nights_out"]["does_not_show"][:2]
    return [*found, *result["limits"][:LIMITS]]


@dataclass(frozen=True)
class Range:
    """What the costing says: its range, its sentence, its chance, and its years as rows."""

    between: str
    headline: str
    chance: str
    discount: str
    years: tables.Shown


def plan(result: Row) -> Range:
    """What a costing says, as `Costing.as_dict` of the engine gives it."""
    whole = results.headline(result)
    said = results.between(whole)
    saving = result["tables"]["saving"]
    mine = [row for row in saving["rows"] if row["perspective"] == result["perspective"]]
    return Range(
        between=f"{said[0].upper()}{said[1:]}",
        headline=results.in_a_sentence(result, whole),
        chance=results.chance(whole["p_positive"]),
        discount=f"{float(result['discount']['per_year']):.1%}",
        years=tables.Shown(
            saving["title"],
            ["Financial year", *results.MONEY, "Chance above £0"],
            [("", [[row["year"].capitalize(), *results.net(row)] for row in mine])],
            1,
            saving["denominator"],
            saving["period"],
            saving["does_not_show"],
        ),
    )


def _without_price(table: Table) -> list[Row]:
    """The rows that have no price, here or further down, where their home is paid as a whole."""
    return [row for row in table["rows"] if row["mode"] is None and row["why"] != FURTHER_DOWN]


Answer = tuple[str, str]


def _share(table: Table, key: str) -> Answer:
    """A share of the last year's nights: two bounds where some of them are unknown."""
    last = table["rows"][-1]
    year = f"{last['nights']:,} nights in care in the year to 31 March {last['year']}"
    if not last["nights"]:
        return NOT_KNOWN, f"There were no nights in the year to 31 March {last['year']}."
    if last[key] is None or last["unknown"] == last["nights"]:
        return NOT_KNOWN, f"Of none of the {year} can it be said."
    low, high = last["share_low"], last["share_high"]
    if not last["unknown"]:
        return f"{low:.0%}", f"{last[key]:,} of {year}."
    return (
        f"{low:.0%} to {high:.0%}",
        f"At least {last[key]:,} of {year}. Of {last['unknown']:,} more nobody can say, so the "
        "share lies between the two.",
    )


def _came_and_left(table: Table) -> Answer:
    every = [row for row in table["rows"] if row["code"] == "all"]
    year = max(row["year"] for row in every)
    came, left = (
        next(row["periods"] for row in every if (row["year"], row["how"]) == (year, how))
        for how in ("came", "left")
    )
    seen = [row for row in every if row["how"] == "left" and row["watched"]]
    if not seen:
        back = "Nobody left early enough to see whether they came back within 12 months."
    else:
        last = seen[-1]
        back = (
            f"Of {last['watched']:,} who left in the year to 31 March {last['year']} and could be "
            f"watched for 12 months, {last['back']:,} came back: {last['share_back']:.0%} (95 "
            f"times in 100 between {last['low']:.0%} and {last['high']:.0%})."
        )
    return (
        f"{came:,} came, {left:,} left",
        f"Periods of care that began and ended in the year to 31 March {year}. {back}",
    )


def _costs(table: Table) -> Answer:
    known = [row for row in table["rows"] if row["mode"] is not None]
    if not known:
        return NOT_KNOWN, "No kind of home has a price."
    low, mode, high = (round(sum(row[key] for row in known)) for key in ("low", "mode", "high"))
    without = len(_without_price(table))
    said = (
        f"To the council, for the homes and hubs of the last year, {table['period']} With every "
        f"price at its lowest it would be {results.pounds(low)}, at its highest "
        f"{results.pounds(high)}."
    )
    if without == 1:
        said += " One row of the table has no price and is not in it."
    elif without:
        said += f" {without} rows of the table have no price and are not in it."
    return results.pounds(mode), said


def _bringing_home(table: Table | None, nights_out: Table, keeps: bool) -> Question:
    asked = "Who could come home, and what does a week there cost?"
    if table is None:
        return Question(
            "bringing_home", asked, "Let go",
            "This list was about young people one by one, so it went when the returns were let go.",
        )  # fmt: skip
    rows = table["rows"]
    priced = [row["mode"] for row in rows if row["mode"] is not None]
    opens = tables.one(table, "", leave_out=() if keeps else (LINE,))
    if not rows:
        told = nights_out["rows"][-1]["outside"] is not None
        none = "Nobody" if told else NOT_KNOWN
        return Question("bringing_home", asked, none, table["denominator"], opens)
    stays = "1 stay outside" if len(rows) == 1 else f"{len(rows):,} stays outside"
    week = f"{results.pounds(round(sum(priced)))} a week to the council" if priced else "No price"
    said = f"{stays} on {table['period'][0].lower()}{table['period'][1:]}"
    if priced and len(priced) < len(rows):
        said += f" Only {len(priced)} of them have a price."
    return Question("bringing_home", asked, week, said, opens)
