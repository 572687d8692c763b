"""The beds of a hub again, slowly: one replication, one month, one bed at a time."""

import math
from datetime import date

FIVE_PERCENT = 1.6448536269514722


def stay(bed, z):
    """Mean months of a stay, and the part of those who come who are counted at all."""
    middle = math.sqrt(bed.low * bed.high)
    months = middle * (bed.high / bed.low) ** (z / (2 * FIVE_PERCENT)) / (365.25 / 12)
    return max(months, 1.0), min(months, 1.0)


def share(comes, z):
    low, high = comes.low / (1 - comes.low), comes.high / (1 - comes.high)
    odds = math.sqrt(low * high) * (high / low) ** (z / (2 * FIVE_PERCENT))
    return odds / (1 + odds)


def places(plan, state, month):
    day = date(plan.begins.year + (plan.begins.month - 1 + month) // 12, (3 + month) % 12 + 1, 1)
    found = 0
    for each in plan.hub.places:
        if each.on <= day:
            found = each.many[state] * plan.hub.hubs
    return found


def year_of_beds(plan, with_model, kinds, year):
    """Part taken (mean over the replications) and nights kept free (the same)."""
    whole = used = 0.0
    for month in range(12 * year, 12 * year + 12):
        first = date(2025 + (month + 3) // 12, (month + 3) % 12 + 1, 1)
        after = date(2025 + (month + 4) // 12, (month + 4) % 12 + 1, 1)
        nights = (after - first).days
        for kind in kinds:
            at = with_model.states.index(kind)
            whole += nights * places(plan, kind, month)
            for r in range(with_model.n):
                begins = with_model.people[r, month - 1, at] if month else with_model.before[at]
                ends = with_model.people[r, month, at]
                used += nights * (int(begins) + int(ends)) / 2 / with_model.n
    return used / whole, whole - used
