"""The plan's pages, as a key worker, a carer and the young person meet them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onedoor.door import actions as door
from onedoor.plan import actions
from onedoor.plan.models import Voice
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person, an_account

pytestmark = pytest.mark.django_db
TODAY_BOXES = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}


@pytest.fixture(autouse=True)
def _on_the_day_of_the_test():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_worker(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def a_goal(worker, robin):
    return actions.agree_goal(
        by=worker, at=NOW, young_person=robin, words="See Nan.", with_whom="Robin and Nan",
        agreed_on=TODAY, step="Ring Nan.", step_by_on=TODAY,
    )  # fmt: skip


def at(name, person, *more):
    return reverse(f"plan:{name}", args=[person.pk, *more])


def day(name):
    return {f"{name}_{part}": value for part, value in TODAY_BOXES.items()}


def words_of(answer):
    return " ".join(answer.content.decode().split())


def test_an_empty_plan_says_how_it_begins_and_opens_with_one_button(as_worker, robin):
    page = words_of(as_worker.get(at("plan", robin)))
    assert "It begins with something Robin says" in page
    answer = as_worker.post(at("open", robin), follow=True)
    assert "Robin’s plan is open." in words_of(answer)
    assert "Robin’s plan is open already." in words_of(
        as_worker.post(at("open", robin), follow=True)
    )


def test_what_is_heard_is_first_on_the_page(as_worker, robin):
    said = {"words": "I want a dog.", "about": "anything", **day("said_on")}
    page = words_of(as_worker.post(at("hear", robin), said, follow=True))
    assert page.index("I want a dog.") < page.index("What Robin wants life to be like")


def test_the_page_comes_back_with_what_was_typed_and_what_is_wrong(as_worker, robin):
    tomorrow = day("said_on") | {"said_on_day": TODAY.day + 1}
    said = {"words": "I want a dog.", "about": "anything", **tomorrow}
    page = words_of(as_worker.post(at("hear", robin), said))
    assert "The day it was said cannot be in the future." in page
    assert "I want a dog." in page
    assert not Voice.objects.exists()


def test_a_goal_is_agreed_stepped_and_reached_through_the_pages(as_worker, worker, robin):
    goal = {
        "words": "See Nan on Sundays.", "with_whom": "Robin and Nan", "step": "Ring Nan.",
        "step_owner": str(worker.pk), **day("agreed_on"), **day("step_by_on"),
    }  # fmt: skip
    assert "See Nan on Sundays." in words_of(as_worker.post(at("goal", robin), goal, follow=True))
    made = robin.plan.goals.get()
    step = made.steps.get()
    assert step.owner == worker
    as_worker.post(at("step_done", robin, step.pk), day("done_on"))
    more = {"what": "Buy a bus pass.", "owner": "themself", **day("by_on")}
    as_worker.post(at("step", robin, made.pk), more)
    assert made.steps.get(done_on=None).owner is None
    ending = {"ended_as": "set aside", "why": "", **day("ended_on")}
    page = words_of(as_worker.post(at("goal_ending", robin, made.pk), ending))
    assert "Say why the goal is set aside" in page
    as_worker.post(at("goal_ending", robin, made.pk), ending | {"ended_as": "reached"})
    assert "Reached, and set aside" in words_of(as_worker.get(at("plan", robin)))


def test_giving_a_step_to_somebody_without_access_says_so(as_worker, robin, a_goal):
    stranger = a_worker(a_hub(), name="Jo Elsewhere")
    more = {"what": "Find boots.", "owner": str(stranger.pk), **day("by_on")}
    page = words_of(as_worker.post(at("step", robin, a_goal.pk), more, follow=True))
    assert "Jo Elsewhere cannot open this plan" in page


def test_a_young_person_reads_their_plan_with_no_buttons_and_no_notices(
    client, manager, worker, robin, a_goal
):
    robin_account = an_account("young-person")
    door.tie(
        by=manager, at=NOW, young_person=robin, account=robin_account, why="themself",
        from_on=TODAY,
    )  # fmt: skip
    door.put_notice(
        by=worker, at=NOW, young_person=robin, kind="must not be told", told="would cause harm",
        words="The new address.", review_on=TODAY + timedelta(days=7),
    )  # fmt: skip
    client.force_login(robin_account)
    page = words_of(client.get(at("plan", robin)))
    assert "My plan" in page
    assert "See Nan." in page
    assert "The new address." not in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert "<a " not in main
    for name in ("hear", "aspire", "goal"):
        assert client.get(at(name, robin)).status_code == 403


def test_a_carer_may_write_down_what_was_said_and_change_nothing_else(
    client, manager, robin, a_goal
):
    carer = an_account("supported-lodgings-host", robin.welcome.hub)
    until = TODAY + timedelta(days=30)
    door.tie(
        by=manager, at=NOW, young_person=robin, account=carer, why="carer", from_on=TODAY,
        until_on=until,
    )  # fmt: skip
    client.force_login(carer)
    page = words_of(client.get(at("plan", robin)))
    assert "Write down what they said" in page
    assert "Add a step" not in page
    assert client.get(at("hear", robin)).status_code == 200
    assert client.get(at("step", robin, a_goal.pk)).status_code == 403


def test_a_stranger_is_refused_in_a_sentence(client, robin):
    client.force_login(a_worker(a_hub()))
    answer = client.get(at("plan", robin))
    assert answer.status_code == 403
    assert "You cannot read this young person&#x27;s plan." in words_of(answer)


def test_what_somebody_typed_is_never_markup(as_worker, worker, robin):
    actions.hear(
        by=worker, at=NOW, young_person=robin, about="home", words="<b>hi</b>", said_on=TODAY
    )
    assert "&lt;b&gt;hi&lt;/b&gt;" in words_of(as_worker.get(at("plan", robin)))


def test_a_goal_of_another_young_person_is_not_there(as_worker, worker, robin, a_goal, hub):
    ash = a_young_person(hub, a_manager(hub), worker, name="Ash Example")
    assert as_worker.get(at("step", ash, a_goal.pk)).status_code == 404
    assert as_worker.get(at("goal_ending", ash, a_goal.pk)).status_code == 404
    step = a_goal.steps.get()
    assert as_worker.get(at("step_done", ash, step.pk)).status_code == 404


def test_a_long_plan_is_asked_for_in_as_many_questions_as_a_short_one(as_worker, worker, robin):
    counts = []
    for more in (1, 30):
        for _ in range(more):
            actions.hear(
                by=worker, at=NOW, young_person=robin, about="home", words="Hi", said_on=TODAY
            )
            actions.agree_goal(
                by=worker, at=NOW, young_person=robin, words="x", with_whom="x",
                agreed_on=TODAY, step="x", step_by_on=TODAY, step_owner=worker,
            )  # fmt: skip
        actions.aspire(by=worker, at=NOW, young_person=robin, age=20, words="x", said_on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            as_worker.get(at("plan", robin))
        counts.append(len([q for q in asked if "SAVEPOINT" not in q["sql"]]))
    assert counts[0] == counts[1]
