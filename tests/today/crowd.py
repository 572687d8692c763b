"""Many young people at once, written straight to the tables: for counting questions only."""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.door.models import Notice, Referral, Standing, Welcome, YoungPerson
from onedoor.homes.models import Decision, Night, Place, Stay
from onedoor.outcomes.models import Event
from onedoor.plan.models import Goal, Plan, Step
from tests.factories import NOW, TODAY

NIGHTS = 30
# Asked on every page whatever it shows: who is signed in, what they hold, and the record's line.
FIXED = ("django_session", "team_account", "team_membership", "team_entry", "team_entrysubject")


def fill(hub, how_many, today=TODAY):
    """Young people with a place, thirty nights, a plan with a step, and here and there a notice."""
    new = {"recorded_at": NOW}
    by = hub.worker
    people = YoungPerson.objects.bulk_create(
        YoungPerson(name=f"Crowd {n:05}", born_on=TODAY.replace(year=2011), **new)
        for n in range(how_many)
    )
    referrals = Referral.objects.bulk_create(
        Referral(
            brought_by="family", started_at=NOW, sent_at=NOW, ended_as="welcomed", ended_at=NOW,
            young_person=person, referrer_told_at=NOW,
        )
        for person in people
    )  # fmt: skip
    Welcome.objects.bulk_create(
        Welcome(
            young_person=person, referral=referral, hub=hub.hub, first_key_worker=by,
            welcomed_on=TODAY - timedelta(days=60), welcomed_by=hub.manager, **new,
        )
        for person, referral in zip(people, referrals, strict=True)
    )  # fmt: skip
    Standing.objects.bulk_create(
        Standing(
            young_person=p, of="with us", value="with us", from_on=TODAY, recorded_by=by, **new
        )
        for p in people
    )
    places = Place.objects.bulk_create(
        Place(home=hub.home, name=f"Bed {uuid.uuid4().hex[:12]}", recorded_by=by, **new)
        for _ in people
    )
    _stays(hub, people, places, today)
    plans = Plan.objects.bulk_create(
        Plan(young_person=p, opened_on=TODAY, opened_by=by, **new) for p in people
    )
    goals = Goal.objects.bulk_create(
        Goal(plan=p, words="A bike", with_whom="Kit", agreed_on=TODAY, agreed_by=by, **new)
        for p in plans
    )
    Step.objects.bulk_create(
        Step(
            goal=g, what="Ring", owner=by, agreed_on=TODAY, by_on=TODAY, recorded_by=by, **new
        )
        for g in goals
    )  # fmt: skip
    Notice.objects.bulk_create(
        Notice(
            young_person=p, kind="missing now" if n % 20 else "allergy", words="Since lunch.",
            told="told", review_on=TODAY, put_by=by, put_at=NOW,
        )
        for n, p in enumerate(people[::5])
    )  # fmt: skip
    if connection.vendor == "postgresql":
        # As its own housekeeping does within a minute of so many new rows.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return people


def _stays(hub, people, places, today):
    first, until = today - timedelta(days=NIGHTS - 10), today + timedelta(days=10)
    decisions = Decision.objects.bulk_create(
        Decision(
            young_person=person, wishes="Near my nan.", options_considered="Two.",
            refused="None.", for_kind="hub-bed", home=hub.home, place=place, from_on=first,
            effect_on_others="None.", reasons="Near.", decided_by=hub.manager, decided_at=NOW,
            recorded_at=NOW,
        )
        for person, place in zip(people, places, strict=True)
    )  # fmt: skip
    stays = Stay.objects.bulk_create(
        Stay(
            decision=d, young_person=d.young_person, place=d.place, begins_on=first,
            planned_until_on=until, begun_at=NOW, recorded_at=NOW, recorded_by=hub.manager,
        )
        for d in decisions
    )  # fmt: skip
    nights = [first + timedelta(days=n) for n in range(NIGHTS)]
    Night.objects.bulk_create(
        (
            Night(place=s.place, night=night, stay=s, young_person=s.young_person)
            for s in stays
            for night in nights
        ),
        batch_size=5_000,
    )  # fmt: skip


def happen(hub, person, how_many):
    """That many events in one story."""
    Event.objects.bulk_create(
        (
            Event(
                young_person=person, kind="good-news", happened_on=TODAY - timedelta(days=n % 700),
                words=f"Good thing {n}.", told=True, written_by=hub.worker, recorded_at=NOW,
            )
            for n in range(how_many)
        ),
        batch_size=5_000,
    )  # fmt: skip


def questions(client, address, typed=None):
    """How many questions a page asks: (fixed, of its own). What is typed is sent by POST."""
    with CaptureQueriesContext(connection) as heard:
        response = client.post(address, typed) if typed else client.get(address)
    assert response.status_code == 200, address
    counted = Counter(_kind(query["sql"]) for query in heard)
    return counted["fixed"], counted["own"]


def _kind(sql):
    if sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) or "advisory" in sql:
        return "transaction"
    table = sql.partition("INTO " if sql.startswith("INSERT") else " FROM ")[2]
    return "fixed" if table.lstrip().startswith(tuple(f'"{name}"' for name in FIXED)) else "own"
