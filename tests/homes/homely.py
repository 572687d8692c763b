"""Homes, decisions and stays for tests, made through the actions the screens use."""

from datetime import date, datetime, time
from itertools import count

from django.utils import timezone

from onedoor.door.models import Provocation
from onedoor.door.rules import parts_of
from onedoor.homes import actions
from onedoor.homes.models import Home, Stay
from tests.factories import NOW, TODAY

_number = count(1)


def a_home(
    manager, *, kind="hub-bed", places=("Room 1", "Room 2"), name="", at=NOW, **more
) -> Home:
    name = name or f"Home {next(_number)}"
    return actions.open_home(
        by=manager, at=at, name=name, kind=kind, opened_on=date(2020, 1, 1), places=places, **more
    )


def every_answer(words="It would be good enough for mine."):
    """An answer to each part of each provocation in use."""
    return [
        (provocation, part, words)
        for provocation in Provocation.objects.in_use()
        for part in parts_of(provocation.key)
    ]


def a_decision(manager, young_person, home, *, at=NOW, from_on=None, **changed):
    said = {
        "wishes": "I want to be near my nan.",
        "answers": every_answer(),
        "options_considered": "Home with outreach; the hub.",
        "refused": "Nothing was refused.",
        "effect_on_others": "Sam has asked for company.",
        "reasons": "She can walk to her nan's from here.",
        "from_on": from_on or timezone.localdate(at),
    }
    return actions.decide(
        by=manager, at=at, young_person=young_person, home=home, **(said | changed)
    )


def a_stay(
    manager, young_person, place, begins_on=TODAY, until_on=None, *, at=NOW, there=True, **more
) -> Stay:
    """Somebody who lives in a place from a day on; or, with there=False, who is planned to."""
    decision = a_decision(
        manager, young_person, place.home, at=at, place=place,
        decided_at=noon(min(begins_on, timezone.localdate(at))),
    )  # fmt: skip
    return actions.move_in(
        by=manager, at=at, decision=decision, begins_on=begins_on,
        until_on=until_on or begins_on, begun_at=noon(begins_on) if there else None, **more,
    )  # fmt: skip


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
