"""What today asks of each who signs in."""

from datetime import timedelta

import pytest
import time_machine

from onedoor.door import actions as door
from onedoor.plan import actions as plan
from onedoor.team.models import Entry
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


def test_a_manager_is_told_when_somebody_at_the_door_is_in_danger_today(client, hub):
    a_referral()
    assert "in danger" not in day_of(client, hub.manager)
    a_referral(name="Lee Unsafe", danger="Yes")
    page = day_of(client, hub.manager)
    assert "1 says somebody is in danger" in page
    assert "A good day" not in page
    door.answer(
        by=hub.manager, at=NOW, referral=a_referral(name="Jo Answered", danger="Yes"),
        help_named="The police", given_by="Sergeant", by_on=TODAY, check_back_on=TODAY,
    )  # fmt: skip
    assert "1 says somebody is in danger" in day_of(client, hub.manager)
    a_referral(name="Ali Unsafe", danger="Yes")
    assert "2 say somebody is in danger" in day_of(client, hub.manager)


def test_danger_that_was_taken_back_before_sending_is_not_counted(client, hub):
    referral = door.open_referral(by=None, at=NOW, brought_by="family")
    for minute, danger in ((0, "Yes"), (1, "No")):
        at = NOW + timedelta(minutes=minute)
        said = {"referrer_name": "Gran", "young_person_name": "Lee", "worried": "Out late."}
        said |= {"referrer_relation": "Gran", "referrer_reach": "Telephone", "danger": danger}
        door.save_step(by=None, at=at, referral=referral, step="all", said=said, finished=True)
    door.refer(by=None, at=at, referral=referral)
    assert "in danger" not in day_of(client, hub.manager)


def test_a_manager_sees_the_stays_of_the_hub_that_end_within_a_week(client, hub):
    sam = a_young_person(hub.hub, hub.manager, hub.worker, name="Sam Later")
    ago = TODAY - timedelta(days=2)
    homely.a_stay(hub.manager, hub.robin, hub.room, ago, TODAY + timedelta(days=7))
    homely.a_stay(hub.manager, sam, hub.other_room, ago, TODAY + timedelta(days=8))
    page = day_of(client, hub.manager)
    listed = page[page.index("In the hub this week") :]
    assert "The stay at The Bay is planned to end" in listed
    assert "Robin Example" in listed
    assert "Sam Later" not in listed
    assert "In the hub this week" not in day_of(client, hub.worker)
    assert "In the hub this week" not in day_of(client, a_manager(a_hub("Whitby")))


def test_a_manager_sees_the_notices_of_the_hub_to_look_at_again(client, hub):
    door.put_notice(
        by=hub.worker, at=NOW, young_person=hub.robin, kind="allergy", words="Nuts.",
        told="told", review_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    page = day_of(client, hub.manager)
    assert "Look again at the notice “Allergy”" in page
    line = Entry.objects.first()
    assert [s.subject for s in line.subjects.all()] == [hub.robin.pk]


def test_a_notice_about_somebody_who_stepped_away_waits_on_their_own_page(client, hub):
    door.put_notice(
        by=hub.worker, at=NOW, young_person=hub.robin, kind="allergy", words="Nuts.",
        told="told", review_on=TODAY,
    )  # fmt: skip
    door.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="Settled at her nan's.")
    for account in (hub.worker, hub.manager):
        assert "Look again at the notice" not in day_of(client, account)
    page = client.get(f"/young-person/{hub.robin.pk}/").content.decode()
    assert "Look again at the notice" in page


def test_no_day_is_called_good_while_somebody_is_to_be_found(client, hub):
    page = day_of(client, hub.manager)
    assert "To find out now" in page
    assert "A good day" not in page
    assert "Nothing of your own is due" in page
    homely.a_stay(
        hub.manager, hub.robin, hub.room, TODAY - timedelta(days=2), TODAY + timedelta(days=60)
    )
    assert "A good day to ask somebody how they are" in day_of(client, hub.manager)


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
    assert "Nothing is agreed yet" in page
    assert "Nothing is written down yet in your own words" in page


def test_a_young_person_reads_what_comes_next_and_what_they_last_said(client, hub):
    robin = an_account("young-person", name="Robin Example")
    door.tie(
        by=hub.manager, at=NOW, young_person=hub.robin, account=robin, why="themself",
        from_on=TODAY,
    )  # fmt: skip
    plan.agree_goal(
        by=hub.worker, at=NOW, young_person=hub.robin, words="A bike", with_whom="Kit",
        agreed_on=TODAY, step="Ask the bike shop", step_owner=hub.worker,
        step_by_on=TODAY + timedelta(days=4),
    )  # fmt: skip
    plan.hear(
        by=hub.worker, at=NOW, young_person=hub.robin, about="home", said_on=TODAY,
        words="I like it by the sea.",
    )  # fmt: skip
    page = day_of(client, robin)
    assert "Ask the bike shop" in page
    assert "Kit Keyworker does this, by Tuesday 24 November 2026" in page
    assert "I like it by the sea." in page
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        page = day_of(client, robin)
    assert "if it should change, say so to Kit Keyworker" in page
    assert "Overdue" not in page


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
