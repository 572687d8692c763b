"""The story's pages, as they are read and written."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onedoor.door import actions as door
from onedoor.outcomes import actions
from onedoor.outcomes.models import Event
from onedoor.plan import actions as plan
from tests.factories import NOW, TODAY, a_hub, a_worker, a_young_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_the_test():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_worker(client, worker):
    client.force_login(worker)
    return client


def at(name, person, *more):
    return reverse(f"outcomes:{name}", args=[person.pk, *more])


def words_of(answer):
    return " ".join(answer.content.decode().split())


def note(by, person, words="Walked by the river.", on=TODAY, **more):
    return actions.note_event(
        by=by, at=NOW, young_person=person, happened_on=on, words=words,
        **({"kind": "talk"} | more),
    )  # fmt: skip


SAID = {"kind": "school", "when": "today", "words": "Stayed all day.", "time": ""}


def test_a_young_person_who_was_just_welcomed_has_the_beginning_of_a_story(as_worker, robin):
    page = words_of(as_worker.get(at("story", robin)))
    assert "Welcomed at" in page
    assert "Something happened" in page


def test_an_event_is_noted_in_four_answers_and_is_in_the_story(as_worker, robin):
    page = words_of(as_worker.post(at("note_event", robin), SAID, follow=True))
    assert "That is in Robin’s story." in page
    assert "Stayed all day." in page


@pytest.mark.parametrize(
    ("said", "on", "clock"),
    [
        ({"when": "yesterday"}, TODAY - timedelta(days=1), None),
        ({"time": "9:15am"}, TODAY, "09:15"),
        (
            {
                "when": "other", "time": "17:30", "happened_on_day": "2",
                "happened_on_month": "10", "happened_on_year": "2026",
            },
            date(2026, 10, 2),
            "16:30",  # half past five in summer time
        ),
    ],
)  # fmt: skip
def test_when_is_today_yesterday_or_another_day_and_a_time_if_known(
    as_worker, robin, said, on, clock
):
    as_worker.post(at("note_event", robin), SAID | said)
    event = Event.objects.get()
    assert event.happened_on == on
    assert (f"{event.happened_at:%H:%M}" if event.happened_at else None) == clock


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": ""}, "What kind of thing?"),
        ({"words": ""}, "What happened?"),
        ({"when": "other"}, "Enter the day it happened"),
        ({"time": "half five"}, "Enter the time with am or pm"),
        ({"time": "11pm"}, "That has not happened yet."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(as_worker, robin, said, sentence):
    page = words_of(as_worker.post(at("note_event", robin), SAID | said))
    assert "There is a problem" in page
    assert sentence in page
    assert not Event.objects.exists()


def test_a_page_about_what_kind_may_be_linked_to_with_the_kind_chosen(as_worker, robin):
    page = words_of(as_worker.get(at("note_event", robin) + "?kind=missing"))
    assert '<option value="missing" selected>' in page


def test_a_line_is_put_right_and_both_are_shown_with_words_for_it(as_worker, worker, robin):
    event = note(worker, robin, "She rang.")
    page = words_of(as_worker.get(at("correct_event", robin, event.pk)))
    assert "She rang." in page
    said = SAID | {"kind": "talk", "words": "Robin rang.", "why": "Wrong person."}
    page = words_of(as_worker.post(at("correct_event", robin, event.pk), said, follow=True))
    assert "Corrected on 20 November 2026" in page
    assert "<s>She rang.</s>" in page
    assert "Put right: Wrong person." in page


def test_only_keys_and_years_stand_in_the_address(as_worker, worker, robin):
    note(worker, robin)
    note(worker, robin, "Found.", kind="missing", on=date(2026, 11, 2))
    page = words_of(as_worker.get(at("story", robin) + "?about=safety&year=2026"))
    assert "Found." in page
    assert "Walked by the river." not in page
    assert "Showing: Worries, missing, police and incidents, 2026" in page
    assert "to-print/?about=safety&amp;year=2026" in page


def test_a_filter_nobody_offered_is_passed_over(as_worker, worker, robin):
    note(worker, robin)
    page = words_of(as_worker.get(at("story", robin) + "?about=secrets&year=1066&page=-3"))
    assert "Walked by the river." in page
    assert "There is a problem" not in page
    assert "valid choice" not in page


def test_a_filter_that_finds_nothing_says_so_and_leads_back(as_worker, robin):
    page = words_of(as_worker.get(at("story", robin) + "?about=school"))
    assert "Nothing here." in page
    assert "Show everything" in page


def test_a_long_story_turns_its_pages_and_keeps_the_filter(as_worker, worker, robin):
    for n in range(51):
        note(worker, robin, f"Talk {n}")
    first = words_of(as_worker.get(at("story", robin) + "?about=people"))
    assert "?about=people&amp;page=2" in first
    second = words_of(as_worker.get(at("story", robin) + "?about=people&page=2"))
    assert "?about=people&amp;page=1" in second
    paper = words_of(as_worker.get(at("story_to_print", robin) + "?about=people"))
    assert "51 lines." in paper


def test_what_somebody_typed_is_never_markup(as_worker, worker, robin):
    note(worker, robin, "<script>alert(1)</script>")
    page = words_of(as_worker.get(at("story", robin)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_director_reads_and_is_offered_nothing_to_write(client, worker, robin):
    event = note(worker, robin)
    client.force_login(an_account("director"))
    page = words_of(client.get(at("story", robin)))
    assert "Walked by the river." in page
    assert "Something happened" not in page
    assert "Put right" not in page
    assert client.get(at("note_event", robin)).status_code == 403
    assert client.get(at("correct_event", robin, event.pk)).status_code == 403


def test_a_carer_writes_in_the_story_and_does_not_read_it(client, manager, worker, robin):
    event = note(worker, robin)
    carer = an_account("supported-lodgings-host", robin.welcome.hub)
    door.tie(
        by=manager, at=NOW, young_person=robin, account=carer, why="carer", from_on=TODAY,
        until_on=TODAY + timedelta(days=30),
    )  # fmt: skip
    client.force_login(carer)
    answer = client.post(at("note_event", robin), SAID)
    assert answer.url == reverse("today:young_person", args=[robin.pk])
    assert client.get(at("story", robin)).status_code == 403
    assert client.get(at("correct_event", robin, event.pk)).status_code == 403


def test_a_stranger_and_the_young_person_are_refused(client, manager, robin):
    themself = an_account("young-person")
    door.tie(
        by=manager, at=NOW, young_person=robin, account=themself, why="themself", from_on=TODAY
    )
    for account in (a_worker(a_hub()), themself):
        client.force_login(account)
        for name in ("story", "story_to_print", "note_event"):
            assert client.get(at(name, robin)).status_code == 403


def test_an_event_is_not_reached_through_another_young_person(
    as_worker, worker, manager, robin, hub
):
    event = note(worker, robin)
    ash = a_young_person(hub, manager, worker, name="Ash Example")
    assert as_worker.get(at("correct_event", ash, event.pk)).status_code == 404


def test_the_story_is_asked_for_in_ten_questions_from_ten_lines_to_ten_thousand(
    as_worker, worker, robin
):
    """Three of them write the record; neither its lock nor the test's savepoint is a question."""
    plan.hear(by=worker, at=NOW, young_person=robin, about="home", words="Near Nan.", said_on=TODAY)
    counts = {"story": [], "story_to_print": []}
    for more in (10, 9_990):
        Event.objects.bulk_create(
            Event(
                young_person=robin, kind="talk", happened_on=date(2024, 1, 1), words="x",
                told=False, written_by=worker, recorded_at=NOW,
            )
            for _ in range(more)
        )  # fmt: skip
        for name, asked_for in counts.items():
            with CaptureQueriesContext(connection) as asked:
                assert as_worker.get(at(name, robin)).status_code == 200
            no_question = ("SAVEPOINT", "RELEASE", "SELECT pg_advisory")
            asked_for.append(len([q for q in asked if not q["sql"].startswith(no_question)]))
    assert counts["story"][0] == counts["story"][1] <= 10
    assert counts["story_to_print"][0] == counts["story_to_print"][1] <= 10
