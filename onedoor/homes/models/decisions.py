import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from onedoor.door.models import Answer, YoungPerson
from onedoor.homes import rules
from onedoor.homes.models.buildings import Home, Place


class DecisionQuerySet(models.QuerySet["Decision"]):
    def not_yet_used(self):
        return self.filter(stay__isnull=True)


class Decision(models.Model):
    """Where a young person is to live: their wishes first, and never because a bed was empty.

    It is written once. A change of mind is another decision, and the database refuses an edit
    (see lock.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="home_decisions")
    wishes = models.TextField(blank=True, default="")
    not_asked_why = models.TextField(blank=True, default="")
    answers = models.ManyToManyField(Answer, through="DecisionAnswer", related_name="+")
    options_considered = models.TextField()
    refused = models.TextField()
    for_kind = models.CharField(max_length=30)
    home = models.ForeignKey(Home, models.PROTECT, related_name="decisions")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="decisions")
    from_on = models.DateField()
    effect_on_others = models.TextField()
    reasons = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()
    keep = ("id", "for_kind", "from_on", "decided_at", "recorded_at")
    scrub = ("young_person", "home", "place", "decided_by")
    never_leaves = (
        "wishes",
        "not_asked_why",
        "options_considered",
        "refused",
        "effect_on_others",
        "reasons",
    )

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(wishes="") & Q(not_asked_why="") | Q(wishes="") & ~Q(not_asked_why=""),
                name="wishes_come_first_or_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(options_considered="")
                & ~Q(refused="")
                & ~Q(effect_on_others="")
                & ~Q(reasons=""),
                name="a_decision_says_what_why_and_what_not",
            ),
            models.CheckConstraint(
                condition=Q(for_kind__in=list(rules.kinds())), name="decision_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def kind(self) -> rules.Kind:
        return rules.kinds()[self.for_kind]


class DecisionAnswer(models.Model):
    """An answer to a provocation on which a decision rests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="decision_answers")
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="home_decision_answer")

    keep = ("id", "decision", "answer")
    scrub = ()
    never_leaves = ()

    def __str__(self) -> str:
        return f"answer to decision {self.decision_id}"
