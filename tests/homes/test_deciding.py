"""A decision about where to live: wishes first, then the provocations, then why."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from onedoor.door.models import Answer, Provocation
from onedoor.door.rules import provocations
from onedoor.homes import actions
from onedoor.homes.models import Decision
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, TODAY, a_worker, a_young_person
from tests.homes.homely import a_decision, a_home, every_answer

pytestmark = pytest.mark.django_db


def test_a_decision_keeps_wishes_answers_and_reasons_and_who_made_it(hub):
    decision = a_decision(hub.manager, hub.robin, hub.home, place=hub.room)

    assert decision.wishes == "I want to be near my nan."
    assert decision.decided_by == hub.manager
    assert decision.for_kind == "hub-bed"
    assert decision.answers.count() == 6  # five provocations, and whose risk has two answers
    line = Entry.objects.filter(verb="homes.decide").get()
    assert [subject.subject for subject in line.subjects.all()] == [hub.robin.pk]


def test_the_wishes_come_first_or_why_they_could_not_be_asked(hub):
    with pytest.raises(NotNow, match="Write what the young person wishes for"):
        a_decision(hub.manager, hub.robin, hub.home, wishes=" ")
    decision = a_decision(
        hub.manager, hub.robin, hub.home, wishes="", not_asked_why="She was in theatre."
    )
    assert decision.not_asked_why == "She was in theatre."
    with pytest.raises(NotNow, match="Not both"):
        a_decision(hub.manager, hub.robin, hub.home, not_asked_why="She was asleep.")


@pytest.mark.parametrize("key", list(provocations()))
def test_no_decision_stands_with_a_provocation_unanswered(hub, key):
    some = [answer for answer in every_answer() if answer[0].key != key]
    with pytest.raises(NotNow, match="before this decision stands"):
        a_decision(hub.manager, hub.robin, hub.home, answers=some)
    assert not Answer.objects.exists()


def test_whose_risk_is_answered_twice(hub):
    once = [answer for answer in every_answer() if answer[1] != "organisation"]
    with pytest.raises(NotNow, match="for risk to the organisation"):
        a_decision(hub.manager, hub.robin, hub.home, answers=once)


def test_the_councils_own_wording_is_the_one_that_is_asked(hub):
    Provocation.objects.create(
        key="good-enough", version=9, wording="Good enough for my own?", from_on=TODAY,
        recorded_at=NOW,
    )  # fmt: skip
    some = [answer for answer in every_answer() if answer[0].key != "good-enough"]
    with pytest.raises(NotNow, match="Good enough for my own"):
        a_decision(hub.manager, hub.robin, hub.home, answers=some)


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("options_considered", "which options were considered"),
        ("refused", "what was refused and why"),
        ("effect_on_others", "those who already live there"),
        ("reasons", "the reasons"),
    ],
)
def test_a_decision_says_what_was_considered_refused_and_why(hub, left_out, sentence):
    with pytest.raises(NotNow, match=sentence):
        a_decision(hub.manager, hub.robin, hub.home, **{left_out: "  "})


def test_supported_lodgings_are_not_for_a_15_year_old(hub):
    lodgings = a_home(hub.manager, kind="supported-lodgings", places=["Attic room"])
    with pytest.raises(NotNow, match="young people from 16"):
        a_decision(hub.manager, hub.robin, lodgings)


def test_only_a_manager_of_the_hub_decides(hub):
    with pytest.raises(Refused):
        a_decision(hub.worker, hub.robin, hub.home)
    with pytest.raises(Refused):
        a_decision(a_worker(hub.hub), hub.robin, hub.home)
    assert not Decision.objects.exists()


def test_the_place_is_in_the_home(hub):
    elsewhere = a_home(hub.manager, places=["Room 9"]).places.get()
    with pytest.raises(NotNow, match="is not in"):
        a_decision(hub.manager, hub.robin, hub.home, place=elsewhere)


def test_the_database_rewrites_no_decision_and_takes_none_away(hub):
    decision = a_decision(hub.manager, hub.robin, hub.home)
    with pytest.raises(DatabaseError, match="make another"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reasons="Because there was a bed.")
    with pytest.raises(DatabaseError, match="make another"), transaction.atomic():
        decision.decision_answers.all()[0].delete()
    decision.refresh_from_db()
    assert decision.reasons == "She can walk to her nan's from here."


def test_the_database_wants_words_even_from_somebody_at_its_console(hub):
    decision = a_decision(hub.manager, hub.robin, hub.home)
    decision.pk, decision._state.adding = None, True
    decision.reasons = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


def test_no_stay_begins_from_somebody_elses_decision(hub):
    other = a_young_person(hub.hub, hub.manager, hub.worker)
    stay = actions.move_in(
        by=hub.manager, at=NOW, begins_on=TODAY, until_on=TODAY,
        decision=a_decision(hub.manager, hub.robin, hub.home, place=hub.room),
    )  # fmt: skip
    stay.young_person = other
    with pytest.raises(DatabaseError, match="for that young person"), transaction.atomic():
        stay.save()
