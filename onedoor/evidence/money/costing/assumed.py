"""What a costing assumes of the model, and beside it what has been published and is not used."""

import polars as pl

from onedoor.evidence.money import effects, years
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.table import Column, Table


def assumed(plan: Plan) -> Table:
    """The range of every effect of the plan, with its source."""
    rows = []
    for effect in plan.effects.values():
        low, middle, high = (round(each, 2) for each in effect.ratio)
        rows.append(
            {
                "effect": effect.words,
                "q05": low,
                "q50": middle,
                "q95": high,
                "months": effect.months,
                "instead": effect.instead or None,
                "source": effect.source,
            }
        )
    columns = (
        *(Column("effect", "Effect"), Column("q05", "Ratio of rates, 5 in 100 are below")),
        *(Column("q50", "half are below"), Column("q95", "95 in 100 are below")),
        Column("months", "Until it is whole", "months"),
        *(Column("instead", "Where they live instead"), Column("source", "Source")),
    )
    schema = {"effect": pl.String, "q05": pl.Float64, "q50": pl.Float64, "q95": pl.Float64}
    return Table(
        "assumed",
        "What the model is assumed to change",
        columns,
        pl.DataFrame(
            rows,
            schema={**schema, "months": pl.Int64, "instead": pl.String, "source": pl.String},
        ),
        "Ratio of rates with the model to rates without; 1 is no change.",
        f"From {years.said(plan.hub.opens)}, when the hubs open.",
        ("A finding: no unbiased effect has been published where we could see it.",),
    )


def published() -> Table:
    """What has been claimed, forecast apart from outturn. Nothing of it is used."""
    rows = [
        {
            "words": each.words,
            "said_as": each.said_as,
            "change": each.change,
            "forecast_pounds": each.forecast_pounds,
            "outturn_pounds": each.outturn_pounds,
            "period": each.period,
            "grade": each.grade,
            "source": each.source,
            "trap": each.trap or None,
        }
        for each in effects.published()
        if each.change is not None or each.forecast_pounds or each.outturn_pounds
    ]
    columns = (
        *(Column("words", "What was published"), Column("said_as", "Said as")),
        Column("change", "Change, as a fraction"),
        *(Column("forecast_pounds", "Forecast", "£"), Column("outturn_pounds", "Outturn", "£")),
        *(Column("period", "When"), Column("grade", "Grade"), Column("source", "Source")),
        Column("trap", "What is wrong with it"),
    )
    schema = {"change": pl.Float64, "forecast_pounds": pl.Int64, "outturn_pounds": pl.Int64}
    return Table(
        "published",
        "What has been published, and is not used here",
        columns,
        pl.DataFrame(rows, schema_overrides=schema),
        "Figures as they were printed. A: official; B: independent evaluation, read through a "
        "summary; C: the council's own claim; D: press.",
        "2015 to 2022.",
        (
            "An effect: none of these has an interval or a comparator.",
            "What happens by itself: young people who are taken on at a crisis come down from it, "
            "by 16% to 32% with no help at all.",
        ),
    )
