from datetime import date, datetime

from django.utils import timezone

from onedoor.door import access
from onedoor.homes import nights, rules
from onedoor.homes.actions import beginning
from onedoor.homes.models import Decision, Place, Stay
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow

# Only a stay that ran over can meet somebody else's nights while ending.
PUT_THEIRS_RIGHT = (
    "Nothing was saved. Put right the plan of whoever was to come next, and then end this stay."
)


def end(
    *, by: Account, at: datetime, stay: Stay, ended_on: date, why: str, as_planned: bool
) -> Stay:
    """They have left. The nights after that are free, and the nights until then were theirs."""
    with record.change("homes.end", by=by, at=at, about=[stay.young_person_id]):
        access.must(by, "move", stay.young_person, timezone.localdate(at))
        stay = beginning.locked(stay)
        _end(by, at, stay, ended_on, why, as_planned)
        return stay


def call_off(*, by: Account, at: datetime, stay: Stay, why: str) -> Stay:
    """A planned stay does not happen. Its nights are free at once."""
    with record.change("homes.call_off", by=by, at=at, about=[stay.young_person_id]):
        today = timezone.localdate(at)
        access.must(by, "move", stay.young_person, today)
        stay = beginning.locked(stay)
        if stay.now != rules.Now.PLANNED:
            raise NotNow("Only a stay that has not begun can be called off. End it instead.")
        rules.check_why(why, "Say why this did not happen.")
        _write_end(by, at, stay, today, why, None)
        return stay


def move_on(
    *, by: Account, at: datetime, stay: Stay, decision: Decision, begun_at: datetime, on: date,
    until_on: date, why: str, as_planned: bool, place: Place | None = None,
) -> Stay:  # fmt: skip
    """They move from one place to the next on one day: one stay ends as the other begins.

    The next may have been planned before; then that stay is the one that begins.
    """
    with record.change("homes.move_on", by=by, at=at, about=[stay.young_person_id]):
        access.must(by, "move", stay.young_person, timezone.localdate(at))
        stay = beginning.locked(stay)
        if decision.young_person_id != stay.young_person_id:
            raise NotNow("That decision was made for somebody else.")
        chosen = beginning.place_decided(decision, place)
        nights.lock_places([stay.place_id, chosen.pk])
        _end(by, at, stay, on, why, as_planned)
        waiting = Stay.objects.planned().filter(decision=decision).first()
        if waiting is not None:
            waiting = beginning.locked(waiting)
            return beginning.begin_as_planned(by, at, waiting, on, until_on, begun_at, why)
        return beginning.begin(by, at, decision, chosen, on, until_on, begun_at)


def _end(by: Account, at: datetime, stay: Stay, ended_on: date, why: str, as_planned: bool) -> None:
    if stay.now == rules.Now.PLANNED:
        raise NotNow("This stay has not begun. If it is not going to happen, call it off.")
    if stay.ended_on is not None:
        raise NotNow("This stay has ended already.")
    rules.check_end(ended_on, stay.begins_on, timezone.localdate(at))
    rules.check_why(why, "Say why they left.")
    _write_end(by, at, stay, ended_on, why, as_planned)


def _write_end(
    by: Account, at: datetime, stay: Stay, ended_on: date, why: str, as_planned: bool | None
) -> None:
    stay.ended_on, stay.ended_why, stay.ended_as_planned = ended_on, why.strip(), as_planned
    stay.end_recorded_at, stay.end_recorded_by = at, by
    stay.save()
    nights.claim(stay, stay.place, *stay.claims, way_out=PUT_THEIRS_RIGHT)
