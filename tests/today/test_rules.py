"""When something is due, and how somebody's night stands."""

from datetime import date, datetime, timedelta

import pytest

from onedoor.govuk.words import LONDON
from onedoor.homes import rules as homes_rules
from onedoor.today import rules
from onedoor.today.rules import Night, When

TODAY = date(2026, 11, 20)


def later(days):
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (-400, When.OVERDUE),
        (-1, When.OVERDUE),
        (0, When.TODAY),
        (1, When.WEEK),
        (7, When.WEEK),
        (8, When.LATER),
    ],
)
def test_what_is_due_is_sorted_into_words(days, when):
    assert rules.when(later(days), TODAY) == when


def test_the_most_pressing_comes_first_and_empty_groups_are_left_out():
    due = [(later(9), "later"), (later(-2), "late"), (later(2), "soon"), (later(-5), "later still")]
    found = rules.by_when(due, TODAY)
    assert list(found) == [When.OVERDUE, When.WEEK, When.LATER]
    assert found[When.OVERDUE] == ["later still", "late"]


@pytest.mark.parametrize(
    ("hour", "night"), [(23, TODAY), (12, TODAY), (6, TODAY), (5, later(-1)), (0, later(-1))]
)
def test_after_midnight_tonight_is_still_the_night_that_began_yesterday(hour, night):
    assert homes_rules.tonight(datetime(2026, 11, 20, hour, 30, tzinfo=LONDON)) == night


@pytest.mark.parametrize(
    ("missing", "lives_until", "planned", "stands"),
    [
        (False, later(1), False, Night.THERE),
        (False, later(1), True, Night.THERE),
        (False, later(0), False, Night.OVERDUE),
        (False, later(-3), False, Night.OVERDUE),
        (False, later(0), True, Night.EXPECTED),
        (False, None, True, Night.EXPECTED),
        (False, None, False, Night.NO_PLACE),
        (True, later(1), False, Night.MISSING),
        (True, None, True, Night.MISSING),
        (True, None, False, Night.MISSING),
    ],
)
def test_how_a_night_stands(missing, lives_until, planned, stands):
    found = rules.how_the_night_stands(
        missing=missing, lives_until=lives_until, place_planned=planned, night=TODAY
    )
    assert found == stands


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (TODAY, "since today"),
        (later(-1), "for 1 day"),
        (later(-13), "for 13 days"),
        (later(-14), "for 2 weeks"),
        (date(2026, 9, 20), "for 2 months"),
        (date(2024, 11, 21), "for 23 months"),
        (date(2024, 11, 20), "for 2 years"),
        (date(2024, 10, 19), "for 2 years and 1 month"),
        (date(2021, 5, 20), "for 5 years and 6 months"),
    ],
)
def test_how_long_is_said_as_people_say_it(since, words):
    assert rules.for_how_long(since, TODAY) == words
