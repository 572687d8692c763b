"""The shape of the hubs: who works there at what price, what is beside them, and for how many."""

from datetime import date
from decimal import Decimal

import polars as pl

from onedoor.evidence.model import states
from onedoor.evidence.money import years
from onedoor.evidence.money.plan import Plan, lines
from onedoor.evidence.table import Column, Table

Row = dict[str, object]

PAY = "pay_"
COLUMNS = (
    *(Column("part", "Part"), Column("what", "What")),
    *(Column("each_hub", "In each hub"), Column("all_hubs", "In all hubs")),
    *(Column("low", "Price of one, 5 in 100 are below", "£"), Column("mode", "Price of one", "£")),
    *(Column("high", "95 in 100 are below", "£"), Column("unit", "Price for a")),
    *(Column("price_year", "Pounds of"), Column("payer", "Payer"), Column("source", "Source")),
)
SCHEMA = {
    column.key: pl.Float64 if column.unit or column.key in ("each_hub", "all_hubs") else pl.String
    for column in COLUMNS
}


def shape(plan: Plan) -> Table:
    """A row for each post, running cost, place and other part of the hubs that the plan opens."""
    load, load_said = _load(plan)
    rows = [
        *_posts(plan),
        *_running(plan),
        *_beside(plan),
        *_beds(plan),
        _outreach(plan),
        load,
    ]
    return Table(
        "shape",
        "The shape of the hubs",
        COLUMNS,
        pl.DataFrame([{key: row.get(key) for key in SCHEMA} for row in rows], schema=SCHEMA),
        f"Posts in full-time equivalents, prices for one of them, with everything the employer "
        f"pays on top. Hubs that the plan opens: {plan.hub.hubs}. {load_said}",
        f"From {years.said(plan.hub.opens)}, at the prices of the first day it is paid.",
        (
            "What it all comes to: that is in what is spent on what.",
            "How many young people a team should have: no number was published as right.",
            "Who is really there: beds may be free and posts may be empty.",
        ),
    )


def _posts(plan: Plan) -> list[Row]:
    hub = plan.hub
    rows: list[Row] = []
    for item, many in hub.fixed.items():
        if item not in hub.running:
            post = {"part": "Team", "what": _words(item.removeprefix(PAY))}
            rows += _priced(plan, item, post | _many(plan, many))
    whole = sum((many for item, many in hub.fixed.items() if item not in hub.running), Decimal(0))
    return [*rows, {"part": "Team", "what": "The whole team"} | _many(plan, whole)]


def _running(plan: Plan) -> list[Row]:
    return [
        row
        for item in plan.hub.running
        for row in _priced(plan, item, {"part": "Running", "what": _words(item), **_many(plan, 1)})
    ]


def _beside(plan: Plan) -> list[Row]:
    """Families, lodgings and whatever else is paid by the year beside the hubs."""
    rows: list[Row] = []
    for fixed in plan.fixed:
        if not fixed.double:
            said = {"part": "Beside", "what": fixed.words, "all_hubs": float(fixed.many)}
            rows += _priced(plan, fixed.item, said, fixed.first)
    return rows


def _beds(plan: Plan) -> list[Row]:
    known = states.states("all_care")
    return [
        {
            "part": "Beds",
            "what": f"{known.state(bed).words}, from {years.said(places.on)}",
            **_many(plan, many),
        }
        for places in plan.hub.places
        for bed, many in places.many.items()
    ]


def _outreach(plan: Plan) -> Row:
    caseload = plan.hub.outreach_caseload
    if caseload is None:
        return {"part": "Outreach", "what": "Young people supported at once: the plan does not say"}
    return {"part": "Outreach", "what": "Young people supported at once", **_many(plan, caseload)}


def _load(plan: Plan) -> tuple[Row, str]:
    """Young people for each full-time equivalent of those who work with them, and its denominator
    in words."""
    hub, managers = plan.hub, lines.managers()
    with_them = sum(
        (
            many
            for item, many in hub.fixed.items()
            if item not in hub.running and item.removeprefix(PAY) not in managers
        ),
        Decimal(0),
    )
    row: Row = {"part": "Load", "what": "Young people for each full-time equivalent"}
    if not hub.places or hub.outreach_caseload is None or not with_them:
        said = "Not known: it takes beds, how many are in outreach, and a team who work with them."
        return row, f"Young people for each full-time equivalent. {said}"
    beds = sum(hub.places[-1].many.values())
    left_out = " and ".join(words.lower() for words in managers.values())
    many = round(float((beds + hub.outreach_caseload) / with_them), 2)
    return row | {"each_hub": many, "all_hubs": many if hub.hubs else None}, (
        f"Young people for each full-time equivalent: {beds} in beds and {hub.outreach_caseload} "
        f"in outreach of each hub, when all beds are taken and outreach is full, for {with_them:f} "
        f"who work with them, which is the team without {left_out}: our judgement."
    )


def _priced(plan: Plan, item: str, row: Row, first: date | None = None) -> list[Row]:
    """The row, once for each who pays for it, with the price of the first day."""
    day = max(plan.begins, first or plan.hub.opens)
    found = []
    for payer in plan.tariff.payers(item):
        rate = plan.tariff.at(item, payer, day)
        pounds = {"low": rate.low / 100, "mode": rate.mode / 100, "high": rate.high / 100}
        named = {"unit": rate.unit, "price_year": rate.price_year, "payer": payer}
        found.append(row | pounds | named | {"source": rate.source})
    return found


def _many(plan: Plan, many: Decimal | int) -> Row:
    return {"each_hub": float(many), "all_hubs": float(many * plan.hub.hubs)}


def _words(item: str) -> str:
    return item.replace("_", " ").capitalize()
