"""Northmoor holds to every rule of the house, because it was lived through the screens' actions."""

import hashlib
import re
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Value
from django.test import Client
from django.utils import timezone

from onedoor.demo import queries, simulation
from onedoor.demo import story as story_of
from onedoor.door.models import Address, Notice, Referral, Tie, YoungPerson
from onedoor.homes import nights
from onedoor.homes.models import Night, Stay
from onedoor.outcomes import queries as story
from onedoor.plan.models import Step
from onedoor.programme.models import Baseline
from onedoor.team import record, rules
from onedoor.team.models import Account, Entry
from tests.demo.conftest import TODAY, UNTIL, live
from tests.house.naming import UNKIND

pytestmark = pytest.mark.processes
OURS = ("team", "door", "plan", "homes", "outcomes", "programme")
# Chance and the chain of digests: different in every database, and nothing that anybody reads.
CHANCE = {"password", "previous", "digest", "last_login"}
AN_ID = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")  # a draft names its returns


def said_by_us(field: models.Field) -> bool:
    by_chance = isinstance(field, models.UUIDField | models.ForeignKey | models.AutoField)
    # Packed files hold the hour of their packing; `of_files` is the digest of what is in them.
    packed = isinstance(field, models.BinaryField)
    return not (by_chance or packed) and field.name not in CHANCE


def contents() -> dict[str, str]:
    """A digest of everything kept, table by table, without the ids that are drawn by chance."""
    said = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            fields = [field.attname for field in model._meta.concrete_fields if said_by_us(field)]
            fields = fields or [Value("one")]
            rows = model.objects.order_by().values_list(*fields)
            rows = sorted(AN_ID.sub("an id", repr(row)) for row in rows)
            said[model._meta.label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return said


def lived_again() -> dict[str, str]:
    live("street")
    return contents()


def texts() -> list[str]:
    """Every word that was written about or to anybody."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label in OURS and model is not Baseline:  # counts, tested where counted
            wordy = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, models.TextField | models.CharField | models.JSONField)
                and field.name not in CHANCE | {"algorithm"}
            ]
            for row in model.objects.order_by().values_list(*wordy):
                found += [str(words) for words in row if words]
    return found


def test_the_same_seed_and_day_live_the_same_lives(here, fresh_database):
    assert fresh_database.ask(lived_again) == contents()


def test_the_record_of_it_is_whole(here):
    verdict = record.verify()
    assert verdict.sound, verdict.faults
    assert verdict.lines > 300


def test_it_is_written_in_the_order_it_happened(here):
    moments = list(Entry.objects.order_by("number").values_list("at", flat=True))
    # Two who write at once may be minutes apart; nobody writes what will be done this afternoon.
    steps = zip(moments, moments[1:], strict=False)
    assert max(sooner - later for sooner, later in steps) < timedelta(minutes=45)
    assert max(moments) <= UNTIL + timedelta(minutes=45)


def test_its_nights_are_what_its_stays_say(here):
    assert nights.check() == []


def test_nobody_has_two_homes_on_a_night(here):
    held = Counter(Night.objects.exclude(stay=None).values_list("young_person", "night"))
    assert not [night for night, times in held.items() if times > 1]


def test_everybody_has_exactly_one_key_worker_who_works_here(here):
    people = list(YoungPerson.objects.with_key_worker())
    assert people
    workers = Account.objects.active().with_role(("residential-worker", "outreach-worker"), TODAY)
    assert {person.key_worker_id for person in people} <= {worker.pk for worker in workers}


def test_it_is_a_street_full_of_people(here):
    assert 12 <= YoungPerson.objects.count() <= 20
    assert Account.objects.filter(agency__in=("council", "health", "police", "carer")).count() >= 38
    assert Baseline.objects.count() == 1


def test_there_is_something_to_see_tonight(here):
    waiting = list(Referral.objects.at_the_door())
    assert len(waiting) == 3
    assert [referral.answers["danger"] for referral in waiting].count("Yes") == 1
    due = Referral.objects.to_check_back().filter(named_help__check_back_on__lte=TODAY)
    assert due.count() == 1
    assert Referral.objects.referrer_not_told().count() >= 1
    assert Notice.objects.standing().filter(kind="missing now").count() == 1
    assert Stay.objects.overdue(TODAY).count() == 1
    in_emergency = Stay.objects.living().filter(place__home__kind="emergency-bed").count()
    assert in_emergency == 3  # of four
    steps = Step.objects.to_do()
    assert steps.filter(by_on=TODAY).exists()
    assert steps.filter(by_on__lt=TODAY).exists()
    assert Tie.objects.filter(opens=False).count() == 1


def test_no_two_lines_of_a_story_side_by_side_are_the_same(here):
    manager = Account.objects.get(email="philippa.amberley.fenn@northmoor.example")
    for person in YoungPerson.objects.select_related("welcome__hub"):
        lines = story.whole_story(manager, person, TODAY)
        told = [(line.headline, line.words) for line in lines if line.words and line.is_event]
        again = [one for one, two in zip(told, told[1:], strict=False) if one == two]
        assert len(again) <= 1, again  # a line put right stands beside what it was


def test_every_word_of_it_could_be_read_by_whom_it_is_about(here):
    for words in texts():
        for pattern, kinder in UNKIND.items():
            found = re.search(pattern, words, re.IGNORECASE)
            assert not found, f"{kinder}? {words}"
        assert "{" not in words or words.startswith("{'"), f"A gap was not filled: {words}"


def test_nothing_in_it_could_be_anybodys(here):
    for words in texts():
        for domain in re.findall(r"@([\w.-]+)", words):
            assert domain == "northmoor.example", words
        for number in re.findall(r"\b0\d{4} ?\d{6}\b", words):
            assert number.startswith("01632 960"), number  # Ofcom's numbers for stories
    for postcode in Address.objects.exclude(postcode="").values_list("postcode", flat=True):
        assert postcode.startswith("NM")  # no such postcode area


def test_each_role_has_somebody_to_be_and_a_first_page(visited):
    seats = queries.seats(timezone.localdate())
    assert {seat.role.key for seat in seats} == set(rules.roles())
    for seat in seats:
        for account in seat.people:
            visitor = Client()
            answer = visitor.post(f"/demonstration/{account.pk}/", follow=True)
            assert answer.status_code == 200, f"{seat.role.name}: {answer.request['PATH_INFO']}"
            assert answer.context["user"] == account


def written_once_it_is_shut() -> set[str]:
    lives = simulation.build(until=UNTIL, scale="street").lives
    (life,) = [life for life in lives if life.shut_to]
    return {story_of.note(life, UNTIL, "talk").written_by.name for _ in range(60)}


def test_whoever_knows_them_outside_work_writes_no_more_about_them(fresh_database):
    assert "Joss Underbough" not in fresh_database.ask(written_once_it_is_shut)


def counted() -> dict[str, float]:
    began = time.monotonic()
    live("council")
    took = time.monotonic() - began
    tamsin = YoungPerson.objects.get(name="Tamsin Larkspur-Moon")
    director = Account.objects.get(email="philippa.amberley.fenn@northmoor.example")
    return {
        "seconds": round(took, 1),
        "young people": YoungPerson.objects.count(),
        "team and carers": Account.objects.filter(
            agency__in=("council", "health", "police", "carer"), is_active=True
        ).count(),
        "lines of the record": Entry.objects.count(),
        "lines of the long story": len(story.whole_story(director, tamsin, TODAY)),
        "faults": len(record.verify().faults) + len(nights.check()),
        "overdue": Stay.objects.overdue(TODAY).count(),
        "missing": Notice.objects.standing().filter(kind="missing now").count(),
    }


def test_the_whole_council_is_as_large_as_we_say(fresh_database, capsys):
    figures = fresh_database.ask(counted)
    with capsys.disabled():
        print(f"\nNorthmoor: {figures}")
    assert 75 <= figures["young people"] <= 90
    assert 40 <= figures["team and carers"] <= 55
    assert 150 <= figures["lines of the long story"] <= 300
    assert figures["faults"] == 0
    assert (figures["overdue"], figures["missing"]) == (1, 1)
