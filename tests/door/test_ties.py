"""A record opens to somebody for a time and a reason, and shuts at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onedoor.door import access, actions
from onedoor.team.rules import NotNow
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    hub = a_hub()
    manager = a_manager(hub)
    return hub, manager, a_young_person(hub, manager)


def tie(house, account, why="social worker", days=30):
    return actions.tie(
        by=house[1], at=NOW, young_person=house[2], account=account, why=why, from_on=TODAY,
        until_on=None if days is None else TODAY + timedelta(days=days),
    )  # fmt: skip


def test_a_tie_made_in_error_ends_the_moment_it_is_ended(house):
    wrong = an_account("social-worker")
    made = tie(house, wrong)
    actions.untie(by=house[1], at=NOW, a_tie=made, until_on=TODAY)
    assert not access.may(wrong, "see", house[2], TODAY).allowed


def test_a_double_press_makes_one_tie(house):
    account = an_account("social-worker")
    tie(house, account)
    with pytest.raises(NotNow, match="is tied already"):
        tie(house, account)


def test_nobody_is_tied_as_what_they_are_not(house):
    with pytest.raises(NotNow, match="cannot be tied as “their social worker”"):
        tie(house, an_account("independent-visitor"))
    with pytest.raises(NotNow, match="cannot be tied as “helping with their plan”"):
        tie(house, an_account("young-person"), why="helping")


def test_one_account_is_one_young_person(house):
    hub, manager, _ = house
    theirs = an_account("young-person")
    tie(house, theirs, why="themself", days=None)
    other = a_young_person(hub, manager)
    with pytest.raises(NotNow, match="somebody's own already"):
        tie((hub, manager, other), theirs, why="themself", days=None)


def test_no_list_names_young_people_or_families(house, client):
    theirs = an_account("young-person", name="Robin’s own account")
    parent = an_account("parent-or-carer", name="Robin’s mum")
    client.force_login(house[1])
    page = client.get(reverse("door:tie", args=[house[2].pk])).text
    assert theirs.name not in page
    assert parent.name not in page
    client.post(reverse("door:own_account", args=[house[2].pk]), {"email": theirs.email})
    assert access.may(theirs, "see_plan", house[2], access.timezone.localdate()).allowed


def test_the_key_worker_is_not_kept_out_of_the_record_they_work_with(house):
    hub, _, person = house
    jo = type(house[1]).objects.get(pk=access.key_worker_id(person))
    with pytest.raises(NotNow, match="is their key worker"):
        tie(house, jo, why="conflict", days=None)
    kept_out = a_worker(hub)
    tie(house, kept_out, why="conflict", days=None)
    with pytest.raises(NotNow, match="knows them outside work"):
        actions.change_key_worker(
            by=house[1], at=NOW, young_person=person, to=kept_out, replaces=0, reason="Moving.",
            view="Sad.", handover_note="In the car.", from_on=TODAY,
        )  # fmt: skip
