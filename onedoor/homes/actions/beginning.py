"""What every beginning of a stay shares. Called inside record.change, with the person locked."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.homes import nights, rules
from onedoor.homes.models import Decision, Place, Stay, StayChange
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def locked(stay: Stay) -> Stay:
    """The stay as it is now, which nobody else changes until we are done."""
    nights.lock_person(stay.young_person_id)
    return Stay.objects.select_related("place__home", "young_person__welcome__hub", "decision").get(
        pk=stay.pk
    )


def place_decided(decision: Decision, place: Place | None) -> Place:
    """The place of the decision; or, where it left that open, one chosen now in the same home."""
    chosen = place or decision.place
    if chosen is None:
        raise NotNow(f"Choose which place in {decision.home.name}.")
    if decision.place_id and chosen.pk != decision.place_id:
        raise NotNow(f"The decision was for {decision.place}. Decide again for another place.")
    if chosen.home_id != decision.home_id:
        raise NotNow(f"The decision was for {decision.home}. Decide again for another home.")
    return chosen


def begin(
    by: Account, at: datetime, decision: Decision, place: Place, begins_on: date, until_on: date,
    begun_at: datetime | None,
) -> Stay:  # fmt: skip
    today = timezone.localdate(at)
    if Stay.objects.filter(decision=decision).exists():
        raise NotNow("This decision has been used for a stay already. Make another decision.")
    rules.check_plan(begins_on, until_on, timezone.localtime(decision.decided_at), today)
    if begun_at is not None:
        check_arrival(begins_on, begun_at, at)
    nights.lock_places([place.pk])
    nobody_overdue(place, today)
    stay = Stay(
        decision=decision, young_person=decision.young_person, place=place, begins_on=begins_on,
        planned_until_on=until_on, begun_at=begun_at, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    if begun_at is not None:
        nobody_living(stay, place)
    save_living(stay)
    nights.claim(stay, place, *stay.claims)
    return stay


def begin_as_planned(
    by: Account, at: datetime, stay: Stay, on: date, until_on: date, begun_at: datetime, why: str
) -> Stay:
    """A stay that was planned begins, on the day it was planned for or on another."""
    today = timezone.localdate(at)
    rules.check_plan(on, until_on, timezone.localtime(stay.decision.decided_at), today)
    check_arrival(on, begun_at, at)
    nights.lock_places([stay.place_id])
    nobody_overdue(stay.place, today)
    nobody_living(stay, stay.place)
    for what, was, became in [
        ("begins_on", stay.begins_on, on),
        ("planned_until_on", stay.planned_until_on, until_on),
    ]:
        if was != became:
            note(by, at, stay, rules.Changed.CORRECTED, what, was, became, why)
    stay.begins_on, stay.planned_until_on, stay.begun_at = on, until_on, begun_at
    save_living(stay)
    nights.claim(stay, stay.place, *stay.claims)
    return stay


def check_arrival(begins_on: date, begun_at: datetime, at: datetime) -> None:
    rules.check_begun(begins_on, timezone.localtime(begun_at), timezone.localtime(at))


def nobody_overdue(place: Place, today: date) -> None:
    late = Stay.objects.filter(place=place).overdue(today).first()
    if late is not None:
        raise NotNow(
            f"Somebody should have left this place on {rules.said(late.planned_until_on)} and is "
            "still there. End or lengthen that stay first."
        )


def nobody_living(stay: Stay, place: Place) -> None:
    """Neither this place nor this young person has another stay that is being lived."""
    living = Stay.objects.living().exclude(pk=stay.pk)
    if living.filter(place=place).exists():
        raise NotNow("Somebody still lives in this place. End that stay first.")
    at_home = living.filter(young_person=stay.young_person).select_related("place__home").first()
    if at_home is not None:
        raise NotNow(
            f"{stay.young_person.called} still lives at {at_home.place.home}. Move them on from "
            "there, so that one stay ends as the other begins."
        )


def save_living(stay: Stay) -> None:
    # The places are locked and were looked at; the database has the last word all the same.
    try:
        with transaction.atomic():
            stay.save()
    except IntegrityError as error:
        nobody_living(stay, stay.place)
        raise NotNow("Somebody else has just changed this. Look again.") from error


def note(
    by: Account, at: datetime, stay: Stay, kind: rules.Changed, what: str, was: object,
    became: object, why: str,
) -> None:  # fmt: skip
    StayChange.objects.create(
        stay=stay, kind=kind, what=what, was=str(was), became=str(became), why=why.strip(),
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
