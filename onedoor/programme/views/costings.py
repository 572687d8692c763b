"""The costings: all of them, one that waits or is done, and having one run again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from onedoor.programme import actions, director, jobs, queries, results, rules
from onedoor.programme import compared as side_by_side
from onedoor.programme.models import Costing
from onedoor.team.queries import holds
from onedoor.team.rules import NotNow


def costings(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    keeps = holds(request.user, "keep_costing", on)
    return render(
        request,
        "programme/costing/costings.html",
        {
            "costings": queries.costings(request.user, on),
            "drafts": queries.drafts(request.user, on) if keeps else (),
            "keeps": keeps,
        },
    )


def costing(request: HttpRequest, costing_id: UUID) -> HttpResponse:
    found = _costing(request, costing_id)
    keeps = holds(request.user, "keep_costing", timezone.localdate())
    given = {"costing": found, "keeps": keeps}
    if found.state == rules.DONE:
        shown = results.shown(found.result, found.pictures)
        return render(request, "programme/costing/results.html", {**given, "shown": shown})
    at = timezone.now()
    is_queued = found.state != rules.WAITING or jobs.is_queued(found)
    lost = rules.is_lost(found.state, found.heard_at, at, is_queued=is_queued)
    given |= {
        "lost": lost,
        "may_run_again": keeps and (lost or found.state == rules.STOPPED),
        "slow": found.state == rules.WAITING and at - found.queued_at > rules.SLOW_TO_BEGIN,
        "percent": round(100 * found.done / found.replications),
        "under_way": found.state in (rules.WAITING, rules.RUNNING) and not lost,
    }
    return render(request, "programme/costing/waiting.html", given)


def for_a_director(request: HttpRequest, costing_id: UUID) -> HttpResponse:
    """One page of what a director asks first, each figure with the rows it stands on."""
    on = timezone.localdate()
    found = _costing(request, costing_id)
    keeps = holds(request.user, "keep_costing", on)
    given = {"costing": found, "keeps": keeps, "priced": None}
    priced = queries.a_priced_baseline(request.user, on, found.pk)
    if priced is not None:
        given |= {
            "priced": priced,
            "authority": priced.counted["authority"],
            "questions": director.questions(priced, keeps=keeps),
            "unknown": director.unknown(priced, found.result),
            "shown": director.plan(found.result),
        }
    return render(request, "programme/costing/director.html", given)


def compare(request: HttpRequest) -> HttpResponse:
    """Two costings side by side, or a sentence where two were not chosen."""
    on = timezone.localdate()
    every = queries.costings(request.user, on).filter(state=rules.DONE)
    chosen = [each for each in every if str(each.pk) in request.GET.getlist("costing")]
    if len(chosen) != 2:
        return render(request, "programme/costing/compare.html", {"costings": every})
    both = [_costing(request, each.pk) for each in reversed(chosen)]
    shown = side_by_side.compared([each.result for each in both], [each.title for each in both])
    return render(request, "programme/costing/compare.html", {"both": both, "shown": shown})


@require_POST
def again(request: HttpRequest, costing_id: UUID) -> HttpResponse:
    found = _costing(request, costing_id)
    try:
        actions.run_again(by=request.user, at=timezone.now(), costing=found)
    except NotNow as not_now:
        messages.error(request, not_now.sentence)
    return redirect("programme:costing", found.pk)


def _costing(request: HttpRequest, costing_id: UUID) -> Costing:
    found = queries.a_costing(request.user, timezone.localdate(), costing_id)
    if found is None:
        raise Http404
    return found
