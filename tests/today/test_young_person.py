"""A young person's page: where they are, whose they are, what is next, and their own words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onedoor.door import actions as door
from onedoor.outcomes import actions as outcomes
from onedoor.plan import actions as plan
from onedoor.team.models import Entry
from tests.factories import NOW, TODAY, a_worker, an_account
from tests.homes import homely


def page_of(client, person, account):
    client.force_login(account)
    response = client.get(reverse("today:young_person", args=[person.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_where_they_are_and_since_when_and_with_whom(client, hub):
    homely.a_stay(
        hub.manager, hub.robin, hub.room, TODAY - timedelta(days=3), TODAY + timedelta(days=10)
    )
    page = page_of(client, hub.robin, hub.worker)
    assert "The Bay" in page
    assert "Room 1. Hub bed, Scarside" in page
    assert "for 3 days" in page
    assert "Planned until" in page
    assert "30 November 2026" in page
    assert "Kit Keyworker" in page
    assert "from the first day" in page


def test_a_stay_past_its_end_is_said_loudly(client, hub):
    homely.a_stay(
        hub.manager, hub.robin, hub.room, TODAY - timedelta(days=3), TODAY + timedelta(days=10)
    ).__class__.objects.update(planned_until_on=TODAY - timedelta(days=1))
    assert "The stay has run past its end" in page_of(client, hub.robin, hub.worker)


def test_nobody_knowing_where_they_sleep_is_said_loudly(client, hub):
    assert "No place known for tonight" in page_of(client, hub.robin, hub.worker)


def test_a_planned_stay_is_expected_until_somebody_says_they_are_there(client, hub):
    homely.a_stay(hub.manager, hub.robin, hub.room, TODAY, TODAY + timedelta(days=4), there=False)
    page = page_of(client, hub.robin, hub.worker)
    assert "Expected at The Bay" in page
    assert "Nobody has said yet that Robin is there" in page


def test_missing_now_is_loudest(client, hub):
    homely.a_stay(
        hub.manager, hub.robin, hub.room, TODAY - timedelta(days=3), TODAY + timedelta(days=10)
    )
    door.put_notice(
        by=hub.worker, at=NOW, young_person=hub.robin, kind="missing now",
        words="Not seen since lunch.", told="not yet", review_on=TODAY,
    )  # fmt: skip
    page = page_of(client, hub.robin, hub.worker)
    assert "Robin is missing" in page
    assert page.index("Robin is missing") < page.index("In Robin’s own words")
    assert "Lives at The Bay" in page


def test_their_own_latest_words_and_what_is_next(client, hub):
    about = {"by": hub.worker, "at": NOW, "young_person": hub.robin}
    plan.open(**about, opened_on=TODAY)
    for words in ("Home was loud.", "I want to fix bikes."):
        plan.hear(**about, about="goals", words=words, said_on=TODAY)
    goal = plan.agree_goal(
        **about, words="A bike of my own", with_whom="Kit", agreed_on=TODAY,
        step="Ring the bike shop", step_owner=hub.worker, step_by_on=TODAY + timedelta(days=2),
    )  # fmt: skip
    assert goal is not None
    page = page_of(client, hub.robin, hub.worker)
    assert "I want to fix bikes." in page
    assert "In the next seven days" in page
    assert "Ring the bike shop" in page
    assert "Kit Keyworker’s step" in page


def test_the_latest_ten_lines_of_the_story(client, hub):
    for number in range(12):
        outcomes.note_event(
            by=hub.worker, at=NOW, young_person=hub.robin, kind="good-news",
            words=f"Good thing {number}.", happened_on=TODAY - timedelta(days=number),
            happened_at=None, from_whom="", told=True,
        )  # fmt: skip
    page = page_of(client, hub.robin, hub.worker)
    assert "Good thing 9." in page
    assert "Good thing 10." not in page


def test_somebody_new_is_told_since_when_the_key_worker_is_theirs(client, hub):
    jo = a_worker(hub.hub, name="Jo Newer")
    door.change_key_worker(
        by=hub.manager, at=NOW, young_person=hub.robin, to=jo, replaces=0, reason="Kit moves.",
        view="Sad.", handover_note="In the car.", from_on=TODAY - timedelta(days=5),
    )  # fmt: skip
    page = page_of(client, hub.robin, jo)
    assert "For 5 days, since 15 November 2026" in page


def test_it_offers_only_what_this_account_may_do(client, hub):
    visitor = an_account("independent-visitor")
    door.tie(
        by=hub.manager, at=NOW, young_person=hub.robin, account=visitor,
        why="independent visitor", from_on=TODAY, until_on=TODAY + timedelta(days=90),
    )  # fmt: skip
    page = page_of(client, hub.robin, visitor)
    assert "Their independent visitor: this record is open to you until" in page
    for words in ("Put up a notice", "Lately", "Show the address", "Change key worker"):
        assert words not in page
    manager = page_of(client, hub.robin, hub.manager)
    for words in ("Put up a notice", "Lately", "Show the address", "Change key worker"):
        assert words in manager


def test_stepped_away_leaves_the_door_open(client, hub):
    door.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="Settled at her nan's.")
    page = page_of(client, hub.robin, hub.manager)
    assert "Robin has stepped away" in page
    assert "No place known" not in page


def test_looking_leaves_one_line_and_being_refused_leaves_another(client, hub):
    page_of(client, hub.robin, hub.worker)
    line = Entry.objects.first()
    assert (line.kind, line.verb, line.by) == ("saw", "today:young_person", hub.worker)
    assert [s.subject for s in line.subjects.all()] == [hub.robin.pk]
    client.force_login(an_account("finance-officer"))
    refused = client.get(reverse("today:young_person", args=[hub.robin.pk]))
    assert refused.status_code == 403
    assert Entry.objects.first().kind == "refused"


@pytest.mark.parametrize("words", ["x" * 300, "line\n" * 8])
def test_long_words_are_drawn_whole(client, hub, words):
    door.put_notice(
        by=hub.worker, at=NOW, young_person=hub.robin, kind="how to talk with me",
        words=words, told="told", review_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    page = page_of(client, hub.robin, hub.worker)
    assert "Look again at the notice “How to talk with me”" in page
