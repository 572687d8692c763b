"""A family's home or a tenancy is one young person's own: nobody else is offered it or reads it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from onedoor.homes import actions, queries
from onedoor.homes.models import Decision, Home
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import TODAY, a_hub, a_manager, a_worker, a_young_person
from tests.homes.homely import a_decision, a_home, a_stay
from tests.homes.test_pages import boxes, what_is_decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(hub):
    """Robin's own family's home."""
    return a_home(
        hub.manager, kind="family-home", places=["Own room"], name="Larch Row, 1", hub=hub.hub,
        whose=hub.robin,
    )  # fmt: skip


def page_of(client, account, name, *of, **asked):
    client.force_login(account)
    return client.get(reverse(name, args=of), asked)


def offered_to(hub, person, on=TODAY):
    return [one.home for one in queries.options_for(hub.manager, person, on, today=on)]


class TestWhoseHomeItIs:
    def test_it_is_offered_to_them_and_to_nobody_else(self, hub, own):
        sam = a_young_person(hub.hub, hub.manager, hub.worker)
        assert own in offered_to(hub, hub.robin)
        assert own not in offered_to(hub, sam)
        with pytest.raises(NotNow, match="somebody else’s own home"):
            a_decision(hub.manager, sam, own)
        assert a_decision(hub.manager, hub.robin, own).home == own

    def test_such_a_home_says_whose_it_is_and_no_other_does(self, hub):
        with pytest.raises(NotNow, match="Say whose home it is"):
            a_home(hub.manager, kind="own-tenancy", places=["Flat"])
        with pytest.raises(NotNow, match="nobody’s alone"):
            a_home(hub.manager, kind="foster-home", whose=hub.robin)
        with pytest.raises(IntegrityError), transaction.atomic():
            Home.objects.filter(pk=hub.home.pk).update(whose=hub.robin)

    def test_only_who_may_see_them_opens_it(self, hub):
        with pytest.raises(Refused):
            a_home(a_manager(a_hub()), kind="family-home", whose=hub.robin)

    def test_it_is_opened_from_the_page_of_the_young_person(self, client, hub):
        page = page_of(client, hub.manager, "homes:open_home").content.decode()
        assert "Family home with outreach" not in page
        assert "Do not name a home after a family" in page
        url = reverse("homes:open_home") + f"?whose={hub.robin.pk}"
        page = client.get(url).content.decode()
        assert "Family home with outreach" in page
        assert "Hub bed" not in page
        said = {"name": "Larch Row, 2", "kind": "family-home", "places": "Own room"}
        client.post(url, said | boxes("opened_on", TODAY))
        assert Home.objects.get(name="Larch Row, 2").whose == hub.robin

    @pytest.mark.parametrize("nonsense", ["robin", "00000000-0000-0000-0000-000000000000"])
    def test_a_home_of_nobody_is_not_found(self, client, hub, nonsense):
        asked = page_of(client, hub.manager, "homes:open_home", whose=nonsense)
        assert asked.status_code == 404


class TestDecidingForIt:
    def test_a_family_home_that_nobody_has_written_down_is_opened_with_the_decision(
        self, client, hub
    ):
        today = timezone.localdate()
        client.force_login(hub.manager)
        url = reverse("homes:decide", args=[hub.robin.pk])
        page = client.get(url).content.decode()
        assert "Family home with outreach, not written down here yet" in page
        said = what_is_decided(hub.room, today) | {"place": "family-home"}
        client.post(url, said)
        decision = Decision.objects.get()
        assert decision.home.whose == hub.robin
        assert decision.place.name == "Own room"
        assert "Family home with outreach, not written" not in client.get(url).content.decode()

    def test_an_own_tenancy_is_for_those_who_are_old_enough(self, client, hub):
        page = page_of(client, hub.manager, "homes:decide", hub.robin.pk).content.decode()
        assert "Own tenancy, not written down" not in page

    def test_two_of_one_name_may_both_go_home(self, hub):
        for born_on in (date(2011, 3, 4), date(2012, 5, 6)):
            sam = a_young_person(
                hub.hub, hub.manager, hub.worker, name="Sam Twice", born_on=born_on
            )
            a_decision(hub.manager, sam, None, their_own="family-home")
        assert Home.objects.filter(kind="family-home").count() == 2

    def test_a_decision_is_for_some_home(self, hub):
        with pytest.raises(NotNow, match="Choose which home"):
            a_decision(hub.manager, hub.robin, None)

    def test_places_far_from_family_are_behind_the_last_choice(self, client, hub):
        today = timezone.localdate()
        far = a_home(hub.manager, kind="secure", places=["Cell 1"], name="Cold Fell")
        page = page_of(client, hub.manager, "homes:decide", hub.robin.pk).content.decode()
        order = [f"{hub.home.name}: Room 1", "Farther from family: ", "Cold Fell: Cell 1"]
        places = [page.index(words) for words in order]
        assert places == sorted(places)
        url = reverse("homes:decide", args=[hub.robin.pk])
        said = what_is_decided(hub.room, today) | {"place": "far"}
        assert "Choose a place" in client.post(url, said).content.decode()
        client.post(url, said | {"far_place": str(far.places.get().pk)})
        assert Decision.objects.get().home == far

    def test_with_no_such_place_free_there_is_no_such_choice(self, client, hub):
        page = page_of(client, hub.manager, "homes:decide", hub.robin.pk).content.decode()
        assert "Farther from family" not in page


class TestWhoReadsItsName:
    @pytest.fixture
    def lived_in(self, hub, own):
        today = timezone.localdate()
        return a_stay(
            hub.manager, hub.robin, own.places.get(), today, today + timedelta(days=9),
            at=timezone.now(), there=False,
        )  # fmt: skip

    def test_who_may_see_them_reads_it_and_everybody_else_reads_that_it_is_a_family(
        self, client, hub, lived_in
    ):
        assert "Larch Row" in page_of(client, hub.worker, "homes:homes").content.decode()
        page = page_of(client, a_worker(a_hub()), "homes:homes").content.decode()
        assert "Larch Row" not in page
        assert "A family’s own home" in page

    def test_its_page_and_its_address_are_shut_to_the_other_hubs(self, client, hub, own):
        elsewhere = a_manager(a_hub())
        assert page_of(client, hub.manager, "homes:home", own.pk).status_code == 200
        for name, of in (("homes:home", own.pk), ("homes:add_place", own.pk),
                         ("homes:out_of_service", own.places.get().pk)):  # fmt: skip
            assert page_of(client, elsewhere, name, of).status_code == 403
        out = actions.take_out_of_service(
            by=hub.manager, at=timezone.now(), place=own.places.get(), why="Flood",
            from_on=timezone.localdate(), until_on=timezone.localdate() + timedelta(days=2),
        )  # fmt: skip
        assert page_of(client, elsewhere, "homes:back_in_service", out.pk).status_code == 403

    def test_the_record_says_whose_homes_name_was_shown(self, client, hub, lived_in):
        page_of(client, hub.worker, "homes:homes")
        line = Entry.objects.filter(kind="saw", verb="homes:homes").get()
        assert [row.subject for row in line.subjects.all()] == [hub.robin.pk]

    def test_an_empty_one_is_on_no_board_and_in_no_line_of_the_record(self, client, hub, own):
        assert "Larch Row" not in page_of(client, hub.worker, "homes:homes").content.decode()
        line = Entry.objects.filter(kind="saw", verb="homes:homes").get()
        assert not line.subjects.exists()


class TestWhatCountsAsFree:
    def test_only_the_hubs_own_range_is_counted(self, client, hub, own):
        for kind in ("custody", "secure", "external-childrens-home", "bespoke-package"):
            a_home(hub.manager, kind=kind, places=["Place 1"], name=f"A {kind}")
        page = page_of(client, hub.manager, "homes:homes").content.decode()
        assert "<strong>2 places</strong> free tonight" in page

    def test_other_kinds_are_folded_with_how_many_live_there(self, client, hub):
        today, week = timezone.localdate(), timezone.localdate() + timedelta(days=7)
        a_home(hub.manager, kind="secure", places=["Place 1"], name="Empty Fell")
        remand = a_home(hub.manager, kind="custody", places=["One", "Two"], name="Cold Harbour")
        a_stay(
            hub.manager, hub.robin, remand.places.get(name="One"), today, week,
            at=timezone.now(), there=False,
        )  # fmt: skip
        page = page_of(client, hub.manager, "homes:homes").content.decode()
        folded = page[page.index("<details") :]
        assert "Custody: 1<" in folded
        assert "Secure children&#x27;s home: 0<" in folded
        assert "Empty Fell" in folded
        assert "Robin" in folded
        assert "Cold Harbour</a>, One: " in folded
        assert "Cold Harbour</a>, Two" not in page
