"""From young people by kind of home, with and without the model, to a costing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence import provenance
from onedoor.evidence.money.costing import (
    assumed,
    awards,
    beds,
    cheers,
    digits,
    lines,
    savings,
    shape,
    sized,
    split,
    tables,
    worth,
)
from onedoor.evidence.money.costing.limits import limits
from onedoor.evidence.money.costing.occupied import Occupied
from onedoor.evidence.money.costing.priced import Prices
from onedoor.evidence.money.costing.result import Costing, Spent, discounted
from onedoor.evidence.money.costing.split import BUCKETS, Split
from onedoor.evidence.money.costing.today import Today
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class _Sums:
    """What is kept of each line as it goes by."""

    without: Reals
    with_model: Reals
    monthly: Reals
    put_in: Reals
    spent: list[Spent] = field(default_factory=list)


def cost(
    without: Occupied,
    with_model: Occupied,
    today: Today,
    plan: Plan,
    *,
    seed: int,
    number: int = 0,
    population: str = "",
    inputs: Mapping[str, object] | None = None,
    asked: Mapping[str, object] | None = None,
    noted: tuple[str, ...] = (),
    turned_away: NDArray[np.integer] | None = None,
    asked_of_beds: NDArray[np.integer] | None = None,
) -> Costing:
    """The costing of a plan.

    `without` and `with_model`: people (R, T, S) of the same states, with T the plan's months; their
    replication r must have lived through the same luck and, with the model, through the effects
    `effects.drawn(plan.effects[key], R, seed, number)`. `today`: B0, from `today.counted`. `number`
    is the number of the first replication. `population` says who is counted, `inputs` what they
    were counted from, `asked` in plain values what was asked of them, `noted` what a reader must be
    told of that; all go into the result. Money is drawn once and is the same on both sides.
    `turned_away` (R, T), where the plan has beds: how often somebody did not get the kind of bed
    they needed. `asked_of_beds` (D, T, B): in the first D of the replications, how often somebody
    needed each kind of bed, were one always free; without it the hub is not sized.

    Raises `Refused` where the two do not fit each other or the plan, or a price is missing.
    """
    _check(without, with_model, plan, turned_away, asked_of_beds)
    prices = Prices(plan, without.n, seed, number)
    sums = _sums(without, with_model, prices)
    found = Split(
        split.pence(sums.without), split.pence(sums.with_model), split.pence(today.drawn(prices))
    )
    present = discounted(found, plan, plan.perspective)
    means = {f"effect {key}": effect.mean for key, effect in plan.effects.items()}
    for key in plan.effects:
        prices.effect(key)
    for name in beds.names(plan.hub):
        prices.chance(name)
    # Part of what the run is named by.
    counted = None if asked_of_beds is None else np.asarray(asked_of_beds)
    hub = sized.one_hub(counted, prices)
    moved = worth.moved(present, prices.drawn, seed)
    payback = worth.payback(sums.monthly)
    even = worth.break_even(present, prices.drawn, means)
    saving = savings.by_year(found, plan)
    made = (
        saving,
        savings.payers(found, plan),
        savings.by_payer(found, plan),
        tables.payback(payback, plan),
        tables.returned(worth.returned(present, sums.put_in, plan.discount), plan),
        tables.moved(moved, present, plan),
        tables.break_even(even, plan),
        assumed.assumed(plan),
        assumed.published(),
        shape.shape(plan),
        *beds.tables(with_model, turned_away, plan),
        *hub.tables,
        tables.lines(tuple(sums.spent), plan),
        tables.today(today, plan),
        awards.awards(plan),
        *awards.beside(saving, plan),
    )
    checked = cheers.checklist(plan, population, without.n, seed)
    full = turned_away is not None
    told = limits(
        *(plan, prices, today, cheers.unfilled(checked), without.states),
        full=full,
        of_places=hub.limits,
    )
    return Costing(
        plan=plan,
        population=population,
        split=found,
        today=today,
        spent=tuple(sums.spent),
        monthly=sums.monthly,
        present=present,
        drawn=prices.drawn,
        payback=payback,
        sized=hub.found,
        not_sized=hub.why_not,
        moved=moved,
        break_even=even,
        tables=(*made, checked),
        provenance=_provenance(
            *(without, with_model, today, plan, seed, number),
            {**(inputs or {}), "asked of the beds": counted},
            asked or {},
        ),
        n=without.n,
        seed=seed,
        mcse=digits.error_of_mean(present),
        limits=(*told, *noted),
    )


def _check(
    without: Occupied,
    with_model: Occupied,
    plan: Plan,
    turned_away: NDArray[np.integer] | None,
    asked_of_beds: NDArray[np.integer] | None,
) -> None:
    if without.states != with_model.states or without.people.shape != with_model.people.shape:
        raise Refused(
            f"Without the model there are {without.people.shape} (replications, months, kinds of "
            f"home) and with it {with_model.people.shape}: simulate both in the same way."
        )
    if without.months != plan.months:
        raise Refused(
            f"The simulation has {without.months} months and the plan {plan.months}: simulate as "
            f"many as the plan has."
        )
    if turned_away is not None and turned_away.shape != (without.n, without.months):
        raise Refused(
            f"Turned away is counted in {turned_away.shape}, and there are {without.n} "
            f"replications of {without.months} months: count it in the simulation with the model."
        )
    hub = plan.hub
    if asked_of_beds is not None:
        many, *shape = asked_of_beds.shape
        if shape != [without.months, len(hub.beds)] or not 0 < many <= without.n:
            raise Refused(
                f"What is asked of the beds is counted in {asked_of_beds.shape}, and there are "
                f"{without.n} replications of {without.months} months, and {len(hub.beds)} kinds "
                f"of bed: count it in the simulation with the model."
            )
    away = [bed.state for bed in hub.beds if bed.state not in with_model.states]
    if turned_away is not None and away:
        raise Refused(
            f"Somebody was turned away, and {', '.join(away)} is no kind of home of the "
            f"simulation: simulate with the beds of the plan."
        )
    for state in hub.states:
        if state not in without.states:
            continue
        if without.anybody(state) and not hub.hubs_now:
            raise Refused(
                f"Young people live in {state} without the plan, and hubs_now is 0: give how many "
                f"hubs there are now, or their beds would cost nothing."
            )
        if with_model.anybody(state) and not hub.hubs_now + hub.hubs:
            raise Refused(f"Young people live in {state}, and the plan has no hub: give hubs.")


def _sums(without: Occupied, with_model: Occupied, prices: Prices) -> _Sums:
    plan, many = prices.plan, without.n
    by_bucket = (many, plan.years, len(BUCKETS))
    sums = _Sums(
        *(np.zeros(by_bucket), np.zeros(by_bucket)),
        *(np.zeros((many, plan.months)), np.zeros((many, plan.years))),
    )
    counts = split.counts_in(plan.perspective)
    for line in lines.lines(without, with_model, prices):
        yearly = [
            each.reshape(many, plan.years, 12).sum(axis=2)
            for each in (line.without, line.with_model)
        ]
        inside = 0.0
        for bucket, share in split.parts(line.payer, line.kind, line.cash).items():
            sums.without[:, :, bucket] += yearly[0] * share
            sums.with_model[:, :, bucket] += yearly[1] * share
            inside += share * float(counts[bucket])
        if inside:
            sums.monthly += inside * (line.without - line.with_model)
            if line.put_in:
                sums.put_in += inside * (yearly[1] - yearly[0])
        totals = [each.sum(axis=1) for each in yearly]
        sums.spent.append(
            Spent(
                line.what,
                line.item,
                line.payer,
                line.kind,
                line.cash,
                without=float(totals[0].mean()),
                with_model=float(totals[1].mean()),
                error=max(digits.error_of_mean(each) for each in totals),
            )
        )
    return sums


def _provenance(
    without: Occupied,
    with_model: Occupied,
    today: Today,
    plan: Plan,
    seed: int,
    number: int,
    inputs: Mapping[str, object],
    asked: Mapping[str, object],
) -> provenance.Provenance:
    rates = pl.DataFrame([rate.as_dict() for rate in plan.tariff.rates], infer_schema_length=None)
    return provenance.of(
        seed=seed,
        inputs={
            **inputs,
            "people without": without.people,
            "people with": with_model.people,
            "people before": without.before,
            "today": {" ".join(key): pence for key, pence in sorted(today.amounts.items())},
            "rates": rates,
            "deflator": {year: str(level) for year, level in plan.deflator.index.items()},
            "plan": plan.text.encode(),
            # A plan need not come from a file, so its parts count too.
            "parts": repr(
                [plan.nights, plan.hub, plan.own_homes, plan.fixed, plan.once, plan.awards]
                + [plan.events, plan.outturn, plan.shares, plan.uplifts]
            ),
        },
        parameters={
            **asked,
            "replications": without.n,
            "first": number,
            "price_base": plan.price_base,
            "perspective": plan.perspective,
            "discount": str(plan.discount.per_year),
            "effects": {key: each.as_dict() for key, each in plan.effects.items()},
        },
    )
