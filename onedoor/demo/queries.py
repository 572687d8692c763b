"""Who a visitor may look through the eyes of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.demo.council import email_of
from onedoor.demo.texts import told
from onedoor.demo.tonight import HER_MUM, STAR
from onedoor.team import rules
from onedoor.team.models import Account


@dataclass(frozen=True)
class Seat:
    """A role, what it is for, and those invented people who hold it here."""

    role: rules.Role
    people: list[Account]


def seats(on: date) -> list[Seat]:
    """Every role in the order screens list them, with somebody to be."""
    everyone = list(_offered().prefetch_related("memberships__hub").order_by("name"))
    return [
        Seat(role, people)
        for role in rules.roles().values()
        if (people := [who for who in everyone if role.key in who.roles_on(on)])
    ]


def somebody_to_be(account_id: UUID) -> Account | None:
    return _offered().filter(pk=account_id).first()


def _offered():
    """Only people of the cast: in any other database this finds nobody."""
    names = [person["name"] for person in told("cast.toml")["person"] if person.get("click")]
    return Account.objects.active().filter(email__in=[email_of(n) for n in (*names, STAR, HER_MUM)])
