"""What the database itself refuses about nights, and whether the check sees what is wrong."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from onedoor.homes import lock, nights
from onedoor.homes.models import Night, Stay
from tests.factories import TODAY, a_young_person
from tests.homes.homely import a_stay

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def stay(hub):
    return a_stay(hub.manager, hub.robin, hub.room, TODAY, TOMORROW)


def write(**night):
    with transaction.atomic():
        Night.objects.create(**night)


def test_the_database_gives_a_place_to_one_a_night(hub, stay):
    jo = a_young_person(hub.hub, hub.manager, hub.worker)
    with pytest.raises(IntegrityError):
        write(place=hub.room, night=TODAY, stay=stay, young_person=jo)


def test_the_database_gives_one_a_single_place_a_night(hub, stay):
    with pytest.raises(IntegrityError):
        write(place=hub.other_room, night=TODAY, stay=stay, young_person=hub.robin)


def test_a_night_is_somebodys_or_out_of_service(hub, stay):
    with pytest.raises(IntegrityError):
        write(place=hub.other_room, night=TODAY)
    with pytest.raises(IntegrityError):
        write(place=hub.other_room, night=TOMORROW, stay=stay)


def test_two_cannot_live_in_one_place_even_for_no_nights(hub, stay):
    jo = a_young_person(hub.hub, hub.manager, hub.worker)
    planned = a_stay(hub.manager, jo, hub.room, TOMORROW, TOMORROW, there=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=planned.pk).update(begun_at=stay.begun_at)


def test_the_check_is_silent_when_all_agrees(stay, capsys):
    call_command("check_nights")
    assert "Every night agrees" in capsys.readouterr().out


def test_the_check_sees_a_night_that_is_missing(stay):
    stay.nights.all().delete()
    [fault] = nights.check()
    assert "should hold 1 night from 2026-11-20" in fault
    with pytest.raises(CommandError, match="1 disagree"):
        call_command("check_nights")


def test_the_check_sees_a_night_too_many(hub, stay):
    write(place=hub.room, night=TOMORROW, stay=stay, young_person=hub.robin)
    assert len(nights.check()) == 1


def test_the_check_sees_a_night_in_another_place_or_under_another_name(hub, stay):
    jo = a_young_person(hub.hub, hub.manager, hub.worker)
    stay.nights.update(place=hub.other_room)
    assert "in another place" in nights.check()[0]
    stay.nights.update(place=hub.room, young_person=jo)
    assert "under somebody else" in nights.check()[0]


def test_the_lock_on_decisions_is_looked_for_at_every_start(db):
    assert lock.still_in_place() == []
    with connection.cursor() as cursor:
        on = " ON homes_decision" if connection.vendor == "postgresql" else ""
        name = "change" if on else "update"
        cursor.execute(f"DROP TRIGGER homes_decision_no_{name}{on}")
    [fault] = lock.still_in_place()
    assert "Decisions are not locked" in fault.msg
    lock.put_in_place()
    assert lock.still_in_place() == []
