"""Nobody leaves, or ends a role, while they are still somebody's key worker."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onedoor.door import actions as door
from onedoor.door.models import Tie, YoungPerson
from onedoor.team import actions as team
from onedoor.team.models import Account, Entry
from onedoor.team.rules import NotNow, Refused
from onedoor.team.subjects.models import EntrySubject
from onedoor.today import actions
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, an_account


def give_another(hub):
    door.change_key_worker(
        by=hub.manager, at=NOW, young_person=hub.robin, to=a_worker(hub.hub), replaces=0,
        reason="Kit is leaving.", view="Sad.", handover_note="In the car.", from_on=TODAY,
    )  # fmt: skip


def test_a_key_worker_cannot_leave_a_young_person_with_nobody(hub):
    with pytest.raises(NotNow, match="key worker to 1 young person") as refused:
        actions.leave(by=hub.manager, at=NOW, account=hub.worker)
    assert "Robin" not in refused.value.sentence
    hub.worker.refresh_from_db()
    assert hub.worker.is_active
    assert not Entry.objects.filter(verb__in=["today.leave", "team.leave"]).exists()


def test_a_young_person_who_stepped_away_still_counts(hub):
    door.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="Settled at her nan's.")
    with pytest.raises(NotNow):
        actions.leave(by=hub.manager, at=NOW, account=hub.worker)


def test_once_each_has_another_they_may_leave(hub):
    give_another(hub)
    actions.leave(by=hub.manager, at=NOW, account=hub.worker)
    hub.worker.refresh_from_db()
    assert not hub.worker.is_active
    assert {"today.leave", "team.leave"} <= set(Entry.objects.values_list("verb", flat=True))


def tied(hub, account, why, start=0, end=None):
    return Tie.objects.create(
        account=account, young_person=hub.robin, why=why, opens=why != "conflict",
        from_on=TODAY + timedelta(days=start),
        until_on=None if end is None else TODAY + timedelta(days=end),
        recorded_at=NOW, recorded_by=hub.manager,
    )  # fmt: skip


def test_whoever_leaves_finds_no_record_open_when_they_come_back(hub):
    fay = an_account("social-worker", name="Fay Partner")
    now = tied(hub, fay, "social worker", start=-30, end=60)
    to_come = tied(hub, fay, "social worker", start=60, end=90)
    past = tied(hub, fay, "social worker", start=-90, end=-30)
    actions.leave(by=hub.manager, at=NOW, account=fay)
    for tie in (now, to_come, past):
        tie.refresh_from_db()
    assert now.until_on == TODAY
    assert to_come.until_on == to_come.from_on
    assert past.until_on == TODAY - timedelta(days=30)
    assert EntrySubject.objects.filter(entry__verb="door.untie").get().subject == hub.robin.pk
    team.give_role(
        by=hub.manager, at=NOW, account=fay, role="social-worker", hub=None, from_on=TODAY,
        until_on=TODAY + timedelta(days=90),
    )  # fmt: skip
    again = Account.objects.get(pk=fay.pk)
    for days in (0, 70):
        assert not YoungPerson.objects.visible_to(again, TODAY + timedelta(days=days)).exists()


def test_what_keeps_a_record_shut_to_somebody_stays_when_they_leave(hub):
    fay = an_account("social-worker", name="Fay Partner")
    shut = tied(hub, fay, "conflict", start=-30)
    actions.leave(by=hub.manager, at=NOW, account=fay)
    shut.refresh_from_db()
    assert shut.until_on is None


def test_a_worker_cannot_see_anybody_out(hub):
    with pytest.raises(Refused):
        actions.leave(by=a_worker(hub.hub), at=NOW, account=hub.worker)


def test_the_page_names_those_the_manager_may_see_and_only_counts_the_others(client, hub):
    address = reverse("today:leave", args=[hub.worker.pk])
    client.force_login(hub.manager)
    page = client.get(address).content.decode()
    assert "Key worker to 1 young person" in page
    assert "Robin Example" in page
    client.force_login(an_account("system-owner"))
    page = client.get(address).content.decode()
    assert "Key worker to 1 young person" in page
    assert "Robin" not in page
    client.force_login(a_manager(a_hub("Whitby")))
    assert client.get(address).status_code == 403
    client.force_login(hub.manager)
    assert "Nothing was changed" in client.post(address).content.decode()
    give_another(hub)
    assert client.post(address).status_code == 302


def end(hub, by=None, role="residential-worker", until_on=TODAY):
    held = hub.worker.memberships.get(role=role)
    actions.end_role(by=by or hub.manager, at=NOW, membership=held, until_on=until_on)
    held.refresh_from_db()
    return held.until_on


def also(hub, at, role="outreach-worker", **more):
    more = {"from_on": TODAY} | more
    team.give_role(by=None, at=NOW, account=hub.worker, role=role, hub=at, **more)


@pytest.mark.parametrize("days", [0, 14])
def test_the_role_of_a_key_worker_does_not_end_under_a_young_person(hub, days):
    with pytest.raises(NotNow, match="key worker to 1 young person") as refused:
        end(hub, until_on=TODAY + timedelta(days=days))
    assert "Robin" not in refused.value.sentence
    assert hub.worker.memberships.get().until_on is None
    assert not Entry.objects.filter(verb__contains="end_role").exists()


def test_once_another_is_their_key_worker_the_role_may_end(hub):
    give_another(hub)
    assert end(hub) == TODAY
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"today.end_role", "team.end_role"} <= verbs


def test_whoever_changes_to_another_key_working_role_there_stays_their_key_worker(hub):
    also(hub, hub.hub)
    assert end(hub) == TODAY


def test_a_role_at_another_hub_or_one_that_ends_too_soon_is_not_enough(hub):
    also(hub, a_hub("Whitby"))
    also(hub, hub.hub, until_on=TODAY + timedelta(days=14))
    with pytest.raises(NotNow):
        end(hub, until_on=TODAY + timedelta(days=14))


def test_a_role_without_key_work_ends_whoever_they_are_key_worker_to(hub):
    also(hub, hub.hub, "life-coach")
    assert end(hub, role="life-coach") == TODAY


def test_whoever_may_not_end_a_role_is_refused_and_not_told_of_anybody(hub):
    with pytest.raises(Refused):
        end(hub, by=a_worker(hub.hub))


def test_the_page_says_why_a_role_cannot_end_yet(client, hub):
    client.force_login(hub.manager)
    address = reverse("today:end_role", args=[hub.worker.memberships.get().pk])
    day = {"until_on_day": TODAY.day, "until_on_month": TODAY.month, "until_on_year": TODAY.year}
    page = client.post(address, day).content.decode()
    assert "Nothing was changed" in page
    give_another(hub)
    assert client.post(address, day).headers["Location"] == f"/team/{hub.worker.pk}/"
