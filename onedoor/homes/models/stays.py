import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onedoor.door.models import YoungPerson
from onedoor.homes import rules
from onedoor.homes.models.buildings import OutOfService, Place
from onedoor.homes.models.decisions import Decision


class StayQuerySet(models.QuerySet["Stay"]):
    def living(self):
        """Those who moved in and have not left."""
        return self.filter(begun_at__isnull=False, ended_on__isnull=True)

    def planned(self):
        return self.filter(begun_at__isnull=True, ended_on__isnull=True)

    def overdue(self, on: date):
        """Those who should have left, and nobody has said that they did."""
        return self.living().filter(planned_until_on__lte=on)

    def expected(self, on: date):
        """Those who should be there by now, and nobody has said that they are."""
        return self.planned().filter(begins_on__lte=on)

    def on_night(self, night: date, today: date):
        """Those who slept, sleep or will sleep there on a night, as far as anybody knows."""
        living = Q(begun_at__isnull=False, ended_on__isnull=True)
        planned = Q(begun_at__isnull=True, ended_on__isnull=True)
        slept = Q(begun_at__isnull=False, ended_on__gt=night)
        until = Q(planned_until_on__gt=night)
        if night <= today:
            # Who should have left and has not is still there.
            return self.filter(slept | living | planned & until, begins_on__lte=night)
        return self.filter(slept | (living | planned) & until, begins_on__lte=night)


class Stay(models.Model):
    """A young person lives in a place for a time, by a decision made for them.

    A stay of no nights is still a stay. Being away (missing, in hospital, on holiday) is not one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="stay")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="stays")
    place = models.ForeignKey(Place, models.PROTECT, related_name="stays")
    begins_on = models.DateField()
    planned_until_on = models.DateField()
    begun_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(blank=True, default="")
    ended_as_planned = models.BooleanField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    end_recorded_at = models.DateTimeField(null=True)
    end_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = StayQuerySet.as_manager()
    keep = (
        "id", "begins_on", "planned_until_on", "begun_at", "ended_on", "ended_as_planned",
        "recorded_at", "end_recorded_at",
    )  # fmt: skip
    scrub = ("decision", "young_person", "place", "recorded_by", "end_recorded_by")
    never_leaves = ("ended_why",)

    class Meta:
        ordering = ["begins_on", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(begun_at__isnull=False, ended_on__isnull=True),
                name="one_lives_in_a_place",
            ),
            models.UniqueConstraint(
                fields=["young_person"],
                condition=Q(begun_at__isnull=False, ended_on__isnull=True),
                name="one_lives_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(planned_until_on__gte=F("begins_on")),
                name="a_stay_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("begins_on")),
                name="nobody_leaves_before_they_come",
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_on__isnull=True,
                    ended_why="",
                    end_recorded_at__isnull=True,
                    end_recorded_by__isnull=True,
                )
                | Q(ended_on__isnull=False, end_recorded_at__isnull=False)
                & Q(end_recorded_by__isnull=False)
                & ~Q(ended_why=""),
                name="a_stay_ends_with_a_reason",
            ),
            # Only a stay that was lived and is over ended as planned, or did not.
            models.CheckConstraint(
                condition=Q(
                    begun_at__isnull=False, ended_on__isnull=False, ended_as_planned__isnull=False
                )
                | Q(ended_as_planned__isnull=True)
                & (Q(begun_at__isnull=True) | Q(ended_on__isnull=True)),
                name="an_ended_stay_says_if_it_was_planned",
            ),
        ]

    def __str__(self) -> str:
        return f"stay from {self.begins_on}"

    @property
    def now(self) -> rules.Now:
        return rules.how_it_stands(self.begun_at is not None, self.ended_on is not None)

    @property
    def now_words(self) -> str:
        return rules.NOW_WORDS[self.now]

    @property
    def claims(self) -> tuple[date, date]:
        """From which night until which day it holds its place."""
        return rules.nights_claimed(
            self.begins_on, self.planned_until_on, self.begun_at is not None, self.ended_on
        )

    @property
    def how_many_nights(self) -> str:
        return rules.count_of_nights(*self.claims)

    def is_overdue(self, on: date) -> bool:
        return rules.is_overdue(self.planned_until_on, self.begun_at is not None, self.ended_on, on)


class StayChange(models.Model):
    """What was changed about a stay after it was written, from what, to what, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    what = models.CharField(max_length=30)
    was = models.CharField(max_length=200)
    became = models.CharField(max_length=200)
    why = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "kind", "what", "recorded_at")
    scrub = ("stay", "recorded_by")
    never_leaves = ("was", "became", "why")

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[c.value for c in rules.Changed]), name="stay_change_kind"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_stay_changes_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.recorded_at:%Y-%m-%d}"

    @property
    def kind_words(self) -> str:
        return rules.CHANGED_WORDS[rules.Changed(self.kind)]

    @property
    def in_words(self) -> str:
        return rules.change_in_words(self.what, self.was, self.became)


class Night(models.Model):
    """One night of one place, taken by one stay or by being out of service. nights.py writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="nights")
    night = models.DateField()
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="nights")
    out_of_service = models.ForeignKey(
        OutOfService, models.PROTECT, null=True, related_name="nights"
    )
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, null=True, related_name="nights")

    keep = ("id", "night", "out_of_service")
    scrub = ("place", "stay", "young_person")
    never_leaves = ()

    class Meta:
        ordering = ["night"]
        constraints = [
            models.UniqueConstraint(fields=["place", "night"], name="one_in_a_place_a_night"),
            models.UniqueConstraint(
                fields=["young_person", "night"],
                condition=Q(young_person__isnull=False),
                name="one_place_for_one_a_night",
            ),
            models.CheckConstraint(
                condition=Q(
                    stay__isnull=False, young_person__isnull=False, out_of_service__isnull=True
                )
                | Q(stay__isnull=True, young_person__isnull=True, out_of_service__isnull=False),
                name="a_night_is_a_stay_or_out_of_service",
            ),
        ]

    def __str__(self) -> str:
        return f"the night of {self.night}"
