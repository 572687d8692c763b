import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onedoor.door.models import YoungPerson
from onedoor.outcomes import rules


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, by, on):
        return self.filter(
            young_person__in=YoungPerson.objects.visible_to(by, on, "see_story").values("pk")
        )


class Event(models.Model):
    """Something that happened, as it was written down. Corrected by another row, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    happened_at = models.DateTimeField(null=True)
    words = models.TextField()
    from_whom = models.CharField(max_length=200, blank=True, default="")
    told = models.BooleanField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    why_corrected = models.TextField(blank=True, default="")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = EventQuerySet.as_manager()
    keep = ("id", "kind", "happened_on", "happened_at", "told", "corrects", "recorded_at")
    scrub = ("young_person", "written_by")
    never_leaves = ("words", "from_whom", "why_corrected")

    class Meta:
        ordering = ["-happened_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.kinds())), name="event_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="an_event_says_something"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, why_corrected="")
                | Q(corrects__isnull=False) & ~Q(why_corrected=""),
                name="a_correction_says_what_was_wrong",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="an_event_does_not_correct_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"

    @property
    def kind_name(self) -> str:
        return rules.kinds()[self.kind].name
