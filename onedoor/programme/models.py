import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onedoor.programme import rules


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


class Returns(models.Model):
    """The files of several years' returns, kept only until somebody lets them go.

    `authority` is whose they are, blank where neither they nor anybody said; `hubs` is the text of
    the council's own list of hubs, blank where there is none. Both change what is counted, so the
    same files with another of them are other returns: `digest` is of all three, `of_files` of the
    files alone.

    Letting go empties `packed` and `hubs`; the row stays, so that a costing can still say what it
    was made of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    of_files = models.CharField(max_length=64, db_index=True)
    packed = models.BinaryField(null=True)
    authority = models.CharField(max_length=100, blank=True)
    hubs_name = models.CharField(max_length=100, blank=True)
    hubs = models.TextField(blank=True)
    last_year = models.PositiveSmallIntegerField()
    # The kinds of home in which these returns saw anybody: the ones that need a price by the night.
    homes = models.JSONField()
    baseline = models.ForeignKey(Baseline, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    let_go_at = models.DateTimeField(null=True)
    let_go_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    keep = ("id", "digest", "of_files", "last_year", "homes", "kept_at", "let_go_at")
    scrub = ("name", "authority", "hubs_name", "baseline", "kept_by", "let_go_by")
    # The list of hubs says where families of the council live.
    never_leaves = ("packed", "hubs")

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(packed__isnull=False, let_go_at__isnull=True, let_go_by__isnull=True)
                | Q(packed__isnull=True, let_go_at__isnull=False, let_go_by__isnull=False),
                name="returns_kept_or_let_go",
            ),
            models.CheckConstraint(
                condition=Q(packed__isnull=False) | Q(hubs=""), name="returns_let_go_with_hubs"
            ),
        ]

    def __str__(self) -> str:
        whose = [self.authority] if self.authority else []
        return ", ".join([self.name, *whose, f"to 31 March {self.last_year}"])

    def whose(self) -> str:
        """What is known of homes inside and outside, in a sentence."""
        if self.authority:
            return f"Homes are told as inside or outside {self.authority}."
        if {"external_in", "external_out"} & set(self.homes):
            return (
                "Nobody has said which council’s these are, so a costing tells homes as inside or "
                "outside only where the returns themselves say so (column PL_LOCATION). To have "
                "the others told, bring the same files again and choose the council."
            )
        return (
            "Nobody has said which council’s these are, so a costing does not tell homes inside "
            "its authority from those outside. To have that told, bring the same files again and "
            "choose the council."
        )


class RateCard(models.Model):
    """The council's prices, as one file. A trigger refuses any change: another number is
    another row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "number", "made_at")
    scrub = ("name", "text", "made_by")
    never_leaves = ()

    class Meta:
        ordering = ["name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="rate_card_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="rate_card_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class Draft(models.Model):
    """A plan being written. `answers` are what was said at each step, kept at every step.

    `version` rises with every save, so that two people at one draft are told of each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    keep = ("id", "version", "made_at", "saved_at")
    scrub = ("name", "answers", "made_by")
    never_leaves = ()

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return self.name


class Costing(models.Model):
    """One plan, one rate card, one set of returns: what they come to.

    Triggers refuse any change of what it was made from, any move of its state but the legal ones,
    and any change once it is done. `attempt` is which time of running it this is, so that a worker
    thought lost cannot speak over the next one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    plan_text = models.TextField()
    rates = models.ForeignKey(RateCard, models.PROTECT, related_name="+")
    returns = models.ForeignKey(Returns, models.PROTECT, related_name="costings")
    youngest = models.PositiveSmallIntegerField()
    oldest = models.PositiveSmallIntegerField()
    replications = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    authority = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=rules.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)
    queued_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    sentence = models.TextField(blank=True)
    result = models.JSONField(null=True)
    pictures = models.JSONField(null=True)
    run = models.CharField(max_length=100, blank=True)

    keep = (
        *("id", "digest", "youngest", "oldest", "replications", "seed", "asked_at", "state"),
        *("attempt", "queued_at", "heard_at", "done", "ended_at", "run"),
    )
    scrub = (
        *("title", "plan_text", "rates", "returns", "authority", "asked_by", "sentence"),
        *("result", "pictures"),
    )
    never_leaves = ()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=rules.STATES), name="costing_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=rules.DONE, result__isnull=False, pictures__isnull=False)
                | Q(result__isnull=True, pictures__isnull=True) & ~Q(state=rules.DONE),
                name="costing_done_has_its_result",
            ),
            models.CheckConstraint(
                condition=Q(oldest__gte=F("youngest"), oldest__lte=25), name="costing_ages"
            ),
            models.CheckConstraint(
                condition=Q(replications__gte=2, replications__lte=100_000),
                name="costing_replications",
            ),
        ]

    def __str__(self) -> str:
        return f"costing “{self.title}” of {self.asked_at:%Y-%m-%d}"


class PricedBaseline(models.Model):
    """What a director asks first: the council as it is, at the prices of one costing.

    Counted in the same run, from the same returns. `going_on` is the list of stays outside the
    authority: about young people one by one, so it goes when the returns are let go. A trigger
    refuses every other change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    costing = models.OneToOneField(Costing, models.PROTECT, related_name="priced")
    counted = models.JSONField()
    pictures = models.JSONField()
    going_on = models.JSONField(null=True)

    keep = ("id",)
    # Counts are exact, so they leave only when small ones have been hidden.
    scrub = ("costing", "counted", "pictures")
    never_leaves = ("going_on",)

    def __str__(self) -> str:
        return f"what a director asks first, of {self.costing}"
