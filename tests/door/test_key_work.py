"""One young person, one key worker, through everything."""

from datetime import timedelta

import pytest

from onedoor.door import access, actions
from onedoor.team import record
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    hub = a_hub()
    manager = a_manager(hub)
    worker = a_worker(hub)
    return hub, manager, worker, a_young_person(hub, manager, worker)


def change(manager, person, to, replaces=0, **more):
    words = {
        "reason": "Sam is moving to another city.",
        "view": "Robin is sad and likes Jo.",
        "handover_note": "Robin talks best in the car.",
    }
    return actions.change_key_worker(
        by=manager, at=NOW, young_person=person, to=to, replaces=replaces, from_on=TODAY,
        **(words | more),
    )  # fmt: skip


def test_a_welcome_gives_exactly_one_key_worker(house):
    _, _, worker, person = house
    assert access.key_worker_id(person) == worker.pk


def test_a_change_gives_the_next_one_and_keeps_the_first_in_the_story(house):
    hub, manager, worker, person = house
    jo = a_worker(hub)
    change(manager, person, jo)
    person = type(person).objects.with_key_worker().get(pk=person.pk)
    assert person.key_worker_id == jo.pk
    assert person.welcome.first_key_worker_id == worker.pk


@pytest.mark.parametrize("missing", ["reason", "view", "handover_note"])
def test_a_change_without_its_words_is_answered_with_a_sentence(house, missing):
    hub, manager, _, person = house
    with pytest.raises(NotNow):
        change(manager, person, a_worker(hub), **{missing: " "})


def test_of_two_changes_from_the_same_screen_the_second_is_told(house):
    hub, manager, _, person = house
    change(manager, person, a_worker(hub))
    with pytest.raises(NotNow, match="Somebody else changed the key worker"):
        change(manager, person, a_worker(hub))


def test_a_worker_cannot_change_a_key_worker_and_reads_whose_job_it_is(house):
    hub, _, worker, person = house
    with pytest.raises(Refused, match="Only a hub manager or deputy manager"):
        change(worker, person, a_worker(hub))


def test_stepping_away_and_coming_back_keep_the_key_worker(house):
    _, manager, worker, person = house
    actions.step_away(by=manager, at=NOW, young_person=person, why="Home is calm. Robin agrees.")
    actions.come_back(
        by=manager, at=NOW + timedelta(days=1), young_person=person, why="Wants to talk."
    )
    assert access.key_worker_id(person) == worker.pk
    with pytest.raises(NotNow, match="with us already"):
        actions.come_back(by=manager, at=NOW, young_person=person, why="Again.")


def test_only_somebody_who_works_at_the_hub_can_be_key_worker(house):
    _, manager, _, person = house
    with pytest.raises(NotNow, match="is not a residential or outreach worker"):
        change(manager, person, a_worker(a_hub()))


def test_every_change_leaves_its_line_and_a_refused_one_leaves_none(house):
    hub, manager, _, person = house
    jo, ali = a_worker(hub), a_worker(hub)
    before = Entry.objects.count()
    change(manager, person, jo)
    assert Entry.objects.count() == before + 1
    with pytest.raises(NotNow):
        change(manager, person, ali)
    assert Entry.objects.count() == before + 1
    assert record.verify().sound


def test_a_tie_that_shuts_beats_every_role(house):
    hub, manager, _, person = house
    cousin = a_worker(hub)
    actions.tie(
        by=manager, at=NOW, young_person=person, account=cousin, why="conflict", from_on=TODAY
    )
    reply = access.may(cousin, "see", person, TODAY)
    assert not reply.allowed
    assert type(person).objects.visible_to(cousin, TODAY).count() == 0


def test_a_tie_opens_a_record_until_the_day_it_ends(house):
    _, manager, _, person = house
    social_worker = an_account("social-worker")
    until = TODAY + timedelta(days=30)
    actions.tie(
        by=manager, at=NOW, young_person=person, account=social_worker, why="social worker",
        from_on=TODAY, until_on=until,
    )  # fmt: skip
    assert access.may(social_worker, "see", person, TODAY).allowed
    assert not access.may(social_worker, "see", person, until).allowed
    assert not access.may(social_worker, "change_key_worker", person, TODAY).allowed
