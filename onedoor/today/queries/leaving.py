"""Whose key worker somebody still is, before they leave."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from onedoor.door.models import YoungPerson
from onedoor.team import queries as team_queries
from onedoor.team.models import Account, Membership
from onedoor.team.rules import WORKERS


def how_many_are_theirs(account: Account) -> int:
    """Those stepped away are counted too: the key worker stays theirs."""
    return YoungPerson.objects.with_key_worker().filter(key_worker_id=account.pk).count()


def how_many_would_be_without(account: Account, on: date) -> int:
    """Those of them at a hub where, from this day, this account cannot be anybody's key worker."""
    still = Membership.objects.current(on).filter(account=account, role__in=WORKERS)
    theirs = YoungPerson.objects.with_key_worker().filter(key_worker_id=account.pk)
    return theirs.exclude(welcome__hub__in=still.values("hub")).count()


def theirs(by: Account, account: Account, on: date) -> QuerySet[YoungPerson]:
    """Those of them whose page this account may open."""
    people = YoungPerson.objects.visible_to(by, on).with_key_worker()
    return people.filter(key_worker_id=account.pk)


def leaver(by: Account, account_id: UUID, on: date) -> Account | None:
    team_queries.must_hold(by, "keep_team", on)
    account = team_queries.people(by, on).filter(pk=account_id).first()
    if account is not None:
        team_queries.must_end(by, account.memberships.not_over(on), on)
    return account


def role_to_end(by: Account, membership_id: UUID, on: date) -> Membership | None:
    held = team_queries.memberships(by, on).filter(pk=membership_id).first()
    if held is not None:
        team_queries.must_end(by, [held], on)
    return held
