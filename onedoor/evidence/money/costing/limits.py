"""What a costing does not know, in plain English, to be shown with any figure of it."""

from onedoor.evidence.money import years
from onedoor.evidence.money.costing import beds, worth
from onedoor.evidence.money.costing.priced import Prices
from onedoor.evidence.money.costing.today import Today
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.money.plan.reading import optimism

ALWAYS = (
    "Everything here is a forecast. Nothing has happened, and nothing may be quoted as saved.",
    "No unbiased effect of No Wrong Door has been published where we could see it.",
    "A price is taken to rise with the deflator and no faster.",
    "A month counts those half way between its beginning and its end: a stay shorter than a month "
    "may be missed.",
    "What is worth knowing counts one yes or no, today; it knows nothing of waiting or of trying.",
)


def limits(
    plan: Plan,
    prices: Prices,
    today: Today,
    unfilled: tuple[str, ...],
    states: tuple[str, ...],
    *,
    full: bool,
    of_places: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The sentences that hold for this costing; `states` are the kinds of home that it knows, and
    `full` whether it was told how often the hub was full. `of_places`: those of how many places a
    hub needs."""
    n = prices.many
    return (
        *ALWAYS,
        *beds.limits(plan.hub, states, full=full),
        *of_places,
        *_effects(plan),
        *_prices(plan, prices),
        *_today(today),
        *_left_out(plan, states),
        *(
            [f"With {n:,} replications nothing can be said of what the saving hangs on."]
            if n < worth.FEWEST
            else []
        ),
        *([f"CHEERS 2022, not said by anybody yet: {'; '.join(unfilled)}."] if unfilled else []),
    )


def _effects(plan: Plan) -> list[str]:
    if not plan.effects:
        return ["The plan assumes no effect at all: what is shown is what the hubs cost."]
    found = []
    judged = [key for key, each in plan.effects.items() if "our judgement" in each.source]
    if judged:
        found.append(
            f"These effects are our judgement and not a finding: {', '.join(judged)}. They may be "
            f"nothing, or the wrong way round."
        )
    return found


def _prices(plan: Plan, prices: Prices) -> list[str]:
    used = sorted(
        {rate for rates in prices.used.values() for rate in rates},
        key=lambda rate: (rate.key, rate.valid_from),
    )
    found = [f"{rate.item}: {rate.judgement}" for rate in used if rate.judgement]
    firm = sorted({rate.item for rate in used if rate.low == rate.high and rate.mode})
    firm = [item for item in firm if not _statutory(item, prices)]
    if firm:
        found.append(f"These prices were given without a range, as if certain: {', '.join(firm)}.")
    asked = sorted({rate.price_year for rate in used} | {plan.price_base} | _award_years(plan))
    if plan.deflator.uses_forecast(*asked):
        found.append(
            f"{plan.deflator.name}: years from {plan.deflator.first_forecast} are a forecast."
        )
    if not plan.uplifts:
        found.append(optimism()["note"])
    return found + [note for note in (plan.deflator.note, plan.discount.note) if note]


def _award_years(plan: Plan) -> set[str]:
    return {each.year for each in plan.awards}


def _statutory(item: str, prices: Prices) -> bool:
    bases = {rate.basis for rate in prices.plan.tariff.rates if rate.item == item}
    return bases == {"statutory"}


def _today(today: Today) -> list[str]:
    found = []
    for payer, said in today.outturn.items():
        counted = today.counted.get(payer, 0)
        if counted and abs(said / counted - 1) > 0.1:
            found.append(
                f"In {today.year} the {payer} is said to have spent £{said / 100:,.0f}, and its "
                f"nights come to £{counted / 100:,.0f}: until the two agree, direct saving and "
                f"growth avoided are both out by the difference, and the net is not."
            )
    return found


def _left_out(plan: Plan, states: tuple[str, ...]) -> list[str]:
    found = []
    if plan.hub.hubs and not set(plan.hub.states) & set(states):
        found.append(
            "The returns know no hub and the plan gives it no beds: whoever would live in one is "
            "counted, and paid for, in another kind of home as well, so the saving is understated. "
            "Give [[hub.bed]], [[hub.places]] and [[hub.comes]], or the council's list of hubs."
        )
    if not plan.once:
        found.append("Nothing is paid once: no building, no training, no moving in.")
    if plan.hub.outreach_caseload is None:
        found.append("The plan does not say how many young people outreach supports at once.")
    if plan.opens_month + 12 > plan.months:
        found.append(
            f"The hubs open in {years.of(plan.hub.opens)}: less than a year of them is counted."
        )
    return found
