"""A journey: a key worker opens One Door at midnight, and a manager prints who is where."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from onedoor.door import actions as door
from onedoor.homes import rules as homes_rules
from onedoor.homes.models import Stay
from onedoor.outcomes import actions as outcomes
from onedoor.plan import actions as plan
from tests.browser import sign_in
from tests.factories import a_hub, a_manager, a_referral, a_worker, a_young_person, an_account
from tests.homes import homely
from tests.today import crowd

LONG = "Maximiliana Konstantinopolska-Featherstonehaugh of the Long Name"
EIGHT_LINES = "\n".join(f"Line {n}: sit beside me, not across from me." for n in range(1, 9))


@pytest.fixture
def house(site):
    with site.database.here():
        now = timezone.now()
        today, night = timezone.localdate(now), homes_rules.tonight(timezone.localtime(now))
        hub = a_hub("Scarside")
        manager = a_manager(hub, name="Mo Manager")
        worker = a_worker(hub, name="Kit Keyworker")
        home = homely.a_home(
            manager, hub=hub, name="The Bay", places=[f"Room {n}" for n in range(1, 8)]
        )
        family = homely.a_home(
            manager, hub=hub, kind="hub-community-family", name="The Featherstonehaugh family",
            places=["Back bedroom"],
        )  # fmt: skip
        rooms = [*home.places.all(), *family.places.all()]
        names = [
            "Jay Hughes",
            LONG,
            "Sam Nowhere",
            "Ali Missing",
            "Bo Overdue",
            "Noor Expected",
            "Lee Quiet",
        ]
        people = [
            a_young_person(hub, manager, worker, name=name, at=now - timedelta(days=200))
            for name in names
        ]
        jay, long_name, _sam, ali, bo, noor, lee = people
        before, after = today - timedelta(days=21), today + timedelta(days=12)
        for person, room in zip([jay, ali, bo, lee], rooms, strict=False):
            homely.a_stay(manager, person, room, before, after, at=now)
        homely.a_stay(manager, long_name, rooms[-1], before, after, at=now)
        homely.a_stay(manager, noor, rooms[5], night, after, at=now, there=False)
        Stay.objects.filter(young_person=bo).update(planned_until_on=today - timedelta(days=2))
        tell(manager, worker, jay, now, today)
        put(worker, ali, "missing now", "Last seen at the bus station at nine.", now, today)
        put(worker, long_name, "how to talk with me", EIGHT_LINES, now, today)
        put(worker, long_name, "allergy", "Nuts, all kinds. Pen in the blue bag.", now, today)
        a_referral(now - timedelta(days=2))
        site.people = {"jay": jay, "long": long_name, "ali": ali}
        site.manager, site.worker = manager, worker
        site.hub = SimpleNamespace(hub=hub, manager=manager, worker=worker, home=home)
        site.analyst = an_account("programme-analyst")
        site.young_person = an_account("young-person", name="Jay Hughes")
        door.tie(
            by=manager, at=now, young_person=jay, account=site.young_person, why="themself",
            from_on=today,
        )  # fmt: skip
    return site


def put(by, person, kind, words, now, today):
    door.put_notice(
        by=by, at=now, young_person=person, kind=kind, words=words, told="told",
        review_on=today + timedelta(days=4),
    )  # fmt: skip


def tell(manager, worker, jay, now, today):
    about = {"by": worker, "at": now, "young_person": jay}
    plan.hear(
        **about, about="goals", said_on=today - timedelta(days=1),
        words="I want to fix bikes and have my own key.\nAnd nobody to ring before eight.",
    )  # fmt: skip
    plan.agree_goal(
        **about, words="A bike of my own", with_whom="Kit", agreed_on=today - timedelta(days=9),
        step="Ring the bike shop about Saturdays", step_owner=worker,
        step_by_on=today - timedelta(days=2),
    )  # fmt: skip
    plan.agree_goal(
        **about, words="See Nan every week", with_whom="Kit and Nan", agreed_on=today,
        step="Choose which evening", step_by_on=today + timedelta(days=3),
    )  # fmt: skip
    put(worker, jay, "how to talk with me", "Walk beside me. Say one thing at a time.", now, today)
    for days, kind, words in (
        (0, "good-news", "Mended a puncture alone."),
        (1, "talk", "Talked on the sea wall about Nan’s operation. " * 6),
        (5, "family", "Tea at Nan’s."),
    ):
        outcomes.note_event(
            **about, kind=kind, words=words, happened_on=today - timedelta(days=days), told=True
        )


def test_a_key_worker_reads_what_matters_first(house, page_at, look):
    page = page_at(390)
    sign_in(page, house, house.worker)
    page.goto("/")
    look(page, "today-my-day")
    page.get_by_role("link", name="Jay Hughes").first.click()
    facts, words = page.get_by_text("Sleeps at"), page.get_by_text("I want to fix bikes").first
    assert facts.bounding_box()["y"] < words.bounding_box()["y"]
    look(page, "today-young-person")
    for who in ("long", "ali"):
        page.goto(f"/young-person/{house.people[who].pk}/")
        look(page, f"today-young-person-{who}")


def test_a_manager_sees_who_is_where_and_prints_it(house, page_at, look, tmp_path):
    page = page_at(1280)
    sign_in(page, house, house.manager)
    page.goto("/")
    look(page, "today-manager")
    page.get_by_role("link", name="Who is where tonight").click()
    assert page.get_by_text("3 of 7").is_visible()
    look(page, "today-tonight")


def test_sixty_young_people_fit_two_sides_of_paper(house, page_at):
    with house.database.here():
        crowd.fill(house.hub, 53, timezone.localdate())
    page = page_at(1280)
    sign_in(page, house, house.manager)
    page.goto("/tonight/")
    paper = page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") in (1, 2)


def test_those_who_see_nobody_have_a_plain_page_too(house, page_at, look):
    for account, name in ((house.analyst, "analyst"), (house.young_person, "me")):
        page = page_at(1280)
        sign_in(page, house, account)
        page.goto("/")
        look(page, f"today-{name}")
