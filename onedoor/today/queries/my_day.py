"""What today asks of whoever has signed in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from onedoor.door import access
from onedoor.door.models import Notice, Referral, YoungPerson
from onedoor.door.rules import STEPPED_AWAY, Ending, NoticeKind
from onedoor.homes.models import Stay
from onedoor.plan import queries as plan
from onedoor.team.models import Account
from onedoor.team.rules import Agency, roles, roles_that_may
from onedoor.today import rules
from onedoor.today.queries.due import Due, of_notices, of_stays, of_steps
from onedoor.today.queries.tonight import Tonight, tonight
from onedoor.today.queries.whereabouts import NOWHERE, Whereabouts, whereabouts

# A day has only so many hours: lists end here and say how many more there are.
MOST = 100


@dataclass(frozen=True)
class Mine:
    person: YoungPerson
    where: Whereabouts


@dataclass(frozen=True)
class AtTheDoor:
    waiting: int
    longest_since: datetime | None
    check_backs: int
    not_told: int


@dataclass(frozen=True)
class MyDay:
    """Only what this account's roles ask for is filled."""

    themself: list[YoungPerson] | None = None
    mine: list[Mine] = field(default_factory=list)
    stepped_away: list[YoungPerson] = field(default_factory=list)
    tied: list[Mine] = field(default_factory=list)
    not_shown: int = 0
    due_not_shown: int = 0
    due: dict[rules.When, list[Due]] = field(default_factory=dict)
    door: AtTheDoor | None = None
    tonight: Tonight | None = None
    is_key_worker: bool = False
    sees_people: bool = False
    may_plan: bool = False

    @property
    def asked_about_people(self) -> bool:
        return self.sees_people or self.themself is not None

    @property
    def shown(self) -> set[UUID]:
        """Whom this page shows, for the record."""
        people = [
            *(self.themself or []),
            *self.stepped_away,
            *(m.person for m in self.mine + self.tied),
        ]
        people += [due.person for group in self.due.values() for due in group]
        if self.tonight:
            people += [row.person for row in self.tonight.first_to_find]
        return {person.pk for person in people}


def my_day(by: Account, night: date, today: date) -> MyDay:
    """What today asks of this account. The count of questions is the same however many people."""
    held = by.roles_on(today)
    if by.agency == Agency.YOUNG_PERSON:
        theirs = YoungPerson.objects.visible_to(by, today, "see_plan").with_key_worker()
        return MyDay(themself=list(theirs))
    if not held & set(roles_that_may("see")):
        return MyDay()
    is_key_worker = any(roles()[key].key_worker for key in held)
    near = _near(by, today, is_key_worker)
    mine = [p.pk for p in near if p.key_worker_id == by.pk]
    found = whereabouts([p.pk for p in near], night, today, this_night=night)
    with_us = [Mine(p, found.get(p.pk, NOWHERE)) for p in near if p.support != STEPPED_AWAY]
    due = sorted(_due(by, mine, today), key=lambda due: due.on)
    return MyDay(
        mine=[row for row in with_us[:MOST] if row.person.key_worker_id == by.pk],
        tied=[row for row in with_us[:MOST] if row.person.key_worker_id != by.pk],
        not_shown=max(0, len(with_us) - MOST),
        stepped_away=[p for p in near if p.support == STEPPED_AWAY][:MOST],
        due=rules.by_when(((each.on, each) for each in due[:MOST]), today),
        due_not_shown=max(0, len(due) - MOST),
        door=_at_the_door(by, today) if held & set(roles_that_may("welcome")) else None,
        tonight=_tonight(by, night, today) if held & set(roles_that_may("see_tonight")) else None,
        is_key_worker=is_key_worker,
        sees_people=True,
        may_plan=bool(held & set(roles_that_may("plan"))),
    )


def _tonight(by: Account, night: date, today: date) -> Tonight:
    return tonight(by, night, today, this_night=night)


def _near(by: Account, today: date, is_key_worker: bool) -> list[YoungPerson]:
    """Those whose key worker I am, and those whose record is open to me by a tie."""
    tied = Q(ties__account=by, ties__opens=True, ties__from_on__lte=today) & (
        Q(ties__until_on__isnull=True) | Q(ties__until_on__gt=today)
    )
    people = YoungPerson.objects.visible_to(by, today).with_key_worker().with_standing()
    near = people.filter(Q(key_worker_id=by.pk) | tied if is_key_worker else tied)
    return list(near.select_related("welcome__hub").distinct())


def _due(by: Account, mine: list[UUID], today: date) -> list[Due]:
    """My steps, whoever they are for; and for those whose key worker I am, everything that is due.

    Nothing further ahead than `rules.AS_FAR_AS`: that is for the plan's page.
    """
    until = today + rules.AS_FAR_AS
    open_to_me = YoungPerson.objects.visible_to(by, today, "see_plan").values("pk")
    steps = (
        plan.next_steps(open_to_me, today)
        .filter(Q(owner=by) | Q(goal__plan__young_person__in=mine), by_on__lte=until)
        .select_related("goal__plan__young_person", "owner")
    )
    stays = Stay.objects.filter(young_person__in=mine, ended_on__isnull=True).filter(
        Q(begun_at__isnull=False, planned_until_on__lte=until)
        | Q(begun_at__isnull=True, begins_on__lte=until)
    )
    notices = Notice.objects.standing().filter(young_person__in=mine, review_on__lte=until)
    return [
        *of_steps(steps),
        *of_stays(stays.select_related("young_person", "place__home")),
        *of_notices(notices.exclude(kind=NoticeKind.MISSING).select_related("young_person")),
    ]


def _at_the_door(by: Account, today: date) -> AtTheDoor:
    access.must_hold(by, "welcome", today)
    waiting = Q(sent_at__isnull=False, ended_as="")
    to_check = Q(ended_as=Ending.ANSWERED, named_help__checked_back_at__isnull=True)
    counted = Referral.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        longest_since=Min("sent_at", filter=waiting),
        check_backs=Count("pk", filter=to_check & Q(named_help__check_back_on__lte=today)),
        not_told=Count("pk", filter=Q(ended_at__isnull=False, referrer_told_at__isnull=True)),
    )
    return AtTheDoor(**counted)
