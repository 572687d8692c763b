"""The pages of homes, asked for as a signed-in person would ask for them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from onedoor.door import actions as door
from onedoor.homes import actions, queries
from onedoor.homes.models import Decision, Home, Stay
from onedoor.team.models import Entry
from tests.factories import a_hub, a_manager, a_worker, a_young_person, an_account
from tests.homes.homely import a_decision, a_stay, every_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def sign_in(client):
    def sign_in(account):
        client.force_login(account)
        return client

    return sign_in


def boxes(name: str, day: date, time: str = "") -> dict:
    said = {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return said | ({f"{name}_time": time} if time else {})


def what_is_decided(place, night, **changed) -> dict:
    said = {"asked": "yes", "wishes": "Near my nan, please.", "options_considered": "Home; hub."}
    said |= {"refused": "Nothing.", "effect_on_others": "Nobody lives there.", "reasons": "Nan."}
    said |= {"place": str(place.pk)} | boxes("from_on", night)
    for provocation, part, words in every_answer():
        name = f"answer_{provocation.key}_{part.replace(' ', '_')}".rstrip("_")
        said[name] = words
    return said | changed


def living(hub, now, today, person=None, place=None, days=5, **more):
    return a_stay(
        hub.manager, person or hub.robin, place or hub.room, today - timedelta(days=1),
        today + timedelta(days=days), at=now, **more,
    )  # fmt: skip


class TestTheBoard:
    def test_it_says_who_is_where_and_what_is_free(self, hub, sign_in, now, today):
        living(hub, now, today)
        page = sign_in(hub.manager).get(reverse("homes:homes")).content.decode()
        assert "Tonight" in page
        assert "Robin" in page
        assert "<strong>1 place</strong> free tonight" in page

    def test_a_name_is_shown_only_to_those_whose_work_it_is(self, hub, sign_in, now, today):
        living(hub, now, today)
        elsewhere = a_manager(a_hub())
        page = sign_in(elsewhere).get(reverse("homes:homes")).content.decode()
        assert "Robin" not in page
        assert "Somebody" in page

    def test_who_was_shown_is_in_the_record(self, hub, sign_in, now, today):
        living(hub, now, today)
        sign_in(hub.manager).get(reverse("homes:homes"))
        line = Entry.objects.filter(kind="saw", verb="homes:homes").get()
        assert [row.subject for row in line.subjects.all()] == [hub.robin.pk]

    def test_somebody_who_knows_them_outside_work_reads_no_name(self, hub, sign_in, now, today):
        living(hub, now, today)
        colleague = a_worker(hub.hub)
        door.tie(
            by=hub.manager, at=now, young_person=hub.robin, account=colleague, why="conflict",
            from_on=today,
        )  # fmt: skip
        page = sign_in(colleague).get(reverse("homes:homes")).content.decode()
        assert "Robin" not in page

    def test_an_overdue_stay_is_loud_and_its_place_is_not_free(self, hub, sign_in, now, today):
        living(hub, now, today, days=0)
        page = sign_in(hub.worker).get(reverse("homes:homes")).content.decode()
        assert "Should have left" in page
        options = queries.options_for(hub.manager, hub.robin, today, today=today)
        assert [row.place for row in options[0].free] == [hub.other_room]

    def test_other_weeks_and_nonsense_are_answered(self, hub, sign_in):
        client = sign_in(hub.worker)
        assert client.get(reverse("homes:homes") + "?from=2026-12-24").status_code == 200
        assert client.get(reverse("homes:homes") + "?from=christmas").status_code == 200

    def test_finance_sees_no_board(self, hub, sign_in):
        finance = an_account("finance-officer")
        assert sign_in(finance).get(reverse("homes:homes")).status_code == 403


class TestDeciding:
    def test_the_page_asks_wishes_before_provocations_before_homes(self, hub, sign_in):
        page = sign_in(hub.manager).get(reverse("homes:decide", args=[hub.robin.pk]))
        words = page.content.decode()
        order = ["What Robin wishes", "good enough for my child", "Which options", "Which place?"]
        places = [words.index(part) for part in [*order, "Why is this the right home"]]
        assert places == sorted(places)

    def test_a_decision_is_written_and_leads_to_the_move(self, hub, sign_in, today):
        client = sign_in(hub.manager)
        url = reverse("homes:decide", args=[hub.robin.pk])
        page = client.post(url, what_is_decided(hub.room, today), follow=True)
        decision = Decision.objects.get()
        assert page.redirect_chain[-1][0] == reverse("homes:decision", args=[decision.pk])
        assert decision.answers.count() == 6
        assert "Plan or record the move" in page.content.decode()

    def test_nothing_typed_is_lost_when_something_is_missing(self, hub, sign_in, today):
        url = reverse("homes:decide", args=[hub.robin.pk])
        said = what_is_decided(hub.room, today, reasons="", refused="A tent, by Robin.")
        page = sign_in(hub.manager).post(url, said).content.decode()
        assert "There is a problem" in page
        for typed in ("Near my nan, please.", "A tent, by Robin.", "good enough for mine"):
            assert typed in page
        assert not Decision.objects.exists()

    def test_looking_at_another_night_keeps_what_was_typed(self, hub, sign_in, now, today):
        other = a_young_person(hub.hub, hub.manager, hub.worker)
        living(hub, now, today, person=other)
        later = today + timedelta(days=30)
        url = reverse("homes:decide", args=[hub.robin.pk])
        said = {"look": "1", "asked": "yes", "wishes": "Near my nan."} | boxes("from_on", later)
        page = sign_in(hub.manager).post(url, said).content.decode()
        assert "There is a problem" not in page
        assert "Near my nan." in page
        assert str(hub.room.pk) in page

    def test_a_taken_place_is_shown_and_cannot_be_chosen(self, hub, sign_in, now, today):
        other = a_young_person(hub.hub, hub.manager, hub.worker, name="Sam Example")
        living(hub, now, today, person=other)
        client = sign_in(hub.manager)
        url = reverse("homes:decide", args=[hub.robin.pk])
        page = client.get(url).content.decode()
        assert str(hub.room.pk) not in page
        assert "Already living there: Sam." in page
        page = client.post(url, what_is_decided(hub.room, today)).content.decode()
        assert "not free on that night any more" in page
        assert not hub.robin.home_decisions.exists()

    def test_when_they_could_not_be_asked_it_says_why(self, hub, sign_in, today):
        url = reverse("homes:decide", args=[hub.robin.pk])
        client = sign_in(hub.manager)
        said = what_is_decided(hub.room, today, asked="no", wishes="")
        assert "Write why they could not be asked" in client.post(url, said).content.decode()
        client.post(url, said | {"not_asked_why": "In theatre."})
        assert Decision.objects.get().not_asked_why == "In theatre."

    def test_a_worker_does_not_decide(self, hub, sign_in):
        page = sign_in(hub.worker).get(reverse("homes:decide", args=[hub.robin.pk]))
        assert page.status_code == 403

    def test_a_carer_does_not_read_the_decision(self, hub, sign_in, now, today):
        stay = living(hub, now, today)
        carer = an_account("hub-community-family", hub.hub)
        door.tie(
            by=hub.manager, at=now, young_person=hub.robin, account=carer, why="carer",
            from_on=today, until_on=today + timedelta(days=30),
        )  # fmt: skip
        client = sign_in(carer)
        assert client.get(reverse("homes:stay", args=[stay.pk])).status_code == 200
        page = client.get(reverse("homes:decision", args=[stay.decision_id]))
        assert page.status_code == 403


class TestAStay:
    def test_a_worker_plans_a_move_and_says_when_they_arrive(self, hub, sign_in, now, today):
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.room, at=now)
        client = sign_in(hub.worker)
        said = {"there": "no"} | boxes("begins_on", today)
        said |= boxes("until_on", today + timedelta(days=3))
        client.post(reverse("homes:move_in", args=[decision.pk]), said)
        stay = Stay.objects.get()
        assert stay.now == "planned"
        client.post(reverse("homes:arrive", args=[stay.pk]), boxes("begun_at", today, "00:00"))
        stay.refresh_from_db()
        assert stay.now == "living there"

    @pytest.mark.parametrize(("hour", "night"), [(1, 19), (5, 19), (6, 20), (23, 20)])
    def test_the_move_is_asked_about_with_now_and_the_night_it_is_now_filled_in(
        self, hub, sign_in, hour, night
    ):
        with time_machine.travel(datetime(2026, 11, 20, hour, 5, tzinfo=UTC), tick=False):
            now = timezone.now()
            decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.room, at=now)
            client = sign_in(hub.worker)
            url = reverse("homes:move_in", args=[decision.pk])
            form = client.get(url).context["form"]
            assert form["begun_at"].initial == now
            assert form["begins_on"].initial == date(2026, 11, night)
            said = {"there": "yes"} | boxes("begins_on", form["begins_on"].initial)
            said |= boxes("begun_at", now.date(), f"{hour:02}:05")
            client.post(url, said | boxes("until_on", date(2026, 11, 25)))
            assert Stay.objects.get().now == "living there"

    def test_a_move_for_another_day_is_asked_about_with_that_day(self, hub, sign_in, now, today):
        later = today + timedelta(days=3)
        decision = a_decision(
            hub.manager, hub.robin, hub.home, place=hub.room, at=now, from_on=later
        )
        page = sign_in(hub.worker).get(reverse("homes:move_in", args=[decision.pk]))
        assert page.context["form"]["begins_on"].initial == later

    def test_what_cannot_stand_is_said_above_the_form(self, hub, sign_in, now, today):
        other = a_young_person(hub.hub, hub.manager, hub.worker)
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.room, at=now)
        living(hub, now, today, person=other)
        said = {"there": "no"} | boxes("begins_on", today)
        said |= boxes("until_on", today + timedelta(days=3))
        page = sign_in(hub.worker).post(reverse("homes:move_in", args=[decision.pk]), said)
        assert page.status_code == 200
        assert "Somebody else has just been given this place" in page.content.decode()

    def test_longer_earlier_put_right_and_ended(self, hub, sign_in, now, today):
        stay = living(hub, now, today)
        client = sign_in(hub.worker)
        why = {"why": "Nan says so."}

        def say(page, **said):
            client.post(reverse(f"homes:{page}", args=[stay.pk]), said | why)
            stay.refresh_from_db()
            return stay

        week, next_day = today + timedelta(days=7), today + timedelta(days=1)
        assert say("stay_longer", **boxes("until_on", week)).planned_until_on == week
        assert say("end_early", **boxes("until_on", next_day)).planned_until_on == next_day
        put_right = boxes("begins_on", stay.begins_on) | {"place": str(hub.other_room.pk)}
        put_right |= boxes("begun_at", stay.begins_on, "midday")
        assert say("correct", **put_right).place == hub.other_room
        assert say("end", as_planned="no", **boxes("ended_on", today)).ended_on == today
        page = client.get(reverse("homes:stay", args=[stay.pk])).content.decode()
        assert "place from Room 1 to Room 2" in page
        assert "not as planned" in page

    def test_moving_on_ends_one_and_begins_the_planned_next(self, hub, sign_in, now, today):
        first = living(hub, now, today)
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.other_room, at=now)
        said = {"decision": str(decision.pk), "as_planned": "yes", "why": "A quieter room."}
        said |= boxes("on", today) | boxes("begun_at", today, "00:00")
        said |= boxes("until_on", today + timedelta(days=9))
        sign_in(hub.worker).post(reverse("homes:move_on", args=[first.pk]), said)
        first.refresh_from_db()
        assert first.ended_on == today
        assert queries.current_stay(hub.robin.pk).place == hub.other_room

    def test_moving_on_wants_a_decision_first(self, hub, sign_in, now, today):
        stay = living(hub, now, today)
        page = sign_in(hub.worker).get(reverse("homes:move_on", args=[stay.pk]), follow=True)
        assert "Decide first where Robin is to live next" in page.content.decode()

    def test_a_planned_stay_is_called_off_from_its_page(self, hub, sign_in, now, today):
        stay = a_stay(
            hub.manager, hub.robin, hub.room, today, today + timedelta(days=2), at=now, there=False
        )
        client = sign_in(hub.worker)
        client.post(reverse("homes:end", args=[stay.pk]), {"why": "Her aunt said yes."})
        stay.refresh_from_db()
        assert stay.now == "called off"
        assert client.get(reverse("homes:stay", args=[stay.pk])).status_code == 200

    def test_every_page_about_them_carries_the_banner_and_a_line_in_the_record(
        self, hub, sign_in, now, today
    ):
        stay = living(hub, now, today)
        client = sign_in(hub.manager)
        pages = [reverse(f"homes:{page}", args=[hub.robin.pk]) for page in ("stays", "decide")]
        pages.append(reverse("homes:decision", args=[stay.decision_id]))
        for page in ("stay", "stay_longer", "end_early", "correct", "end"):
            pages.append(reverse(f"homes:{page}", args=[stay.pk]))
        for url in pages:
            before = Entry.objects.filter(kind="saw").count()
            page = client.get(url)
            assert page.status_code == 200, url
            assert "Who this page is about" in page.content.decode(), url
            assert Entry.objects.filter(kind="saw").count() == before + 1, url

    def test_another_hubs_worker_opens_none_of_them(self, hub, sign_in, now, today):
        stay = living(hub, now, today)
        client = sign_in(a_worker(a_hub()))
        assert client.get(reverse("homes:stay", args=[stay.pk])).status_code == 403
        assert client.get(reverse("homes:stays", args=[hub.robin.pk])).status_code == 403


class TestKeepingHomes:
    def test_a_manager_adds_a_home_with_its_places_and_address(self, hub, sign_in):
        client = sign_in(hub.manager)
        said = {"name": "Seabrook", "kind": "foster-home", "places": "Blue room\n\nAttic"}
        said |= {"address_lines": "1 Made Up Street", "postcode": "zz1 1zz"}
        said |= boxes("opened_on", date(2026, 1, 1))
        client.post(reverse("homes:open_home"), said)
        home = Home.objects.get(name="Seabrook")
        assert [place.name for place in home.places.all()] == ["Attic", "Blue room"]
        assert home.address.postcode == "ZZ1 1ZZ"

    def test_a_place_is_added_taken_out_of_service_and_put_back(self, hub, sign_in, today):
        client = sign_in(hub.manager)
        client.post(reverse("homes:add_place", args=[hub.home.pk]), {"name": "Room 3"})
        place = hub.home.places.get(name="Room 3")
        said = boxes("from_on", today) | boxes("until_on", today + timedelta(days=4))
        client.post(reverse("homes:out_of_service", args=[place.pk]), said | {"why": "Damp"})
        page = client.get(reverse("homes:home", args=[hub.home.pk])).content.decode()
        assert "Damp" in page
        out = place.out_of_service.get()
        back = boxes("until_on", today + timedelta(days=1))
        client.post(reverse("homes:back_in_service", args=[out.pk]), back)
        assert place.nights.count() == 1

    @pytest.mark.parametrize("page", ["open_home", "add_place", "out_of_service"])
    def test_a_worker_keeps_no_homes(self, hub, sign_in, page):
        of = {"open_home": [], "add_place": [hub.home.pk], "out_of_service": [hub.room.pk]}[page]
        assert sign_in(hub.worker).get(reverse(f"homes:{page}", args=of)).status_code == 403


def test_the_story_hears_of_deciding_moving_in_and_leaving(hub, now, today):
    stay = living(hub, now, today)
    actions.end(
        by=hub.manager, at=now, stay=stay, ended_on=today, why="Home to Dad.", as_planned=True
    )
    first, *rest = queries.lines(hub.robin.pk)
    told = first.union(*rest, all=True).order_by("day", "at")
    kinds = [(row[2], row[3], row[4]) for row in told]
    assert ("moved on", f"Left {hub.home.name}, Room 1", "Home to Dad.") in kinds
    assert {kind for kind, _, _ in kinds} == {"home decided", "moved in", "moved on"}


def test_where_everybody_is_tonight(hub, now, today):
    stay = living(hub, now, today)
    assert queries.where_tonight([hub.robin.pk], today) == {hub.robin.pk: stay}
    assert list(queries.stays_on(hub.manager, today, today=today)) == [stay]
    assert not queries.stays_on(a_manager(a_hub()), today, today=today)
    assert queries.current_stay(hub.robin.pk) == stay
