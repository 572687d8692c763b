"""What is due when, and how somebody's night stands."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

Thing = TypeVar("Thing")

WEEK = timedelta(days=7)
# Further ahead than this is the plan's page, not today's.
AS_FAR_AS = timedelta(days=28)


class When(StrEnum):
    OVERDUE = "Overdue"
    TODAY = "Today"
    WEEK = "In the next seven days"
    LATER = "Later"


def when(due_on: date, today: date) -> When:
    if due_on < today:
        return When.OVERDUE
    if due_on == today:
        return When.TODAY
    return When.WEEK if due_on <= today + WEEK else When.LATER


def by_when(due: Iterable[tuple[date, Thing]], today: date) -> dict[When, list[Thing]]:
    """What is due, soonest first, under the words for when. Only groups that hold something."""
    groups: dict[When, list[Thing]] = {}
    for due_on, what in sorted(due, key=lambda pair: pair[0]):
        groups.setdefault(when(due_on, today), []).append(what)
    return groups


class Night(StrEnum):
    """How somebody's night stands, the most pressing first."""

    MISSING = "missing"
    NO_PLACE = "no place known"
    OVERDUE = "should have left"
    EXPECTED = "expected"
    THERE = "there"


# Those whose place is known and lived in; and those whom somebody has to go and find.
ACCOUNTED_FOR = (Night.THERE,)
TO_FIND_OUT = (Night.MISSING, Night.NO_PLACE, Night.OVERDUE)


def how_the_night_stands(
    *, missing: bool, lives_until: date | None, place_planned: bool, night: date
) -> Night:
    """`lives_until` is the planned end of the stay they live in, None where they live in none."""
    if missing:
        return Night.MISSING
    if lives_until is not None and lives_until > night:
        return Night.THERE
    if place_planned:
        return Night.EXPECTED
    return Night.NO_PLACE if lives_until is None else Night.OVERDUE


def for_how_long(since: date, today: date) -> str:
    """How long somebody has been there: 3 days, 5 weeks, 8 months, 2 years and 1 month."""
    days = (today - since).days
    if days < 14:
        return {0: "since today", 1: "for 1 day"}.get(days, f"for {days} days")
    if days < 61:
        return f"for {days // 7} weeks"
    months = (today.year - since.year) * 12 + today.month - since.month
    months -= today.day < since.day
    if months < 24:
        return f"for {months} month{'' if months == 1 else 's'}"
    years, over = divmod(months, 12)
    return f"for {years} years" + (f" and {over} month{'' if over == 1 else 's'}" if over else "")
