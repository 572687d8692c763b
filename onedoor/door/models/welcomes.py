import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from onedoor.door.models.people import YoungPerson
from onedoor.door.models.referrals import Referral
from onedoor.team.models import Hub


class Welcome(models.Model):
    """The one welcome of a young person, with the key worker who stays.

    Coming back makes no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.OneToOneField(YoungPerson, models.PROTECT, related_name="welcome")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="welcome")
    hub = models.ForeignKey(Hub, models.PROTECT, related_name="welcomes")
    first_key_worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    welcomed_on = models.DateField()
    welcomed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    keep = ("id", "hub", "welcomed_on", "recorded_at")
    scrub = ("young_person", "referral", "first_key_worker", "welcomed_by")
    never_leaves = ()

    class Meta:
        ordering = ["welcomed_on"]

    def __str__(self) -> str:
        return f"welcomed on {self.welcomed_on}"


class KeyWorkerChange(models.Model):
    """The next key worker, and why. Numbered without gaps, so two at once cannot be written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    welcome = models.ForeignKey(Welcome, models.PROTECT, related_name="key_worker_changes")
    number = models.PositiveIntegerField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    view = models.TextField()
    handover_note = models.TextField()
    from_on = models.DateField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    keep = ("id", "number", "from_on", "recorded_at")
    scrub = ("welcome", "to", "changed_by")
    never_leaves = ("reason", "view", "handover_note")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["welcome", "number"], name="one_key_worker_at_a_time"),
            models.CheckConstraint(condition=Q(number__gte=1), name="changes_count_from_one"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(view="") & ~Q(handover_note=""),
                name="a_change_has_reason_view_and_handover",
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.number} on {self.from_on}"
