"""The command with which a privacy officer checks the record from outside."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from onedoor.team import record
from onedoor.team.models import Entry
from tests.factories import NOW, an_account
from tests.team.test_record import faults_after, line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_lines():
    jo = an_account("director")
    with transaction.atomic():
        record.write([record.Line("saw", f"line {n}", jo, NOW) for n in range(20)])


def verify(*words: str) -> tuple[list[str], CommandError | None]:
    said = StringIO()
    try:
        call_command("record_verify", *words, stdout=said, stderr=StringIO())
    except CommandError as error:
        return said.getvalue().splitlines(), error
    return said.getvalue().splitlines(), None


def an_anchor() -> str:
    number, digest = record.head()
    return f"{number}:{digest}"


def test_a_sound_record_is_said_to_be_sound_and_gives_its_anchor():
    said, error = verify()
    assert error is None
    assert said[0].startswith(f"{Entry.objects.count()} lines in ")
    assert said[1:] == [f"Anchor {an_anchor()}", "The record is sound."]


def test_an_anchor_from_an_earlier_day_fits():
    earlier = an_anchor()
    an_account("director")  # joining writes another line
    said, error = verify("--anchor", earlier, f"--anchor={earlier}")
    assert error is None
    assert said[-1] == "The record is sound."


def test_a_changed_line_is_named_and_the_command_fails():
    told = []

    def deed():
        line(3).update(verb="something else")
        told.append(verify())

    faults_after(deed)
    ((said, error),) = told
    assert "Line 3 has been changed." in said
    assert error.returncode == 1
    assert "The record is sound." not in said


def test_an_anchor_that_is_not_on_the_record_fails_it():
    said, error = verify("--anchor", f"2:{'a' * 64}")
    assert said[-1] == "The anchor kept for line 2 is not on this record."
    assert error.returncode == 1


@pytest.mark.parametrize("words", ["2", "two:abc", "2:abc"])
def test_something_that_is_no_anchor_is_answered_with_what_one_looks_like(words):
    _, error = verify("--anchor", words)
    assert "a colon and its digest" in str(error)
