"""Whether all that a plan pays for has a price, asked before anything is counted or simulated.

What is bought by the night is asked when it is known who lives where.
"""

from collections.abc import Iterator
from datetime import date

from onedoor.evidence.money.plan.parts import Fixed, Plan
from onedoor.evidence.refusal import Refused


def check(plan: Plan, where: str) -> None:
    """Raises `Refused` for the first price that is missing, with its place in the plan."""
    for place, item, first, until in _by_the_year(plan):
        if first >= until:
            continue
        try:
            for payer in plan.tariff.payers(item):
                plan.tariff.pieces(item, payer, first, until)
        except Refused as refused:
            raise Refused(f"{where}, {place}: {refused.sentence}") from None
    for number, once in enumerate(plan.once, 1):
        try:
            for payer in plan.tariff.payers(once.item):
                plan.tariff.at(once.item, payer, once.on)
        except Refused as refused:
            raise Refused(f"{where}, [[once]] {number}: {refused.sentence}") from None
    for number, event in enumerate(plan.events, 1):
        try:
            plan.tariff.payers(event.item)
        except Refused as refused:
            raise Refused(f"{where}, [[event]] {number}: {refused.sentence}") from None


def _by_the_year(plan: Plan) -> Iterator[tuple[str, str, date, date]]:
    """The place in the plan, the price, and the days from and to which it is paid."""
    hub = plan.hub
    for item in hub.fixed:
        place = "[hub], running" if item in hub.running else "[hub], posts"
        yield place, item, plan.begins if hub.hubs_now else hub.opens, plan.until
    kinds: dict[str, list[Fixed]] = {"fixed": [], "double_running": []}
    for fixed in plan.fixed:
        kinds["double_running" if fixed.double else "fixed"].append(fixed)
    for kind, several in kinds.items():
        for number, fixed in enumerate(several, 1):
            until = min(fixed.until or plan.until, plan.until)
            yield f"[[{kind}]] {number}", fixed.item, max(fixed.first, plan.begins), until
    for number, homes in enumerate(plan.own_homes, 1):
        yield f"[[own_homes]] {number}", homes.item, plan.begins, plan.until
