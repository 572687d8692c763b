import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from onedoor.door import rules
from onedoor.team import rules as team_rules


class YoungPersonQuerySet(models.QuerySet["YoungPerson"]):
    def visible_to(self, by, on: date, doing: str = "see"):
        """The young people of whom this account may do this: the policy table, as a question."""
        if not by.is_authenticated or not by.is_active:
            return self.none()
        allowed: Any = Q(pk__in=[])
        ties = Tie.objects.current(on).filter(account=by, young_person=OuterRef("pk"))
        held = by.memberships_on(on)
        hubs = [
            m.hub_id for m in held if m.hub_id and team_rules.may(m.role, team_rules.HUB, doing)
        ]
        if hubs:
            allowed |= Q(welcome__hub__in=hubs)
        if any(team_rules.may(m.role, team_rules.COUNCIL, doing) for m in held):
            allowed |= Q(welcome__isnull=False)
        if any(team_rules.may(m.role, team_rules.TIED, doing) for m in held):
            allowed |= Exists(ties.filter(opens=True))
        people = self
        if any(team_rules.may(m.role, team_rules.KEY_WORKER, doing) for m in held):
            people = people.with_key_worker()
            allowed |= Q(key_worker_id=by.pk)
        return people.filter(allowed).exclude(Exists(ties.filter(opens=False)))

    def with_key_worker(self):
        """Each with `key_worker_id`, `_name` and `_since`: the last change, or else the first."""
        last = YoungPerson.objects.filter(pk=OuterRef("pk")).order_by(
            "-welcome__key_worker_changes__number"
        )
        change = "welcome__key_worker_changes__to"
        return self.annotate(
            key_worker_id=Coalesce(
                Subquery(last.values(change)[:1]),
                F("welcome__first_key_worker"),
                output_field=models.UUIDField(),
            ),
            key_worker_since=Coalesce(
                Subquery(last.values("welcome__key_worker_changes__from_on")[:1]),
                F("welcome__welcomed_on"),
            ),
            key_worker_name=Coalesce(
                Subquery(last.values(f"{change}__name")[:1]), F("welcome__first_key_worker__name")
            ),
        )

    def with_standing(self):
        """Each with `support`: whether they are with us or stepped away."""
        latest = Standing.objects.filter(
            young_person=OuterRef("pk"), of=rules.StandingOf.WITH_US
        ).order_by("-from_on", "-recorded_at")
        return self.annotate(support=Subquery(latest.values("value")[:1]))

    def called_like(self, words: str):
        """Search by any part of the name or of what they like to be called."""
        found = self
        for word in words.split()[:5]:
            found = found.filter(Q(name__icontains=word) | Q(preferred_name__icontains=word))
        return found


class YoungPerson(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=100, blank=True, default="")
    pronouns = models.CharField(max_length=40, blank=True, default="")
    born_on = models.DateField()
    recorded_at = models.DateTimeField()

    # What the questions above, and `access.open_record`, say of those they find.
    key_worker_id: uuid.UUID
    key_worker_name: str
    key_worker_since: date
    support: str | None
    opened_because: str
    open_to_do: set[str]
    standing_notices: list

    objects = YoungPersonQuerySet.as_manager()
    keep = ()
    scrub = ("id", "born_on", "recorded_at")
    never_leaves = ("name", "preferred_name", "pronouns")

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        return self.preferred_name or self.name.split()[0]

    def age_on(self, on: date) -> int:
        return rules.age_on(self.born_on, on)


class FormerName(models.Model):
    """What a name, pronouns or birth date were before they were put right. Kept, and not shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=100, blank=True, default="")
    pronouns = models.CharField(max_length=40, blank=True, default="")
    born_on = models.DateField()
    until_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "until_at")
    scrub = ("young_person", "born_on", "changed_by")
    never_leaves = ("name", "preferred_name", "pronouns")

    class Meta:
        ordering = ["-until_at"]

    def __str__(self) -> str:
        return f"until {self.until_at:%Y-%m-%d}"


class Address(models.Model):
    """Where a family or a home is. The one table that holds an address, reached by opaque id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(
        YoungPerson, models.PROTECT, null=True, related_name="addresses"
    )
    whose = models.CharField(max_length=100)
    lines = models.TextField()
    postcode = models.CharField(max_length=10, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )

    keep = ("id", "from_on", "until_on", "recorded_at")
    scrub = ("young_person", "recorded_by")
    never_leaves = ("whose", "lines", "postcode")

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="address_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"


class TieQuerySet(models.QuerySet["Tie"]):
    def current(self, on: date):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), from_on__lte=on)


class Tie(models.Model):
    """What opens one record to one account, for a time; or keeps it shut to them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ties")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="ties")
    why = models.CharField(
        max_length=30, choices=[(w.value, n) for w, n in rules.TIE_WORDS.items()]
    )
    opens = models.BooleanField(default=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = TieQuerySet.as_manager()
    keep = ("id", "why", "opens", "from_on", "until_on", "recorded_at")
    scrub = ("account", "young_person", "recorded_by")
    never_leaves = ()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                # One made in error ends on the day it began, and is then held on no day.
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="tie_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(why=rules.TieWhy.THEMSELF.value, until_on__isnull=True),
                name="one_account_is_one_young_person",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=False)
                | Q(why__in=[w.value for w in rules.OPEN_ENDED_TIES]),
                name="a_partner_is_tied_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(opens=False, why=rules.TieWhy.CONFLICT.value)
                | Q(opens=True) & ~Q(why=rules.TieWhy.CONFLICT.value),
                name="a_conflict_shuts_and_all_else_opens",
            ),
            models.CheckConstraint(
                condition=Q(why__in=[w.value for w in rules.TieWhy]), name="tie_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} from {self.from_on}"


class Standing(models.Model):
    """How things stood from a day on: with us or stepped away, which cohort, which legal status."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="standings")
    of = models.CharField(max_length=10)
    value = models.CharField(max_length=30)
    from_on = models.DateField()
    why = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "of", "value", "from_on", "recorded_at")
    scrub = ("young_person", "recorded_by")
    never_leaves = ("why",)

    class Meta:
        ordering = ["-from_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *[Q(of=of.value, value__in=values) for of, values in rules.STANDINGS.items()],
                    _connector=Q.OR,
                ),
                name="standing_is_one_we_know",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} from {self.from_on}"
