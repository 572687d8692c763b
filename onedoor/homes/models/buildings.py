import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onedoor.door.models import Address, YoungPerson
from onedoor.homes import rules
from onedoor.team.models import Hub


class Home(models.Model):
    """Somewhere a young person may live: the hub, a family's house, a flat of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=30)
    hub = models.ForeignKey(Hub, models.PROTECT, null=True, blank=True, related_name="homes")
    address = models.ForeignKey(
        Address, models.PROTECT, null=True, blank=True, related_name="homes"
    )
    # Whose own home it is, where the kind is one young person's own.
    whose = models.ForeignKey(
        YoungPerson, models.PROTECT, null=True, blank=True, related_name="own_homes"
    )
    opened_on = models.DateField()
    note = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "kind", "hub", "opened_on", "recorded_at")
    scrub = ("address", "whose", "recorded_by")
    # A family's home is often named after the family.
    never_leaves = ("name", "note")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(rules.kinds())), name="home_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="home_has_a_name"),
            models.CheckConstraint(
                condition=Q(whose__isnull=True) | Q(kind__in=rules.ones_own()),
                name="only_ones_own_home_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def of_kind(self) -> rules.Kind:
        return rules.kinds()[self.kind]


class Place(models.Model):
    """Room for one young person in a home. Its row is what two people race for, and one locks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="places")
    name = models.CharField(max_length=60)
    characteristics = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "home", "recorded_at")
    scrub = ("name", "characteristics", "recorded_by")
    never_leaves = ()

    class Meta:
        ordering = ["home__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["home", "name"], name="one_place_of_a_name_in_a_home"),
            models.CheckConstraint(condition=~Q(name=""), name="place_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.home.name}"


class OutOfService(models.Model):
    """Nights on which nobody can sleep in a place, and why. It claims them like a stay does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="out_of_service")
    from_on = models.DateField()
    until_on = models.DateField()
    why = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    keep = ("id", "place", "from_on", "until_on", "recorded_at")
    scrub = ("why", "recorded_by")
    never_leaves = ()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="out_of_service_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="out_of_service_says_why"),
        ]

    def __str__(self) -> str:
        return f"out of service from {self.from_on}"
