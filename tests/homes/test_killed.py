"""Processes are killed in the middle of writing, and nothing they were told was kept is lost."""

import os

from onedoor.homes import actions, nights
from onedoor.homes.models import Decision, Place, Stay, StayChange
from onedoor.team import record
from onedoor.team.models import Account, Entry
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person
from tests.homes.homely import a_decision, a_home, noon
from tests.homes.test_staying import in_days

CYCLES = int(os.environ.get("ONEDOOR_CYCLES", "20"))
AT_A_TIME = 5
WRITERS = 4
WROTE = {"decide": Decision, "move_in": Stay, "stay_longer": StayChange}


def live_until_killed(report, writer, cycle, manager_id, people, place_ids):
    manager = Account.objects.get(pk=manager_id)
    place = Place.objects.select_related("home").get(pk=place_ids[writer])
    went = {"ended_on": TODAY, "why": "Went home.", "as_planned": True}
    for stay in Stay.objects.living().filter(place=place):  # left there by the one killed before
        actions.end(by=manager, at=NOW, stay=stay, **went)
        report(("end", stay.pk))
    while True:
        decision = a_decision(manager, people[writer], place.home, place=place)
        report(("decide", decision.pk))
        stay = actions.move_in(
            by=manager, at=NOW, decision=decision, begins_on=TODAY, until_on=in_days(2),
            begun_at=noon(TODAY),
        )  # fmt: skip
        report(("move_in", stay.pk))
        actions.stay_longer(by=manager, at=NOW, stay=stay, until_on=in_days(20), why="Not yet.")
        report(("stay_longer", stay.pk))
        actions.end(by=manager, at=NOW, stay=stay, **went)
        report(("end", stay.pk))


def stored(verb):
    """The rows of one verb, as whoever was told that they are kept would look for them."""
    if verb == "end":
        return set(Stay.objects.filter(ended_on__isnull=False).values_list("pk", flat=True))
    rows = WROTE[verb].objects.all()
    return set(rows.values_list("stay" if verb == "stay_longer" else "pk", flat=True))


def test_nothing_acknowledged_is_lost_and_the_record_verifies(fresh_database):
    with fresh_database.here():
        hub = a_hub()
        manager, worker = a_manager(hub), a_worker(hub)
        people = [a_young_person(hub, manager, worker) for _ in range(WRITERS)]
        home = a_home(manager, places=[f"Room {n}" for n in range(WRITERS)])
        places = list(home.places.order_by("name").values_list("pk", flat=True))

    acknowledged = []
    for batch in range(CYCLES // AT_A_TIME):
        acknowledged += fresh_database.killed(
            live_until_killed, writers=WRITERS, cycles=AT_A_TIME, seed=batch,
            between=(0.1, 1.5), given=[manager.pk, people, places],
        )  # fmt: skip
        fresh_database.sound()
        with fresh_database.here():
            for verb in [*WROTE, "end"]:
                told = {row for said, row in acknowledged if said == verb}
                kept = stored(verb)
                assert told <= kept, f"{len(told - kept)} acknowledged by {verb} are lost"
                # And no row without its line in the record, nor a line without its row.
                assert Entry.objects.filter(verb=f"homes.{verb}").count() == len(kept)
            assert nights.check() == []
            assert record.verify().sound
    print(f"{len(acknowledged)} acknowledged, none lost, in {CYCLES} cycles")
    assert len(acknowledged) > CYCLES
