import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onedoor.door import rules
from onedoor.door.models.people import YoungPerson


class ReferralQuerySet(models.QuerySet["Referral"]):
    def at_the_door(self):
        """Sent, and neither welcomed nor answered yet: the longest waiting first."""
        return self.filter(sent_at__isnull=False, ended_as="").order_by("sent_at")

    def to_check_back(self):
        return self.filter(named_help__checked_back_at__isnull=True, ended_as="answered").order_by(
            "named_help__check_back_on"
        )

    def referrer_not_told(self):
        return self.filter(ended_at__isnull=False, referrer_told_at__isnull=True)


class Referral(models.Model):
    """A young person is brought to the door. It ends welcomed or answered; it is never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brought_by = models.CharField(max_length=20)
    referrer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="referrals"
    )
    return_code_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 — unique, so absent must be NULL
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=20, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    young_person = models.ForeignKey(
        YoungPerson, models.PROTECT, null=True, related_name="referrals"
    )
    referrer_told_at = models.DateTimeField(null=True)
    referrer_told_how = models.CharField(max_length=200, blank=True, default="")
    referrer_told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ReferralQuerySet.as_manager()
    keep = ("id", "brought_by", "started_at", "sent_at", "ended_as", "ended_at", "referrer_told_at")
    scrub = ("referrer", "referrer_told_by", "young_person")
    never_leaves = ("return_code_digest", "referrer_told_how")

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(brought_by__in=[b.value for b in rules.Brought]),
                name="referral_brought_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_as="", ended_at__isnull=True)
                | Q(
                    ended_as__in=[e.value for e in rules.Ending],
                    ended_at__isnull=False,
                    sent_at__isnull=False,
                    ended_at__gte=F("sent_at"),
                ),
                name="a_referral_ends_welcomed_or_answered",
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_as__in=[rules.Ending.WELCOMED.value, rules.Ending.CAME_BACK.value],
                    young_person__isnull=False,
                )
                | Q(ended_as__in=["", rules.Ending.ANSWERED.value], young_person__isnull=True),
                name="whoever_is_welcomed_is_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(brought_by=rules.Brought.PROFESSIONAL.value)
                | Q(referrer__isnull=False),
                name="a_professional_signs_in_to_refer",
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    @property
    def answers(self) -> dict:
        """What was said, newest saving of each step, as one dictionary."""
        said: dict = {}
        for step in sorted(self.steps.all(), key=lambda s: s.saved_at):
            said.update(step.said)
        return said


class ReferralStep(models.Model):
    """One saving of one step of a referral. Each saving is a new row, so nothing typed is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    said = models.JSONField()
    finished = models.BooleanField()
    saved_at = models.DateTimeField()

    keep = ("id", "step", "finished", "saved_at")
    scrub = ("referral",)
    never_leaves = ("said",)

    class Meta:
        ordering = ["saved_at"]

    def __str__(self) -> str:
        return f"{self.step} of {self.referral_id}"


class NamedHelp(models.Model):
    """How a referral was answered: what help, who gives it, by when, and when we look again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="named_help")
    help = models.TextField()
    given_by = models.CharField(max_length=200)
    by_on = models.DateField()
    check_back_on = models.DateField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    checked_back_at = models.DateTimeField(null=True)
    checked_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    what_we_found = models.TextField(blank=True, default="")

    keep = ("id", "by_on", "check_back_on", "answered_at", "checked_back_at")
    scrub = ("referral", "answered_by", "checked_back_by")
    never_leaves = ("help", "given_by", "what_we_found")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(help="") & ~Q(given_by=""), name="help_is_named_and_given_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(check_back_on__gte=F("by_on")), name="check_back_after_help_starts"
            ),
            models.CheckConstraint(
                condition=Q(checked_back_at__isnull=True)
                | Q(checked_back_by__isnull=False) & ~Q(what_we_found=""),
                name="a_check_back_says_what_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"help for {self.referral_id}"
