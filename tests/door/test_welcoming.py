"""A welcome is given once, and what was said at the door reaches those who need it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onedoor.door import actions
from onedoor.door.models import Notice
from onedoor.team.rules import NotNow
from tests.factories import (
    NOW,
    TODAY,
    a_hub,
    a_manager,
    a_referral,
    a_worker,
    a_young_person,
    an_account,
)

pytestmark = pytest.mark.django_db
BORN = date(2011, 3, 4)


def welcome(hub, manager, referral, **more):
    return actions.welcome(
        by=manager, at=NOW, referral=referral, hub=hub, key_worker=a_worker(hub),
        cohort="edge of care", **({"name": "Robin Example", "born_on": BORN} | more),
    )  # fmt: skip


def test_a_young_person_known_to_another_hub_is_not_welcomed_twice_unasked():
    hub, other = a_hub(), a_hub()
    welcome(hub, a_manager(hub), a_referral())
    manager = a_manager(other)
    with pytest.raises(NotNow, match="known to another hub") as refused:
        welcome(other, manager, a_referral())
    assert hub.name not in refused.value.sentence
    assert welcome(other, manager, a_referral(), somebody_else=True).pk


def test_whom_not_to_tell_becomes_a_notice_the_team_reads(client):
    hub = a_hub()
    manager = a_manager(hub)
    referral = a_referral(must_not_know="Her stepfather must not learn where she is")
    client.force_login(manager)
    page = client.get(reverse("door:welcome", args=[referral.pk])).text
    assert "Her stepfather must not learn" in page
    person = welcome(hub, manager, referral, must_not_be_told="Her stepfather")
    notice = Notice.objects.get(young_person=person)
    assert (notice.kind, notice.told) == ("must not be told", "not yet")


def test_what_was_said_at_the_door_is_read_by_the_team_and_shut_to_who_is_kept_out(client):
    hub = a_hub()
    manager = a_manager(hub)
    referral = a_referral()
    person = welcome(hub, manager, referral)
    kept_out = an_account("deputy-manager", hub)
    actions.tie(
        by=manager, at=NOW, young_person=person, account=kept_out, why="conflict", from_on=TODAY
    )
    client.force_login(manager)
    assert "since Sunday" in client.get(reverse("door:said_at_the_door", args=[person.pk])).text
    for account in (kept_out, a_manager(a_hub())):
        client.force_login(account)
        page = client.get(reverse("door:referral", args=[referral.pk]))
        assert page.status_code == 403
        assert "since Sunday" not in page.text
        assert "Robin" not in client.get(reverse("door:at_the_door")).text


def test_where_they_were_is_read_by_those_who_read_addresses(client):
    hub = a_hub()
    manager = a_manager(hub)
    person = welcome(hub, manager, a_referral(staying="At 12 Hidden Lane"))
    page = reverse("door:said_at_the_door", args=[person.pk])
    client.force_login(manager)
    assert "Hidden Lane" in client.get(page).text
    client.force_login(an_account("police-role", hub))
    answer = client.get(page)
    assert answer.status_code == 200
    assert "Hidden Lane" not in answer.text


def test_who_read_the_referral_before_the_welcome_stands_in_who_looked(client):
    hub = a_hub()
    manager, other = a_manager(hub), a_manager(hub, name="Somebody Curious")
    referral = a_referral()
    client.force_login(other)
    client.get(reverse("door:referral", args=[referral.pk]))
    person = welcome(hub, manager, referral)
    client.force_login(manager)
    assert "Somebody Curious" in client.get(reverse("door:who_looked", args=[person.pk])).text


def test_nobody_steps_away_while_they_are_missing():
    hub = a_hub()
    manager = a_manager(hub)
    person = a_young_person(hub, manager)
    actions.put_notice(
        by=manager, at=NOW, young_person=person, kind="missing now", words="Since four.",
        told="told", review_on=TODAY,
    )  # fmt: skip
    with pytest.raises(NotNow, match="missing now"):
        actions.step_away(by=manager, at=NOW, young_person=person, why="All is calm.")


def test_a_change_of_key_worker_is_not_dated_ahead_and_leaves_no_gap():
    hub = a_hub()
    manager = a_manager(hub)
    person = a_young_person(hub, manager)
    words = {"reason": "Moving.", "view": "Sad.", "handover_note": "In the car."}
    given = {"by": manager, "at": NOW, "young_person": person, "to": a_worker(hub), **words}
    with pytest.raises(NotNow, match="on the day it happens"):
        actions.change_key_worker(replaces=0, from_on=TODAY + timedelta(days=60), **given)
    with pytest.raises(NotNow, match="Somebody else changed"):
        actions.change_key_worker(replaces=7, from_on=TODAY, **given)
    assert actions.change_key_worker(replaces=0, from_on=TODAY, **given).number == 1


def test_what_somebody_is_called_can_change_and_the_former_name_is_not_shown(client):
    hub = a_hub()
    manager = a_manager(hub)
    person = a_young_person(hub, manager, name="Robert Example")
    client.force_login(manager)
    said = {"name": "Robyn Example", "preferred_name": "Robyn", "pronouns": "she, her"}
    said |= {"born_on_0": "4", "born_on_1": "3", "born_on_2": "2011"}
    said |= {"born_on_day": "4", "born_on_month": "3", "born_on_year": "2011"}
    url = reverse("door:name", args=[person.pk])
    assert client.post(url, said).status_code == 302
    page = client.get(reverse("door:people", args=[person.pk])).text
    assert "Robyn" in page
    assert "Robert" not in page
    assert person.former_names.get().name == "Robert Example"


def test_how_things_stand_is_written_from_a_day_on(client):
    hub = a_hub()
    manager = a_manager(hub)
    person = a_young_person(hub, manager)
    client.force_login(manager)
    today = timezone.localdate()
    day = {"from_on_day": today.day, "from_on_month": today.month, "from_on_year": today.year}
    said = {"standing": "legal|section 20", "why": "Mum asked us to."} | day
    assert client.post(reverse("door:standing", args=[person.pk]), said).status_code == 302
    assert person.standings.filter(of="legal").get().value == "section 20"
    with pytest.raises(NotNow, match="on the day it begins"):
        actions.stand(
            by=manager, at=NOW, young_person=person, of="legal", value="none",
            from_on=TODAY + timedelta(days=2),
        )  # fmt: skip


def test_the_referrer_is_told_once():
    hub = a_hub()
    manager = a_manager(hub)
    referral = a_referral()
    welcome(hub, manager, referral)
    referral.refresh_from_db()
    actions.tell_referrer(by=manager, at=NOW, referral=referral, how="Rang Gran")
    with pytest.raises(NotNow, match="told them already"):
        actions.tell_referrer(by=manager, at=NOW, referral=referral, how="Wrote too")
