import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When

from onedoor.door import rules
from onedoor.door.models.people import YoungPerson


class ProvocationQuerySet(models.QuerySet["Provocation"]):
    def in_use(self):
        """The newest wording of each national key, in the order the authors print them."""
        newest = Provocation.objects.filter(key=models.OuterRef("key")).order_by("-version")
        printed = [When(key=key, then=place) for place, key in enumerate(rules.provocations())]
        return self.filter(pk=models.Subquery(newest.values("pk")[:1])).order_by(Case(*printed))


class Provocation(models.Model):
    """A provocation in the council's own words, over a national key. A new wording is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    wording = models.TextField()
    from_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ProvocationQuerySet.as_manager()
    keep = ("id", "key", "version", "wording", "from_on", "recorded_at")
    scrub = ("recorded_by",)
    never_leaves = ()

    class Meta:
        ordering = ["key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_wording_a_version"),
            models.CheckConstraint(
                condition=Q(key__in=list(rules.provocations())), name="provocation_key"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="provocation_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, version {self.version}"


class Answer(models.Model):
    """What a named person answered to a provocation, about one young person. Never a score."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provocation = models.ForeignKey(Provocation, models.PROTECT, related_name="answers")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="answers")
    part = models.CharField(max_length=20, blank=True, default="")
    words = models.TextField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    keep = ("id", "provocation", "part", "answered_at")
    scrub = ("young_person", "answered_by")
    never_leaves = ("words",)

    class Meta:
        ordering = ["answered_at", "provocation__key", "part"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="answer_says_something"),
            models.CheckConstraint(
                condition=Q(part__in=["", rules.RISK_TO_YOUNG_PERSON, rules.RISK_TO_ORGANISATION]),
                name="answer_part",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
