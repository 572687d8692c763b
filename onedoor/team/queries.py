"""Who works here, and what the record says."""

from datetime import date

from django.db.models import QuerySet

from onedoor.team import rules
from onedoor.team.models import Account, Entry, Hub, Membership
from onedoor.team.rules import Refused


def must_hold(by: Account, doing: str, on: date) -> None:
    if not by.roles_on(on) & set(rules.roles_that_may(doing, rules.ANYONE)):
        raise Refused(rules.refusal(doing))


def who_works_here(by: Account, on: date) -> list[tuple[str, list[Membership]]]:
    """Everyone with a role today, hub by hub and then across the council."""
    must_hold(by, "see_team", on)
    held = (
        Membership.objects.current(on)
        .filter(account__is_active=True)
        .exclude(role__in=("young-person", "parent-or-carer"))
        .select_related("account", "hub")
    )
    order = list(rules.roles())
    rows = sorted(held, key=lambda m: (order.index(m.role), m.account.name))
    groups = [(hub.name, [m for m in rows if m.hub_id == hub.pk]) for hub in Hub.objects.all()]
    return [*groups, ("Across the council", [m for m in rows if m.hub_id is None])]


def key_workers(on: date, hub: Hub | None = None) -> QuerySet[Account]:
    """Those whose role lets them be somebody's key worker."""
    may_be = [role.key for role in rules.roles().values() if role.key_worker]
    return Account.objects.active().with_role(may_be, on, hub).order_by("name")


def the_record(by: Account, on: date) -> QuerySet[Entry]:
    must_hold(by, "see_whole_record", on)
    return Entry.objects.select_related("by").prefetch_related("subjects")
