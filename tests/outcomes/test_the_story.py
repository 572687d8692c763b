"""One timeline of all that happened, asked in one question however long it is."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.outcomes import actions, queries, rules
from onedoor.outcomes.models import Event
from onedoor.plan import actions as plan
from onedoor.plan import rules as plan_rules
from onedoor.team.rules import Refused
from tests.factories import NOW, TODAY, a_hub, a_worker, a_young_person, an_account
from tests.homes.homely import a_home, a_stay

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def note(by, person, words, on=TODAY, **more):
    return actions.note_event(
        by=by, at=NOW, young_person=person, happened_on=on, words=words,
        **({"kind": "talk"} | more),
    )  # fmt: skip


def told(by, person, **more):
    return queries.story(by, person, TODAY, **more).lines


def many_events(person, by, number, day=date(2024, 1, 1)):
    Event.objects.bulk_create(
        Event(
            young_person=person, kind="talk", happened_on=day + timedelta(days=n % 700),
            words=f"Talk {n}", told=False, written_by=by, recorded_at=NOW,
        )
        for n in range(number)
    )  # fmt: skip


def test_every_room_tells_its_part(manager, worker, robin):
    note(worker, robin, "Walked by the river.")
    a_stay(manager, robin, a_home(manager).places.first())
    plan.hear(by=worker, at=NOW, young_person=robin, about="home", words="Near Nan.", said_on=TODAY)
    kinds = {line.kind for line in told(worker, robin)}
    assert {"talk", "voice", "plan", "welcome", "moved in", "home decided"} <= kinds


def test_the_story_is_told_newest_first_and_what_has_no_hour_comes_last_in_its_day(worker, robin):
    at = NOW - timedelta(hours=2)
    note(worker, robin, "some time today")
    note(worker, robin, "early", happened_at=at - timedelta(hours=3))
    note(worker, robin, "late", happened_at=at)
    note(worker, robin, "yesterday", on=YESTERDAY)
    words = [line.words for line in told(worker, robin, about=["people"])]
    assert words == ["late", "early", "some time today", "yesterday"]


def test_a_line_says_when_it_was_written_where_that_is_more_than_a_day_later(worker, robin):
    note(worker, robin, "yesterday", on=YESTERDAY)
    note(worker, robin, "last week", on=TODAY - timedelta(days=7))
    recent, older = told(worker, robin, about=["people"])
    assert recent.written_down_on is None
    assert older.written_down_on == TODAY


def test_a_corrected_line_stays_and_says_so_beside_its_correction(worker, robin):
    first = note(worker, robin, "She rang.", from_whom="Nan", told=True)
    actions.correct_event(
        by=worker, at=NOW, event=first, why="It was Robin who rang.", kind="talk",
        happened_on=TODAY, words="Robin rang.",
    )  # fmt: skip
    lines = {line.words: line for line in told(worker, robin, about=["people"])}
    assert lines["She rang."].corrected_at == NOW
    assert lines["She rang."].note == "Told to us by Nan. They know this is written here. "
    assert lines["Robin rang."].corrected_at is None
    assert lines["Robin rang."].note == "Put right: It was Robin who rang."
    assert lines["She rang."].ref == first.pk


def test_the_story_is_narrowed_to_parts_of_life_and_to_days(worker, robin):
    note(worker, robin, "A talk.")
    note(worker, robin, "Found at the station.", kind="missing", on=date(2026, 11, 2))
    plan.hear(by=worker, at=NOW, young_person=robin, about="home", words="Near Nan.", said_on=TODAY)
    assert [line.kind for line in told(worker, robin, about=["safety"])] == ["missing"]
    assert [line.kind for line in told(worker, robin, about=["words"])] == ["voice"]
    assert [line.kind for line in told(worker, robin, about=["plan"])] == ["plan"]
    early = told(worker, robin, until_on=date(2026, 11, 2), about=["safety", "people"])
    assert [line.words for line in early] == ["Found at the station."]
    late = told(worker, robin, from_on=date(2026, 11, 3), about=["safety", "people"])
    assert [line.words for line in late] == ["A talk."]


def test_the_parts_of_life_together_are_the_whole_story(manager, worker, robin):
    a_stay(manager, robin, a_home(manager).places.first())
    for kind in rules.kinds():
        note(worker, robin, kind, kind=kind)
    plan.hear(by=worker, at=NOW, young_person=robin, about="home", words="Near Nan.", said_on=TODAY)
    whole = {(line.kind, line.ref) for line in told(worker, robin)}
    apart = [{(x.kind, x.ref) for x in told(worker, robin, about=[key])} for key in rules.ABOUT]
    assert set.union(*apart) == whole
    assert sum(map(len, apart)) == len(whole), "no line belongs to two parts of life"


def test_every_line_says_what_it_is_and_names_its_row(worker, robin):
    note(worker, robin, "A talk.")
    for line in told(worker, robin):
        assert line.headline
        assert isinstance(line.ref, UUID)
        assert line.who


def test_a_page_holds_fifty_and_says_whether_there_is_more(worker, robin):
    many_events(robin, worker, 60)
    first = queries.story(worker, robin, TODAY, about=["people"])
    second = queries.story(worker, robin, TODAY, about=["people"], page=2)
    assert (len(first.lines), first.is_more) == (50, True)
    assert (len(second.lines), second.is_more) == (10, False)
    assert not {line.ref for line in first.lines} & {line.ref for line in second.lines}
    assert len(queries.whole_story(worker, robin, TODAY, about=["people"])) == 60


def test_ten_lines_and_ten_thousand_are_asked_for_in_as_many_questions(worker, robin):
    counts = []
    for more in (10, 9_990):
        many_events(robin, worker, more)
        queries.story(worker, robin, TODAY)  # roles are asked for once and remembered
        with CaptureQueriesContext(connection) as asked:
            assert len(told(worker, robin)) <= 50
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 2


def test_nobody_reads_another_hubs_story(worker, robin):
    note(worker, robin, "A talk.")
    for stranger in (a_worker(a_hub()), an_account("finance-officer"), an_account("young-person")):
        with pytest.raises(Refused):
            told(stranger, robin)
        event = robin.events.get()
        assert queries.an_event(stranger, event.pk, robin, TODAY) is None


def test_nothing_of_another_young_person_is_told(worker, robin, hub, manager):
    ash = a_young_person(hub, manager, worker, name="Ash Example")
    note(worker, ash, "Ash's own.")
    assert "Ash's own." not in [line.words for line in told(worker, robin)]


def test_the_plans_kinds_are_named():
    assert set(rules.WORDS_AND_HOPES) <= set(plan_rules.STORY_KINDS)
    assert not set(plan_rules.STORY_KINDS) & set(rules.kinds())
