"""After each view: write what was shown, write what was refused, and only then answer."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onedoor.team import record
from onedoor.team.models import Entry
from onedoor.team.rules import Refused


class write_reads_and_refusals:  # noqa: N801 — named, like all our middleware, for what it does
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        line = getattr(request, "seen", None)
        if line is not None and response.status_code < 400:
            _write(request, line)
        if request.user.is_authenticated or line is not None:
            # A shared computer's back button must show nothing.
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if request.user.is_authenticated:
            # What was about to be shown was not: the line says refused, about whom.
            seen = getattr(request, "seen", None)
            verb = request.resolver_match.view_name if request.resolver_match else "unknown"
            line = record.Line(Entry.REFUSED, verb, None, datetime.now(UTC))
            if seen is not None:
                line.subjects = seen.subjects
            line.about(error.subject)
            _write(request, line)
        request.seen = None  # type: ignore[attr-defined]
        return render(request, "403.html", {"sentence": error.sentence}, status=403)


def _write(request: HttpRequest, line: record.Line) -> None:
    line.by = request.user if request.user.is_authenticated else None
    with record.our_turn(), transaction.atomic():
        record.write([line])
