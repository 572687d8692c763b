"""Two people listen at once: both are kept, in one plan."""

from onedoor.door.models import YoungPerson
from onedoor.plan import actions
from onedoor.plan.models import Goal, Plan, Voice
from onedoor.team.models import Account
from onedoor.team.rules import NotNow
from tests.factories import NOW, TODAY, a_hub, a_manager, a_worker, a_young_person


def listen(round_, writer, listeners, people):
    actions.hear(
        by=Account.objects.get(pk=listeners[writer]),
        at=NOW,
        young_person=YoungPerson.objects.get(pk=people[round_]),
        about="home",
        words=f"Said to {writer}.",
        said_on=TODAY,
    )
    return "heard"


def end(round_, writer, listeners, goals):
    actions.end_goal(
        by=Account.objects.get(pk=listeners[writer]),
        at=NOW,
        goal=Goal.objects.get(pk=goals[round_]),
        ended_as="reached",
        ended_on=TODAY,
    )
    return "ended"


def test_listening_at_once_opens_one_plan_and_loses_no_words(fresh_database):
    with fresh_database.here():
        hub = a_hub()
        manager = a_manager(hub)
        listeners = [a_worker(hub).pk for _ in range(4)]
        people = [a_young_person(hub, manager).pk for _ in range(5)]
    rounds = fresh_database.race(listen, writers=4, rounds=5, given=[listeners, people])
    assert all(outcome.value == "heard" for outcomes in rounds for outcome in outcomes)
    with fresh_database.here():
        assert Plan.objects.count() == 5
        assert Voice.objects.count() == 20


def test_a_goal_ends_once_however_many_say_so_at_once(fresh_database):
    with fresh_database.here():
        hub = a_hub()
        manager = a_manager(hub)
        listeners = [a_worker(hub).pk for _ in range(4)]
        robin = a_young_person(hub, manager)
        goals = [
            actions.agree_goal(
                by=manager, at=NOW, young_person=robin, words="x", with_whom="x",
                agreed_on=TODAY, step="x", step_by_on=TODAY,
            ).pk
            for _ in range(5)
        ]  # fmt: skip
    rounds = fresh_database.race(end, writers=4, rounds=5, given=[listeners, goals])
    for outcomes in rounds:
        assert sorted(outcome.value or outcome.error for outcome in outcomes) == [
            NotNow.__name__, NotNow.__name__, NotNow.__name__, "ended",
        ]  # fmt: skip
