"""Writing a plan, step by step, and the rate cards it is priced with."""

from datetime import datetime
from typing import Any

from onedoor.evidence.refusal import Refused
from onedoor.programme import reading, rules
from onedoor.programme.models import Draft, RateCard
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def make_rate_card(*, by: Account, at: datetime, name: str, data: bytes) -> RateCard:
    """A new rate card, or the next version of the one of that name. Older versions stay."""
    team_queries.must_hold(by, "keep_costing", at.date())
    rules.check_rate_card(len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise NotNow("The rate card is not text in UTF-8. Save it as “CSV UTF-8”.") from wrong
    try:
        found = reading.a_tariff(text)
    except Refused as refused:
        raise NotNow(refused.sentence) from refused
    if not found.rates:
        raise NotNow("The rate card has no prices: only its first row is there.")
    with record.change("programme.make_rate_card", by=by, at=at):
        newest = RateCard.objects.filter(name=name).order_by("-number").first()
        if newest is not None and newest.text == text:
            raise NotNow(_says_already(newest))
        made, new = RateCard.objects.get_or_create(
            name=name,
            number=newest.number + 1 if newest is not None else 1,
            defaults={"text": text, "made_at": at, "made_by": by},
        )
        # Somebody else may have brought a version at the same moment: theirs stays.
        if not new and made.text == text:
            raise NotNow(_says_already(made))
        if not new:
            raise NotNow("Somebody has just made a version of it. Look at it, then bring yours.")
    return made


def _says_already(card: RateCard) -> str:
    return f"That is what version {card.number} of it says already."


def start_draft(*, by: Account, at: datetime, name: str) -> Draft:
    team_queries.must_hold(by, "keep_costing", at.date())
    with record.change("programme.start_draft", by=by, at=at):
        return Draft.objects.create(name=name, made_at=at, made_by=by, saved_at=at)


def copy_draft(*, by: Account, at: datetime, draft: Draft, name: str) -> Draft:
    """Another draft that begins with the same answers, so that two ways can be compared."""
    team_queries.must_hold(by, "keep_costing", at.date())
    with record.change("programme.copy_draft", by=by, at=at):
        return Draft.objects.create(
            name=name, answers=draft.answers, made_at=at, made_by=by, saved_at=at
        )


def save_step(
    *, by: Account, at: datetime, draft: Draft, step: str, said: dict[str, Any], version: int
) -> Draft:
    """Keep what was said at one step. Refused where somebody else has saved the draft since."""
    team_queries.must_hold(by, "keep_costing", at.date())
    with record.change("programme.save_step", by=by, at=at):
        now = Draft.objects.select_for_update().get(pk=draft.pk)
        if now.version != version:
            raise NotNow(
                "Somebody has changed this draft since you opened the page. Open the step again to "
                "see what it says now, then make your change."
            )
        now.answers = {**now.answers, step: said}
        now.version += 1
        now.saved_at = at
        now.save(update_fields=["answers", "version", "saved_at"])
    return now
