"""Who works here, and what the record says."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from onedoor.team import record, rules
from onedoor.team.models import Account, Entry, Hub, Membership
from onedoor.team.rules import NotNow, Refused, Role
from onedoor.team.subjects.models import EntrySubject, are_kept

OUTSIDE = (rules.Agency.FAMILY, rules.Agency.YOUNG_PERSON)


def must_hold(by: Account, doing: str, on: date) -> None:
    if not holds(by, doing, on):
        raise Refused(rules.refusal(doing))


def holds(by: Account, doing: str, on: date) -> bool:
    return bool(by.roles_on(on) & set(rules.roles_that_may(doing, rules.ANYONE)))


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


def not_here_today(by: Account, on: date) -> QuerySet[Account]:
    """Those who have left, or hold no role today: whoever invites people can ask them back."""
    must_hold(by, "keep_team", on)
    here = Membership.objects.current(on).filter(account__is_active=True)
    away = Account.objects.exclude(pk__in=here.values("account")).exclude(agency__in=OUTSIDE)
    return away.order_by("name")


def people(by: Account, on: date) -> QuerySet[Account]:
    """Accounts whose page this account may open: everybody's at work, and their own families'."""
    must_hold(by, "see_team", on)
    theirs = _invited_from_their_hub(by, on).values("account")
    return Account.objects.exclude(Q(agency__in=OUTSIDE) & ~Q(pk__in=theirs))


def _invited_from_their_hub(by: Account, on: date) -> QuerySet[Membership]:
    """Roles given by this manager, or by somebody who ran a hub that they run today.

    Not only by whoever invited: they may leave, and somebody must still be able to end it.
    """
    runs = [m.hub_id for m in by.memberships_on(on) if m.role in rules.MANAGERS]
    if not runs:
        return Membership.objects.none()
    given_on, until = F("recorded_at__date"), "given_by__memberships__until_on"
    ran_it = Q(
        given_by__memberships__role__in=rules.MANAGERS,
        given_by__memberships__hub__in=runs,
        given_by__memberships__from_on__lte=given_on,
    ) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": given_on}))
    return Membership.objects.filter(Q(given_by=by) | ran_it)


def roles_over_time(account: Account) -> QuerySet[Membership]:
    return account.memberships.select_related("hub", "given_by").order_by(
        "-from_on", "-recorded_at"
    )


def memberships(by: Account, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(account__in=people(by, on)).select_related("account", "hub")


def roles_to_give(by: Account, on: date, to: Account | None = None) -> list[Role]:
    """The roles this account may give, somewhere, and to this account where it is named."""
    must_hold(by, "keep_team", on)
    hubs = list(Hub.objects.all())
    return [
        role
        for role in rules.roles().values()
        if (to is None or _suits(to, role.key)) and _where(by, on, role, hubs)
    ]


def hubs_to_give(by: Account, on: date, role: Role) -> list[Hub]:
    """The hubs where this account may give this role. Refused where it may give it nowhere."""
    must_hold(by, "keep_team", on)
    where = _where(by, on, role, list(Hub.objects.all()))
    if not where:
        rules.check_may_give(_held(by, on), role.key, "no hub of theirs")
    return [hub for hub in where if hub is not None]


def _where(by: Account, on: date, role: Role, hubs: list[Hub]) -> list[Hub | None]:
    places: list[Hub | None] = [*hubs] if role.at == "hub" else [None]
    return [hub for hub in places if _may_give(by, on, role.key, hub)]


def must_end(by: Account, held: Iterable[Membership], on: date) -> None:
    """Raise Refused unless this account may end each of these roles."""
    must_hold(by, "keep_team", on)
    for membership in held:
        rules.check_may_end(_held(by, on), membership.role, membership.hub_id)


def may_end(by: Account, membership: Membership, on: date) -> bool:
    over = membership.until_on is not None and membership.until_on <= on
    if over or by.pk == membership.account_id:
        return False
    try:
        rules.check_may_end(_held(by, on), membership.role, membership.hub_id)
    except Refused:
        return False
    return True


def _held(by: Account, on: date) -> list[tuple[str, object]]:
    return [(m.role, m.hub_id) for m in by.memberships_on(on)]


def _may_give(by: Account, on: date, role: str, hub: Hub | None) -> bool:
    try:
        rules.check_may_give(_held(by, on), role, hub.pk if hub else None)
    except Refused:
        return False
    return True


def _suits(account: Account, role: str) -> bool:
    try:
        rules.check_agency(account.agency, account.name, role)
    except NotNow:
        return False
    return True


def key_workers(on: date, hub: Hub | None = None) -> QuerySet[Account]:
    """Those whose role lets them be somebody's key worker."""
    may_be = [role.key for role in rules.roles().values() if role.key_worker]
    return Account.objects.active().with_role(may_be, on, hub).order_by("name")


# ── the record ───────────────────────────────────────────────────────────────────────────────────

A_PAGE = 50
KINDS = {Entry.DID: "Did", Entry.SAW: "Saw", Entry.REFUSED: "Was refused"}


@dataclass(frozen=True)
class Read:
    """One line of the record as the screen says it."""

    number: int
    at: datetime
    who: str
    kind: str
    what: str
    about: int


@dataclass(frozen=True)
class Page:
    lines: list[Read]
    head: tuple[int, str]
    faults: tuple[str, ...]
    older: int | None


def the_record(by: Account, on: date, before: int | None = None) -> Page:
    """A page of the record, newest first, and whether its lines follow from each other."""
    must_hold(by, "see_whole_record", on)
    subjects = EntrySubject.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
    about = Coalesce(Subquery(subjects.annotate(n=Count("pk")).values("n")), 0)
    rows = Entry.objects.select_related("by").annotate(about=about if are_kept() else Value(0))
    shown = list((rows if before is None else rows.filter(number__lt=before))[:A_PAGE])
    lines = [
        Read(
            row.number,
            row.at,
            row.by.name if row.by else "",
            KINDS[row.kind],
            in_words(row.kind, row.verb),
            row.about,
        )
        for row in shown
    ]
    faults = record.faults_between(shown[-1].number, shown[0].number) if shown else ()
    older = shown[-1].number if shown and shown[-1].number > 1 else None
    return Page(lines, record.head(), faults, older)


def in_words(kind: str, verb: str) -> str:
    """A verb of the record in plain words; one that nobody has worded yet is still readable."""
    known = _words()["did" if kind == Entry.DID else "pages"].get(verb)
    return known or verb.replace(":", ": ").replace(".", ": ").replace("_", " ").capitalize()


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files("onedoor.team").joinpath("verbs.toml").read_text("utf-8")
    return tomllib.loads(text)
