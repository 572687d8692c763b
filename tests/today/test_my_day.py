"""What today asks of each who signs in."""

from datetime import timedelta

import pytest

from onedoor.door import actions as door
from onedoor.plan import actions as plan
from onedoor.team.models import Entry
from tests.factories import NOW, TODAY, a_referral, a_worker, a_young_person, an_account
from tests.homes import homely


def day_of(client, account):
    client.force_login(account)
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_key_worker_sees_whose_they_are_and_where(client, hub):
    homely.a_stay(
        hub.manager, hub.robin, hub.room, TODAY - timedelta(days=2), TODAY + timedelta(days=2)
    )
    page = day_of(client, hub.worker)
    assert "My young people" in page
    assert "Robin Example" in page
    assert "The stay at The Bay is planned to end" in page
    assert "1 of 1</strong> accounted for tonight" in page
    assert "At the door" not in page


def test_a_step_of_mine_for_somebody_elses_young_person_is_mine_to_do(client, hub):
    other = a_worker(hub.hub, name="Olu Other")
    plan.agree_goal(
        by=hub.worker, at=NOW, young_person=hub.robin, words="A bike", with_whom="Kit",
        agreed_on=TODAY, step="Ask the bike shop", step_owner=other, step_by_on=TODAY,
    )  # fmt: skip
    for account in (other, hub.worker):
        page = day_of(client, account)
        assert "Ask the bike shop" in page
        assert "Olu Other’s step, for" in page
    assert "Ask the bike shop" not in day_of(client, hub.manager)


def test_a_notice_to_look_at_again_is_due(client, hub):
    door.put_notice(
        by=hub.worker, at=NOW, young_person=hub.robin, kind="allergy", words="Nuts.",
        told="told", review_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    assert "Look again at the notice “Allergy”" in day_of(client, hub.worker)


def test_a_manager_sees_the_door_and_who_is_to_be_found(client, hub):
    a_referral()
    answered = a_referral(name="Lee Answered")
    door.answer(
        by=hub.manager, at=NOW, referral=answered, help_named="A mentor", given_by="Youth club",
        by_on=TODAY, check_back_on=TODAY,
    )  # fmt: skip
    page = day_of(client, hub.manager)
    assert "At the door" in page
    assert "waiting to be welcomed or answered" in page
    assert "The longest since 20 November 2026 at 3pm" in page
    assert "To find out now" in page
    assert "no place known tonight" in page


def test_a_young_person_who_stepped_away_stays_in_sight(client, hub):
    door.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="Settled at her nan's.")
    page = day_of(client, hub.worker)
    assert "1 stepped away, with the door open" in page


def test_a_social_worker_sees_those_whose_record_is_open_to_them(client, hub):
    social_worker = an_account("social-worker")
    assert "No record is open to you today" in day_of(client, social_worker)
    door.tie(
        by=hub.manager, at=NOW, young_person=hub.robin, account=social_worker,
        why="social worker", from_on=TODAY, until_on=TODAY + timedelta(days=90),
    )  # fmt: skip
    a_young_person(hub.hub, hub.manager, hub.worker, name="Sam Unseen")
    page = day_of(client, social_worker)
    assert "Robin Example" in page
    assert "Key worker Kit Keyworker" in page
    assert "Sam Unseen" not in page


@pytest.mark.parametrize(
    "role", ["programme-analyst", "finance-officer", "privacy-officer", "system-owner"]
)
def test_those_whose_work_is_about_nobody_get_the_pages_that_are_theirs(client, hub, role):
    page = day_of(client, an_account(role))
    assert "no young person’s page is open to you" in page
    assert "Robin" not in page


def test_a_young_person_is_greeted_and_led_to_their_plan(client, hub):
    robin = an_account("young-person", name="Robin Example")
    assert "There is nothing here yet" in day_of(client, robin)
    door.tie(
        by=hub.manager, at=NOW, young_person=hub.robin, account=robin, why="themself",
        from_on=TODAY,
    )  # fmt: skip
    page = day_of(client, robin)
    assert "Hello Robin" in page
    assert "Your key worker is Kit Keyworker" in page
    assert "My plan" in page


def test_a_parent_is_told_that_the_door_is_open(client, hub):
    page = day_of(client, an_account("parent-or-carer"))
    assert "The door is open" in page
    assert "Robin" not in page


def test_the_record_says_whom_my_day_showed(client, hub):
    day_of(client, hub.worker)
    line = Entry.objects.first()
    assert line.verb == "today:my_day"
    assert [s.subject for s in line.subjects.all()] == [hub.robin.pk]


def test_nobody_signed_in_is_asked_to_sign_in(client, hub):
    assert client.get("/").status_code == 302
