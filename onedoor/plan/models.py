import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from onedoor.door.models import YoungPerson
from onedoor.plan import rules


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, by, on: date):
        return self.filter(
            young_person__in=YoungPerson.objects.visible_to(by, on, "see_plan").values("pk")
        )


class Plan(models.Model):
    """The one plan a young person and those around them make together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.OneToOneField(YoungPerson, models.PROTECT, related_name="plan")
    opened_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()
    keep = ("id", "opened_on", "recorded_at")
    scrub = ("young_person", "opened_by")
    never_leaves = ()

    def __str__(self) -> str:
        return f"plan opened on {self.opened_on}"


class Voice(models.Model):
    """Something the young person said, kept in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="voices")
    about = models.CharField(
        max_length=20, choices=[(a.value, w) for a, w in rules.ABOUT_WORDS.items()]
    )
    words = models.TextField()
    said_on = models.DateField()
    heard_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    keep = ("id", "about", "said_on", "recorded_at")
    scrub = ("plan", "heard_by")
    never_leaves = ("words",)

    class Meta:
        ordering = ["-said_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_voice_says_something"),
            models.CheckConstraint(
                condition=Q(about__in=[a.value for a in rules.About]), name="voice_about"
            ),
        ]

    def __str__(self) -> str:
        return f"said on {self.said_on}"

    @property
    def about_words(self) -> str:
        return rules.ABOUT_WORDS[rules.About(self.about)]


class AspirationQuerySet(models.QuerySet["Aspiration"]):
    def newest(self):
        """The last thing said for each age. What was said before stays, and stays readable."""
        last = Aspiration.objects.filter(plan=OuterRef("plan"), age=OuterRef("age"))
        return self.filter(pk=Subquery(last.values("pk")[:1])).order_by("age")


class Aspiration(models.Model):
    """Who the young person wants to be at 20, 35 or 50, as they said it on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="aspirations")
    age = models.PositiveSmallIntegerField()
    words = models.TextField()
    said_on = models.DateField()
    heard_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = AspirationQuerySet.as_manager()
    keep = ("id", "age", "said_on", "recorded_at")
    scrub = ("plan", "heard_by")
    never_leaves = ("words",)

    class Meta:
        ordering = ["-said_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(age__in=rules.AGES), name="aspiration_age"),
            models.CheckConstraint(condition=~Q(words=""), name="aspiration_says_something"),
        ]

    def __str__(self) -> str:
        return f"at {self.age}, said on {self.said_on}"


class Goal(models.Model):
    """Something to reach, in the young person's words, agreed with named people on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    words = models.TextField()
    with_whom = models.CharField(max_length=200)
    aspiration = models.ForeignKey(Aspiration, models.PROTECT, null=True, related_name="goals")
    agreed_on = models.DateField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    keep = ("id", "agreed_on", "recorded_at")
    scrub = ("plan", "aspiration", "agreed_by")
    never_leaves = ("words", "with_whom")

    class Meta:
        ordering = ["-agreed_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(with_whom=""), name="a_goal_is_agreed_with_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"goal agreed on {self.agreed_on}"


class GoalEnding(models.Model):
    """How a goal ended: reached, or set aside for a reason. A goal ends once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.OneToOneField(Goal, models.PROTECT, related_name="ending")
    ended_as = models.CharField(
        max_length=20, choices=[(e.value, w) for e, w in rules.ENDED_WORDS.items()]
    )
    ended_on = models.DateField()
    why = models.TextField(blank=True, default="")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    keep = ("id", "ended_as", "ended_on", "recorded_at")
    scrub = ("goal", "ended_by")
    never_leaves = ("why",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_as=rules.EndedAs.REACHED.value)
                | Q(ended_as=rules.EndedAs.SET_ASIDE.value) & ~Q(why=""),
                name="a_goal_is_set_aside_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ended_as} on {self.ended_on}"

    @property
    def was_reached(self) -> bool:
        return self.ended_as == rules.EndedAs.REACHED


class StepQuerySet(models.QuerySet["Step"]):
    def to_do(self):
        return self.filter(done_on__isnull=True, goal__ending__isnull=True)


class Step(models.Model):
    """One thing somebody will do towards a goal, by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    what = models.TextField()
    # Nobody here means the young person themself, who need not have an account to own a step.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="steps"
    )
    agreed_on = models.DateField()
    by_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    done_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_recorded_at = models.DateTimeField(null=True)

    objects = StepQuerySet.as_manager()
    keep = ("id", "agreed_on", "by_on", "recorded_at", "done_on", "done_recorded_at")
    scrub = ("goal", "owner", "recorded_by", "done_said_by")
    never_leaves = ("what",)

    class Meta:
        ordering = ["by_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_step_says_what"),
            models.CheckConstraint(
                condition=Q(by_on__gte=F("agreed_on")), name="a_step_is_due_after_it_is_agreed"
            ),
            models.CheckConstraint(
                condition=Q(
                    done_on__isnull=True, done_said_by__isnull=True, done_recorded_at__isnull=True
                )
                | Q(
                    done_on__gte=F("agreed_on"),
                    done_said_by__isnull=False,
                    done_recorded_at__isnull=False,
                ),
                name="a_step_is_done_by_somebody_after_it_is_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"step by {self.by_on}"
