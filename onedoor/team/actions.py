"""Joining the team, holding a role, leaving."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from onedoor.team import record, rules
from onedoor.team.models import Account, Hub, Membership
from onedoor.team.rules import NotNow, Refused


def open_hub(*, by: Account | None, at: datetime, name: str, opened_on: date) -> Hub:
    """Open a hub. `by` is None only when a council is first set up."""
    with record.change("team.open_hub", by=by, at=at):
        _must_keep_team(by, at, role=None)
        if Hub.objects.filter(name__iexact=name).exists():
            raise NotNow(f"There is a hub called {name} already.")
        return Hub.objects.create(name=name, opened_on=opened_on)


def join(
    *, by: Account | None, at: datetime, name: str, email: str, agency: str, role: str,
    hub: Hub | None, from_on: date, until_on: date | None = None, portfolio: str = "",
) -> Account:  # fmt: skip
    """Invite somebody: an account with one role, and no password until they choose one.

    `by` is None only when a council is first set up, from the command line.
    """
    with record.change("team.join", by=by, at=at):
        _must_keep_team(by, at, role)
        email = email.strip().lower()
        if Account.objects.filter(email__iexact=email).exists():
            raise NotNow("Somebody with this e-mail address is here already. Give them the role.")
        account = Account(email=email, name=name.strip(), agency=agency, joined_at=at)
        account.set_unusable_password()
        account.save()
        # allauth lets only a verified address set a one-time code; a manager vouches for this one.
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
        _hold(by, at, account, role, hub, from_on, until_on, portfolio)
        return account


def give_role(
    *, by: Account | None, at: datetime, account: Account, role: str, hub: Hub | None,
    from_on: date, until_on: date | None = None, portfolio: str = "",
) -> Membership:  # fmt: skip
    with record.change("team.give_role", by=by, at=at):
        _must_keep_team(by, at, role)
        if not account.is_active:
            raise NotNow(f"{account.name} has left. Invite them again with a new account.")
        return _hold(by, at, account, role, hub, from_on, until_on, portfolio)


def end_role(*, by: Account, at: datetime, membership: Membership, until_on: date) -> None:
    """A role ends on a day; on that day it is over."""
    with record.change("team.end_role", by=by, at=at):
        _must_keep_team(by, at, membership.role)
        if until_on <= membership.from_on:
            raise NotNow("The day it ends must be after the day it started.")
        Membership.objects.filter(pk=membership.pk).update(until_on=until_on)


def leave(*, by: Account, at: datetime, account: Account) -> None:
    """Somebody leaves: their account is off and every session of theirs ends at the next click."""
    with record.change("team.leave", by=by, at=at):
        _must_keep_team(by, at, role=None)
        account.is_active = False
        account.set_unusable_password()
        account.save()
        for session in Session.objects.filter(expire_date__gt=at):
            if session.get_decoded().get("_auth_user_id") == str(account.pk):
                session.delete()


def _hold(by, at, account, role, hub, from_on, until_on, portfolio) -> Membership:
    rules.check_membership(role, hub is not None, from_on, until_on)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                account=account, hub=hub, role=role, portfolio=portfolio, from_on=from_on,
                until_on=until_on, given_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotNow(f"{account.name} is {rules.role_name(role).lower()} here already.") from error


def _must_keep_team(by: Account | None, at: datetime, role: str | None) -> None:
    if by is None:
        return
    held = by.roles_on(at.date())
    if not held & set(rules.roles_that_may("keep_team", rules.ANYONE)):
        raise Refused(rules.refusal("keep_team"))
    if role is not None:
        rules.check_may_give(held, role)
