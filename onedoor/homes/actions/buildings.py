from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.door import access
from onedoor.door.models import Address, YoungPerson
from onedoor.homes import nights, rules
from onedoor.homes.actions import beginning
from onedoor.homes.models import Home, OutOfService, Place
from onedoor.team import record
from onedoor.team.models import Account, Hub
from onedoor.team.rules import NotNow


def open_home(
    *, by: Account, at: datetime, name: str, kind: str, opened_on: date, hub: Hub | None = None,
    address_lines: str = "", postcode: str = "", note: str = "", places: Sequence[str] = (),
    whose: YoungPerson | None = None,
) -> Home:  # fmt: skip
    """A home that young people may live in, with the places it has. One's own says whose it is."""
    with record.change("homes.open_home", by=by, at=at, about=[whose] if whose else []):
        today = timezone.localdate(at)
        access.must_hold(by, "keep_homes", today)
        if kind not in rules.kinds():
            raise NotNow("Choose what kind of home it is.")
        rules.check_whose(rules.kinds()[kind], whose is not None)
        if whose is not None:
            access.must(by, "see", whose, today)
        if not name.strip():
            raise NotNow("Give the home a name.")
        address = None
        if address_lines.strip():
            address = Address.objects.create(
                whose=name.strip(), lines=address_lines.strip(), postcode=postcode.strip().upper(),
                from_on=opened_on, recorded_at=at, recorded_by=by,
            )  # fmt: skip
        try:
            with transaction.atomic():
                home = Home.objects.create(
                    name=name.strip(), kind=kind, hub=hub, address=address, opened_on=opened_on,
                    whose=whose, note=note.strip(), recorded_at=at, recorded_by=by,
                )  # fmt: skip
        except IntegrityError as error:
            raise NotNow(f"There is a home called {name.strip()} already.") from error
        for place in places:
            add_place(by=by, at=at, home=home, name=place)
        return home


def add_place(
    *, by: Account, at: datetime, home: Home, name: str, characteristics: str = ""
) -> Place:
    with record.change("homes.add_place", by=by, at=at):
        access.must_hold(by, "keep_homes", timezone.localdate(at))
        if not name.strip():
            raise NotNow("Give the place a name, such as “Room 2”.")
        try:
            with transaction.atomic():
                return Place.objects.create(
                    home=home, name=name.strip(), characteristics=characteristics.strip(),
                    recorded_at=at, recorded_by=by,
                )  # fmt: skip
        except IntegrityError as error:
            raise NotNow(f"{home.name} has a place called {name.strip()} already.") from error


def take_out_of_service(
    *, by: Account, at: datetime, place: Place, from_on: date, until_on: date, why: str
) -> OutOfService:
    """Nobody can sleep there on these nights. They are claimed like any others."""
    with record.change("homes.take_out_of_service", by=by, at=at):
        today = timezone.localdate(at)
        access.must_hold(by, "keep_homes", today)
        rules.check_out_of_service(from_on, until_on, why, today)
        nights.lock_places([place.pk])
        beginning.nobody_overdue(place, today)
        out = OutOfService.objects.create(
            place=place, from_on=from_on, until_on=until_on, why=why.strip(),
            recorded_at=at, recorded_by=by,
        )  # fmt: skip
        nights.claim(out, place, from_on, until_on)
        return out


def back_in_service(
    *, by: Account, at: datetime, out_of_service: OutOfService, until_on: date
) -> None:
    """It can be used again from a day earlier than was thought."""
    with record.change("homes.back_in_service", by=by, at=at):
        access.must_hold(by, "keep_homes", timezone.localdate(at))
        nights.lock_places([out_of_service.place_id])
        out = OutOfService.objects.select_related("place").get(pk=out_of_service.pk)
        if not out.from_on <= until_on < out.until_on:
            raise NotNow(
                f"Choose a day from {rules.said_in_full(out.from_on)} and before "
                f"{rules.said_in_full(out.until_on)}."
            )
        out.until_on = until_on
        out.save(update_fields=["until_on"])
        nights.claim(out, out.place, out.from_on, until_on)
