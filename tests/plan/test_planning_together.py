"""A key worker and a young person make a plan in one sitting, from the first words on."""

import pytest

from tests.browser import sign_in
from tests.factories import a_hub, a_manager, a_worker, a_young_person


@pytest.fixture
def people(site):
    with site.database.here():
        hub = a_hub("Harbour")
        worker = a_worker(hub, name="Sam Okafor")
        return worker, a_young_person(
            hub, a_manager(hub), worker, name="Jordan Hughes", preferred_name="Jay"
        )


def test_a_plan_is_made_from_what_jay_says(site, people, page_at, look):
    worker, jay = people
    page = page_at(1280)
    sign_in(page, site, worker)
    page.goto(f"/young-person/{jay.pk}/plan/")
    look(page, "plan-not-opened")

    page.get_by_role("link", name="Write down what Jay said").click()
    look(page, "plan-hear")
    page.get_by_label("What did Jay say?").fill("A dog would sort most things.")
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_text("“A dog would sort most things.”").wait_for()

    page.get_by_role("link", name="Write what they want at 20").click()
    page.get_by_label("What does Jay want life to be like then?").fill("Working with dogs.")
    look(page, "plan-aspire")
    page.get_by_role("button", name="Keep these words").click()

    page.get_by_role("button", name="Agree a goal").click()
    page.get_by_role("button", name="Agree this goal").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    look(page, "plan-goal-nothing-typed")
    page.get_by_label("What does Jay want to happen?").fill("Walk the dogs on Saturdays.")
    page.get_by_label("What is it a step towards?").select_option(index=1)
    page.get_by_label("What is the first step?").fill("Go and look, no promises.")
    page.get_by_role("button", name="Agree this goal").click()
    page.get_by_text("The goal is agreed, with its first step.").wait_for()
    look(page, "plan")

    page.get_by_role("link", name="It is done").click()
    page.get_by_role("button", name="It is done").click()
    page.get_by_text("Done. What is the next step?").wait_for()
    page.get_by_role("link", name="Reached, or set aside").click()
    page.get_by_label("Reached").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Reached, and set aside").wait_for()
    look(page, "plan-reached")
