"""Questions about what the council makes of its own numbers: baselines, drafts and costings."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from onedoor.programme.models import Baseline, Costing, Draft, PricedBaseline, RateCard, Returns
from onedoor.team.models import Account
from onedoor.team.queries import must_hold

# The list of repairs can run to thousands of lines, so nothing reads it but its own page.
HEAVY = ("repairs",)
# Nor the files of returns but the job that costs them.
FILES = ("returns__packed", "returns__hubs")


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


def returns(by: Account, on: date) -> QuerySet[Returns]:
    """The returns brought for costings, newest first, without their files."""
    must_hold(by, "keep_costing", on)
    return Returns.objects.select_related("kept_by", "let_go_by").defer("packed", "hubs")


def same_files(by: Account, on: date, of: Returns) -> QuerySet[Returns]:
    """Other returns kept from the same files, for another council or with another list of hubs."""
    same = returns(by, on).filter(of_files=of.of_files, let_go_at=None)
    return same.exclude(pk=of.pk)


def rate_cards(by: Account, on: date) -> QuerySet[RateCard]:
    """Every version of every rate card, by name and newest first, without its prices."""
    must_hold(by, "keep_costing", on)
    return RateCard.objects.select_related("made_by").defer("text")


def a_rate_card(by: Account, on: date, card_id: UUID) -> RateCard | None:
    must_hold(by, "keep_costing", on)
    return RateCard.objects.select_related("made_by").filter(pk=card_id).first()


def drafts(by: Account, on: date) -> QuerySet[Draft]:
    must_hold(by, "keep_costing", on)
    return Draft.objects.select_related("made_by").defer("answers")


def a_draft(by: Account, on: date, draft_id: UUID) -> Draft | None:
    must_hold(by, "keep_costing", on)
    return Draft.objects.filter(pk=draft_id).first()


def costings(by: Account, on: date) -> QuerySet[Costing]:
    """Every costing, newest first, without what it says."""
    must_hold(by, "see_costing", on)
    found = Costing.objects.select_related("asked_by", "rates", "returns")
    return found.defer("result", "pictures", "plan_text", *FILES, "rates__text")


def a_costing(by: Account, on: date, costing_id: UUID) -> Costing | None:
    """One costing, whole."""
    must_hold(by, "see_costing", on)
    found = Costing.objects.select_related("asked_by", "rates", "returns", "returns__baseline")
    heavy = [f"returns__baseline__{name}" for name in (*HEAVY, "counted", "pictures")]
    return found.defer(*FILES, "rates__text", *heavy).filter(pk=costing_id).first()


def a_priced_baseline(by: Account, on: date, costing_id: UUID) -> PricedBaseline | None:
    """What a director asks first, of one costing. None where it is not done."""
    must_hold(by, "see_costing", on)
    return PricedBaseline.objects.filter(costing=costing_id).first()
