from datetime import date, datetime

from django.utils import timezone

from onedoor.door import access
from onedoor.homes import nights, rules
from onedoor.homes.actions import beginning
from onedoor.homes.models import Decision, Place, Stay
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def move_in(
    *, by: Account, at: datetime, decision: Decision, begins_on: date, until_on: date,
    place: Place | None = None, begun_at: datetime | None = None,
) -> Stay:  # fmt: skip
    """Begin a stay from a decision: today if they are there (`begun_at`), or planned for a day."""
    with record.change("homes.move_in", by=by, at=at, about=[decision.young_person_id]):
        access.must(by, "move", decision.young_person, timezone.localdate(at))
        nights.lock_person(decision.young_person_id)
        chosen = beginning.place_decided(decision, place)
        return beginning.begin(by, at, decision, chosen, begins_on, until_on, begun_at)


def arrive(*, by: Account, at: datetime, stay: Stay, begun_at: datetime) -> Stay:
    """A planned stay begins: they are there."""
    with record.change("homes.arrive", by=by, at=at, about=[stay.young_person_id]):
        access.must(by, "move", stay.young_person, timezone.localdate(at))
        stay = beginning.locked(stay)
        if stay.now != rules.Now.PLANNED:
            raise NotNow(f"This stay is not waiting to begin: {stay.now_words.lower()}.")
        beginning.check_arrival(stay.begins_on, begun_at, at)
        nights.lock_places([stay.place_id])
        beginning.nobody_living(stay, stay.place)
        stay.begun_at = begun_at
        beginning.save_living(stay)
        return stay


def stay_longer(*, by: Account, at: datetime, stay: Stay, until_on: date, why: str) -> Stay:
    """They are to leave later than was planned. The nights between must be free."""
    with record.change("homes.stay_longer", by=by, at=at, about=[stay.young_person_id]):
        today = timezone.localdate(at)
        access.must(by, "move", stay.young_person, today)
        stay = _unended(stay)
        rules.check_longer(until_on, stay.planned_until_on, today)
        rules.check_until(stay.begins_on, until_on, today)
        rules.check_why(why, "Say why they are staying longer.")
        _replan(by, at, stay, rules.Changed.LONGER, until_on, why)
        return stay


def end_early(*, by: Account, at: datetime, stay: Stay, until_on: date, why: str) -> Stay:
    """They are to leave earlier than was planned. The nights after that are free at once."""
    with record.change("homes.end_early", by=by, at=at, about=[stay.young_person_id]):
        today = timezone.localdate(at)
        access.must(by, "move", stay.young_person, today)
        stay = _unended(stay)
        begun = stay.begun_at is not None
        rules.check_earlier(until_on, stay.planned_until_on, stay.begins_on, begun, today)
        rules.check_why(why, "Say why they are leaving earlier.")
        _replan(by, at, stay, rules.Changed.EARLIER, until_on, why)
        return stay


def correct(
    *, by: Account, at: datetime, stay: Stay, why: str, begins_on: date | None = None,
    begun_at: datetime | None = None, place: Place | None = None,
) -> Stay:  # fmt: skip
    """What was written about the beginning or the place was wrong. What it said before is kept."""
    with record.change("homes.correct", by=by, at=at, about=[stay.young_person_id]):
        today = timezone.localdate(at)
        access.must(by, "move", stay.young_person, today)
        rules.check_why(why, "Say what was wrong, and how you know.")
        stay = beginning.locked(stay)
        if stay.now == rules.Now.CALLED_OFF:
            raise NotNow("This stay did not happen, so there is nothing to correct.")
        if begun_at is not None and stay.begun_at is None:
            raise NotNow("They have not moved in yet. Say that they arrived instead.")
        new_place = place or stay.place
        nights.lock_places([stay.place_id, new_place.pk])
        _note_corrections(by, at, stay, why, begins_on, begun_at, new_place)
        stay.begins_on = begins_on or stay.begins_on
        stay.begun_at = begun_at or stay.begun_at
        _check_corrected(stay, new_place, at)
        if new_place != stay.place:
            if stay.is_overdue(today):
                # The nights since then are nobody's yet, here or there.
                raise NotNow("They should have left by now. Say how long they stay, then correct.")
            beginning.nobody_overdue(new_place, today)
        stay.place = new_place
        if stay.now == rules.Now.LIVING:
            beginning.nobody_living(stay, new_place)
        beginning.save_living(stay)
        nights.claim(stay, new_place, *stay.claims)
        return stay


def _unended(stay: Stay) -> Stay:
    stay = beginning.locked(stay)
    if stay.ended_on is not None:
        raise NotNow("This stay has ended. Begin another, or correct it.")
    return stay


def _replan(
    by: Account, at: datetime, stay: Stay, kind: rules.Changed, until_on: date, why: str
) -> None:
    beginning.note(by, at, stay, kind, "planned_until_on", stay.planned_until_on, until_on, why)
    stay.planned_until_on = until_on
    stay.save(update_fields=["planned_until_on"])
    nights.claim(stay, stay.place, *stay.claims)


def _note_corrections(
    by: Account, at: datetime, stay: Stay, why: str, begins_on: date | None,
    begun_at: datetime | None, place: Place,
) -> None:  # fmt: skip
    moved = [
        ("begins_on", stay.begins_on, begins_on or stay.begins_on),
        ("begun_at", _local(stay.begun_at), _local(begun_at or stay.begun_at)),
        ("place", stay.place.name, place.name),
    ]
    different = [field for field in moved if field[1] != field[2]]
    if not different:
        raise NotNow("Nothing would change. Put right what was wrong, or go back.")
    for what, was, became in different:
        beginning.note(by, at, stay, rules.Changed.CORRECTED, what, was, became, why)


def _check_corrected(stay: Stay, place: Place, at: datetime) -> None:
    if place.home_id != stay.place.home_id:
        raise NotNow("A place in another home is not a correction. It needs another decision.")
    last = stay.ended_on or stay.planned_until_on
    if stay.begins_on > last:
        raise NotNow(
            f"The first night cannot be after {rules.said_in_full(last)}, when they leave."
        )
    decided = timezone.localtime(stay.decision.decided_at)
    rules.check_plan(stay.begins_on, stay.planned_until_on, decided, timezone.localdate(at))
    if stay.begun_at is not None:
        beginning.check_arrival(stay.begins_on, stay.begun_at, at)


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
