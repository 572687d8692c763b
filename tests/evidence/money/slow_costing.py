"""The costing again, slowly: one replication, one month, one night of a price at a time.

It takes the draws (standard normal numbers by name) from the costing that it checks, and nothing
else: no price, no month, no sum.
"""

import math
from collections import defaultdict
from datetime import date, timedelta

from onedoor.evidence.money import years
from onedoor.evidence.money.plan.reading import default_shares

FIVE_PERCENT = 1.6448536269514722


def spent(plan, occupied, made, r, with_model):
    """Pounds by (year, payer, class) in one replication."""
    found = defaultdict(float)
    for month in range(plan.months):
        first = years.month_begins(plan.begins, month)
        year = years.of(first)
        for item, payer, pounds in _month(plan, occupied, made, r, month, first, with_model):
            kind = next(each.kind for each in plan.tariff.rates if each.key == (item, payer))
            cash = default_shares()[payer] if kind == "cashable" else 0.0
            found[year, payer, "cashable"] += pounds * cash
            found[year, payer, "wider" if kind == "wider" else "avoided"] += pounds * (1 - cash)
    return found


def _month(plan, occupied, made, r, month, first, with_model):
    elsewhere = {*plan.hub.states, *(homes.state for homes in plan.own_homes)}
    everybody = 0.0
    for at, state in enumerate(occupied.states):
        people = _ends(occupied, r, at, month - 1) / 2 + _ends(occupied, r, at, month) / 2
        everybody += people
        if state not in elsewhere:
            for item in plan.nights.get(state, ()):
                yield from _paid(plan, made, r, item, first, people)
    for homes in plan.own_homes:
        yield from _paid(plan, made, r, homes.item, first, _open(homes, occupied, r, month))
    if with_model:
        yield from _plan_adds(plan, made, r, first)
    for event in plan.events:
        nights = (years.month_begins(first, 1) - first).days
        log = math.log(event.low * event.high) / 2
        sd = math.log(event.high / event.low) / (2 * FIVE_PERCENT)
        times = math.exp(log + sd * made.drawn[f"often {event.item}"][r]) * nights / 1000
        if with_model and event.effect:
            months = plan.effects[event.effect].months
            come = min(1.0, max(0.0, (month - plan.opens_month + 1) / months))
            times *= math.exp(made.drawn[f"effect {event.effect}"][r] * come)
        for payer in plan.tariff.payers(event.item):
            price = _price(plan, made, r, plan.tariff.at(event.item, payer, first))
            yield event.item, payer, everybody * times * price


def _plan_adds(plan, made, r, first):
    for item, each in plan.hub.fixed.items():
        if first >= plan.hub.opens:
            many = float(each) * plan.hub.hubs * plan.uplifts.get(item, 1)
            yield from _paid(plan, made, r, item, first, many)
    for fixed in plan.fixed:
        if fixed.first <= first and (fixed.until is None or first < fixed.until):
            yield from _paid(plan, made, r, fixed.item, first, float(fixed.many))
    for once in plan.once:
        if (once.on.year, once.on.month) == (first.year, first.month):
            for payer in plan.tariff.payers(once.item):
                price = _price(plan, made, r, plan.tariff.at(once.item, payer, once.on))
                yield once.item, payer, price * float(once.many)


def _paid(plan, made, r, item, first, many):
    """So many of an item through one month, night by night."""
    for payer in plan.tariff.payers(item):
        night, pounds = first, 0.0
        while night < years.month_begins(first, 1):
            rate = plan.tariff.at(item, payer, night)
            inside = {"night": 1, "week": 7, "year": _nights_of_year(night)}[rate.unit]
            pounds += _price(plan, made, r, rate) / inside
            night += timedelta(1)
        yield item, payer, pounds * many


def _nights_of_year(night):
    first = night.year if night.month > 3 else night.year - 1
    return (date(first + 1, 4, 1) - date(first, 4, 1)).days


def _price(plan, made, r, rate):
    price = rate.mode
    if rate.low != rate.high:
        sd = math.log(rate.high / rate.low) / (2 * FIVE_PERCENT)
        shift = -(sd**2) / 2 if rate.basis == "mean" else sd**2
        z = made.drawn[f"price {rate.item} {rate.payer}"][r]
        price = rate.mode * math.exp(shift + sd * z)
    return (
        price
        / 100
        * float(plan.deflator.index[plan.price_base])
        / float(plan.deflator.index[rate.price_year])
    )


def _ends(occupied, r, at, month):
    return int(occupied.before[at] if month < 0 else occupied.people[r, month, at])


def _open(homes, occupied, r, month):
    """A home is open when it was needed in any of the last months, or is there from the start."""
    at, found = occupied.states.index(homes.state), 0
    for back in range(homes.months_before_closing):
        then = month - back
        if then < 0:
            found = max(found, homes.homes_now)
            continue
        most = max(_ends(occupied, r, at, then - 1), _ends(occupied, r, at, then))
        found = max(found, -(-most // homes.places))
    return found
