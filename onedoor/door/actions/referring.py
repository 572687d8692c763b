from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from onedoor.door import access, asking, rules
from onedoor.door.models import Referral, ReferralStep
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def open_referral(
    *, by: Account | None, at: datetime, brought_by: str, return_code: str | None = None
) -> Referral:
    """Start writing. Somebody without an account gets a code with which to come back to it."""
    with record.change("door.open_referral", by=by, at=at):
        if by is not None:
            access.must_hold(by, "refer", timezone.localdate(at))
        return Referral.objects.create(
            brought_by=brought_by,
            referrer=by,
            return_code_digest=rules.code_digest(return_code) if return_code else None,
            started_at=at,
        )


def save_step(
    *, by: Account | None, at: datetime, referral: Referral, step: str, said: dict[str, Any],
    finished: bool,
) -> ReferralStep:  # fmt: skip
    """Keep what has been typed so far. Every saving is a new row, so a time-out loses nothing."""
    with record.change("door.save_step", by=by, at=at):
        _must_be_theirs(by, referral)
        # Waits for a sending that is under way, so that nothing is written after it.
        if Referral.objects.select_for_update().get(pk=referral.pk).sent_at is not None:
            raise NotNow("This has been sent already. Ring the hub to add to it.")
        return ReferralStep.objects.create(
            referral=referral, step=step, said=said, finished=finished, saved_at=at
        )


def refer(*, by: Account | None, at: datetime, referral: Referral) -> Referral:
    """Send it. From now on it waits at the door until it is welcomed or answered."""
    with record.change("door.refer", by=by, at=at):
        _must_be_theirs(by, referral)
        missing = asking.still_needed(referral.brought_by, referral.answers)
        if missing:
            raise NotNow(f"Still needed before it can be sent: {', '.join(missing)}.")
        if not Referral.objects.filter(pk=referral.pk, sent_at__isnull=True).update(sent_at=at):
            raise NotNow("This has been sent already. Nothing more is needed.")
        referral.sent_at = at
        return referral


def tell_referrer(*, by: Account, at: datetime, referral: Referral, how: str) -> None:
    """Whoever brought the young person has been told how it ended."""
    with record.change("door.tell_referrer", by=by, at=at, about=_whom(referral)):
        access.must_hold(by, "welcome", timezone.localdate(at))
        if not referral.ended_as:
            raise NotNow("This has not been welcomed or answered yet, so there is nothing to tell.")
        if not Referral.objects.filter(pk=referral.pk, referrer_told_at__isnull=True).update(
            referrer_told_at=at, referrer_told_how=how, referrer_told_by=by
        ):
            raise NotNow("Somebody has told them already.")


def _whom(referral: Referral) -> list[UUID]:
    """Whom a referral became, where it ended in a welcome."""
    return [referral.young_person_id] if referral.young_person_id else []


def _must_be_theirs(by: Account | None, referral: Referral) -> None:
    if referral.referrer_id != (by.pk if by else None):
        raise NotNow("Only the person who started this can add to it.")
