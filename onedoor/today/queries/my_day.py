"""What today asks of whoever has signed in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from onedoor.door import access
from onedoor.door.models import Notice, Referral, ReferralStep, YoungPerson
from onedoor.door.rules import DANGER_FIRST, STEPPED_AWAY, WITH_US, Ending, NoticeKind
from onedoor.homes.models import Stay
from onedoor.plan import queries as plan
from onedoor.plan.models import Step, Voice
from onedoor.team.models import Account
from onedoor.team.rules import MANAGERS, Agency, roles, roles_that_may
from onedoor.today import rules
from onedoor.today.queries.due import Due, of_notices, of_stays, of_steps
from onedoor.today.queries.page import last_said
from onedoor.today.queries.tonight import Tonight, tonight
from onedoor.today.queries.whereabouts import NOWHERE, Whereabouts, whereabouts

# A day has only so many hours: lists end here and say how many more there are.
MOST = 100


@dataclass(frozen=True)
class Mine:
    person: YoungPerson
    where: Whereabouts


@dataclass(frozen=True)
class Themself:
    """A young person who reads their own day: what comes next, and what they last said."""

    person: YoungPerson
    next_step: Step | None
    voice: Voice | None


@dataclass(frozen=True)
class AtTheDoor:
    waiting: int
    in_danger: int
    longest_since: datetime | None
    check_backs: int
    not_told: int


@dataclass(frozen=True)
class MyDay:
    """Only what this account's roles ask for is filled."""

    themself: list[Themself] | None = None
    mine: list[Mine] = field(default_factory=list)
    stepped_away: list[YoungPerson] = field(default_factory=list)
    tied: list[Mine] = field(default_factory=list)
    not_shown: int = 0
    due_not_shown: int = 0
    due: dict[rules.When, list[Due]] = field(default_factory=dict)
    hub_due: dict[rules.When, list[Due]] = field(default_factory=dict)
    door: AtTheDoor | None = None
    tonight: Tonight | None = None
    is_key_worker: bool = False
    sees_people: bool = False
    may_plan: bool = False

    @property
    def asked_about_people(self) -> bool:
        return self.sees_people or self.themself is not None

    @property
    def nothing_presses(self) -> bool:
        """Nobody is to be found or in danger, and nothing is due: the day may be called good."""
        to_find = self.tonight is not None and bool(self.tonight.first_to_find)
        in_danger = self.door is not None and bool(self.door.in_danger)
        return not (self.due or self.hub_due or to_find or in_danger)

    @property
    def shown(self) -> set[UUID]:
        """Whom this page shows, for the record."""
        people = [
            *(themself.person for themself in self.themself or []),
            *self.stepped_away,
            *(m.person for m in self.mine + self.tied),
        ]
        for groups in (self.due, self.hub_due):
            people += [due.person for group in groups.values() for due in group]
        if self.tonight:
            people += [row.person for row in self.tonight.first_to_find]
        return {person.pk for person in people}


def my_day(by: Account, night: date, today: date) -> MyDay:
    """What today asks of this account. The count of questions is the same however many people."""
    held = by.roles_on(today)
    if by.agency == Agency.YOUNG_PERSON:
        return MyDay(themself=_themself(by, today))
    if not held & set(roles_that_may("see")):
        return MyDay()
    is_key_worker = any(roles()[key].key_worker for key in held)
    near = _near(by, today, is_key_worker)
    mine = [p.pk for p in near if p.key_worker_id == by.pk]
    whole = _tonight(by, night, today) if held & set(roles_that_may("see_tonight")) else None
    if whole:
        found = {row.person.pk: row.where for row in whole.rows}
    else:
        found = whereabouts([p.pk for p in near], night, today, this_night=night)
    with_us = [Mine(p, found.get(p.pk, NOWHERE)) for p in near if p.support != STEPPED_AWAY]
    theirs, in_the_hubs = _due(by, mine, _run_by(by, today), night, today)
    due, hub_due = (sorted(some, key=lambda due: due.on) for some in (theirs, in_the_hubs))
    return MyDay(
        mine=[row for row in with_us[:MOST] if row.person.key_worker_id == by.pk],
        tied=[row for row in with_us[:MOST] if row.person.key_worker_id != by.pk],
        not_shown=max(0, len(with_us) - MOST),
        stepped_away=[p for p in near if p.support == STEPPED_AWAY][:MOST],
        due=rules.by_when(((each.on, each) for each in due[:MOST]), today),
        due_not_shown=max(0, len(due) - MOST),
        hub_due=rules.by_when(((each.on, each) for each in hub_due[:MOST]), today),
        door=_at_the_door(by, today) if held & set(roles_that_may("welcome")) else None,
        tonight=whole,
        is_key_worker=is_key_worker,
        sees_people=True,
        may_plan=bool(held & set(roles_that_may("plan"))),
    )


def _themself(by: Account, today: date) -> list[Themself]:
    people = YoungPerson.objects.visible_to(by, today, "see_plan").with_key_worker()
    return [
        Themself(person, plan.next_steps([person.pk], today).first(), last_said(person))
        for person in people
    ]


def _run_by(by: Account, today: date) -> list[UUID]:
    """The hubs this account manages."""
    return [m.hub_id for m in by.memberships_on(today) if m.hub_id and m.role in MANAGERS]


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


def _due(
    by: Account, mine: list[UUID], hubs: list[UUID], night: date, today: date
) -> tuple[list[Due], list[Due]]:
    """My steps, whoever they are for; and for those whose key worker I am, everything that is due.

    Nothing further ahead than `rules.AS_FAR_AS`: that is for the plan's page. Then, for whoever
    manages a hub, the stays of all its young people that end within a week, and the notices about
    them to look at again. Whoever should have left by now is among those to find. A notice about
    somebody who has stepped away waits on their own page.
    """
    until, week = today + rules.AS_FAR_AS, today + rules.WEEK
    open_to_me = YoungPerson.objects.visible_to(by, today, "see_plan").values("pk")
    steps = (
        plan.next_steps(open_to_me, today)
        .filter(Q(owner=by) | Q(goal__plan__young_person__in=mine), by_on__lte=until)
        .select_related("goal__plan__young_person", "owner")
    )
    living = Q(begun_at__isnull=False)
    stays = Q(young_person__in=mine) & (
        (living & Q(planned_until_on__lte=until)) | (~living & Q(begins_on__lte=until))
    )
    with_us = YoungPerson.objects.with_standing().filter(support=WITH_US)
    notices = Q(young_person__in=with_us.filter(pk__in=mine).values("pk"), review_on__lte=until)
    if hubs:
        seen = YoungPerson.objects.visible_to(by, today).with_standing()
        here = Q(young_person__in=seen.filter(support=WITH_US, welcome__hub__in=hubs).values("pk"))
        stays |= here & living & Q(planned_until_on__gt=night, planned_until_on__lte=week)
        notices |= here & Q(review_on__lte=week)
    found = [
        *of_stays(
            Stay.objects.filter(stays, ended_on__isnull=True).select_related(
                "young_person", "place__home"
            )
        ),
        *of_notices(
            Notice.objects.standing()
            .filter(notices)
            .exclude(kind=NoticeKind.MISSING)
            .select_related("young_person")
        ),
    ]
    theirs = [due for due in found if due.person.pk in mine]
    return [*of_steps(steps), *theirs], [due for due in found if due.person.pk not in mine]


def _at_the_door(by: Account, today: date) -> AtTheDoor:
    access.must_hold(by, "welcome", today)
    waiting = Q(sent_at__isnull=False, ended_as="")
    to_check = Q(ended_as=Ending.ANSWERED, named_help__checked_back_at__isnull=True)
    about_danger = ReferralStep.objects.filter(referral=OuterRef("pk"), said__has_key="danger")
    last_about_danger = about_danger.order_by("-saved_at").values(danger=KT("said__danger"))[:1]
    counted = Referral.objects.annotate(danger=Subquery(last_about_danger)).aggregate(
        waiting=Count("pk", filter=waiting),
        in_danger=Count("pk", filter=waiting & Q(danger=DANGER_FIRST[0])),
        longest_since=Min("sent_at", filter=waiting),
        check_backs=Count("pk", filter=to_check & Q(named_help__check_back_on__lte=today)),
        not_told=Count("pk", filter=Q(ended_at__isnull=False, referrer_told_at__isnull=True)),
    )
    return AtTheDoor(**counted)
