"""The CHEERS 2022 list, filled in from the costing as far as a costing can; the rest is listed."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from onedoor.evidence.money import asked
from onedoor.evidence.money.plan import PERSPECTIVES, Plan
from onedoor.evidence.table import Column, Table


@cache
def items() -> tuple[dict[str, Any], ...]:
    """The 28 items: number, words, and what of a costing fills it (blank: people must)."""
    text = resources.files(__package__).joinpath("cheers.toml").read_text("utf-8")
    return tuple(asked.parsed(text, "cheers.toml")["item"])


def checklist(plan: Plan, population: str, n: int, seed: int) -> Table:
    """A row for each item: what is said to it, blank where nobody has yet."""
    ours = _filled(plan, population, n, seed)
    rows = []
    for item in items():
        number = str(item["number"])
        said = [plan.said.get(number, ""), ours.get(item["filled"], "")]
        rows.append(
            {
                "number": item["number"],
                "item": item["words"],
                "said": " ".join(each for each in said if each),
            }
        )
    return Table(
        "checklist",
        "CHEERS 2022, item by item",
        (
            Column("number", "Number"),
            Column("item", "Item"),
            Column("said", "What this costing says"),
        ),
        pl.DataFrame(rows, schema={"number": pl.Int64, "item": pl.String, "said": pl.String}),
        "The 28 items of CHEERS 2022.",
        f"{plan.first_year} to {plan.year_names[-1]}.",
        ("Whether what is said is enough: a reader judges that.",),
    )


def unfilled(table: Table) -> tuple[str, ...]:
    """The items nobody has said anything to, for the first page."""
    blank = table.rows.filter(pl.col("said") == "")
    return tuple(f"{number} {item}" for number, item, _ in blank.iter_rows())


def _filled(plan: Plan, population: str, n: int, seed: int) -> Mapping[str, str]:
    payers, kinds = PERSPECTIVES[plan.perspective]
    hub = plan.hub
    assumed = ", ".join(plan.effects) or "none"
    return {
        "title": f"Economic evaluation: {plan.title}.",
        "plan": "The plan file is kept whole inside this costing.",
        "population": population,
        "comparators": (
            f"As things go on, against {hub.hubs} {'hub' if hub.hubs == 1 else 'hubs'} of No Wrong "
            f"Door from {hub.opens:%B %Y}."
        ),
        "perspective": (
            f"{plan.perspective.capitalize()}: {', '.join(payers)}; {', '.join(kinds)}. The tables "
            f"show the others too."
        ),
        "horizon": f"{plan.years} years from {plan.begins:%B %Y}, as the plan asks.",
        "discount": f"{float(plan.discount.per_year):.1%} a year, real: {plan.discount.source}.",
        "outcomes": "Nights by kind of home, and money. No outcome for a young person is valued.",
        "measured": "Nights from the council's statutory returns, carried on by simulation.",
        "valued": "Not done: nothing here puts a price on a life going better.",
        "costs": "Nights at dated prices, hubs by their team and house: tables lines and today.",
        "currency": (
            f"Pounds of {plan.price_base}, by the {plan.deflator.name} of "
            f"{plan.deflator.released:%B %Y}."
        ),
        "model": "Monthly semi-Markov microsimulation of young people; the code is open.",
        "assumptions": f"Effects assumed: {assumed}; each with its range and source.",
        "uncertainty": f"{n:,} replications, seed {seed}, of rates, prices, effects and luck.",
        "parameters": "Every price and effect with range and source is inside this costing.",
        "results": "Table saving.",
        "moved": "Table what_moves_it.",
        "limits": "The limits at the end of this costing.",
    }
