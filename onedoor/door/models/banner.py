import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from onedoor.door import rules
from onedoor.door.models.people import YoungPerson


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self):
        return self.filter(lifted_at__isnull=True)


class Notice(models.Model):
    """A line of the banner that every page about a young person shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="notices")
    kind = models.CharField(
        max_length=30, choices=[(k.value, n) for k, n in rules.NOTICE_WORDS.items()]
    )
    words = models.TextField()
    told = models.CharField(
        max_length=20, choices=[(t.value, n) for t, n in rules.TOLD_WORDS.items()]
    )
    review_on = models.DateField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(blank=True, default="")

    objects = NoticeQuerySet.as_manager()
    keep = ("id", "kind", "told", "review_on", "put_at", "lifted_at")
    scrub = ("young_person", "put_by", "lifted_by")
    never_leaves = ("words", "lifted_why")

    class Meta:
        ordering = ["put_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in rules.NoticeKind]), name="notice_kind"
            ),
            models.CheckConstraint(
                condition=Q(told__in=[t.value for t in rules.Told]), name="notice_told"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="notice_says_something"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="notice_is_lifted_by_somebody",
            ),
            # "Missing now" is one fact: two would leave one standing when they are found.
            models.UniqueConstraint(
                fields=["young_person"],
                condition=Q(kind=rules.NoticeKind.MISSING.value, lifted_at__isnull=True),
                name="one_missing_notice_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} since {self.put_at:%Y-%m-%d}"

    @property
    def kind_words(self) -> str:
        return rules.NOTICE_WORDS[rules.NoticeKind(self.kind)]

    def is_overdue(self, on: date) -> bool:
        return self.review_on < on
