"""Nobody steps away while something of ours is left open around them."""

import pytest
from django.urls import reverse

from onedoor.door import actions as door
from onedoor.team.rules import NotNow
from onedoor.today import actions, queries
from tests.factories import NOW, TODAY
from tests.homes import homely


@pytest.fixture(autouse=True)
def _lives_in_the_bay(hub):
    homely.a_stay(hub.manager, hub.robin, hub.room)


def test_somebody_who_lives_in_a_place_of_ours_does_not_step_away(hub):
    with pytest.raises(NotNow, match="still have a place at"):
        actions.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="All is calm.")
    assert not hub.robin.standings.filter(value="stepped away").exists()


def test_the_page_says_why_not(client, hub):
    client.force_login(hub.manager)
    page = client.post(reverse("today:step_away", args=[hub.robin.pk]), {"why": "All is calm."})
    assert "still have a place at" in page.text


def test_somebody_missing_is_looked_for_whatever_their_standing_says(hub):
    door.step_away(by=hub.manager, at=NOW, young_person=hub.robin, why="All is calm.")
    assert not queries.tonight(hub.manager, TODAY, TODAY, this_night=TODAY).rows
    door.put_notice(
        by=hub.manager, at=NOW, young_person=hub.robin, kind="missing now", words="Since four.",
        told="told", review_on=TODAY,
    )  # fmt: skip
    rows = queries.tonight(hub.manager, TODAY, TODAY, this_night=TODAY).rows
    assert [row.person.pk for row in rows] == [hub.robin.pk]
