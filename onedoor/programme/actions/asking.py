"""Asking for a costing, and asking again for one whose worker was stopped."""

import hashlib
import json
from datetime import datetime
from importlib import metadata

from django.db.models import F

from onedoor.evidence.refusal import Refused
from onedoor.programme import jobs, reading, rules
from onedoor.programme.models import Costing, RateCard, Returns
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow

SEED = 1


def ask_for_costing(
    *, by: Account, at: datetime, plan_text: str, rates: RateCard, returns: Returns,
    ages: tuple[int, int], replications: int, seed: int = SEED, authority: str = "",
) -> Costing:  # fmt: skip
    """Queue one costing. The same inputs are the same costing: a second click finds the first."""
    team_queries.must_hold(by, "keep_costing", at.date())
    rules.check_ages(ages)
    try:
        plan = reading.a_plan(plan_text, rates.text)
    except Refused as refused:
        raise NotNow(refused.sentence) from refused
    digest = _digest(
        plan_text, rates.text, returns.digest, ages, replications, seed, authority
    )  # fmt: skip
    with record.change("programme.ask_for_costing", by=by, at=at):
        kept = Returns.objects.select_for_update().defer("packed").get(pk=returns.pk)
        made, new = Costing.objects.get_or_create(
            digest=digest,
            defaults={
                "title": plan.title[:200],
                "plan_text": plan_text,
                "rates": rates,
                "returns": kept,
                "youngest": ages[0],
                "oldest": ages[1],
                "replications": replications,
                "seed": seed,
                "authority": authority,
                "asked_at": at,
                "asked_by": by,
                "queued_at": at,
            },
        )
        if new:
            if kept.let_go_at is not None:
                raise NotNow("Those returns have been let go. Bring their files again.")
            jobs.make_costing.enqueue(str(made.pk), made.attempt)
    return made


def run_again(*, by: Account, at: datetime, costing: Costing) -> Costing:
    """Queue once more a costing whose worker was stopped, or has gone without a word."""
    team_queries.must_hold(by, "keep_costing", at.date())
    with record.change("programme.run_again", by=by, at=at):
        now = Costing.objects.select_for_update().defer("result", "pictures").get(pk=costing.pk)
        rules.check_may_run_again(now.state, now.heard_at, at, is_queued=jobs.is_queued(now))
        if Returns.objects.filter(pk=now.returns_id, packed__isnull=True).exists():
            raise NotNow("The returns it was to be made from have been let go. Bring them again.")
        mine = Costing.objects.filter(pk=now.pk)
        # Whoever took it is gone: by the legal moves, as if they had begun it and said so.
        if now.state == rules.WAITING:
            mine.update(state=rules.RUNNING)
        if now.state in (rules.WAITING, rules.RUNNING):
            mine.update(state=rules.STOPPED, ended_at=at)
        mine.update(
            state=rules.WAITING, attempt=F("attempt") + 1, queued_at=at, heard_at=None, done=0,
            ended_at=None, sentence="",
        )  # fmt: skip
        jobs.make_costing.enqueue(str(now.pk), now.attempt + 1)
    return now


def _digest(*inputs: object) -> str:
    # A later version may count otherwise, so it makes a costing of its own.
    whole = json.dumps([metadata.version("onedoor"), *inputs])
    return hashlib.sha256(whole.encode()).hexdigest()
