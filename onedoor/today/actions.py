"""What may happen only when nothing is left open anywhere."""

from datetime import date, datetime

from django.db.models import DateField, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from onedoor.door import actions as door
from onedoor.door.models import Tie, YoungPerson
from onedoor.homes.models import Stay
from onedoor.team import actions as team
from onedoor.team import queries as team_queries
from onedoor.team import record, rules
from onedoor.team.models import Account, Membership
from onedoor.team.rules import NotNow
from onedoor.today import queries


def leave(*, by: Account, at: datetime, account: Account) -> None:
    """Somebody leaves, once every young person has another key worker. Nobody is left without."""
    with record.change("today.leave", by=by, at=at):
        team_queries.must_hold(by, "keep_team", timezone.localdate(at))
        # Whoever welcomes with this key worker waits here, and is then told that they have left.
        Account.objects.select_for_update().get(pk=account.pk)
        _nobody_left_without(account, queries.how_many_are_theirs(account))
        team.leave(by=by, at=at, account=account)
        _end_ties(by, at, account)


def _end_ties(by: Account, at: datetime, account: Account) -> None:
    """No record opens again by itself to somebody who comes back. What shuts one stays shut."""
    today = timezone.localdate(at)
    opening = Tie.objects.filter(account=account, opens=True).exclude(until_on__lte=today)
    people = set(opening.values_list("young_person_id", flat=True))
    if people:
        with record.change("door.untie", by=by, at=at, about=people):
            # One yet to begin ends on the day it was to: it opened nothing on any day.
            last = Greatest(Value(today, output_field=DateField()), F("from_on"))
            opening.update(until_on=last)


def end_role(*, by: Account, at: datetime, membership: Membership, until_on: date) -> None:
    """End a role, once nobody's key worker would be without one at the young person's hub."""
    with record.change("today.end_role", by=by, at=at):
        account = Account.objects.select_for_update().get(pk=membership.account_id)
        team.end_role(by=by, at=at, membership=membership, until_on=until_on)
        if membership.role in rules.WORKERS:
            _nobody_left_without(account, queries.how_many_would_be_without(account, until_on))


def _nobody_left_without(account: Account, theirs: int) -> None:
    if theirs:
        people = "1 young person" if theirs == 1 else f"{theirs} young people"
        raise NotNow(
            f"{account.name} is key worker to {people}. Give each of them another key worker "
            "first, and time to say goodbye. Nothing was changed."
        )


def step_away(*, by: Account, at: datetime, young_person: YoungPerson, why: str) -> None:
    """Step away, once nothing of ours is left open around them. Their own home stays theirs."""
    with record.change("today.step_away", by=by, at=at, about=[young_person]):
        door.step_away(by=by, at=at, young_person=young_person, why=why)
        for stay in Stay.objects.filter(young_person=young_person, ended_on__isnull=True):
            if not stay.place.home.of_kind.ones_own:
                raise NotNow(
                    f"They still have a place at {stay.place.home.name}. Say first where they live "
                    "now, or end that stay. Nothing was changed."
                )
