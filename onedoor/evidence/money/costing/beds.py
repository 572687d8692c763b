"""What a costing shows of a hub's beds: who finds them full, and how many are kept free."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.model import states
from onedoor.evidence.money import years
from onedoor.evidence.money.beds import MONTH, comes_name, stay_name
from onedoor.evidence.money.costing import digits, occupied
from onedoor.evidence.money.costing.occupied import Occupied
from onedoor.evidence.money.plan import Hub, Plan
from onedoor.evidence.money.plan.beds import LEFT
from onedoor.evidence.table import Column, Table

Reals = NDArray[np.float64]
Counted = NDArray[np.integer]


def names(hub: Hub) -> list[str]:
    """The inputs of the beds that are drawn, by name."""
    coming = [comes_name(at, each) for at, each in enumerate(hub.comes) if each.high]
    return [*coming, *(stay_name(bed) for bed in hub.beds)]


def words(name: str, hub: Hub) -> str:
    """One of them in words."""
    for at, comes in enumerate(hub.comes):
        if name == comes_name(at, comes):
            return f"Who comes ({at + 1}): {_words(comes.state).lower()}"
    (bed,) = (bed for bed in hub.beds if name == stay_name(bed))
    return f"How long they stay: {_words(bed.state).lower()}"


def tables(with_model: Occupied, turned_away: Counted | None, plan: Plan) -> list[Table]:
    """What the plan says of its beds, who was turned away and how full the hub runs; no table
    where the plan has no beds, and the first alone where nobody says who was turned away."""
    if not plan.hub.beds:
        return []
    if turned_away is None:
        return [_said(plan)]
    return [_said(plan), _turned_away(turned_away, plan), _how_full(with_model, plan)]


def _said(plan: Plan) -> Table:
    hub, rows = plan.hub, list[dict[str, object]]()
    for at, comes in enumerate(hub.comes):
        came = ", ".join(comes.instead_of)
        what = f"of those aged {comes.ages[0]} to {comes.ages[1]} who would go to {came}"
        rows.append(
            {
                "bed": _words(comes.state),
                "what": f"Who comes ({at + 1}), {what}; whole after {comes.months} months",
                "unit": "share",
                "low": comes.low,
                "high": comes.high,
                "source": comes.source,
            }
        )
    for bed in hub.beds:
        named = {"bed": _words(bed.state)}
        stays = {"low": bed.low, "high": bed.high, "source": bed.source}
        rows.append(named | {"what": "How long they stay, mean", "unit": "days"} | stays)
        for state, share in bed.shares.items():
            goes = {"what": f"From there to: {_words(state).lower()}", "unit": "share"}
            certain = {"low": share, "high": share, "source": bed.shares_source}
            rows.append(named | goes | certain)
    columns = (
        *(Column("bed", "Bed"), Column("what", "What"), Column("unit", "Unit")),
        *(Column("low", "5 in 100 are below"), Column("high", "95 in 100 are below")),
        Column("source", "Source"),
    )
    return Table(
        "beds",
        "What the plan says of its hub's beds",
        columns,
        pl.DataFrame(rows).select(column.key for column in columns),
        "Shares of the young people who would go elsewhere, days, and shares of those who go on.",
        f"From {years.said(hub.opens)}, when the hubs open.",
        ("A finding: none of these was found published. Each is the plan's own, with its source.",),
    )


def _turned_away(found: Counted, plan: Plan) -> Table:
    by_year = found.reshape(len(found), plan.years, 12).sum(axis=2)
    rows = []
    for year, many in zip(
        (*plan.year_names, "all years"), [*by_year.T, by_year.sum(1)], strict=True
    ):
        cuts = np.quantile(many, digits.QUANTILES, method="inverted_cdf")
        row = {"year": year, "mean": _hundredths(many.astype(np.float64))}
        row |= dict(zip(("q05", "q50", "q95"), map(int, cuts), strict=True))
        rows.append(row | {"nobody": digits.chance(float((many == 0).mean()), len(many))})
    columns = (
        *(Column("year", "Financial year"), Column("mean", "Turned away, mean", "times")),
        *(Column("q05", "5 in 100 are at or below"), Column("q50", "half are at or below")),
        Column("q95", "95 in 100 are at or below"),
        Column("nobody", "Chance that nobody is turned away"),
    )
    return Table(
        "turned_away",
        "Turned away from the hub",
        columns,
        pl.DataFrame(rows),
        "Times that somebody who needed a bed of the hub did not get that kind of bed, because all "
        "were taken.",
        f"{plan.first_year} to {plan.year_names[-1]}, with the model.",
        (
            "Where they went: to another bed of the hub, to a hub family, or where the plan says.",
            "Young people: who waits and asks again is counted again.",
            "Days: a bed that is full for less than a month may not be seen as full.",
        ),
    )


def _how_full(with_model: Occupied, plan: Plan) -> Table:
    nights = occupied.nights(plan.begins, plan.months)
    kinds = [bed.state for bed in plan.hub.beds]
    whole = [("Whole hub", kinds)] if len(kinds) > 1 else []
    rows = []
    for bed, of in (*((_words(kind), [kind]) for kind in kinds), *whole):
        there = np.sum([places_of(plan, kind) for kind in of], axis=0)
        taken = np.sum([with_model.average(kind) for kind in of], axis=0)
        people = np.sum([with_model.people[:, :, with_model.states.index(k)] for k in of], axis=0)
        for year, name in enumerate(plan.year_names):
            cut = slice(12 * year, 12 * year + 12)
            part = _full(there[cut], taken[:, cut], people[:, cut], nights[cut])
            rows.append({"bed": bed, "year": name} | part)
    columns = (
        *(Column("bed", "Bed"), Column("year", "Financial year")),
        *(Column("places", "Places, mean over the nights"), Column("mean", "Part that is taken")),
        *(Column("q05", "5 in 100 are below"), Column("q95", "95 in 100 are below")),
        Column("free", "Nights kept free, mean", "nights"),
        Column("all_taken", "Part of the ends of months at which all are taken"),
    )
    schema = {"bed": pl.String, "year": pl.String} | {
        column.key: pl.Float64 for column in columns[2:]
    }
    return Table(
        "how_full",
        "How full the hub runs",
        columns,
        pl.DataFrame(rows, schema=schema),
        "Nights of the hub's places. A bed that is kept free costs what a bed costs that is taken: "
        "it is what lets somebody come tonight.",
        f"{plan.first_year} to {plan.year_names[-1]}, with the model.",
        ("How full it should be: a hub that is always full turns young people away.",),
    )


def places_of(plan: Plan, state: str) -> Reals:
    """(T,): places in all hubs of the plan, by month."""
    found = np.zeros(plan.months)
    for each in plan.hub.places:
        found[max(plan.month_of(each.on), 0) :] = each.many[state] * plan.hub.hubs
    return found


def _full(there: Reals, taken: Reals, people: Counted, nights: Reals) -> dict[str, float | None]:
    whole = float(there @ nights)
    row: dict[str, float | None] = {"places": round(whole / float(nights.sum()), 2)}
    if not whole:
        return row | {"mean": None, "q05": None, "q95": None, "free": 0.0, "all_taken": None}
    part = taken @ nights / whole
    low, high = np.quantile(part, (0.05, 0.95))
    free = whole - taken @ nights
    step = digits.step(digits.error_of_mean(free))
    open_ = there > 0
    return row | {
        "mean": _hundredths(part),
        "q05": round(float(low), 2),
        "q95": round(float(high), 2),
        "free": digits.rounded(float(free.mean()), step),
        "all_taken": round(float((people[:, open_] >= there[open_]).mean()), 2),
    }


def limits(hub: Hub, there: tuple[str, ...], *, full: bool) -> list[str]:
    """What a reader must be told of the beds, or of there being none. `there`: the states of the
    simulation; `full`: whether it is known how often the hub was full."""
    if not hub.beds:
        return ["Every place that is needed is taken to be found, at the price of such places now."]
    found = [
        "Outside the hub every place that is needed is taken to be found, at the price of such "
        "places now.",
        "In the hub a stay is as likely to end in one month as in the next, at every age and "
        "however long it has been; where they go from there is the same at every age and is as "
        "certain as the plan says.",
        "With beds the future without the plan has luck of its own: it differs by chance from that "
        "of a plan without beds.",
        "A bed is free or taken for a month: what days and nights bring together, such as brothers "
        "and sisters on one night, turns more away than is counted. See what onedoor size says.",
    ]
    said = [(f"who comes to {each.state}", each.source) for each in hub.comes]
    for bed in hub.beds:
        said.append((f"how long they stay in {bed.state}", bed.source))
        said.append((f"where they go from {bed.state}", bed.shares_source))
    judged = list(dict.fromkeys(what for what, source in said if "our judgement" in source))
    if judged:
        found.append(f"Of the hub these are our judgement: {', '.join(judged)}.")
    for bed in hub.beds:
        if bed.low < MONTH:
            found.append(
                f"Stays in {bed.state} may be shorter than a month: as many of them are counted "
                f"as makes its nights right, and the others where those young people would have "
                f"gone without the hub, so what they save is understated."
            )
        came = {state for each in hub.comes if each.state == bed.state for state in each.instead_of}
        if others := sorted((came & set(there)) - {bed.if_full}):
            found.append(
                f"Whoever finds {bed.state} full, and no bed on the way, goes to {bed.if_full}, "
                f"though some of them would have gone to {', '.join(others)}."
            )
    if not full:
        found.append("How often the hub was full is not known to this costing.")
    return found


def _words(state: str) -> str:
    if state == LEFT:
        return "Out of care"
    return states.states("all_care").state(state).words


def _hundredths(values: Reals) -> float:
    """The mean, with the decimals that the replications support and no more than two."""
    step = max(0.01, digits.step(100 * digits.error_of_mean(values)) / 100)
    return round(digits.rounded(float(values.mean()), step), 2)
