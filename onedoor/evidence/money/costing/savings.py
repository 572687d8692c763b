"""The tables of what is saved: by year, by payer and class, and by both.

Pounds are rounded to what the number of replications supports. In each row the means add up:
direct saving and growth avoided are the net.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.money.costing import digits
from onedoor.evidence.money.costing.split import BUCKETS, Split
from onedoor.evidence.money.plan import PERSPECTIVES, Plan
from onedoor.evidence.table import Column, Table

Pence = NDArray[np.int64]
Reals = NDArray[np.float64]

PARTS = {"direct": "Direct saving", "growth_avoided": "Growth avoided", "net": "Net saving"}
SPREAD = (
    *(Column(f"{part}_mean", f"{words}, mean", "£") for part, words in PARTS.items()),
    *(
        Column(f"{part}_{cut}", f"{words}, {at} in 100 are below", "£")
        for part, words in PARTS.items()
        for cut, at in (("q05", 5), ("q50", 50), ("q95", 95))
    ),
    Column("p_positive", "Chance that the net saving is above 0"),
    Column("mcse", "Monte-Carlo error of the net mean", "£"),
)
MEANS_ADD_UP = (
    "Middle values that add up: direct saving and growth avoided make the net in each replication "
    "and in the means, but the middle ones are of different replications."
)
PAYER_AND_CLASS = (Column("payer", "Payer"), Column("class", "Class"))
CLASS_WORDS = {
    "cashable": "Cash",
    "avoided": "Time and places released, not cash",
    "wider": "Worth something to somebody, on no budget",
}


def by_year(split: Split, plan: Plan) -> Table:
    """A row for each perspective and year, for all years together, and for their present value."""
    factors = np.array([float(each) for each in plan.discount.factors(plan.years)])
    rows = []
    for seen in PERSPECTIVES:
        parts = [np.asarray(split.counted(each, seen) / 100) for each in _parts(split)]
        for number, year in enumerate(plan.year_names):
            rows.append(
                {"perspective": seen, "year": year} | _spread([p[:, number] for p in parts])
            )
        whole = {"perspective": seen, "year": "all years"}
        rows.append(whole | _spread([part.sum(axis=1) for part in parts]))
        present = {"perspective": seen, "year": "all years, discounted"}
        rows.append(present | _spread([part @ factors for part in parts]))
    columns = (Column("perspective", "Whose money"), Column("year", "Financial year"), *SPREAD)
    return Table(
        "saving",
        "What would be saved, and against what",
        columns,
        pl.DataFrame(rows),
        f"Pounds of {plan.price_base}, without inflation. Below 0 is a cost.",
        f"{plan.first_year} to {plan.year_names[-1]}; discounted at "
        f"{float(plan.discount.per_year):.1%} a year, the first year not.",
        (
            MEANS_ADD_UP,
            "Awards: they are in a table of their own.",
            "To the council, anything but cash: no time of the police, no remand avoided.",
        ),
    )


def payers(split: Split, plan: Plan) -> Table:
    """A row for each payer and class that has any money in it, all years together."""
    rows = [
        {"payer": payer, "class": kind} | _spread([part.sum(axis=1) for part in parts])
        for payer, kind, parts in _with_money(split)
    ]
    return _of_payers("payers", "For whom, all years together", rows, PAYER_AND_CLASS, plan)


def by_payer(split: Split, plan: Plan) -> Table:
    """A row for each year, payer and class that has any money in it."""
    rows = [
        {"year": year, "payer": payer, "class": kind} | _spread([part[:, number] for part in parts])
        for payer, kind, parts in _with_money(split)
        for number, year in enumerate(plan.year_names)
    ]
    named = (Column("year", "Financial year"), *PAYER_AND_CLASS)
    return _of_payers("by_payer", "The same by year, payer and class", rows, named, plan)


def _with_money(split: Split) -> Iterator[tuple[str, str, list[Reals]]]:
    """(payer, class, its (R, Y) direct saving, growth avoided and net in pounds)."""
    for at, (payer, kind) in enumerate(BUCKETS):
        parts = [np.asarray(each[:, :, at] / 100) for each in _parts(split)]
        if any(part.any() for part in parts):
            yield payer, kind, parts


def _of_payers(
    name: str, title: str, rows: list[dict[str, Any]], named: tuple[Column, ...], plan: Plan
) -> Table:
    schema = {column.key: pl.String for column in named} | {
        column.key: pl.Float64 for column in SPREAD
    }
    return Table(
        name,
        title,
        (*named, *SPREAD),
        pl.DataFrame(rows, schema=schema),
        f"Pounds of {plan.price_base}. "
        + "; ".join(f"{key}: {words.lower()}" for key, words in CLASS_WORDS.items())
        + ".",
        f"{plan.first_year} to {plan.year_names[-1]}, not discounted.",
        (MEANS_ADD_UP, "Classes added up across payers: one payer's saving may be another's cost."),
    )


def _parts(split: Split) -> tuple[Pence, Pence, Pence]:
    return split.direct, split.growth_avoided, split.net


def _spread(parts: list[Reals]) -> dict[str, float]:
    """Mean, quantiles and errors of (R,) direct, growth avoided and net, in rounded pounds."""
    errors = [digits.error_of_mean(part) for part in parts]
    cuts = [np.quantile(part, digits.QUANTILES) for part in parts]
    worst = max(digits.error_of_quantile(part, at) for part in parts for at in digits.QUANTILES)
    step = digits.step(max(*errors, worst))
    net = digits.rounded(float(parts[2].mean()), step)
    direct = digits.rounded(float(parts[0].mean()), step)
    found = {"direct_mean": direct, "growth_avoided_mean": net - direct, "net_mean": net}
    for part, three in zip(PARTS, cuts, strict=True):
        for cut, value in zip(("q05", "q50", "q95"), three, strict=True):
            found[f"{part}_{cut}"] = digits.rounded(float(value), step)
    chance = float((parts[2] > 0).mean())
    found["p_positive"] = digits.chance(chance, len(parts[2]))
    found["mcse"] = float(np.ceil(errors[2]))
    return found
