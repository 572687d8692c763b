"""Questions about plans. `lines` is what this room tells the story."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.door.telling import line
from onedoor.plan import rules
from onedoor.plan.models import Aspiration, Goal, GoalEnding, Plan, Step, Voice
from onedoor.team import rules as team_rules
from onedoor.team.models import Account


@dataclass
class ThePlan:
    """All that a plan's page shows, asked in a handful of questions however much there is."""

    plan: Plan | None
    voices: list[Voice] = field(default_factory=list)
    aspirations: dict[int, list[Aspiration]] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    @property
    def under_way(self) -> list[Goal]:
        return [goal for goal in self.goals if not hasattr(goal, "ending")]

    @property
    def ended(self) -> list[Goal]:
        return [goal for goal in self.goals if hasattr(goal, "ending")]


def the_plan(by: Account, young_person: YoungPerson, on: date) -> ThePlan:
    """The plan as this account may read it; empty where it has not been opened."""
    plan = Plan.objects.visible_to(by, on).filter(young_person=young_person).first()
    said: dict[int, list[Aspiration]] = {age: [] for age in rules.AGES}
    if plan is None:
        return ThePlan(None, aspirations=said)
    for aspiration in plan.aspirations.select_related("heard_by"):
        said[aspiration.age].append(aspiration)
    goals = plan.goals.select_related("ending", "aspiration").prefetch_related("steps__owner")
    return ThePlan(plan, list(plan.voices.select_related("heard_by")), said, list(goals))


def aspirations_now(by: Account, young_person: YoungPerson, on: date) -> QuerySet[Aspiration]:
    """What they want to be at each age, as last said."""
    plans = Plan.objects.visible_to(by, on).filter(young_person=young_person)
    return Aspiration.objects.filter(plan__in=plans).newest()


def a_goal(by: Account, goal_id: UUID, young_person: YoungPerson, on: date) -> Goal | None:
    plans = Plan.objects.visible_to(by, on).filter(young_person=young_person)
    goals = Goal.objects.filter(pk=goal_id, plan__in=plans)
    return goals.select_related("plan", "ending").first()


def a_step(by: Account, step_id: UUID, young_person: YoungPerson, on: date) -> Step | None:
    plans = Plan.objects.visible_to(by, on).filter(young_person=young_person)
    steps = Step.objects.filter(pk=step_id, goal__plan__in=plans)
    return steps.select_related("goal", "owner").first()


def next_steps(young_person_ids: Iterable[UUID], on: date) -> QuerySet[Step]:
    """Steps still to do, soonest first, of young people the caller has found in scope.

    Each has `young_person_id`, `is_late` and its `owner` (nobody, where it is theirs).
    """
    steps = Step.objects.to_do().filter(goal__plan__young_person__in=young_person_ids)
    return (
        steps.annotate(young_person_id=F("goal__plan__young_person"))
        .annotate(
            is_late=Case(When(by_on__lt=on, then=True), default=False, output_field=BooleanField())
        )
        .select_related("owner", "goal")
        .order_by("by_on", "recorded_at")
    )


def who_could_help(young_person: YoungPerson, on: date) -> list[Account]:
    """Who may be given a step: those around the young person first, then others in the work."""
    kept_out = young_person.ties.filter(opens=False).current(on)
    here = Account.objects.active().exclude(ties__in=kept_out)
    near = here.filter(memberships__in=young_person.welcome.hub.memberships.current(on))
    tied = here.filter(ties__in=young_person.ties.filter(opens=True).current(on))
    others = here.with_role((*team_rules.HUB_TEAM, *team_rules.STATUTORY), on)
    found: dict[UUID, Account] = {}
    for group in (near, tied, others):
        for account in group.exclude(agency=team_rules.Agency.YOUNG_PERSON).order_by("name"):
            found.setdefault(account.pk, account)
    return list(found.values())


def owner_left_out(step: Step, young_person: YoungPerson, on: date) -> str:
    """A sentence where a step's owner could not open the plan; nothing where they can.

    A step tells them of it; it never opens the record to them.
    """
    if step.owner is None or access.may(step.owner, "see_plan", young_person, on).allowed:
        return ""
    return (
        f"{step.owner.name} cannot open this plan, so tell them about this step yourself. "
        "A manager of the hub can open the record to them if they need it."
    )


def lines(young_person_id: UUID) -> list[QuerySet]:
    """What the plan adds to the story: what was said, wanted, agreed, done and reached."""
    return [
        line(
            Plan.objects.filter(young_person=young_person_id),
            day="opened_on", kind="plan", headline=Value("Plan opened"),
            words=Value(""), who="opened_by__name", written="recorded_at",
        ),
        line(
            Voice.objects.filter(plan__young_person=young_person_id),
            day="said_on", kind="voice", headline=Value("In their own words"),
            words="words", who="heard_by__name", written="recorded_at",
        ),
        line(
            Aspiration.objects.filter(plan__young_person=young_person_id),
            day="said_on", kind="aspiration",
            headline=Concat(
                Value("What they want at "), Cast("age", CharField()), output_field=CharField()
            ),
            words="words", who="heard_by__name", written="recorded_at",
        ),
        line(
            Goal.objects.filter(plan__young_person=young_person_id),
            day="agreed_on", kind="goal",
            headline=Concat(Value("Goal agreed with "), "with_whom", output_field=CharField()),
            words="words", who="agreed_by__name", written="recorded_at",
        ),
        line(
            GoalEnding.objects.filter(goal__plan__young_person=young_person_id),
            day="ended_on", kind="goal",
            headline=Concat(Value("Goal "), "ended_as", output_field=CharField()),
            words=Concat("goal__words", Value("\n"), "why", output_field=TextField()),
            who="ended_by__name", written="recorded_at",
        ),
        line(
            Step.objects.filter(goal__plan__young_person=young_person_id, done_on__isnull=False),
            day="done_on", kind="step",
            headline=Concat(
                Value("Step done by "), Coalesce("owner__name", Value("the young person")),
                output_field=CharField(),
            ),
            words="what", who="done_said_by__name", written="done_recorded_at",
        ),
    ]  # fmt: skip
