"""What is shown is written down first; what is refused is written down too."""

import pytest
from django.test import Client

from onedoor.team import record
from onedoor.team.models import Entry
from tests import query_guard
from tests.factories import a_hub, a_manager, a_worker, a_young_person
from tests.team.small_pages import SOMEBODY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.team.small_pages")]


@pytest.fixture
def worker():
    return a_worker(a_hub())


@pytest.fixture
def client(worker):
    client = Client()
    client.force_login(worker)
    return client


def newest() -> Entry:
    return Entry.objects.first()


def about(entry: Entry) -> set:
    return {line.subject for line in entry.subjects.all()}


def test_a_page_that_shows_somebody_leaves_a_line_that_says_who_saw_whom(client, worker):
    assert client.get("/shows/").content == b"Robin lives here"
    entry = newest()
    assert (entry.kind, entry.verb, entry.by) == ("saw", "today:young_person", worker)
    assert about(entry) == {SOMEBODY}


def test_each_look_leaves_one_line(client):
    before = Entry.objects.count()
    client.get("/shows/")
    client.get("/shows/")
    assert Entry.objects.count() == before + 2


def test_a_page_whose_line_cannot_be_written_is_not_shown(client):
    before = Entry.objects.count()
    client.raise_request_exception = False
    response = client.get("/cannot_be_recorded/")
    assert response.status_code == 500
    assert b"Robin" not in response.content
    assert Entry.objects.count() == before


def test_a_page_that_found_nobody_leaves_no_line(client):
    before = Entry.objects.count()
    assert client.get("/is_not_there/").status_code == 404
    assert Entry.objects.count() == before


def test_a_refusal_of_somebody_signed_in_leaves_a_line_about_whom(client, worker):
    response = client.get("/refuses/")
    assert response.status_code == 403
    assert "You cannot see this." in response.content.decode()
    entry = newest()
    assert (entry.kind, entry.verb, entry.by) == ("refused", "refuses", worker)
    assert about(entry) == {SOMEBODY}


def test_what_was_about_to_be_shown_is_written_as_refused_and_not_as_seen(client):
    before = Entry.objects.count()
    client.get("/refuses_after_reading/")
    assert Entry.objects.count() == before + 1
    assert newest().kind == "refused"
    assert len(about(newest())) == 2


def test_a_refusal_of_nobody_in_particular_leaves_no_line():
    before = Entry.objects.count()
    assert Client().get("/refuses_anybody/").status_code == 403
    assert Entry.objects.count() == before


def test_whoever_is_not_signed_in_is_asked_to_sign_in_everywhere():
    before = Entry.objects.count()
    for page in ("/shows/", "/refuses/", "/team/", "/record/"):
        response = Client().get(page)
        assert response.status_code == 302
        assert response.headers["Location"].endswith(f"next={page}")
    assert Entry.objects.count() == before


@pytest.mark.parametrize("page", ["/shows/", "/refuses/", "/is_not_there/", "/team/"])
def test_a_shared_computers_back_button_shows_nothing(client, page):
    assert client.get(page).headers["Cache-Control"] == "no-store"


def test_the_record_stays_sound_through_it_all(client):
    for page in ("/shows/", "/refuses/", "/refuses_after_reading/", "/is_not_there/"):
        client.get(page)
    assert record.verify().sound


# ── the guard that watches every request of every test ───────────────────────────────────────────


@pytest.fixture
def robin():
    hub = a_hub()
    return a_young_person(hub, a_manager(hub), name="Robin Example")


def test_the_guard_bites_a_page_that_reads_a_young_person_and_leaves_no_line(client, robin):
    with pytest.raises(query_guard.Unrecorded, match="touched .*door_youngperson.* and left no"):
        client.get("/forgets_to_record/")


def test_the_guard_lets_a_page_pass_that_records_what_it_read(client, robin):
    assert client.get("/records_what_it_reads/").content == b"Robin"
    assert about(newest()) == {robin.pk}


def test_the_guard_watches_every_table_about_a_young_person():
    watched = query_guard.sensitive_tables()
    assert {"door_youngperson", "door_referral", "door_address", "door_notice"} <= watched
    assert not any(table.startswith("team_") for table in watched)
