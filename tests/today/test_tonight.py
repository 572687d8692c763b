"""Who is where tonight: everybody with us, those to find first, and which places are free."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from onedoor.door import actions as door
from onedoor.homes.models import Stay
from onedoor.team.models import Entry
from onedoor.team.rules import Refused
from onedoor.today import queries
from onedoor.today.rules import Night
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person, an_account
from tests.homes import homely

IN_TEN_DAYS = TODAY + timedelta(days=10)


def tonight(client, account, **asked):
    client.force_login(account)
    response = client.get(reverse("today:tonight"), asked)
    assert response.status_code == 200
    return response.content.decode()


def somebody(hub, name):
    return a_young_person(hub.hub, hub.manager, hub.worker, name=name)


def test_each_has_a_place_or_is_among_those_to_find(client, hub):
    homely.a_stay(hub.manager, hub.robin, hub.room, TODAY - timedelta(days=2), IN_TEN_DAYS)
    somebody(hub, "Sam Nowhere")
    page = tonight(client, hub.manager)
    assert "1 of 2</strong> accounted for: 1 with no place known" in page
    assert page.index("Sam Nowhere") < page.index("Robin Example")
    assert "The Bay, Room 1" in page
    assert "hub bed 1 free of 2" in page


def test_families_homes_and_custody_are_not_counted_as_free(hub):
    homely.a_home(hub.manager, kind="custody", places=["Place 1"], hub=hub.hub)
    homely.a_home(hub.manager, kind="family-home", hub=hub.hub, whose=hub.robin)
    found = queries.tonight(hub.manager, TODAY, TODAY, this_night=TODAY)
    assert [(free.kind, free.of) for free in found.free] == [("Hub bed", 2)]


def test_missing_comes_before_all_and_a_stay_past_its_end_is_not_taken_as_known(client, hub):
    for room, name in ((hub.room, "Ali Missing"), (hub.other_room, "Bo Overdue")):
        homely.a_stay(
            hub.manager, somebody(hub, name), room, TODAY - timedelta(days=2), IN_TEN_DAYS
        )
    Stay.objects.filter(young_person__name="Bo Overdue").update(planned_until_on=TODAY)
    ali = Stay.objects.get(young_person__name="Ali Missing").young_person
    door.put_notice(
        by=hub.manager, at=NOW, young_person=ali, kind="missing now", words="Since lunch.",
        told="not yet", review_on=TODAY,
    )  # fmt: skip
    assert "1 should have left" in tonight(client, hub.manager)
    found = queries.tonight(hub.manager, TODAY, TODAY, this_night=TODAY)
    assert [(row.person.name, row.where.night) for row in found.rows] == [
        ("Ali Missing", Night.MISSING),
        ("Robin Example", Night.NO_PLACE),
        ("Bo Overdue", Night.OVERDUE),
    ]
    assert found.accounted_for == 0
    assert [free.free for free in found.free] == [0]  # whoever should have left is still there


def test_after_midnight_whoever_is_missing_is_missing_still(client, hub):
    homely.a_stay(hub.manager, hub.robin, hub.room, TODAY - timedelta(days=2), IN_TEN_DAYS)
    door.put_notice(
        by=hub.manager, at=NOW, young_person=hub.robin, kind="missing now", words="Since lunch.",
        told="not yet", review_on=TODAY,
    )  # fmt: skip
    with time_machine.travel(NOW + timedelta(hours=10), tick=False):
        page = tonight(client, hub.manager)
        assert "The night of Friday 20 November 2026" in page
        assert "0 of 1</strong> accounted for: 1 missing" in page
        assert "missing since" in client.get("/").content.decode()
        assert "Robin is missing" in client.get(f"/young-person/{hub.robin.pk}/").content.decode()


def test_last_night_and_tomorrow_night_can_be_asked_for(client, hub):
    homely.a_stay(hub.manager, hub.robin, hub.room, TODAY, TODAY + timedelta(days=1))
    assert "No place known" in tonight(client, hub.manager, on=f"{TODAY - timedelta(days=1)}")
    assert "The Bay" in tonight(client, hub.manager, on=str(TODAY))
    after = tonight(client, hub.manager, on=f"{TODAY + timedelta(days=1)}")
    assert "on the night of 21 November 2026" in after
    for nonsense in ("yesterday", "9999-12-31", "2026-02-30"):
        assert "Who is where tonight" in tonight(client, hub.manager, on=nonsense)


def test_stepped_away_is_not_looked_for(hub):
    door.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="Settled at her nan's.")
    assert queries.tonight(hub.manager, TODAY, TODAY, this_night=TODAY).rows == []


def test_each_sees_their_own_hub_and_a_director_sees_all(hub):
    elsewhere = a_hub("Whitby")
    a_young_person(elsewhere, a_manager(elsewhere), name="Noor Elsewhere")
    mine = queries.tonight(hub.worker, TODAY, TODAY, this_night=TODAY)
    assert [row.person.name for row in mine.rows] == ["Robin Example"]
    every = queries.tonight(an_account("director"), TODAY, TODAY, this_night=TODAY)
    assert {row.hub for row in every.rows} == {"Scarside", "Whitby"}


def test_somebody_kept_out_does_not_see_them_here_either(hub):
    cousin = a_worker(hub.hub)
    door.tie(
        by=hub.manager, at=NOW, young_person=hub.robin, account=cousin, why="conflict",
        from_on=TODAY,
    )  # fmt: skip
    assert queries.tonight(cousin, TODAY, TODAY, this_night=TODAY).rows == []


@pytest.mark.parametrize("role", ["social-worker", "programme-analyst", "system-owner"])
def test_it_is_for_the_team_and_the_director(hub, role):
    with pytest.raises(Refused, match="You cannot see who is where tonight"):
        queries.tonight(an_account(role, hub.hub), TODAY, TODAY, this_night=TODAY)


def test_it_leaves_one_line_about_all_whom_it_showed(client, hub):
    somebody(hub, "Sam Nowhere")
    tonight(client, a_worker(hub.hub))
    line = Entry.objects.first()
    assert line.verb == "today:tonight"
    assert line.subjects.count() == 2


def test_an_empty_hub_says_so(client, hub):
    elsewhere = a_hub("Whitby")
    assert "No young person you may see is with us" in tonight(client, a_manager(elsewhere))
