"""What happened is noted once, in plain words, and put right in a line of its own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from onedoor.outcomes import actions, rules
from onedoor.outcomes.models import Event
from onedoor.team.models import Entry
from onedoor.team.rules import NotNow, Refused
from tests.factories import NOW, TODAY, a_hub, a_worker, an_account

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def note(by, person, at=NOW, **more):
    given = {"kind": "good-news", "words": "Passed maths.", "happened_on": TODAY} | more
    return actions.note_event(by=by, at=at, young_person=person, **given)


def correct(by, event, **more):
    given = {
        "why": "It was English.",
        "kind": event.kind,
        "happened_on": event.happened_on,
        "words": "Passed English.",
    }
    return actions.correct_event(by=by, at=NOW, event=event, **(given | more))


def test_what_happened_is_kept_with_who_wrote_it_and_when(worker, robin):
    event = note(worker, robin, happened_on=YESTERDAY, from_whom="Nan", told=True)
    assert (event.happened_on, event.recorded_at, event.written_by) == (YESTERDAY, NOW, worker)
    assert Entry.objects.get(verb="outcomes.note_event").subjects.get().subject == robin.pk


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "behaviour"}, "what kind of thing"),
        ({"words": "  "}, "One sentence is enough"),
        ({"happened_on": TODAY + timedelta(days=1)}, "has not happened yet"),
        ({"happened_at": NOW + timedelta(minutes=6)}, "has not happened yet"),
        ({"happened_on": date(2011, 3, 3)}, "born on 4 March 2011"),
        ({"happened_at": NOW - timedelta(days=1)}, "not on the day you chose"),
    ],
)
def test_what_cannot_have_happened_is_not_noted(worker, robin, said, sentence):
    with pytest.raises(NotNow, match=sentence):
        note(worker, robin, **said)
    assert not Event.objects.exists()
    assert not Entry.objects.filter(verb="outcomes.note_event").exists()


def test_a_telephone_may_be_five_minutes_fast(worker, robin):
    assert note(worker, robin, happened_at=NOW + timedelta(minutes=5))


def test_the_day_is_the_day_in_england(worker, robin):
    after_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on the 2nd
    event = note(
        worker, robin, at=after_midnight,
        happened_on=date(2026, 7, 2), happened_at=after_midnight,
    )  # fmt: skip
    assert event.happened_on == date(2026, 7, 2)


def test_a_correction_is_another_line_and_the_first_stays_as_it_was(worker, robin):
    first = note(worker, robin)
    second = correct(worker, first)
    first.refresh_from_db()
    assert first.words == "Passed maths."
    assert (second.words, second.corrects, first.correction) == ("Passed English.", first, second)


def test_a_line_is_corrected_once_and_says_what_was_wrong(worker, robin):
    first = note(worker, robin)
    with pytest.raises(NotNow, match="what was wrong"):
        correct(worker, first, why=" ")
    second = correct(worker, first)
    with pytest.raises(NotNow, match="Correct the newer one"):
        correct(worker, first)
    assert correct(worker, second, words="Passed both.")


def test_only_somebody_with_a_reason_writes_in_a_story(worker, robin):
    event = note(worker, robin)
    for stranger in (a_worker(a_hub()), an_account("director"), an_account("programme-analyst")):
        with pytest.raises(Refused):
            note(stranger, robin)
        with pytest.raises(Refused):
            correct(stranger, event)


def test_the_database_itself_keeps_events_whole(worker, robin):
    first = note(worker, robin)
    row = {
        "young_person": robin, "kind": "police", "happened_on": TODAY, "words": "x", "told": False,
        "written_by": worker, "recorded_at": NOW,
    }  # fmt: skip
    bad = [
        lambda: Event.objects.create(**row | {"kind": "behaviour"}),
        lambda: Event.objects.create(**row | {"words": ""}),
        lambda: Event.objects.create(**row, corrects=first),
        lambda: Event.objects.create(**row, why_corrected="No reason"),
        lambda: Event.objects.filter(pk=first.pk).update(corrects=first, why_corrected="x"),
    ]
    for write in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_every_kind_of_event_belongs_to_a_part_of_life():
    assert {kind.about for kind in rules.kinds().values()} <= set(rules.ABOUT)
    assert all(len(key) <= 20 for key in rules.kinds())
