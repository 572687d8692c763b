"""What is asked of a hub and what its night costs again, slowly: one future, one bed at a time."""

import math
from datetime import date, timedelta

from tests.evidence.model import slow_simulation
from tests.evidence.money import slow_beds


def asked_of_beds(schedule, population, plan, r, *, seed):
    """For each month, how often each kind of bed was needed, were one always free."""
    states = schedule.grid.states
    limits = [[-1] * len(states)] * schedule.months
    lived = slow_simulation.one(
        schedule, population, r, seed=seed, caps=limits, routes=[[] for _ in states]
    )
    kinds = [states.index(bed.state) for bed in plan.hub.beds]
    return [[needs.count(kind) for kind in kinds] for _, _, needs in lived]


def a_year(plan, months, luck):
    """Of one future: times a year that all hubs are asked for each kind of bed, by the months
    counted and the luck of how long they stay."""
    first = (plan.hub.opens.year - plan.begins.year) * 12 + plan.hub.opens.month - 4
    first += max(comes.months for comes in plan.hub.comes)
    years = (len(months) - first) / 12
    home, emergency = (sum(month[at] for month in months[first:]) / years for at in (0, 1))
    part = [slow_beds.stay(bed, z)[1] for bed, z in zip(plan.hub.beds, luck, strict=True)]
    # In these plans nobody goes on to an emergency bed, and some go on from one.
    on = plan.hub.beds[1].shares["hub_home"]
    whole = emergency / part[1]
    return [max(home - on * emergency, 0) / part[0] + on * whole, whole]


def days(bed, z):
    middle = math.sqrt(bed.low * bed.high)
    return middle * (bed.high / bed.low) ** (z / (2 * slow_beds.FIVE_PERCENT))


def night(plan, prices_of_a_night, first):
    """`prices_of_a_night(item, day)`: of one of it, all payers together."""
    day, whole, of_places = first, 0.0, 0
    while day < date(2030, 4, 1):
        for item, many in plan.hub.fixed.items():
            whole += prices_of_a_night(item, day) * float(many) * plan.uplifts.get(item, 1.0)
        of_places += sum(plan.hub.places[-1].many.values())
        day += timedelta(days=1)
    return whole / of_places
