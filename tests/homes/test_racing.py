"""Eight processes want the one place that is left, and one of them gets it. Every time."""

from datetime import timedelta

from onedoor.homes import actions, nights
from onedoor.homes.models import Night, Place, Stay
from onedoor.team import record
from onedoor.team.models import Account
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person
from tests.homes.homely import a_decision, a_home, noon

ROUNDS = 500
WRITERS = 8
FIRST = TODAY - timedelta(days=600)
BUSY = "Somebody else has just been given this place for the night of "

_hand = {}  # each process's own: the decision it holds until it has been used


def plan_the_last_place(round_, writer, manager_id, people, places):
    """Each writer wants the same place for the same night, each for another young person."""
    manager = _hand.get("manager") or Account.objects.get(pk=manager_id)
    _hand["manager"] = manager
    decision = _hand.pop("decision", None) or decided(manager, people[writer], places[0])
    night = FIRST + timedelta(days=round_)
    try:
        stay = actions.move_in(
            by=manager, at=NOW, decision=decision, place=Place.objects.get(pk=places[round_]),
            begins_on=night, until_on=night + timedelta(days=1),
        )  # fmt: skip
    except Exception:
        _hand["decision"] = decision
        raise
    # The next round wants another decision; make it before the others are let go.
    _hand["decision"] = decided(manager, people[writer], places[0])
    return stay.pk


def decided(manager, person, place_id):
    home = Place.objects.get(pk=place_id).home
    return a_decision(manager, person, home, decided_at=noon(FIRST))


def test_one_place_goes_to_one_young_person_every_time(fresh_database):
    with fresh_database.here():
        hub = a_hub()
        manager, worker = a_manager(hub), a_worker(hub)
        people = [a_young_person(hub, manager, worker) for _ in range(WRITERS)]
        home = a_home(manager, places=[f"Room {n:03}" for n in range(ROUNDS)])
        places = list(home.places.order_by("name").values_list("pk", flat=True))

    rounds = fresh_database.race(
        plan_the_last_place, writers=WRITERS, rounds=ROUNDS, given=[manager.pk, people, places]
    )

    for outcomes in rounds:
        won = [outcome for outcome in outcomes if outcome.error is None]
        lost = [outcome for outcome in outcomes if outcome.error is not None]
        assert len(won) == 1
        assert {outcome.error for outcome in lost} == {"NotNow"}
        assert all(outcome.sentence.startswith(BUSY) for outcome in lost)
    with fresh_database.here():
        assert Stay.objects.count() == Night.objects.count() == ROUNDS
        assert nights.check() == []
        assert record.verify().sound


def move_in_at_once(round_, writer, manager_id, people, places):
    """All of them stand at one door: a stay of no nights yet, which only living there decides."""
    manager = Account.objects.get(pk=manager_id)
    place = Place.objects.get(pk=places[round_])
    decision = a_decision(manager, people[round_][writer], place.home, place=place)
    return actions.move_in(
        by=manager, at=NOW, decision=decision, begins_on=TODAY, until_on=TODAY,
        begun_at=noon(TODAY),
    ).pk  # fmt: skip


def test_one_lives_in_a_place_even_before_the_first_night(fresh_database):
    some = 10
    with fresh_database.here():
        hub = a_hub()
        manager, worker = a_manager(hub), a_worker(hub)
        home = a_home(manager, places=[f"Room {n:02}" for n in range(some)])
        places = list(home.places.order_by("name").values_list("pk", flat=True))
        people = [
            [a_young_person(hub, manager, worker) for _ in range(WRITERS)] for _ in range(some)
        ]

    rounds = fresh_database.race(
        move_in_at_once, writers=WRITERS, rounds=some, given=[manager.pk, people, places]
    )

    for outcomes in rounds:
        assert [outcome.error for outcome in outcomes].count(None) == 1
        assert {outcome.error for outcome in outcomes} == {None, "NotNow"}
    with fresh_database.here():
        assert Stay.objects.living().count() == some
        assert nights.check() == []


def move_to_each_others_rooms(round_, writer, manager_id, stays, decisions):
    """Two young people swap rooms at the same moment: nobody waits in a circle."""
    manager = Account.objects.get(pk=manager_id)
    return actions.move_on(
        by=manager, at=NOW, stay=Stay.objects.get(pk=stays[round_][writer]),
        decision=decisions[round_][writer], begun_at=noon(TODAY), on=TODAY,
        until_on=TODAY + timedelta(days=1), why="They want to swap.", as_planned=True,
    ).pk  # fmt: skip


def test_two_who_swap_rooms_at_once_do_not_wait_for_each_other_for_ever(fresh_database):
    some = 10
    with fresh_database.here():
        hub = a_hub()
        manager, worker = a_manager(hub), a_worker(hub)
        stays, decisions = [], []
        for _ in range(some):
            rooms = list(a_home(manager).places.order_by("name"))
            people = [a_young_person(hub, manager, worker) for _ in rooms]
            stays.append([
                actions.move_in(
                    by=manager, at=NOW, begins_on=TODAY, until_on=TODAY + timedelta(days=2),
                    begun_at=noon(TODAY),
                    decision=a_decision(manager, person, room.home, place=room),
                ).pk
                for person, room in zip(people, rooms, strict=True)
            ])  # fmt: skip
            decisions.append([
                a_decision(manager, person, room.home, place=room)
                for person, room in zip(people, reversed(rooms), strict=True)
            ])  # fmt: skip

    rounds = fresh_database.race(
        move_to_each_others_rooms, writers=2, rounds=some, given=[manager.pk, stays, decisions]
    )

    # Whoever is first finds the other still there; nobody is stuck, and nothing is half done.
    assert {outcome.error for outcomes in rounds for outcome in outcomes} <= {None, "NotNow"}
    with fresh_database.here():
        assert nights.check() == []
        assert Stay.objects.living().count() == 2 * some
