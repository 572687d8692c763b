import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Baseline(models.Model):
    """The council as it was, counted once from its own returns. A trigger refuses any change.

    The returns themselves are not kept: only what was counted, and the list of what was not taken
    exactly as written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    youngest = models.PositiveSmallIntegerField()
    oldest = models.PositiveSmallIntegerField()
    counted = models.JSONField()
    pictures = models.JSONField()
    repairs = models.JSONField()
    repairs_count = models.PositiveIntegerField()

    keep = ("id", "made_at", "youngest", "oldest", "repairs_count")
    # Counts are exact, so they leave only when small ones have been hidden.
    scrub = ("made_by", "counted", "pictures")
    # Lines of the returns: pseudonymous, and still about children one by one.
    never_leaves = ("repairs",)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(oldest__gte=F("youngest"), oldest__lte=25), name="baseline_ages"
            )
        ]

    def __str__(self) -> str:
        return f"baseline of {self.made_at:%Y-%m-%d}, ages {self.youngest} to {self.oldest}"
