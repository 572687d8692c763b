"""The harness for real processes, tried on something simple: does it see what it must see?"""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone


def take_the_only_name(round_, writer, names):
    if writer == 3:
        raise PermissionError("The fourth may not.")
    _, created = Session.objects.get_or_create(
        session_key=names[round_], defaults={"expire_date": timezone.now()}
    )
    return created


def test_a_race_brings_back_what_each_process_got_in_each_round(fresh_database):
    rounds = fresh_database.race(take_the_only_name, writers=4, rounds=5, given=[list("abcde")])

    assert len(rounds) == 5
    for outcomes in rounds:
        assert [outcome.value for outcome in outcomes].count(True) == 1
        assert outcomes[3].error == "PermissionError"
        assert outcomes[3].sentence == "The fourth may not."
    with fresh_database.here():
        assert Session.objects.count() == 5


def write_until_killed(report, writer, cycle):
    for number in range(1_000_000):
        key = f"{cycle}-{writer}-{number}"
        with transaction.atomic():
            Session.objects.create(session_key=key, expire_date=timezone.now())
        report(key)


def boast_without_writing(report, writer, cycle):
    report("nothing behind it")


def test_killed_writers_leave_all_that_they_acknowledged(fresh_database):
    acknowledged = fresh_database.killed(write_until_killed, writers=3, cycles=3)

    assert len(acknowledged) > 9
    fresh_database.sound()
    with fresh_database.here():
        stored = set(Session.objects.values_list("session_key", flat=True))
    assert set(acknowledged) <= stored


def test_an_acknowledgement_with_nothing_behind_it_would_be_seen(fresh_database):
    acknowledged = fresh_database.killed(boast_without_writing, writers=2, cycles=1)

    with fresh_database.here():
        assert not Session.objects.filter(session_key__in=acknowledged)


def break_at_once(report, writer, cycle):
    raise ZeroDivisionError("this writer is broken")


def test_a_broken_writer_is_red_and_tells_its_story(fresh_database):
    with pytest.raises(AssertionError, match="this writer is broken"):
        fresh_database.killed(break_at_once, cycles=1)


def how_many(prefix):
    return Session.objects.filter(session_key__startswith=prefix).count()


def test_a_question_is_answered_in_another_process(fresh_database):
    with fresh_database.here():
        Session.objects.create(session_key="here-1", expire_date=timezone.now())

    assert fresh_database.ask(how_many, "here-") == 1


def test_each_test_begins_with_an_empty_copy(fresh_database):
    assert fresh_database.ask(how_many, "") == 0


def tables():
    return connection.introspection.table_names()


def test_the_forum_has_a_database_of_its_own(forum_database):
    there = forum_database.ask(tables)

    assert "team_account" in there
    assert not [name for name in there if name.startswith("door_")]
