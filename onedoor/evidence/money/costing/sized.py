"""How many places one hub of the plan needs, from what the simulated futures ask of it.

What is asked is counted in the simulation with the model, were a bed always free (`asked_of_beds`),
in the months after the share who come is whole. Stays are as long as the plan says, in each future
its own draw. So each future has its own load, and how sure to be is asked of these.

Stays shorter than a month are counted in part (`money.beds`), so that nights are right. How many
come is set right again here, and so is who goes on from there to another bed of the hub.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence import sizing
from onedoor.evidence.money import beds, years
from onedoor.evidence.money.costing import digits
from onedoor.evidence.money.costing.beds import places_of
from onedoor.evidence.money.costing.occupied import nights
from onedoor.evidence.money.costing.priced import Prices
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.money.plan.beds import BEDS
from onedoor.evidence.refusal import Refused
from onedoor.evidence.sizing import chain, erlang, kept_free
from onedoor.evidence.sizing.chain import YEAR, Demand
from onedoor.evidence.table import Column, Table

Reals = NDArray[np.float64]
FEWEST, FEWEST_MONTHS = 100, 12
NO_BEDS = (
    "The plan gives its hub no beds, so nothing says how many places it needs or whom it would "
    "turn away. Give [[hub.bed]], [[hub.places]] and [[hub.comes]]."
)


@dataclass(frozen=True, slots=True, eq=False)
class OneHub:
    """`found` and its `tables`, or `why_not`."""

    found: sizing.Sizing | None
    tables: tuple[Table, ...]
    why_not: str

    @property
    def limits(self) -> tuple[str, ...]:
        if self.found is None:
            known = self.why_not == NO_BEDS  # another limit says so already
            return () if known else (f"How many places a hub needs is not said: {self.why_not}",)
        return (
            "How many places a hub needs is for young people who come one by one. Brothers and "
            "sisters together, or one crisis that sets off another, need more.",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked of one hub: (D, 2), residential first: stays a year and days of a stay."""

    a_year: Reals
    days: Reals

    @property
    def loads(self) -> Reals:
        """(D,): places taken if one were always free."""
        return np.asarray((self.a_year * self.days).sum(axis=1) / YEAR)

    @property
    def demand(self) -> Demand:
        """The mean, with days that make the mean load."""
        came = self.a_year.mean(axis=0)
        lived = (self.a_year * self.days).mean(axis=0)
        days = np.divide(lived, came, out=np.zeros(2), where=came > 0)
        return Demand(float(came[0]), float(days[0]), float(came[1]), float(days[1]))


def one_hub(asked_of_beds: NDArray[np.integer] | None, prices: Prices) -> OneHub:
    """The sizing of one hub of the plan, or why there is none."""
    try:
        return _one_hub(asked_of_beds, prices)
    except Refused as refused:
        return OneHub(None, (), refused.sentence)


def _one_hub(asked_of_beds: NDArray[np.integer] | None, prices: Prices) -> OneHub:
    plan = prices.plan
    if not plan.hub.beds:
        raise Refused(NO_BEDS)
    if asked_of_beds is None:
        raise Refused("What is asked of the beds of the hub was not counted.")
    first = settled(plan)
    if plan.months - first < FEWEST_MONTHS:
        raise Refused(
            f"The hub is asked for in full {first} months after {years.said(plan.begins)}, and the "
            f"plan has {plan.months}: give it years enough for {FEWEST_MONTHS} more."
        )
    if len(asked_of_beds) < FEWEST:
        raise Refused(f"{len(asked_of_beds)} replications are too few: ask for {FEWEST} or more.")
    found = asked(asked_of_beds, plan, prices.drawn)
    residential, emergency = places(plan)
    night = night_cost(prices, first)
    begins = years.month_begins(plan.begins, first)
    question = sizing.Question(
        residential,
        emergency,
        found.demand,
        futures=tuple(found.loads.tolist()),
        night_cost=float(night.mean()),
        source=_period(begins, plan),
    )
    sized = sizing.size(question, seed=prices.seed)
    error = YEAR * digits.error_of_mean(found.loads)
    cost_error = max(error * float(night.mean()), YEAR * digits.error_of_mean(night))
    steps = digits.step(error), digits.step(cost_error)
    tables = [_sizing(sized, plan), *(sized.table(each) for each in ("needed", "other_hubs"))]
    return OneHub(sized, (*(_rounded(each, *steps) for each in tables), sized.table("curve")), "")


def settled(plan: Plan) -> int:
    """The month, from 0, from which the whole share of everybody comes."""
    return max(plan.opens_month, 0) + max((each.months for each in plan.hub.comes), default=0)


def places(plan: Plan) -> tuple[int, int]:
    """Residential and emergency places of one hub, when all of them are there."""
    kinds = {bed.state for bed in plan.hub.beds}
    residential, emergency = (
        round(places_of(plan, kind)[-1] / plan.hub.hubs) if kind in kinds else 0 for kind in BEDS
    )
    return residential, emergency


def asked(asked_of_beds: NDArray[np.integer], plan: Plan, drawn: dict[str, Reals]) -> Asked:
    """What is asked of one hub, in each of D futures. Hubs are taken to be asked alike."""
    hub, first = plan.hub, settled(plan)
    many = len(asked_of_beds)
    counted = asked_of_beds[:, first:].mean(axis=1, dtype=np.float64) * 12
    months = np.stack([beds.stay(bed, drawn[beds.stay_name(bed)][:many]) for bed in hub.beds], 1)
    # Who goes on to another bed of the hub, by the bed they come from (rows).
    on = np.array([[bed.shares.get(other.state, 0.0) for other in hub.beds] for bed in hub.beds])
    from_outside = np.maximum(counted - counted @ on, 0) / np.minimum(months, 1)
    come = from_outside @ np.linalg.inv(np.eye(len(on)) - on)
    a_year, days = np.zeros((many, 2)), np.zeros((many, 2))
    for at, bed in enumerate(hub.beds):
        kind = BEDS.index(bed.state)
        a_year[:, kind] = calmed(come[:, at], (plan.months - first) / 12) / hub.hubs
        days[:, kind] = months[:, at] * beds.MONTH
    return Asked(a_year, days)


def calmed(a_year: Reals, over: float) -> Reals:
    """(D,): what is asked for a year, without the chance there is in a count `over` so many years.

    That chance is in a sizing already, where young people come at random; with it twice, more
    places would seem needed. The variance of a count is that of what is expected, and its mean.
    """
    mean, variance = float(a_year.mean()), float(a_year.var(ddof=1))
    if variance == 0:
        return a_year
    kept = np.sqrt(max(0.0, 1 - mean / over / variance))
    return np.asarray(np.maximum(mean + kept * (a_year - mean), 0))


def night_cost(prices: Prices, first: int) -> Reals:
    """(R,): what one place of a hub costs a night, to all who pay: all that a hub costs from the
    month `first` on, over the nights of its places."""
    plan = prices.plan
    paid = np.zeros(prices.many)
    for item, each in plan.hub.fixed.items():
        for payer in plan.tariff.payers(item):
            by_month = prices.month(item, payer, plan.hub.opens, plan.until)[:, first:]
            paid += by_month.sum(axis=1) * float(each) * plan.uplifts.get(item, 1.0)
    of_places = sum(places(plan)) * float(nights(plan.begins, plan.months)[first:].sum())
    if not of_places:
        raise Refused("The hub has no places when the plan ends: give them in [[hub.places]].")
    return np.asarray(paid / of_places)


def _period(begins: date, plan: Plan) -> str:
    last = years.day_before(plan.until)
    return (
        f"A year like those from {years.said(begins)} to {years.said(last)}, when the hub is asked "
        f"for in full, with the model."
    )


def _sizing(sized: sizing.Sizing, plan: Plan) -> Table:
    question = sized.question
    mean, loads = question.demand, question.loads(sized.seed)
    low, high = np.quantile(loads, (0.05, 0.95))
    own = f"The plan's hub: {question.residential}+{question.emergency}"
    rows = [
        {"hub": hub, "asked": asked_for} | _at(split, mean.times(load / mean.load), question)
        for hub, split in (
            (own, (question.residential, question.emergency)),
            (f"Places needed, open to everybody: {sized.answer}", (sized.answer, 0)),
        )
        for asked_for, load in (
            ("5 in 100 futures ask for less", float(low)),
            ("On average", mean.load),
            ("5 in 100 futures ask for more", float(high)),
        )
    ]
    columns = (
        *(Column("hub", "Hub"), Column("asked", "How much is asked of it")),
        Column("load", "Places taken if one were always free", "places"),
        Column("planned", "Of residential stays, turned away", "0 to 1"),
        Column("crisis", "Of emergency stays, turned away", "0 to 1"),
        Column("everybody", "Of all, turned away", "0 to 1"),
        Column("a_year", "Turned away a year", "times"),
        Column("occupancy", "Places taken on an average night", "0 to 1"),
        Column("free", "Places free on an average night", "places"),
        Column("free_nights", "Nights free", "nights a year"),
        Column("free_cost", "Cost of nights free", "£ a year"),
    )
    numbers = dict.fromkeys((column.key for column in columns[2:]), pl.Float64)
    return Table(
        "sizing",
        "How many places one hub needs",
        columns,
        pl.DataFrame(rows, schema={"hub": pl.String, "asked": pl.String, **numbers}),
        _in_short(sized, plan),
        question.source,
        (
            "Whether the free place is the right one for this young person: nobody can compute it.",
            "Young people who come together: they need more places, so this is the least.",
            "How the futures of this costing fill a hub: there somebody who comes to live may "
            "begin in an emergency bed. Here somebody in a crisis may have a residential place.",
            "The cost of a free place alone: a night's cost is all that the plan's hub costs, over "
            "its places. Its team works outside it too, and a larger hub may cost less a night.",
            "How full a hub should be: a place is worth having because it is free when needed.",
        ),
    )


def _at(split: tuple[int, int], demand: Demand, question: sizing.Question) -> dict[str, float]:
    residential, emergency = split
    if emergency:
        hub = chain.solve(residential, emergency, demand)
        planned, crisis, every = hub.refuse_planned, hub.refuse_crisis, hub.refuse_all
        taken = hub.occupancy
    else:
        planned = crisis = every = float(erlang.refused(residential, demand.load))
        taken = float(erlang.occupancy(residential, demand.load))
    many = residential + emergency
    free = kept_free.kept_free(many, taken, question.night_cost)
    row = {
        "load": round(demand.load, 2),
        "everybody": round(every, 3),
        "a_year": round(every * (demand.planned_per_year + demand.crisis_per_year), 2),
        "occupancy": round(taken, 3),
        "free": round(many * (1 - taken), 1),
        "free_nights": free.nights,
    }
    # A kind of which nobody comes stays blank.
    row |= {"planned": round(planned, 3)} if demand.planned_per_year else {}
    row |= {"crisis": round(crisis, 3)} if demand.crisis_per_year else {}
    return row | ({} if free.a_year is None else {"free_cost": free.a_year})


def _in_short(sized: sizing.Sizing, plan: Plan) -> str:
    question, demand = sized.question, sized.question.demand
    taken = sized.answer * float(erlang.occupancy(sized.answer, demand.load))
    alike = f" The {plan.hub.hubs} hubs are taken to be asked alike." if plan.hub.hubs > 1 else ""
    return (
        f"So that at most {question.refusal:.0%} of those who need a place are turned away in "
        f"{question.assurance * 100:.0f} of 100 futures, a hub needs {sized.answer} places, open "
        f"to everybody. On an average night {sized.answer - taken:.1f} of them stay free. The "
        f"plan's hub has {question.residential}+{question.emergency}. It is asked for "
        f"{demand.planned_per_year:.1f} residential stays a year of {demand.days_planned:.0f} days "
        f"and {demand.crisis_per_year:.1f} emergency stays of {demand.days_crisis:.0f} days, each "
        f"a mean over {len(question.futures):,} futures.{alike}"
    )


def _rounded(table: Table, nights_step: float, cost_step: float) -> Table:
    """Nights and pounds with no more digits than the replications support."""
    from_steps = {"free_nights": nights_step, "free_cost": cost_step}
    rows = table.rows.with_columns(
        (pl.col(key) / step).round() * step for key, step in from_steps.items()
    )
    return Table(
        *(table.name, table.title, table.columns, rows, table.denominator),
        *(table.period, table.does_not_show),
    )
