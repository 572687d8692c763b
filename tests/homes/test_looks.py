"""The pages of homes in a real browser, at a desk and on a telephone, fit for everybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onedoor.homes import actions
from tests.browser import sign_in
from tests.factories import a_hub, a_manager, a_worker, a_young_person
from tests.homes.homely import a_decision, a_home, a_stay


@pytest.fixture
def full_house(site):
    """A hub bed that is overdue, one that is out of service, a family and somebody planned."""
    now, today = timezone.now(), timezone.localdate()
    with site.database.here():
        hub = a_hub("Cedar House")
        manager, worker = a_manager(hub, name="Alex Winter"), a_worker(hub, name="Tom Webster")
        names = ["Robin Hughes", "Sam Okafor", "Jo Lindqvist", "Mina Patel"]
        robin, sam, jo, mina = (a_young_person(hub, manager, worker, name=name) for name in names)
        rooms = [f"Room {n}" for n in range(1, 5)]
        cedar = a_home(manager, name="Cedar House", hub=hub, places=rooms)
        one, two, three, _ = cedar.places.order_by("name")
        family = a_home(manager, name="Orchard End", kind="hub-community-family", places=["Attic"])
        emergency = a_home(
            manager, name="Cedar emergency bed", kind="emergency-bed", places=["Bed"]
        )
        actions.add_place(
            by=manager, at=now, home=emergency, name="Second bed", characteristics="Ground floor"
        )
        ago, ahead = (lambda n: today - timedelta(days=n)), (lambda n: today + timedelta(days=n))
        late = a_stay(manager, robin, one, ago(9), ago(1), at=now)
        stay = a_stay(manager, sam, two, ago(20), ahead(3), at=now)
        actions.stay_longer(
            by=worker, at=now, stay=stay, until_on=ahead(5), why="His new room is being painted."
        )
        a_stay(manager, jo, family.places.get(), ahead(2), ahead(9), at=now, there=False)
        actions.take_out_of_service(
            by=manager, at=now, place=three, from_on=today, until_on=ahead(4), why="New window"
        )
        decision = a_decision(manager, mina, emergency, at=now, place=emergency.places.first())
        return {
            "manager": manager,
            "homes": reverse("homes:homes"),
            "home": reverse("homes:home", args=[cedar.pk]),
            "home-added": reverse("homes:open_home"),
            "stay-overdue": reverse("homes:stay", args=[late.pk]),
            "stay": reverse("homes:stay", args=[stay.pk]),
            "stays": reverse("homes:stays", args=[sam.pk]),
            "decide": reverse("homes:decide", args=[mina.pk]),
            "decision": reverse("homes:decision", args=[decision.pk]),
            "move-in": reverse("homes:move_in", args=[decision.pk]),
            "correct": reverse("homes:correct", args=[stay.pk]),
            "end": reverse("homes:end", args=[stay.pk]),
        }


def test_every_page_of_homes_can_be_read_at_a_desk_and_on_a_telephone(
    site, page_at, look, full_house
):
    page = page_at(1280)
    sign_in(page, site, full_house.pop("manager"))
    for name, address in full_house.items():
        page.goto(address)
        look(page, f"homes-{name}")
    page.goto(full_house["decide"])
    page.get_by_role("button", name="Write down this decision").click()
    page.get_by_text("There is a problem").wait_for()
    look(page, "homes-decide-asks-again")
