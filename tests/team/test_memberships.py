"""Joining, holding a role, leaving: what the database and the actions hold together."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from onedoor.team import actions, queries, rules
from onedoor.team.models import Account, Entry, Membership
from onedoor.team.rules import NotNow, Refused
from tests.factories import LONG_AGO, NOW, TODAY, a_hub, a_manager, a_worker, an_account

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def invite(by, role="residential-worker", hub=None, **more):
    words = {"name": "Sam Example", "email": "sam@example.org", "agency": "council"}
    words |= {"from_on": TODAY, "until_on": None}
    return actions.join(by=by, at=NOW, role=role, hub=hub, **(words | more))


def give(by, account, role="outreach-worker", hub=None, from_on=TODAY, **more):
    return actions.give_role(
        by=by, at=NOW, account=account, role=role, hub=hub, from_on=from_on, **more
    )


def again(account: Account) -> Account:
    """The same account at its next click: what it holds is asked anew."""
    return Account.objects.get(pk=account.pk)


# ── in the database ──────────────────────────────────────────────────────────────────────────────


def written(account, **row) -> Membership:
    return Membership.objects.create(
        account=account, recorded_at=NOW, **({"from_on": TODAY, "until_on": None} | row)
    )


def test_the_database_refuses_a_partner_without_an_end():
    sam = an_account("finance-officer")
    with pytest.raises(IntegrityError, match="partner_membership_has_an_end"), transaction.atomic():
        written(sam, role="social-worker")


def test_the_database_refuses_a_role_it_does_not_know():
    with pytest.raises(IntegrityError), transaction.atomic():
        written(an_account("finance-officer"), role="cook")


@pytest.mark.parametrize("role", [role.key for role in rules.roles().values() if not role.partner])
def test_the_database_refuses_a_role_held_in_the_wrong_place(role):
    sam, hub = an_account("social-worker"), a_hub()
    wrong = None if rules.roles()[role].at == "hub" else hub
    with (
        pytest.raises(IntegrityError, match="membership_is_where_the_role_is_held"),
        transaction.atomic(),
    ):
        written(sam, role=role, hub=wrong)


def test_the_database_refuses_an_end_before_the_start():
    with pytest.raises(IntegrityError, match="does_not_end_before"), transaction.atomic():
        written(an_account("director"), role="finance-officer", until_on=LONG_AGO)


def test_the_database_refuses_the_same_open_role_twice():
    hub = a_hub()
    worker, director = a_worker(hub), an_account("director")
    with pytest.raises(IntegrityError), transaction.atomic():
        written(worker, role="residential-worker", hub=hub)
    with pytest.raises(IntegrityError), transaction.atomic():
        written(director, role="director")


def test_the_database_refuses_two_accounts_with_one_address_however_it_is_written():
    sam = an_account("director")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(
            email=sam.email.upper(), name="Somebody else", agency="council", joined_at=NOW
        )


# ── inviting and giving ──────────────────────────────────────────────────────────────────────────


def test_a_manager_invites_into_their_own_hub():
    hub = a_hub()
    sam = invite(a_manager(hub), hub=hub)
    assert sam.roles_on(TODAY) == {"residential-worker"}
    assert not sam.has_usable_password()


def test_a_manager_invites_partners_across_the_council():
    sam = invite(a_manager(a_hub()), "social-worker", until_on=date(2027, 6, 1))
    assert sam.roles_on(TODAY) == {"social-worker"}


def test_a_manager_cannot_invite_into_another_hub():
    with pytest.raises(Refused, match="Only somebody who runs that hub"):
        invite(a_manager(a_hub()), hub=a_hub())
    assert not Account.objects.filter(email="sam@example.org").exists()


def test_a_worker_cannot_invite_and_reads_whose_job_it_is():
    hub = a_hub()
    with pytest.raises(Refused, match="Only a hub manager, deputy manager or system owner can"):
        invite(a_worker(hub), hub=hub)


def test_somebody_who_has_left_cannot_invite():
    hub = a_hub()
    manager = a_manager(hub)
    actions.leave(by=an_account("system-owner"), at=NOW, account=manager)
    with pytest.raises(Refused):
        invite(manager, hub=hub)


def test_nobody_gives_a_role_to_themself():
    hub = a_hub()
    manager, owner = a_manager(hub), an_account("system-owner")
    with pytest.raises(Refused, match="Nobody changes their own roles"):
        give(manager, manager, "life-coach", hub)
    with pytest.raises(Refused, match="Nobody changes their own roles"):
        give(owner, owner, "director")


def test_a_manager_cannot_come_by_more_through_a_friend():
    hub = a_hub()
    manager, friend = a_manager(hub), a_worker(hub)
    for role in ("director", "privacy-officer", "system-owner"):
        with pytest.raises(Refused, match="Only the system owner"):
            give(manager, friend, role)


def test_the_system_owner_opens_a_hub_with_its_manager_but_gives_nobody_a_way_to_read():
    owner, hub = an_account("system-owner"), a_hub()
    assert invite(owner, "hub-manager", hub).roles_on(TODAY) == {"hub-manager"}
    with pytest.raises(Refused, match="Only somebody who runs that hub"):
        invite(owner, "residential-worker", hub, email="jo@example.org")


def test_an_address_that_is_here_already_is_answered_with_a_sentence():
    hub = a_hub()
    manager = a_manager(hub)
    invite(manager, hub=hub)
    with pytest.raises(NotNow, match="is here already"):
        invite(manager, hub=hub, email=" SAM@example.org ")


def test_a_role_held_already_is_not_given_twice_even_where_both_have_an_end():
    manager = a_manager(a_hub())
    sam = invite(manager, "social-worker", until_on=date(2027, 6, 1))
    with pytest.raises(NotNow, match="is social worker here already"):
        give(manager, sam, "social-worker", from_on=date(2027, 5, 31), until_on=date(2027, 12, 1))
    give(manager, sam, "social-worker", from_on=date(2027, 6, 1), until_on=date(2027, 12, 1))


def test_a_family_account_is_given_no_role_at_work():
    hub = a_hub()
    parent = an_account("parent-or-carer")
    with pytest.raises(NotNow, match="signs in as family"):
        give(a_manager(hub), parent, "residential-worker", hub)


def test_at_half_past_midnight_in_summer_a_role_that_begins_today_counts_already():
    hub = a_hub()
    manager = actions.join(
        by=None, at=NOW, name="Kit", email="kit@example.org", agency="council",
        role="hub-manager", hub=hub, from_on=date(2027, 7, 1),
    )  # fmt: skip
    half_past_midnight = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    actions.join(
        by=manager, at=half_past_midnight, name="Sam", email="sam@example.org", agency="council",
        role="life-coach", hub=hub, from_on=date(2027, 7, 1),
    )  # fmt: skip


# ── ending and leaving ───────────────────────────────────────────────────────────────────────────


def the_role(account: Account) -> Membership:
    return account.memberships.latest("recorded_at")


def end(by, membership, until_on=TODAY):
    actions.end_role(by=by, at=NOW, membership=membership, until_on=until_on)


def test_on_the_day_a_role_ends_it_is_over():
    hub = a_hub()
    worker = a_worker(hub)
    end(a_manager(hub), the_role(worker))
    assert again(worker).roles_on(TODAY - timedelta(days=1)) == {"residential-worker"}
    assert again(worker).roles_on(TODAY) == set()


def test_a_role_given_in_error_is_taken_back_the_same_day():
    hub = a_hub()
    manager = a_manager(hub)
    sam = invite(manager, hub=hub)
    end(manager, the_role(sam))
    assert again(sam).roles_on(TODAY) == set()
    give(manager, sam, "residential-worker", hub)
    assert again(sam).roles_on(TODAY) == {"residential-worker"}


def test_a_role_is_not_ended_in_the_past_nor_twice_nor_made_longer():
    hub = a_hub()
    manager, sam = a_manager(hub), a_worker(hub)
    with pytest.raises(NotNow, match="What has been cannot be changed"):
        end(manager, the_role(sam), TODAY - timedelta(days=1))
    end(manager, the_role(sam), TOMORROW)
    with pytest.raises(NotNow, match="give the role again"):
        end(manager, the_role(sam), TOMORROW + timedelta(days=1))
    end(manager, the_role(sam))
    with pytest.raises(NotNow, match="over already"):
        end(manager, the_role(sam))


def test_a_manager_ends_no_role_at_another_hub_and_nobody_their_own():
    there = a_hub()
    manager = a_manager(a_hub())
    with pytest.raises(Refused, match="Only somebody who runs that hub"):
        end(manager, the_role(a_worker(there)))
    with pytest.raises(Refused, match="Nobody changes their own roles"):
        end(manager, the_role(manager))


def test_the_system_owner_can_end_any_role():
    worker = a_worker(a_hub())
    end(an_account("system-owner"), the_role(worker))
    assert again(worker).roles_on(TODAY) == set()


def test_whoever_leaves_holds_nothing_and_is_nobodys_choice_of_key_worker():
    hub = a_hub()
    worker = a_worker(hub)
    actions.leave(by=a_manager(hub), at=NOW, account=worker)
    worker = again(worker)
    assert not worker.is_active
    assert not worker.memberships.not_over(TODAY).exists()
    assert worker not in queries.key_workers(TODAY, hub)


def test_a_manager_makes_nobody_leave_who_holds_a_role_they_could_not_give():
    hub = a_hub()
    manager, both = a_manager(hub), a_worker(hub)
    give(an_account("system-owner"), both, "privacy-officer")
    with pytest.raises(Refused, match="Only the system owner"):
        actions.leave(by=manager, at=NOW, account=both)
    both = again(both)
    assert both.is_active
    assert both.roles_on(TODAY) == {"residential-worker", "privacy-officer"}


def test_nobody_makes_themself_leave():
    owner = an_account("system-owner")
    with pytest.raises(Refused, match="Nobody changes their own roles"):
        actions.leave(by=owner, at=NOW, account=owner)


def test_whoever_comes_back_has_their_own_account_again_and_chooses_a_new_password():
    hub = a_hub()
    manager, worker = a_manager(hub), a_worker(hub)
    actions.leave(by=manager, at=NOW, account=worker)
    give(manager, again(worker), "residential-worker", hub, TOMORROW)
    worker = again(worker)
    assert worker.is_active
    assert worker.roles_on(TOMORROW) == {"residential-worker"}
    assert not worker.has_usable_password()


def test_every_change_to_the_team_leaves_its_line_and_a_refused_one_leaves_none():
    hub = a_hub()
    manager = a_manager(hub)
    sam = invite(manager, hub=hub)
    give(manager, sam, "outreach-worker", hub)
    end(manager, sam.memberships.get(role="outreach-worker"))
    actions.leave(by=manager, at=NOW, account=sam)
    newest = Entry.objects.filter(by=manager).values_list("verb", flat=True)
    assert list(newest) == ["team.leave", "team.end_role", "team.give_role", "team.join"]
    before = Entry.objects.count()
    with pytest.raises(Refused):
        give(manager, sam, "director")
    assert Entry.objects.count() == before
