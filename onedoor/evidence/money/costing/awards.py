"""Money from others: by year and to whom it goes, and beside the saving, never inside it."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from onedoor.evidence.money.plan import Award, Plan
from onedoor.evidence.table import Column, Table

ALL = "All awards"
COUNCIL = "council"  # the saving it is shown beside is that of the council's cash

Bounds = tuple[Decimal, Decimal]


def awards(plan: Plan) -> Table:
    """Every award in the pounds of its own year, and all of them."""
    rows = [
        {
            "words": each.words,
            "year": each.year,
            "payer": each.payer,
            "to_council": float(each.to_council),
            **_parts([each]),
            "source": each.source,
        }
        for each in plan.awards
    ]
    if rows:
        nothing = {"payer": None, "to_council": None, "source": None}
        rows.append({"words": ALL, "year": "all years", **nothing, **_parts(plan.awards)})
    columns = (
        *(Column("words", "For what"), Column("year", "Financial year"), Column("payer", "From")),
        *(Column("low", "Award, at least", "£"), Column("high", "Award, at most", "£")),
        Column("to_council", "Part of it to the council"),
        Column("council_low", "To the council, at least", "£"),
        Column("council_high", "To the council, at most", "£"),
        Column("central_low", "To the central team, at least", "£"),
        Column("central_high", "To the central team, at most", "£"),
        Column("source", "Source"),
    )
    schema = {column.key: pl.Float64 if column.unit else pl.String for column in columns}
    return Table(
        "awards",
        "Awards, beside any saving",
        columns,
        pl.DataFrame(rows, schema={**schema, "to_council": pl.Float64}),
        "Pounds of the year they come in. At least and at most are the plan's own, and no interval "
        "of the simulation.",
        f"{plan.first_year} to {plan.year_names[-1]}.",
        (
            "A saving: to the public purse an award is one pocket paying another.",
            "One year's pounds: all awards are added up as they are said, whatever their year.",
        ),
    )


def beside(saving: Table, plan: Plan) -> list[Table]:
    """The net saving of the council and its part of the awards, side by side; no table where the
    plan has no award. `saving` is the table of what would be saved."""
    if not plan.awards:
        return []
    by_year = [_of_year(plan, year) for year in plan.year_names]
    factors = plan.discount.factors(plan.years)
    known = [each for each in by_year if each is not None]
    whole = len(known) == len(by_year)
    sums = {
        "all years": _sum(known, [Decimal(1)] * plan.years) if whole else None,
        "all years, discounted": _sum(known, factors) if whole else None,
    }
    found = {**dict(zip(plan.year_names, by_year, strict=True)), **sums}
    rows = []
    for row in saving.rows.filter(pl.col("perspective") == COUNCIL).iter_rows(named=True):
        net, award = row["net_mean"], found[row["year"]]
        low, high = (None, None) if award is None else (round(each / 100) for each in award)
        rows.append(
            {
                "year": row["year"],
                "net": net,
                "low": low,
                "high": high,
                "with_low": None if low is None else net + low,
                "with_high": None if high is None else net + high,
            }
        )
    columns = (
        *(Column("year", "Financial year"), Column("net", "Net saving, mean", "£")),
        Column("low", "Awards to the council, at least", "£"),
        Column("high", "Awards to the council, at most", "£"),
        Column("with_low", "Net saving with the least beside it", "£"),
        Column("with_high", "Net saving with the most beside it", "£"),
    )
    schema = {column.key: pl.Float64 if column.unit else pl.String for column in columns}
    return [
        Table(
            "beside",
            "The council's net saving, with the awards beside it",
            columns,
            pl.DataFrame(rows, schema=schema),
            f"The council's cash, in pounds of {plan.price_base}; awards brought to them by the "
            f"deflator. Blank: it has no value for that year.",
            f"{plan.first_year} to {plan.year_names[-1]}; discounted as the saving is.",
            (
                "What the plan saves: an award is given once, and what it pays for is to be paid "
                "for when it ends.",
                "How sure the saving is: each is its mean, rounded, and at least and at most are "
                "of the awards alone.",
                "What goes to the central team, or what others save and lose.",
            ),
        )
    ]


def _parts(several: Sequence[Award]) -> dict[str, float]:
    """Pounds in all, to the council and to the central team."""
    found: dict[str, float] = {}
    for at, bound in enumerate(("low", "high")):
        whole = sum((each.low, each.high)[at] for each in several)
        council = sum(each.council[at] for each in several)
        found |= {bound: whole / 100, f"council_{bound}": council / 100}
        found[f"central_{bound}"] = (whole - council) / 100
    return found


def _of_year(plan: Plan, year: str) -> Bounds | None:
    """Pence to the council in a year, in the price base; `None` where that is not known."""
    own = [each.council for each in plan.awards if each.year == year]
    if not own:
        return Decimal(0), Decimal(0)
    if not {year, plan.price_base} <= set(plan.deflator.index):
        return None
    factor = plan.deflator.factor(year, plan.price_base)
    return sum(low for low, _ in own) * factor, sum(high for _, high in own) * factor


def _sum(years: Sequence[Bounds], factors: Sequence[Decimal]) -> Bounds:
    pairs = list(zip(years, factors, strict=True))
    low = sum((low * factor for (low, _), factor in pairs), Decimal(0))
    high = sum((high * factor for (_, high), factor in pairs), Decimal(0))
    return low, high
