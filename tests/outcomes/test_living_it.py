"""A key worker in a car park writes down what happened, and puts it right at the desk."""

import pytest
from django.utils import timezone

from onedoor.plan import actions as plan
from tests.browser import sign_in
from tests.factories import a_hub, a_manager, a_worker, a_young_person


@pytest.fixture
def people(site):
    with site.database.here():
        hub = a_hub("Harbour")
        worker = a_worker(hub, name="Sam Okafor")
        jay = a_young_person(
            hub, a_manager(hub), worker, name="Jordan Hughes", preferred_name="Jay"
        )
        plan.hear(
            by=worker, at=timezone.now(), young_person=jay, about="home",
            words="Near Nan, but not at Nan’s.", said_on=timezone.localdate(),
        )  # fmt: skip
        return worker, jay


def test_what_happened_is_noted_on_a_telephone_and_put_right(site, people, page_at, look):
    worker, jay = people
    page = page_at(390)
    sign_in(page, site, worker)
    page.goto(f"/young-person/{jay.pk}/story/note/")
    look(page, "note-event")
    page.get_by_label("What kind of thing?").select_option("Good news")
    page.get_by_label("What happened?").fill("Stayed for all of maths.")
    page.get_by_role("button", name="Put it in the story").click()
    page.get_by_text("That is in Jay’s story.").wait_for()
    look(page, "story")

    page.get_by_role("link", name="Put right").click()
    page.get_by_label("What was wrong?").fill("It was English.")
    page.get_by_label("What happened?").fill("Stayed for all of English.")
    look(page, "correct-event")
    page.get_by_role("button", name="Put it right").click()
    page.get_by_text("Put right: It was English.").wait_for()
    look(page, "story-put-right")

    page.get_by_text("Show part of it").click()
    page.get_by_label("Their own words and hopes").check()
    page.get_by_role("button", name="Show these").click()
    page.get_by_text("Near Nan, but not at Nan’s.").wait_for()
    assert page.get_by_text("Stayed for all of English.").count() == 0
    page.goto(f"/young-person/{jay.pk}/story/to-print/")
    look(page, "story-to-print")
