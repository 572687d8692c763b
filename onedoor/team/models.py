import uuid
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from onedoor.team import rules


class AccountQuerySet(models.QuerySet["Account"]):
    def active(self):
        return self.filter(is_active=True)

    def with_role(self, roles, on: date, hub=None):
        current = Membership.objects.current(on).filter(role__in=roles)
        if hub is not None:
            current = current.filter(hub=hub)
        return self.filter(pk__in=current.values("account"))


class Accounts(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Accounts come from `actions.join`; this is what Django's sign-in asks for."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from memberships and ties, not from here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    agency = models.CharField(
        max_length=20, choices=[(a.value, n) for a, n in rules.AGENCY_NAMES.items()]
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    keep = ("id", "agency", "is_active", "joined_at")
    scrub = ("last_login",)
    never_leaves = ("password", "email", "name")

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(
                condition=Q(agency__in=[a.value for a in rules.Agency]), name="account_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff_side(self) -> bool:
        """Somebody at work, who must sign in with a one-time code."""
        return self.agency not in {rules.Agency.FAMILY, rules.Agency.YOUNG_PERSON}

    def memberships_on(self, on: date) -> list["Membership"]:
        """Current memberships, asked once and remembered for as long as this object lives."""
        kept = self.__dict__.setdefault("_memberships", {})
        if on not in kept:
            kept[on] = list(self.memberships.current(on).select_related("hub"))
        return kept[on]

    def roles_on(self, on: date) -> set[str]:
        if not self.is_active:
            return set()
        return {membership.role for membership in self.memberships_on(on)}


class Hub(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    opened_on = models.DateField()

    keep = ("id", "opened_on")
    scrub = ("name",)
    never_leaves = ()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), from_on__lte=on)

    def not_over(self, on: date):
        """Current, or yet to begin; not one taken back before it began."""
        lasting = Q(until_on__gt=on) & Q(until_on__gt=F("from_on"))
        return self.filter(Q(until_on__isnull=True) | lasting)


class Membership(models.Model):
    """A role held for a time, at a hub or across the council."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    hub = models.ForeignKey(Hub, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=40)
    portfolio = models.CharField(max_length=20, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()
    keep = ("id", "hub", "role", "portfolio", "from_on", "until_on", "recorded_at")
    scrub = ("account", "given_by")
    never_leaves = ()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(rules.roles())), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                # The same day is a role taken back on the day it began: it was held on no day.
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="membership_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=False)
                | ~Q(role__in=[r.key for r in rules.roles().values() if r.partner]),
                name="partner_membership_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(
                    hub__isnull=False,
                    role__in=[r.key for r in rules.roles().values() if r.at == "hub"],
                )
                | Q(
                    hub__isnull=True,
                    role__in=[r.key for r in rules.roles().values() if r.at == "council"],
                ),
                name="membership_is_where_the_role_is_held",
            ),
            models.UniqueConstraint(
                fields=["account", "hub", "role"],
                condition=Q(until_on__isnull=True, hub__isnull=False),
                name="one_open_membership_per_role_and_hub",
            ),
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=Q(until_on__isnull=True, hub__isnull=True),
                name="one_open_membership_per_council_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{rules.role_name(self.role)}{', ' + self.hub.name if self.hub else ''}"

    @property
    def role_name(self) -> str:
        return rules.role_name(self.role)

    @property
    def portfolio_name(self) -> str:
        return rules.PORTFOLIOS.get(self.portfolio, "")


class Entry(models.Model):
    """One line of the record: who did, saw or was refused what, and when. It holds no content.

    Each line carries the digest of the one before, so a changed, missing or added line shows.
    The database refuses UPDATE, DELETE and TRUNCATE (see seal.py).
    """

    DID, SAW, REFUSED = "did", "saw", "refused"

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(max_length=10)
    verb = models.CharField(max_length=80)
    algorithm = models.CharField(max_length=20)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    keep = ("number", "at", "kind", "verb", "algorithm", "previous", "digest")
    scrub = ("by",)
    never_leaves = ()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["by", "-number"], name="entry_by")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["did", "saw", "refused"]), name="entry_kind"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="entry_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.verb}"
