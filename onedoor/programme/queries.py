"""Questions about the council's own case: the baseline."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from onedoor.programme.models import Baseline
from onedoor.team.models import Account
from onedoor.team.queries import must_hold

# The list of repairs can run to thousands of lines, so nothing reads it but its own page.
HEAVY = ("repairs",)


def baselines(by: Account, on: date) -> QuerySet[Baseline]:
    """Every baseline kept, newest first, without what it counted."""
    must_hold(by, "see_baseline", on)
    return Baseline.objects.select_related("made_by").defer(*HEAVY, "counted", "pictures")


def a_baseline(by: Account, on: date, baseline_id: UUID | None = None) -> Baseline | None:
    """One baseline, or the newest. None where there is none."""
    must_hold(by, "see_baseline", on)
    kept = Baseline.objects.select_related("made_by").defer(*HEAVY)
    return kept.filter(pk=baseline_id).first() if baseline_id else kept.first()


def a_baseline_with_repairs(by: Account, on: date, baseline_id: UUID) -> Baseline | None:
    """With every line of the returns that was not taken as written: for those who keep returns."""
    must_hold(by, "keep_baseline", on)
    return Baseline.objects.defer("counted", "pictures").filter(pk=baseline_id).first()
