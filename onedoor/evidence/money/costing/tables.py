"""The tables of a costing beside those of what is saved: what it hangs on and is made of."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.money import years
from onedoor.evidence.money.costing import beds, digits, worth
from onedoor.evidence.money.costing.result import Spent
from onedoor.evidence.money.costing.today import Today
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.table import Column, Table

Reals = NDArray[np.float64]


def payback(months: Reals, plan: Plan) -> Table:
    """When what was put in has come back: a row of quantiles, blank where not in these years."""
    within = np.isfinite(months)
    cuts = np.quantile(months, digits.QUANTILES, method="higher")
    row = {
        **{
            cut: int(value) if np.isfinite(value) else None
            for cut, value in zip(("q05", "q50", "q95"), cuts, strict=True)
        },
        "within": digits.chance(float(within.mean()), len(months)),
    }
    columns = (
        Column("q05", "5 in 100 are before", "month"),
        Column("q50", "Half are before", "month"),
        Column("q95", "95 in 100 are before", "month"),
        Column("within", "Chance of paying back in these years, and staying so"),
    )
    schema = {"q05": pl.Int64, "q50": pl.Int64, "q95": pl.Int64, "within": pl.Float64}
    return Table(
        "payback",
        "When it pays back",
        columns,
        pl.DataFrame([row], schema=schema),
        f"Months from {years.said(plan.begins)}, for the {plan.perspective}. 0: it was never "
        f"behind. Blank: not in these years.",
        f"{plan.first_year} to {plan.year_names[-1]}, not discounted.",
        ("Awards: they do not count as paying back.",),
    )


def returned(found: Reals, plan: Plan) -> Table:
    """What comes back for a pound put in: a row of quantiles; no row where nothing is put in."""
    rows = []
    if not np.isnan(found).any():
        cuts = np.quantile(found, digits.QUANTILES)
        # Hundredths at the finest: pence in the pound.
        error = max(digits.error_of_quantile(found, at) for at in digits.QUANTILES)
        step = max(0.01, digits.step(100 * error) / 100)
        named = zip(("q05", "q50", "q95"), cuts, strict=True)
        rows.append({cut: digits.rounded(float(value), step) for cut, value in named})
    columns = (
        Column("q05", "5 in 100 are below", "£ for each £"),
        Column("q50", "Half are below", "£ for each £"),
        Column("q95", "95 in 100 are below", "£ for each £"),
    )
    return Table(
        "returned",
        "What comes back for a pound put in",
        columns,
        pl.DataFrame(rows, schema={column.key: pl.Float64 for column in columns}),
        f"Discounted, for the {plan.perspective}. Put in: hubs, and what is paid once or beside.",
        f"{plan.first_year} to {plan.year_names[-1]}.",
        ("What comes back after these years, or to anybody else.",),
    )


def moved(found: tuple[worth.Moved, ...], present: Reals, plan: Plan) -> Table:
    """What moves the saving most, and what it would be worth to know it."""
    # A bin holds one replication in twenty, so its mean has a larger error than the whole.
    step = digits.step(digits.error_of_mean(present) * np.sqrt(worth.BINS))
    rows = [
        {
            "name": each.name,
            "words": words(each.name, plan),
            "at_low": digits.rounded(each.at_low, step),
            "at_high": digits.rounded(each.at_high, step),
            "worth_knowing": digits.rounded(each.worth_knowing, step),
            "clear": each.clear,
        }
        for each in found
    ]
    if found:
        everything = digits.rounded(worth.evpi(present), step)
        whole = {"name": "everything", "words": "Everything, luck included"}
        blank = {"at_low": None, "at_high": None, "clear": None}
        rows.append({**whole, **blank, "worth_knowing": everything})
    columns = (
        *(Column("name", "Name"), Column("words", "Input")),
        Column("at_low", "Net saving with it at its lowest twentieth", "£"),
        Column("at_high", "Net saving with it at its highest twentieth", "£"),
        Column("worth_knowing", "Worth of knowing it before deciding", "£"),
        Column("clear", "More than too few replications can explain"),
    )
    schema = {"name": pl.String, "words": pl.String} | {
        column.key: pl.Float64 for column in columns[2:5]
    }
    return Table(
        "what_moves_it",
        "What the saving hangs on",
        columns,
        pl.DataFrame(rows, schema={**schema, "clear": pl.Boolean}),
        f"Discounted pounds of {plan.price_base}, for the {plan.perspective}.",
        f"{plan.first_year} to {plan.year_names[-1]}.",
        (
            "What was not drawn: how many come into care and how long they stay is in the spread "
            "and is not an input here.",
            "Everything: it counts luck as if it could be known, so no study is worth as much.",
            f"Anything, with fewer than {worth.FEWEST} replications.",
        ),
    )


def words(name: str, plan: Plan) -> str:
    """The name of an input in words."""
    kind, _, rest = name.partition(" ")
    if kind == "effect":
        return f"Effect: {plan.effects[rest].words.lower()}"
    if kind in ("comes", "stay"):
        return beds.words(name, plan.hub)
    if kind == "often":
        return f"How often: {rest.replace('_', ' ')}"
    item, _, payer = rest.rpartition(" ")
    return f"Price: {item.replace('_', ' ')} ({payer})"


def break_even(found: worth.BreakEven | None, plan: Plan) -> Table:
    """How much of the assumed effects it takes, by effect; nothing where it cannot be said."""
    rows = []
    if found is not None:
        for name, ratio in found.ratios.items():
            assumed = plan.effects[name.removeprefix("effect ")]
            rows.append(
                {
                    "effect": assumed.words,
                    "share": round(found.share, 2),
                    "assumed": round(assumed.ratio[1], 3),
                    "needed": round(ratio, 3),
                    "beyond": found.beyond,
                }
            )
    columns = (
        *(Column("effect", "Effect"), Column("share", "Share of the assumed effects needed")),
        *(Column("assumed", "Ratio of rates assumed"), Column("needed", "Ratio of rates needed")),
        Column("beyond", "Beyond any effect that was drawn"),
    )
    schema = {"effect": pl.String, "share": pl.Float64, "assumed": pl.Float64}
    return Table(
        "break_even",
        "How much effect it takes to save nothing and cost nothing",
        columns,
        pl.DataFrame(rows, schema={**schema, "needed": pl.Float64, "beyond": pl.Boolean}),
        f"Discounted, for the {plan.perspective}; all effects the same share of what is assumed.",
        f"{plan.first_year} to {plan.year_names[-1]}.",
        (
            "Anything, where more effect does not clearly bring more saving.",
            "Curves: it is read off a straight line through the replications.",
        ),
    )


def lines(spent: tuple[Spent, ...], plan: Plan) -> Table:
    """What is spent on what, over all years."""
    rows = [
        {
            "what": each.what,
            "item": each.item,
            "payer": each.payer,
            "class": each.kind,
            "cash": each.cash,
            "without": digits.rounded(each.without, digits.step(each.error)),
            "with_model": digits.rounded(each.with_model, digits.step(each.error)),
        }
        for each in spent
    ]
    columns = (
        *(Column("what", "What"), Column("item", "Price"), Column("payer", "Payer")),
        *(Column("class", "Class"), Column("cash", "Part of it that is cash")),
        Column("without", "Without the model, mean", "£"),
        Column("with_model", "With it, mean", "£"),
    )
    return Table(
        "lines",
        "What is spent on what",
        columns,
        pl.DataFrame(rows, schema_overrides={"cash": pl.Float64}),
        f"Pounds of {plan.price_base}.",
        f"{plan.first_year} to {plan.year_names[-1]} together, not discounted.",
        ("How far each may be from its mean.",),
    )


def today(found: Today, plan: Plan) -> Table:
    """The year before: what the nights come to, and what was said to be spent."""
    payers = sorted({*found.counted, *found.outturn})
    rows = [
        {
            "payer": payer,
            "counted": round(found.counted.get(payer, 0) / 100),
            "outturn": None if payer not in found.outturn else round(found.outturn[payer] / 100),
        }
        for payer in payers
    ]
    columns = (
        Column("payer", "Payer"),
        Column("counted", "From the nights of the year", "£"),
        Column("outturn", "Said to be spent", "£"),
    )
    schema = {"payer": pl.String, "counted": pl.Int64, "outturn": pl.Int64}
    return Table(
        "today",
        "Today's budget",
        columns,
        pl.DataFrame(rows, schema=schema),
        f"Pounds of {plan.price_base}. What is said to be spent counts, where it is there.",
        f"The financial year {found.year}.",
        ("Whether the two count the same young people and homes: look at the difference.",),
    )
