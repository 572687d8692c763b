"""A costing given out, as it was made: a paper, a workbook, JSON."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onedoor.programme import files, queries, rules
from onedoor.team import record
from onedoor.team.rules import NotNow


def give(request: HttpRequest, costing_id: UUID, kind: str) -> HttpResponse:
    found = queries.a_costing(request.user, timezone.localdate(), costing_id)
    if found is None or kind not in files.TYPES:
        raise Http404
    if found.state != rules.DONE:
        messages.error(request, "This costing is not done, so there is no file of it yet.")
        return redirect("programme:costing", found.pk)
    # The day it was made, and not today: the same file each time.
    made_on = timezone.localdate(found.ended_at)
    try:
        given = files.of(found.result, found.pictures, kind=kind, on=made_on)
    except NotNow as not_now:
        messages.error(request, not_now.sentence)
        return redirect("programme:costing", found.pk)
    record.saw(request, request.resolver_match.view_name, [])
    response = HttpResponse(given.data, content_type=given.type)
    response["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return response
