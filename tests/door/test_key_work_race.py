"""Eight processes at once, from the same screen: one change of key worker stands, every time."""

from datetime import timedelta
from uuid import uuid4

from onedoor.door import actions
from onedoor.door.models import KeyWorkerChange, YoungPerson
from onedoor.team import record
from onedoor.team.models import Account, Hub
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person

ROUNDS, WRITERS = 500, 8


def prepare():
    """One young person, their manager, and eight who could be their next key worker."""
    hub = a_hub()
    manager = a_manager(hub)
    person = a_young_person(hub, manager)
    return person.pk, manager.pk, [a_worker(hub).pk for _ in range(WRITERS)]


def change_from_the_same_screen(round_, writer, person_id, manager_id, workers):
    """Each round the screen showed change number `round_`; each writer wants another worker."""
    person = YoungPerson.objects.select_related("welcome__hub").get(pk=person_id)
    # A worker who was chosen last round cannot be chosen again, so the list turns with the rounds.
    to = Account.objects.get(pk=workers[(writer + round_) % WRITERS])
    actions.change_key_worker(
        by=Account.objects.get(pk=manager_id), at=NOW + timedelta(minutes=round_),
        young_person=person, to=to, replaces=round_, reason="Moving away.", view="Sad.",
        handover_note="Talks best in the car.", from_on=TODAY,
    )  # fmt: skip
    return str(to.pk)


def test_of_eight_at_once_exactly_one_change_stands_each_time(fresh_database):
    with fresh_database.here():
        given = prepare()
    rounds = fresh_database.race(
        change_from_the_same_screen, writers=WRITERS, rounds=ROUNDS, given=given
    )
    for outcomes in rounds:
        assert sum(outcome.value is not None for outcome in outcomes) == 1
        assert {o.error for o in outcomes if o.value is None} == {"NotNow"}
    with fresh_database.here():
        changes = KeyWorkerChange.objects.order_by("number")
        assert [c.number for c in changes] == list(range(1, ROUNDS + 1))
        won = [next(o.value for o in outcomes if o.value) for outcomes in rounds]
        assert [str(c.to_id) for c in changes] == won
        assert record.verify().sound


def welcome_people(report, writer, cycle, hub_id, manager_id, worker_id):
    hub, manager = Hub.objects.get(pk=hub_id), Account.objects.get(pk=manager_id)
    worker = Account.objects.get(pk=worker_id)
    while True:
        report(str(a_young_person(hub, manager, worker, name=f"Robin {uuid4()}").pk))


def test_killed_in_mid_write_no_welcome_that_was_acknowledged_is_lost(fresh_database):
    with fresh_database.here():
        hub = a_hub()
        given = [hub.pk, a_manager(hub).pk, a_worker(hub).pk]
    acknowledged = fresh_database.killed(welcome_people, cycles=20, given=given)
    assert acknowledged
    fresh_database.sound()
    with fresh_database.here():
        kept = {str(pk) for pk in YoungPerson.objects.values_list("pk", flat=True)}
        assert set(acknowledged) <= kept
        assert YoungPerson.objects.filter(welcome__isnull=True).count() == 0
        assert record.verify().sound
