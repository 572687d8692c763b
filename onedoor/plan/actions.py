"""What is done with a plan: it is opened, words are heard, goals are agreed and reached."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.plan import rules
from onedoor.plan.models import Aspiration, Goal, GoalEnding, Plan, Step, Voice
from onedoor.team import record
from onedoor.team import rules as team_rules
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def open(*, by: Account, at: datetime, young_person: YoungPerson, opened_on: date) -> Plan:
    """Open the one plan of a young person. It is empty until they have said something."""
    today = timezone.localdate(at)
    with record.change("plan.open", by=by, at=at, about=[young_person]):
        access.must(by, "plan", young_person, today)
        if opened_on > today:
            raise NotNow("The day the plan is opened cannot be in the future.")
        plan = Plan(
            young_person=young_person, opened_on=opened_on, opened_by=by, recorded_at=at
        )  # fmt: skip
        try:
            with transaction.atomic():
                plan.save(force_insert=True)
        except IntegrityError as error:
            raise NotNow(f"{young_person.called}’s plan is open already.") from error
        return plan


def hear(
    *, by: Account, at: datetime, young_person: YoungPerson, about: str, words: str, said_on: date
) -> Voice:
    """Keep what the young person said, in the words they said it in, whoever they said it to."""
    today = timezone.localdate(at)
    with record.change("plan.hear", by=by, at=at, about=[young_person]):
        access.must(by, "write", young_person, today)
        rules.check_said(words, said_on, today)
        if about not in rules.ABOUT_WORDS:
            raise NotNow("Choose what they were talking about.")
        return Voice.objects.create(
            plan=_plan_of(young_person, by, at), about=about, words=words.strip(),
            said_on=said_on, heard_by=by, recorded_at=at,
        )  # fmt: skip


def aspire(
    *, by: Account, at: datetime, young_person: YoungPerson, age: int, words: str, said_on: date
) -> Aspiration:
    """Keep who they want to be at 20, 35 or 50. What they wanted before is kept beside it."""
    today = timezone.localdate(at)
    with record.change("plan.aspire", by=by, at=at, about=[young_person]):
        access.must(by, "plan", young_person, today)
        rules.check_said(words, said_on, today)
        if age not in rules.AGES:
            raise NotNow("Choose 20, 35 or 50.")
        return Aspiration.objects.create(
            plan=_plan_of(young_person, by, at), age=age, words=words.strip(),
            said_on=said_on, heard_by=by, recorded_at=at,
        )  # fmt: skip


def agree_goal(
    *, by: Account, at: datetime, young_person: YoungPerson, words: str, with_whom: str,
    agreed_on: date, step: str, step_by_on: date, step_owner: Account | None = None,
    aspiration: Aspiration | None = None,
) -> Goal:  # fmt: skip
    """Agree a goal with its first step, so that no goal waits for somebody to begin.

    A step without an owner is the young person's own.
    """
    today = timezone.localdate(at)
    with record.change("plan.agree_goal", by=by, at=at, about=[young_person]):
        access.must(by, "plan", young_person, today)
        rules.check_goal(words, with_whom, agreed_on, today)
        plan = _plan_of(young_person, by, at)
        if aspiration is not None and aspiration.plan_id != plan.pk:
            raise NotNow("That is what another young person wants. Choose one of theirs.")
        goal = Goal.objects.create(
            plan=plan, words=words.strip(), with_whom=with_whom.strip(), aspiration=aspiration,
            agreed_on=agreed_on, agreed_by=by, recorded_at=at,
        )  # fmt: skip
        _write_step(goal, step, step_owner, agreed_on, step_by_on, by, at)
        return goal


def add_step(
    *, by: Account, at: datetime, goal: Goal, what: str, agreed_on: date, by_on: date,
    owner: Account | None = None,
) -> Step:  # fmt: skip
    """Add a step to a goal under way. Without an owner it is the young person's own."""
    young_person = goal.plan.young_person
    with record.change("plan.add_step", by=by, at=at, about=[young_person]):
        access.must(by, "plan", young_person, timezone.localdate(at))
        if _locked(goal).filter(ending__isnull=False).exists():
            raise NotNow("This goal has ended. Agree a new one for what comes next.")
        return _write_step(goal, what, owner, agreed_on, by_on, by, at)


def step_done(*, by: Account, at: datetime, step: Step, done_on: date) -> None:
    """Say that a step was done, and on what day."""
    young_person = step.goal.plan.young_person
    today = timezone.localdate(at)
    with record.change("plan.step_done", by=by, at=at, about=[young_person]):
        access.must(by, "plan", young_person, today)
        rules.check_done(done_on, step.agreed_on, today)
        if not Step.objects.filter(pk=step.pk, done_on__isnull=True).update(
            done_on=done_on, done_said_by=by, done_recorded_at=at
        ):
            raise NotNow("Somebody has said already that this step is done.")


def end_goal(
    *, by: Account, at: datetime, goal: Goal, ended_as: str, ended_on: date, why: str = ""
) -> GoalEnding:
    """A goal is reached, the best day of a plan; or set aside for a reason they can be told."""
    young_person = goal.plan.young_person
    today = timezone.localdate(at)
    with record.change("plan.end_goal", by=by, at=at, about=[young_person]):
        access.must(by, "plan", young_person, today)
        rules.check_ending(ended_as, why, ended_on, goal.agreed_on, today)
        _locked(goal)
        try:
            with transaction.atomic():
                return GoalEnding.objects.create(
                    goal=goal, ended_as=ended_as, ended_on=ended_on, why=why.strip(),
                    ended_by=by, recorded_at=at,
                )  # fmt: skip
        except IntegrityError as error:
            raise NotNow("Somebody has ended this goal already.") from error


def _plan_of(young_person: YoungPerson, by: Account, at: datetime) -> Plan:
    """Their plan, opened now where nobody had: the first words are what opens it."""
    # Held until the end, so that two who listen at once open one plan between them.
    YoungPerson.objects.select_for_update().get(pk=young_person.pk)
    plan = Plan.objects.filter(young_person=young_person).first()
    if plan is not None:
        return plan
    with record.change("plan.open", by=by, at=at, about=[young_person]):
        return Plan.objects.create(
            young_person=young_person, opened_on=timezone.localdate(at), opened_by=by,
            recorded_at=at,
        )  # fmt: skip


def _locked(goal: Goal) -> QuerySet[Goal]:
    """The goal's row, held so that nobody ends it while a step is added."""
    Goal.objects.select_for_update().get(pk=goal.pk)
    return Goal.objects.filter(pk=goal.pk)


def _write_step(
    goal: Goal, what: str, owner: Account | None, agreed_on: date, by_on: date, by: Account,
    at: datetime,
) -> Step:  # fmt: skip
    rules.check_step(what, agreed_on, by_on, timezone.localdate(at))
    if owner is not None and not owner.is_active:
        raise NotNow(f"{owner.name} has left. Choose somebody who is here.")
    if owner is not None and owner.agency == team_rules.Agency.YOUNG_PERSON:
        raise NotNow("Choose “themself” for a step that is the young person’s own.")
    return Step.objects.create(
        goal=goal, what=what.strip(), owner=owner, agreed_on=agreed_on, by_on=by_on,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
