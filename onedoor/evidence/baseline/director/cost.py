"""What it costs now, and the stays outside the authority by what a week of them costs."""

from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from onedoor.evidence.baseline import Baseline
from onedoor.evidence.baseline.director.nights import of_year
from onedoor.evidence.model import states
from onedoor.evidence.money import nights as priced_nights
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.money.rates import Tariff
from onedoor.evidence.places import where
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import dates
from onedoor.evidence.table import Column, Table

WEEK = 7
NO_PRICES = "No prices were given."
BY_THE_HOME = (
    "Paid by the home and not by the night: coming home saves nothing until a home can close."
)
FURTHER_DOWN = "Paid by the home, further down, and not by the night."
SURE = {"high": "the kind of home is sure", "medium": "the kind of home is fairly sure"}
BASES = {
    "mean": "an average of known prices",
    "range": "a judgement between two bounds",
    "statutory": "set by law",
}
Amounts = dict[str, float | str | None]
POUNDS = ("low", "mode", "high", "all_payers")
BRINGING_HOME = {
    "place": pl.Int64,
    "kind": pl.String,
    "age": pl.Int64,
    "nights": pl.Int64,
    "miles": pl.Float64,
    **dict.fromkeys(POUNDS, pl.Float64),
    "price_year": pl.String,
    "how_sure": pl.String,
    "line": pl.Int64,
}


def bringing_home(made: Baseline, stays: pl.DataFrame, priced: Plan | None) -> Table:
    """Every stay outside that is going on, the dearest week first. Nobody is named: `line` is of
    the council's own return, for those who keep it."""
    last = made.years[-1]
    night = dates.last_day(last)
    going = of_year(stays, made.ages, last).filter(where=where.OUT, until=night + timedelta(days=1))
    unknown = of_year(stays, made.ages, last).filter(
        where=where.UNKNOWN, until=night + timedelta(days=1)
    )
    going = going.with_columns(dates.age("dob", pl.lit(night)).cast(pl.Int64).alias("age"))
    rows = [
        {
            "kind": states.states("all_care").state(stay["state"]).words,
            "age": stay["age"],
            "nights": (night - stay["start"]).days + 1,
            "miles": stay["miles"],
            **_week(stay["state"], priced, night),
            "line": stay["line"],
        }
        for stay in going.iter_rows(named=True)
    ]
    dearest = sorted(rows, key=lambda row: (-(row["mode"] or 0.0), -row["nights"], row["line"]))
    return Table(
        "bringing_home",
        "Who could come home: stays outside the authority, by what a week costs",
        (
            Column("place", "In order of cost"),
            Column("kind", "Kind of home"),
            Column("age", "Age", "years"),
            Column("nights", "Nights there so far", "nights"),
            Column("miles", "From home", "miles"),
            Column("low", "A week to the council, as little as", "£"),
            Column("mode", "A week to the council", "£"),
            Column("high", "A week to the council, as much as", "£"),
            Column("all_payers", "A week to all payers", "£"),
            Column("price_year", "Pounds of"),
            Column("how_sure", "How sure that is"),
            Column("line", "Line in the episodes of the return"),
        ),
        pl.DataFrame(
            [{"place": at, **row} for at, row in enumerate(dearest, 1)], schema=BRINGING_HOME
        ),
        f"Stays outside that were going on over the night of {dates.in_words(night)}, of young "
        f"people aged {made.ages[0]} to {made.ages[1]} that night. {unknown.height} more were in "
        f"homes whose place is not known. A price is the council's own for that kind of home: the "
        f"range is of what the average may be, 5 in 100 below and 5 in 100 above.",
        f"The night of {dates.in_words(night)}.",
        (
            "What this stay costs: it is the price of its kind of home, not its own invoice.",
            "Who ought to come home: that is for the young person and those who know them to say.",
            "Whom a court holds: nobody comes home from there because a council wishes it.",
            "What is saved by coming home: the home they come to costs something too.",
            "Anything since that day: the return is a year old by the time it is whole.",
        ),
    )


def _week(state: str, priced: Plan | None, night: date) -> Amounts:
    """Pounds of a week in a kind of home on a night, or why nobody can say."""
    certainty = states.states("all_care").state(state).certainty
    sure = SURE.get(certainty, "the kind of home is not sure")
    blank: Amounts = dict.fromkeys((*POUNDS, "price_year"))
    if priced is None:
        return {**blank, "how_sure": f"{NO_PRICES} In the return, {sure}."}
    if state in _by_the_home(priced):
        return {**blank, "how_sure": BY_THE_HOME}
    items = priced.nights.get(state, ())
    if not items:
        return {**blank, "how_sure": f"No price was given for this kind of home; {sure}."}
    try:
        found = [
            (payer, piece.rate, Fraction(WEEK, piece.nights_in_unit))
            for item in items
            for payer in priced.tariff.payers(item)
            for piece in priced.tariff.pieces(item, payer, night, night + timedelta(days=1))
        ]
    except Refused as refused:
        return {**blank, "how_sure": refused.sentence}
    ours = [(rate, part) for payer, rate, part in found if payer == "council"]
    bases = sorted({BASES[rate.basis] for _, rate, _ in found})
    return {
        **{
            key: _pounds(sum((getattr(rate, key) * part for rate, part in ours), Fraction(0)))
            for key in ("low", "mode", "high")
        },
        "all_payers": _pounds(sum((rate.mode * part for _, rate, part in found), Fraction(0))),
        "price_year": ", ".join(sorted({rate.price_year for _, rate, _ in found})),
        "how_sure": f"In the return, {sure}; the price is {' and '.join(bases)}.",
    }


def now(made: Baseline, stays: pl.DataFrame, priced: Plan) -> Table:
    """The last year, kind of home by kind of home, at the prices of its nights."""
    year = made.years[-1]
    spent = of_year(stays, made.ages, year)
    first, until = dates.first_day(year), dates.last_day(year) + timedelta(days=1)
    rows = []
    for state in states.states("all_care").states:
        own = spent.filter(state=state.key)
        if own.height:
            cost = _of_nights(own, state.key, priced, first, until)
            rows.append({"what": state.words, "nights": int(own["nights"].sum()), **cost})
    for homes in priced.own_homes:
        cost = _of_year(priced.tariff, homes.item, Fraction(homes.homes_now), first, until)
        words = f"Own homes of the council, {homes.homes_now}: {homes.state.replace('_', ' ')}"
        rows.append({"what": words, "nights": None, **cost})
    for item, many in priced.hub.fixed.items():
        if priced.hub.hubs_now:
            cost = _of_year(priced.tariff, item, Fraction(many) * priced.hub.hubs_now, first, until)
            rows.append({"what": f"Hubs now: {item.replace('_', ' ')}", "nights": None, **cost})
    return Table(
        "costs_now",
        "What it costs now",
        (
            Column("what", "What"),
            Column("nights", "Nights", "nights"),
            Column("low", "To the council, as little as", "£"),
            Column("mode", "To the council", "£"),
            Column("high", "To the council, as much as", "£"),
            Column("all_payers", "To all payers", "£"),
            Column("why", "Why there is no figure"),
        ),
        pl.DataFrame(
            rows,
            schema={
                "what": pl.String,
                "nights": pl.Int64,
                **dict.fromkeys(POUNDS, pl.Float64),
                "why": pl.String,
            },
        ),
        f"Nights of young people aged {made.ages[0]} to {made.ages[1]}, each at the price of its "
        f"night, in the pounds that the price is given in. The range has every price at its lowest "
        f"and at its highest together, so it is wider than 90 in 100.",
        f"1 April {year - 1} to 31 March {year}.",
        (
            "What was spent: that is in the council's accounts, and a costing shows both.",
            "Kinds of home without a price, where the reason stands in place of the figure.",
            "Social workers, transport, school, or anything else beside the home.",
        ),
    )


def _by_the_home(priced: Plan) -> set[str]:
    return {*priced.hub.states, *(homes.state for homes in priced.own_homes)}


def _of_nights(own: pl.DataFrame, state: str, priced: Plan, first: date, until: date) -> Amounts:
    blank: Amounts = dict.fromkeys(POUNDS)
    if state in _by_the_home(priced):
        return {**blank, "why": FURTHER_DOWN}
    items = priced.nights.get(state, ())
    if not items:
        return {**blank, "why": "No price was given for this kind of home."}
    stays = own.select(pl.col("first").alias("start"), pl.col("until").alias("end"))
    try:
        lines = pl.concat(
            priced_nights.ledger(
                stays.with_columns(pl.lit(item).alias("item")), priced.tariff, first, until
            )
            for item in items
        )
    except Refused as refused:
        return {**blank, "why": refused.sentence}
    ours = lines.filter(payer="council")
    return {
        **{key: int(ours[key].sum()) / 100 for key in ("low", "mode", "high")},
        "all_payers": int(lines["mode"].sum()) / 100,
        "why": None,
    }


def _of_year(tariff: Tariff, item: str, many: Fraction, first: date, until: date) -> Amounts:
    """So many of something with a price by the year, from the first night up to `until`."""
    sums = dict.fromkeys(POUNDS, Fraction(0))
    try:
        for payer in tariff.payers(item):
            for piece in tariff.pieces(item, payer, first, until):
                part = many * Fraction(piece.nights, piece.nights_in_unit)
                sums["all_payers"] += piece.rate.mode * part
                if payer == "council":
                    for key in ("low", "mode", "high"):
                        sums[key] += getattr(piece.rate, key) * part
    except Refused as refused:
        return {**dict.fromkeys(POUNDS), "why": refused.sentence}
    return {**{key: _pounds(pence) for key, pence in sums.items()}, "why": None}


def _pounds(pence: Fraction | int) -> float:
    """Pounds and whole pence, half to even."""
    return round(pence) / 100
