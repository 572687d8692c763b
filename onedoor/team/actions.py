"""Joining the team, holding a role, leaving."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.team import record, rules
from onedoor.team.models import Account, Hub, Membership
from onedoor.team.rules import NotNow, Refused


def open_hub(*, by: Account | None, at: datetime, name: str, opened_on: date) -> Hub:
    """Open a hub. `by` is None only when a council is first set up."""
    with record.change("team.open_hub", by=by, at=at):
        if by is not None and "system-owner" not in by.roles_on(timezone.localdate(at)):
            raise Refused("Only the system owner can open a hub.")
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
        _must_give(by, at, role, hub)
        name, email = name.strip(), email.strip().lower()
        if not name or not email:
            raise NotNow("Enter their name and their e-mail address.")
        account = Account(email=email, name=name, agency=agency, joined_at=at)
        account.set_unusable_password()
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError as error:
            raise NotNow(
                "Somebody with this e-mail address is here already, or was. "
                "Find them among who works here and give them the role."
            ) from error
        # allauth lets only a verified address set a one-time code; a manager vouches for this one.
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
        _hold(by, at, account, role, hub, from_on, until_on, portfolio)
        return account


def give_role(
    *, by: Account | None, at: datetime, account: Account, role: str, hub: Hub | None,
    from_on: date, until_on: date | None = None, portfolio: str = "",
) -> Membership:  # fmt: skip
    """Give a role to somebody who is here, or who left and comes back.

    Coming back opens the old account again: what it did stays its own. Whoever comes back chooses
    a new password and sets up a new one-time code, from a new invitation.
    """
    with record.change("team.give_role", by=by, at=at):
        _must_give(by, at, role, hub)
        _not_to_oneself(by, account)
        membership = _hold(by, at, account, role, hub, from_on, until_on, portfolio)
        if not account.is_active:
            account.is_active = True
            account.save(update_fields=["is_active"])
        return membership


def end_role(*, by: Account, at: datetime, membership: Membership, until_on: date) -> None:
    """A role ends on a day; on that day it is over."""
    with record.change("team.end_role", by=by, at=at):
        rules.check_may_end(_held(by, at), membership.role, membership.hub_id)
        _not_to_oneself(by, membership.account)
        membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        today = timezone.localdate(at)
        if membership.until_on is not None and membership.until_on <= today:
            raise NotNow("This role is over already.")
        if until_on < max(today, membership.from_on):
            raise NotNow("What has been cannot be changed: choose today or a later day.")
        if membership.until_on is not None and until_on > membership.until_on:
            raise NotNow("To go on for longer, give the role again from the day this one ends.")
        Membership.objects.filter(pk=membership.pk).update(until_on=until_on)


def leave(*, by: Account, at: datetime, account: Account) -> None:
    """Somebody leaves: their roles end, and where they are signed in it ends at the next click."""
    with record.change("team.leave", by=by, at=at):
        _not_to_oneself(by, account)
        held, today = _held(by, at), timezone.localdate(at)
        if not {role for role, _ in held} & set(rules.roles_that_may("keep_team", rules.ANYONE)):
            raise Refused(rules.refusal("keep_team"))
        for membership in account.memberships.not_over(today):
            rules.check_may_end(held, membership.role, membership.hub_id)
            Membership.objects.filter(pk=membership.pk).update(
                until_on=max(today, membership.from_on)
            )
        account.is_active = False
        account.set_unusable_password()
        account.save()
        Authenticator.objects.filter(user=account).delete()
        for session in Session.objects.filter(expire_date__gt=at):
            if session.get_decoded().get("_auth_user_id") == str(account.pk):
                session.delete()


def _hold(
    by: Account | None, at: datetime, account: Account, role: str, hub: Hub | None,
    from_on: date, until_on: date | None, portfolio: str,
) -> Membership:  # fmt: skip
    rules.check_membership(role, hub is not None, from_on, until_on)
    rules.check_agency(account.agency, account.name, role)
    if portfolio not in {"", *rules.PORTFOLIOS}:
        raise NotNow("Choose one of the portfolios, or none.")
    # Whoever gives this account a role waits here for whoever is giving it one now.
    Account.objects.select_for_update().get(pk=account.pk)
    again = Membership.objects.not_over(from_on).filter(account=account, role=role, hub=hub)
    if until_on is not None:
        again = again.filter(from_on__lt=until_on)
    if again.exists():
        raise NotNow(f"{account.name} is {rules.role_name(role).lower()} here already.")
    return Membership.objects.create(
        account=account, hub=hub, role=role, portfolio=portfolio, from_on=from_on,
        until_on=until_on, given_by=by, recorded_at=at,
    )  # fmt: skip


def _held(by: Account, at: datetime) -> list[tuple[str, object]]:
    # The day in England decides: at half past midnight in summer UTC is still in yesterday.
    today = timezone.localdate(at)
    return [(m.role, m.hub_id) for m in by.memberships_on(today)] if by.is_active else []


def _must_give(by: Account | None, at: datetime, role: str, hub: Hub | None) -> None:
    if by is not None:
        rules.check_may_give(_held(by, at), role, hub.pk if hub else None)


def _not_to_oneself(by: Account | None, account: Account) -> None:
    if by is not None and by.pk == account.pk:
        raise Refused(rules.OWN_ROLES)
