"""The background job that makes a costing. Run by `onedoor manage db_worker`, never by a page.

A costing that is asked for once ends once. Each move of its state is one conditional change in the
database, so of two workers one begins it, and a worker thought lost finds that it is too late.
"""

import contextlib
import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from onedoor.evidence import baseline, money, ssda903
from onedoor.evidence.baseline import director
from onedoor.evidence.money.plan import Plan
from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import hubs
from onedoor.programme import packing, reading, rules
from onedoor.programme.models import Costing, PricedBaseline
from onedoor.team import record

BETWEEN_WORDS = 1.0  # seconds
GOING_ON = "bringing_home"


@task()
def make_costing(costing_id: str, attempt: int) -> None:
    mine = Costing.objects.filter(pk=UUID(costing_id), attempt=attempt)
    now = timezone.now()
    if not mine.filter(state=rules.WAITING).update(state=rules.RUNNING, heard_at=now):
        return
    costing = mine.select_related("rates", "returns", "asked_by").get()
    try:
        ended, priced = _made(costing, _speaker(costing.pk, attempt))
    except Refused as refused:
        ended, priced = {"state": rules.REFUSED, "sentence": refused.sentence}, None
    except BaseException as wrong:
        # Also when the worker is told to stop: whoever waits is told, and may have it run again.
        _end(costing, state=rules.STOPPED, sentence=_why(wrong))
        # Without its words, which could quote a line of a return.
        raise RuntimeError(f"A costing was stopped by {type(wrong).__name__}.") from None
    _end(costing, priced, **ended)


def is_queued(costing: Costing) -> bool:
    """Whether a worker will still come to it. Nobody else takes a task from a worker that took it
    and died before it began."""
    asked = [str(costing.pk), costing.attempt]
    return DBTaskResult.objects.ready().filter(args_kwargs__args=asked).exists()


def _made(
    costing: Costing, progress: Callable[[int, int], object]
) -> tuple[dict[str, object], PricedBaseline]:
    if costing.returns.packed is None:
        raise Refused("The returns it was to be made from have been let go. Bring them again.")
    plan = reading.a_plan(costing.plan_text, costing.rates.text)
    found = ssda903.read_files(packing.unpacked(bytes(costing.returns.packed)))
    lists = reading.a_list_of_hubs(costing.returns.hubs_name, costing.returns.hubs)
    priced = _priced(costing, found, plan, lists)
    made = money.of_returns(
        found,
        plan,
        ages=(costing.youngest, costing.oldest),
        replications=costing.replications,
        seed=costing.seed,
        authority=costing.authority or None,
        lists=lists,
        cache=settings.POSTCODES,
        progress=progress,
    )
    result = made.as_dict()
    ended = {
        "state": rules.DONE,
        "done": costing.replications,
        "result": result,
        "pictures": made.pictures,
        "run": str(result["run"]),
    }
    return ended, priced


def _priced(
    costing: Costing, found: ssda903.Reading, plan: Plan, lists: hubs.Hubs | None
) -> PricedBaseline:
    """What a director asks first, of the same returns at the same prices; not yet saved."""
    ages = (costing.youngest, costing.oldest)
    council = baseline.baseline(
        found, ages, authority=costing.authority or None, lists=lists, cache=settings.POSTCODES
    )
    tables = director.tables(council, plan)
    said = {table.name: table.as_dict() for table in tables}
    going_on = said.pop(GOING_ON)
    return PricedBaseline(
        costing=costing,
        counted={"authority": council.authority, "tables": said},
        pictures={table.name: director.picture(table) for table in tables},
        going_on=going_on,
    )


def _speaker(costing_id: UUID, attempt: int) -> Callable[[int, int], object]:
    """Tells the database how far it has come, at most once a second."""
    spoke = time.monotonic()

    def speak(done: int, _of: int) -> None:
        nonlocal spoke
        if time.monotonic() - spoke < BETWEEN_WORDS:
            return
        spoke = time.monotonic()
        running = Costing.objects.filter(pk=costing_id, attempt=attempt, state=rules.RUNNING)
        running.update(done=done, heard_at=timezone.now())

    return speak


def _end(costing: Costing, priced: PricedBaseline | None = None, **ended: object) -> None:
    """The last word, said once: by the attempt that is still the current one, or by nobody."""
    at = timezone.now()
    verb = f"programme.costing_{ended['state']}"
    current = Costing.objects.filter(pk=costing.pk, attempt=costing.attempt, state=rules.RUNNING)
    with contextlib.suppress(_TooLate), record.change(verb, by=costing.asked_by, at=at):
        if not current.update(ended_at=at, heard_at=at, **ended):
            raise _TooLate
        if priced is not None:
            priced.save(force_insert=True)


class _TooLate(Exception):
    """Nothing has changed, so no line of the record may say that it has."""


def _why(wrong: BaseException) -> str:
    if isinstance(wrong, SystemExit | KeyboardInterrupt):
        return "The worker that was making it was stopped."
    return f"Something went wrong while it was being made ({type(wrong).__name__})."
