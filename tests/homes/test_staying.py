"""A stay, from moving in to moving on, and the nights it holds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from onedoor.homes import actions, nights, rules
from onedoor.homes.models import Night, Stay
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, TODAY, a_hub, a_worker, a_young_person
from tests.homes.homely import a_decision, a_home, a_stay, noon

pytestmark = pytest.mark.django_db


def in_days(n: int) -> date:
    return TODAY + timedelta(days=n)


def nights_of(stay) -> list[date]:
    return list(stay.nights.order_by("night").values_list("night", flat=True))


@pytest.fixture
def jo(hub):
    return a_young_person(hub.hub, hub.manager, hub.worker, name="Jo Example")


@pytest.fixture(autouse=True)
def the_nights_agree_when_all_is_done(db):
    yield
    assert nights.check() == []


class TestMovingIn:
    def test_a_stay_holds_each_night_up_to_the_day_they_leave(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(3))

        assert nights_of(stay) == [TODAY, in_days(1), in_days(2)]
        assert stay.now is rules.Now.LIVING

    def test_a_stay_of_no_nights_is_still_a_stay(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, TODAY)

        assert nights_of(stay) == []
        assert Stay.objects.living().get() == stay

    def test_a_stay_may_be_planned_for_a_later_day_and_begin_then(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(2), in_days(5), there=False)
        assert stay.now is rules.Now.PLANNED
        assert nights_of(stay)[0] == in_days(2)

        then = noon(in_days(2))
        actions.arrive(by=hub.worker, at=then, stay=stay, begun_at=then)
        stay.refresh_from_db()
        assert stay.now is rules.Now.LIVING

    def test_what_was_lived_before_it_was_written_is_written_with_its_own_days(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-20), in_days(4))

        assert len(nights_of(stay)) == 24
        assert stay.begun_at < stay.recorded_at

    def test_the_second_for_one_place_is_told_kindly_and_nothing_is_saved(self, hub, jo):
        a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(5))
        with pytest.raises(NotNow) as told:
            a_stay(hub.manager, jo, hub.room, in_days(3), in_days(9), there=False)

        assert told.value.sentence == (
            "Somebody else has just been given this place for the night of 23 November. "
            "Nothing was saved. Choose another place or other nights."
        )
        assert Stay.objects.count() == 1

    def test_nobody_has_two_places_on_one_night(self, hub):
        a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(5))
        with pytest.raises(NotNow, match="Robin has another place for the night of 24 November"):
            a_stay(hub.manager, hub.robin, hub.other_room, in_days(4), in_days(9), there=False)

    def test_one_may_come_on_the_day_another_leaves(self, hub, jo):
        a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        stay = a_stay(hub.manager, jo, hub.room, in_days(2), in_days(3), there=False)
        assert nights_of(stay) == [in_days(2)]

    def test_a_decision_begins_one_stay(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(1))
        with pytest.raises(NotNow, match="used for a stay already"):
            actions.move_in(
                by=hub.manager, at=NOW, decision=stay.decision, begins_on=in_days(5),
                until_on=in_days(6),
            )  # fmt: skip

    def test_without_a_decision_there_is_no_stay(self, hub):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.create(
                young_person=hub.robin, place=hub.room, begins_on=TODAY, planned_until_on=TODAY,
                recorded_at=NOW, recorded_by=hub.manager,
            )  # fmt: skip

    def test_nobody_moves_in_before_it_was_decided(self, hub):
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.room)
        with pytest.raises(NotNow, match="decided on 20 November 2026"):
            actions.move_in(
                by=hub.manager, at=NOW, decision=decision, begins_on=in_days(-1),
                until_on=in_days(3),
            )  # fmt: skip

    def test_the_stay_is_where_the_decision_said(self, hub):
        elsewhere = a_home(hub.manager, places=["Room 9"]).places.get()
        decided = a_decision(hub.manager, hub.robin, hub.home, place=hub.room)
        left_open = a_decision(hub.manager, hub.robin, hub.home)
        plan = {"by": hub.manager, "at": NOW, "begins_on": TODAY, "until_on": in_days(1)}

        with pytest.raises(NotNow, match="Decide again for another place"):
            actions.move_in(decision=decided, place=hub.other_room, **plan)
        with pytest.raises(NotNow, match="Decide again for another home"):
            actions.move_in(decision=left_open, place=elsewhere, **plan)
        with pytest.raises(NotNow, match="Choose which place in"):
            actions.move_in(decision=left_open, **plan)
        assert actions.move_in(decision=left_open, place=hub.other_room, **plan)

    def test_a_worker_of_another_hub_moves_nobody(self, hub):
        stranger = a_worker(a_hub())
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.room)
        with pytest.raises(Refused):
            actions.move_in(by=stranger, at=NOW, decision=decision, begins_on=TODAY, until_on=TODAY)

    def test_a_plan_is_for_400_nights_at_most(self, hub):
        with pytest.raises(NotNow, match="400 nights ahead"):
            a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(401))
        assert len(nights_of(a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(400)))) == 400


class TestStayingOn:
    def test_staying_longer_takes_the_nights_between(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        actions.stay_longer(
            by=hub.worker, at=NOW, stay=stay, until_on=in_days(4), why="Mum is not ready yet."
        )
        assert nights_of(stay)[-1] == in_days(3)
        change = stay.changes.get()
        assert (change.was, change.became) == (str(in_days(2)), str(in_days(4)))

    def test_nobody_stays_longer_into_nights_that_are_promised(self, hub, jo):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        a_stay(hub.manager, jo, hub.room, in_days(3), in_days(5), there=False)
        with pytest.raises(NotNow, match="the night of 23 November"):
            actions.stay_longer(
                by=hub.worker, at=NOW, stay=stay, until_on=in_days(4), why="Mum is not ready."
            )
        assert nights_of(stay) == [TODAY, in_days(1)]

    def test_leaving_earlier_frees_the_nights_at_once(self, hub, jo):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(5))
        actions.end_early(
            by=hub.worker, at=NOW, stay=stay, until_on=in_days(1), why="Nan has made up the bed."
        )
        assert nights_of(stay) == [TODAY]
        assert a_stay(hub.manager, jo, hub.room, in_days(1), in_days(5), there=False)

    def test_an_overdue_stay_still_holds_its_place(self, hub, jo):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-4), in_days(-1))
        assert Stay.objects.overdue(TODAY).get() == stay
        with pytest.raises(NotNow, match="should have left this place on 19 November"):
            a_stay(hub.manager, jo, hub.room, TODAY, in_days(2))

        actions.stay_longer(
            by=hub.worker, at=NOW, stay=stay, until_on=in_days(2), why="It was not written down."
        )
        assert nights_of(stay) == [in_days(n) for n in range(-4, 2)]
        assert not Stay.objects.overdue(TODAY).exists()

    def test_who_was_planned_cannot_arrive_while_somebody_is_still_there(self, hub, jo):
        a_stay(hub.manager, hub.robin, hub.room, in_days(-2), in_days(1))
        planned = a_stay(hub.manager, jo, hub.room, in_days(1), in_days(3), there=False)
        then = noon(in_days(1))
        with pytest.raises(NotNow, match="Somebody still lives in this place"):
            actions.arrive(by=hub.worker, at=then, stay=planned, begun_at=then)


class TestCorrecting:
    def test_the_first_night_is_put_right_and_what_it_said_is_kept(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-4), in_days(2))
        actions.correct(
            by=hub.worker, at=NOW, stay=stay, begins_on=in_days(-3), begun_at=noon(in_days(-3)),
            why="The taxi receipt says the 17th.",
        )  # fmt: skip
        assert nights_of(stay)[0] == in_days(-3)
        assert {change.what for change in stay.changes.all()} == {"begins_on", "begun_at"}

    def test_the_place_is_put_right_within_the_home(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        actions.correct(
            by=hub.worker, at=NOW, stay=stay, place=hub.other_room, why="She chose the other room."
        )
        assert set(Night.objects.values_list("place", flat=True)) == {hub.other_room.pk}

    def test_another_home_is_another_decision_not_a_correction(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        elsewhere = a_home(hub.manager, places=["Room 9"]).places.get()
        with pytest.raises(NotNow, match="needs another decision"):
            actions.correct(by=hub.worker, at=NOW, stay=stay, place=elsewhere, why="A slip.")

    def test_who_should_have_left_changes_no_place_until_it_is_said_how_long_they_stay(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-4), in_days(-1))
        with pytest.raises(NotNow, match="Say how long they stay"):
            actions.correct(by=hub.worker, at=NOW, stay=stay, place=hub.other_room, why="A slip.")

    def test_a_correction_says_why_and_changes_something(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        with pytest.raises(NotNow, match="Say what was wrong"):
            actions.correct(by=hub.worker, at=NOW, stay=stay, place=hub.other_room, why=" ")
        with pytest.raises(NotNow, match="Nothing would change"):
            actions.correct(by=hub.worker, at=NOW, stay=stay, place=hub.room, why="A slip.")


class TestMovingOn:
    def test_one_stay_ends_as_the_next_begins_on_one_day(self, hub):
        first = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(5))
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.other_room)
        second = actions.move_on(
            by=hub.worker, at=NOW, stay=first, decision=decision, on=TODAY, begun_at=noon(TODAY),
            until_on=in_days(9), why="She asked for the quiet room.", as_planned=True,
        )  # fmt: skip
        first.refresh_from_db()
        assert first.ended_on == second.begins_on == TODAY
        assert nights_of(first)[-1] == in_days(-1)
        assert nights_of(second)[0] == TODAY

    def test_a_next_stay_that_was_planned_is_the_one_that_begins(self, hub):
        first = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(1))
        planned = a_stay(
            hub.manager, hub.robin, hub.other_room, in_days(1), in_days(9), there=False
        )
        moved = actions.move_on(
            by=hub.worker, at=NOW, stay=first, decision=planned.decision, on=TODAY,
            begun_at=noon(TODAY), until_on=in_days(9), why="A day sooner.", as_planned=True,
        )  # fmt: skip
        assert moved == planned
        assert nights_of(moved)[0] == TODAY
        assert moved.changes.get().what == "begins_on"

    def test_when_the_next_place_is_taken_nothing_ends(self, hub, jo):
        first = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(5))
        a_stay(hub.manager, jo, hub.other_room, TODAY, in_days(5))
        decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.other_room)
        with pytest.raises(NotNow):
            actions.move_on(
                by=hub.worker, at=NOW, stay=first, decision=decision, on=TODAY,
                begun_at=noon(TODAY), until_on=in_days(9), why="A quieter room.", as_planned=True,
            )  # fmt: skip
        first.refresh_from_db()
        assert first.ended_on is None

    def test_a_stay_ends_on_the_day_they_left_and_says_whether_it_was_planned(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(5))
        actions.end(
            by=hub.worker, at=NOW, stay=stay, ended_on=in_days(-1), why="She went home to Dad.",
            as_planned=False,
        )  # fmt: skip
        stay.refresh_from_db()
        assert nights_of(stay)[-1] == in_days(-2)
        assert stay.ended_as_planned is False
        assert stay.end_recorded_at == NOW

    def test_who_stayed_over_had_those_nights_too(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(-2))
        actions.end(
            by=hub.worker, at=NOW, stay=stay, ended_on=TODAY, why="Late taxi.", as_planned=True
        )
        assert len(nights_of(stay)) == 5

    def test_who_stayed_over_into_somebody_elses_plan_is_untangled_first(self, hub, jo):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(1))
        planned = a_stay(hub.manager, jo, hub.room, in_days(1), in_days(4), there=False)
        later = NOW + timedelta(days=2)
        leaving = {"by": hub.worker, "at": later, "stay": stay, "ended_on": in_days(2)}
        leaving |= {"why": "No train until today.", "as_planned": False}
        with pytest.raises(NotNow, match="whoever was to come next"):
            actions.end(**leaving)

        actions.correct(by=hub.worker, at=later, stay=planned, begins_on=in_days(2), why="Late.")
        assert actions.end(**leaving).ended_on == in_days(2)

    def test_a_planned_stay_is_called_off_and_its_nights_are_free(self, hub, jo):
        planned = a_stay(hub.manager, hub.robin, hub.room, in_days(2), in_days(5), there=False)
        actions.call_off(by=hub.manager, at=NOW, stay=planned, why="Her aunt said yes.")
        planned.refresh_from_db()
        assert planned.now is rules.Now.CALLED_OFF
        assert a_stay(hub.manager, jo, hub.room, in_days(2), in_days(5), there=False)

    def test_a_stay_ends_once(self, hub):
        stay = a_stay(hub.manager, hub.robin, hub.room, in_days(-5), in_days(5))
        leaving = {"by": hub.worker, "at": NOW, "stay": stay, "ended_on": TODAY, "why": "Home."}
        actions.end(as_planned=True, **leaving)
        with pytest.raises(NotNow, match="ended already"):
            actions.end(as_planned=True, **leaving)


class TestOutOfService:
    def test_nobody_sleeps_in_a_place_that_is_out_of_service(self, hub):
        out = actions.take_out_of_service(
            by=hub.manager, at=NOW, place=hub.room, from_on=in_days(1), until_on=in_days(4),
            why="New window.",
        )  # fmt: skip
        with pytest.raises(NotNow, match="out of service on the night of 21 November"):
            a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        actions.back_in_service(by=hub.manager, at=NOW, out_of_service=out, until_on=in_days(1))
        assert a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))

    def test_a_place_somebody_sleeps_in_is_not_taken_out_of_service(self, hub):
        a_stay(hub.manager, hub.robin, hub.room, TODAY, in_days(2))
        with pytest.raises(NotNow, match="given this place for the night of 21 November"):
            actions.take_out_of_service(
                by=hub.manager, at=NOW, place=hub.room, from_on=in_days(1), until_on=in_days(4),
                why="New window.",
            )  # fmt: skip

    def test_only_managers_keep_the_homes(self, hub):
        with pytest.raises(Refused):
            a_home(hub.worker)
        with pytest.raises(Refused):
            actions.add_place(by=hub.worker, at=NOW, home=hub.home, name="Room 3")

    def test_two_places_in_a_home_have_two_names(self, hub):
        with pytest.raises(NotNow, match="has a place called Room 1 already"):
            actions.add_place(by=hub.manager, at=NOW, home=hub.home, name="Room 1")
