"""Every line of money of a plan, month by month: without the model, and with it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onedoor.evidence.money import years
from onedoor.evidence.money.costing import occupied
from onedoor.evidence.money.costing.occupied import Occupied
from onedoor.evidence.money.costing.priced import Prices, cash_share
from onedoor.evidence.money.plan import OwnHomes
from onedoor.evidence.refusal import Refused

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """`without` and `with_model` are (R, T), pounds of the price base in each month. `cash` is the
    part of it that is cash to its payer when it is not spent. `put_in`: whether what is more with
    the model is what the plan puts in: hubs, and what is paid once or beside."""

    item: str
    payer: str
    kind: str
    what: str
    cash: float
    without: Reals
    with_model: Reals
    put_in: bool


def lines(without: Occupied, with_model: Occupied, prices: Prices) -> Iterator[Line]:
    """One line for each price and payer, one at a time: all of them at once would fill the memory.

    Raises `Refused` where a kind of home with anybody in it has no price.
    """
    yield from _by_the_night(without, with_model, prices)
    for homes in prices.plan.own_homes:
        yield from _by_the_home(homes, without, with_model, prices)
    yield from _hubs(prices)
    yield from _fixed(prices)
    yield from _once(prices)
    yield from _events(without, with_model, prices)


def _line(
    prices: Prices,
    item: str,
    payer: str,
    what: str,
    both: tuple[Reals, Reals],
    *,
    put_in: bool = False,
) -> Line:
    rate = next(rate for rate in prices.plan.tariff.rates if rate.key == (item, payer))
    return Line(item, payer, rate.kind, what, cash_share(prices.plan, rate), *both, put_in)


def _by_the_night(without: Occupied, with_model: Occupied, prices: Prices) -> Iterator[Line]:
    plan = prices.plan
    elsewhere = {*plan.hub.states, *(homes.state for homes in plan.own_homes)}
    for state in without.states:
        if state in elsewhere or not (without.anybody(state) or with_model.anybody(state)):
            continue
        items = plan.nights.get(state, ())
        if not items:
            raise Refused(
                f"Young people live in {state}, and the plan has no price for a night there: add "
                f'{state} = ["…"] to [nights] and its [[rate]]. Where it costs nothing, give a '
                f"price of 0 and say why."
            )
        people = without.average(state), with_model.average(state)
        for item in items:
            for payer in plan.tariff.payers(item):
                price = prices.month(item, payer, plan.begins, plan.until)
                both = people[0] * price, people[1] * price
                yield _line(prices, item, payer, state, both)


def _by_the_home(
    homes: OwnHomes, without: Occupied, with_model: Occupied, prices: Prices
) -> Iterator[Line]:
    plan = prices.plan
    if homes.state not in without.states:
        raise Refused(
            f"The plan has own homes of the kind {homes.state}, and nobody ever lives in one: take "
            f"out that [[own_homes]], or name one of: {', '.join(without.states)}."
        )
    opened = (
        homes_open(without.most(homes.state), homes),
        homes_open(with_model.most(homes.state), homes),
    )
    for payer in plan.tariff.payers(homes.item):
        price = prices.month(homes.item, payer, plan.begins, plan.until)
        both = opened[0] * price, opened[1] * price
        yield _line(prices, homes.item, payer, homes.state, both)


def homes_open(most: Reals, homes: OwnHomes) -> Reals:
    """(R, T): homes that are open. One goes only after its places were not needed for
    `months_before_closing` months on end; one more opens in the month it is needed. `most` (R, T)
    are the young people who need a place in the month."""
    needed = np.ceil(most / homes.places)
    hold = homes.months_before_closing
    history = np.full((len(most), hold - 1), float(homes.homes_now))
    whole = np.concatenate([history, needed], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(whole, hold, axis=1)
    found: Reals = windows.max(axis=2)
    return found


def _hubs(prices: Prices) -> Iterator[Line]:
    """The same every night, whoever is there: a hub is paid by the hub, never by the head."""
    plan, hub = prices.plan, prices.plan.hub
    for item, each in hub.fixed.items():
        for payer in plan.tariff.payers(item):
            now = np.zeros((prices.many, plan.months))
            if hub.hubs_now:
                now = prices.month(item, payer, plan.begins, plan.until)
                now = now * float(each) * hub.hubs_now
            uplift = plan.uplifts.get(item, 1.0)
            each_hub = prices.month(item, payer, hub.opens, plan.until) * float(each)
            more = each_hub * hub.hubs * uplift
            yield _line(prices, item, payer, "hub", (now, now + more), put_in=True)


def _fixed(prices: Prices) -> Iterator[Line]:
    plan = prices.plan
    nothing = np.zeros((prices.many, plan.months))
    for fixed in plan.fixed:
        first = max(fixed.first, plan.begins)
        until = min(fixed.until or plan.until, plan.until)
        if first >= until:
            raise Refused(f"{fixed.words} is paid from {first} up to {until}: in no year of these.")
        for payer in plan.tariff.payers(fixed.item):
            uplift = plan.uplifts.get(fixed.item, 1.0)
            price = prices.month(fixed.item, payer, first, until) * float(fixed.many) * uplift
            yield _line(prices, fixed.item, payer, fixed.words, (nothing, price), put_in=True)


def _once(prices: Prices) -> Iterator[Line]:
    plan = prices.plan
    nothing = np.zeros((prices.many, plan.months))
    for once in plan.once:
        if not plan.begins <= once.on < plan.until:
            raise Refused(f"{once.words} is paid on {once.on}, which is in no year of the plan.")
        for payer in plan.tariff.payers(once.item):
            paid = np.zeros((prices.many, plan.months))
            month = (once.on.year - plan.begins.year) * 12 + once.on.month - plan.begins.month
            uplift = plan.uplifts.get(once.item, 1.0)
            paid[:, month] = prices.event(once.item, payer, once.on) * float(once.many) * uplift
            yield _line(prices, once.item, payer, once.words, (nothing, paid), put_in=True)


def _events(without: Occupied, with_model: Occupied, prices: Prices) -> Iterator[Line]:
    """What happens to young people in care, so often in 1,000 nights: no part of the simulation."""
    plan = prices.plan
    if not plan.events:
        return
    nights = occupied.nights(plan.begins, plan.months)
    in_care = without.everybody() * nights, with_model.everybody() * nights
    for event in plan.events:
        rate = prices.often(event) / 1000
        changed = np.exp(np.outer(prices.effect(event.effect), taken_hold(prices, event.effect)))
        for payer in plan.tariff.payers(event.item):
            each = np.stack(
                [
                    prices.event(event.item, payer, years.month_begins(plan.begins, month))
                    for month in range(plan.months)
                ],
                axis=1,
            )
            price = each * rate[:, None]
            both = in_care[0] * price, in_care[1] * price * changed
            yield _line(prices, event.item, payer, "events", both)


def taken_hold(prices: Prices, key: str) -> Reals:
    """(T,): how much of an effect is there in each month, from 0 to 1: nothing before the hubs
    open, and evenly more until it is whole, as the simulation has it."""
    effect = prices.plan.effects.get(key)
    come = np.arange(prices.plan.months) - prices.plan.opens_month + 1.0
    return np.clip(come / max(1 if effect is None else effect.months, 1), 0.0, 1.0)
