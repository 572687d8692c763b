"""Who lives where, for those who may know; and one home, stay or decision for a page."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat, TruncDate

from onedoor.door import rules as door_rules
from onedoor.door.models import Answer, Provocation, YoungPerson
from onedoor.door.telling import line
from onedoor.homes.models import Decision, Home, OutOfService, Place, Stay
from onedoor.team import queries as team_queries
from onedoor.team.models import Account
from onedoor.team.rules import Refused


def stays_on(by: Account, night: date, *, today: date) -> QuerySet[Stay]:
    """Everybody's stay on a night, of those this account may see."""
    return (
        Stay.objects.on_night(night, today)
        .filter(young_person__in=YoungPerson.objects.visible_to(by, today))
        .select_related("place__home__hub", "young_person")
    )


def where_tonight(young_people: Iterable[UUID], on: date) -> dict[UUID, Stay]:
    """Where each of them is living; or, if nobody has said they are there yet, was to be.

    For people whose records the asker has opened already: it looks at nobody's right to see.
    """
    found = Stay.objects.on_night(on, on).filter(young_person__in=list(young_people))
    ordered = sorted(found.select_related("place__home__hub"), key=lambda s: s.begun_at is not None)
    return {stay.young_person_id: stay for stay in ordered}


def overdue(by: Account, on: date) -> QuerySet[Stay]:
    return _open(by, on, Stay.objects.overdue(on)).order_by("planned_until_on")


def expected(by: Account, on: date) -> QuerySet[Stay]:
    return _open(by, on, Stay.objects.expected(on)).order_by("begins_on")


def _open(by: Account, on: date, stays: QuerySet[Stay]) -> QuerySet[Stay]:
    seen = YoungPerson.objects.visible_to(by, on)
    return stays.filter(young_person__in=seen).select_related("place__home", "young_person")


def current_stay(young_person_id: UUID) -> Stay | None:
    living = Stay.objects.living().filter(young_person=young_person_id)
    return living.select_related("place__home").first()


def stays_of(young_person: YoungPerson) -> QuerySet[Stay]:
    """Newest first. For somebody whose record is open already."""
    return young_person.stays.select_related("place__home", "decision").order_by("-begins_on")


def decisions_waiting(young_person: YoungPerson) -> QuerySet[Decision]:
    """Decided, and nobody has moved yet: unused, or used for a stay that is only planned."""
    waiting = Decision.objects.filter(young_person=young_person, stay__begun_at__isnull=True)
    return waiting.filter(stay__ended_on__isnull=True).select_related("home", "place", "stay")


# ── one of each, for pages that then ask access about its young person ───────────────────────────


def one_stay(stay_id: UUID) -> Stay | None:
    whole = Stay.objects.select_related(
        "place__home__hub", "decision", "recorded_by", "end_recorded_by", "young_person"
    )
    return whole.prefetch_related("changes__recorded_by").filter(pk=stay_id).first()


def one_decision(decision_id: UUID) -> Decision | None:
    whole = Decision.objects.select_related("home", "place", "decided_by", "young_person", "stay")
    return whole.filter(pk=decision_id).first()


def answers_of(decision: Decision) -> list[Answer]:
    """In the order they were asked."""
    order = [(key, part) for key in door_rules.provocations() for part in door_rules.parts_of(key)]
    answers = decision.answers.select_related("provocation")
    return sorted(answers, key=lambda one: order.index((one.provocation.key, one.part)))


def must_keep(by: Account, today: date) -> None:
    team_queries.must_hold(by, "keep_homes", today)


def one_home(by: Account, home_id: UUID, today: date) -> Home | None:
    team_queries.must_hold(by, "see_homes", today)
    home = Home.objects.select_related("hub", "address").filter(pk=home_id).first()
    return _open_to(by, home, today) if home else None


def one_place(by: Account, place_id: UUID, today: date) -> Place | None:
    team_queries.must_hold(by, "keep_homes", today)
    place = Place.objects.select_related("home").filter(pk=place_id).first()
    if place:
        _open_to(by, place.home, today)
    return place


def one_out_of_service(by: Account, out_id: UUID, today: date) -> OutOfService | None:
    team_queries.must_hold(by, "keep_homes", today)
    out = OutOfService.objects.select_related("place__home").filter(pk=out_id).first()
    if out:
        _open_to(by, out.place.home, today)
    return out


def _open_to(by: Account, home: Home, today: date) -> Home:
    """Somebody's own home is open only to those who may see that young person."""
    if home.of_kind.ones_own:
        seen = YoungPerson.objects.visible_to(by, today).filter(pk=home.whose_id)
        if not seen.exists():
            raise Refused(
                f"{home.of_kind.to_others}: it is open to those who work with that young person.",
                subject=home.whose_id,
            )
    return home


def out_of_service(home: Home, today: date) -> QuerySet[OutOfService]:
    rows = OutOfService.objects.filter(place__home=home, until_on__gt=today)
    return rows.select_related("place").order_by("from_on")


def provocations() -> list[Provocation]:
    """Those in use, in the order the model's authors print them."""
    order = list(door_rules.provocations())
    return sorted(Provocation.objects.in_use(), key=lambda one: order.index(one.key))


# ── the story ────────────────────────────────────────────────────────────────────────────────────


def lines(young_person_id: UUID) -> list[QuerySet[Any, Any]]:
    """What homes add to the story: decided, moved in, left."""
    lived = Stay.objects.filter(young_person=young_person_id, begun_at__isnull=False)
    place = [Value(" at "), "place__home__name", Value(", "), "place__name"]
    return [
        line(
            Decision.objects.filter(young_person=young_person_id),
            day=TruncDate("decided_at"), at="decided_at", kind="home decided",
            headline=Concat(Value("Decided: to live at "), "home__name", output_field=TextField()),
            words="reasons", who="decided_by__name", written="recorded_at",
        ),
        line(
            lived, day=TruncDate("begun_at"), at="begun_at", kind="moved in",
            headline=Concat(Value("Moved in"), *place, output_field=TextField()),
            words=Value(""), who="recorded_by__name", written="recorded_at",
        ),
        line(
            lived.filter(ended_on__isnull=False),
            day="ended_on", at=Value(None), kind="moved on",
            headline=Concat(Value("Left "), *place[1:], output_field=TextField()),
            words="ended_why", who="end_recorded_by__name", written="end_recorded_at",
        ),
    ]  # fmt: skip
