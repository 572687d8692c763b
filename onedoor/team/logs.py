"""Logs: allow-listed events, never a name, a free word, a query string or a form's value."""

import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

# A field not named here does not reach a log, whoever passes it.
ALLOWED = {
    "event", "level", "timestamp", "route", "method", "status", "ms", "error", "where",
    "logger", "count", "engine", "port",
}  # fmt: skip
log = structlog.get_logger("onedoor")


def allowed_only(_logger: Any, _name: str, event: Any) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key in ALLOWED}


class _Outsiders(logging.Handler):
    """Lines from libraries: we keep who spoke, how loudly, and the kind and place of an error."""

    def emit(self, line: logging.LogRecord) -> None:
        fields: dict[str, Any] = {"logger": line.name}
        if line.exc_info and line.exc_info[0]:
            trace = line.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            fields["error"] = line.exc_info[0].__name__
            if trace:
                fields["where"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        log.log(line.levelno, "library", **fields)


def configure(options: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: one line of JSON an event, to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            allowed_only,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[options.get("level", "INFO")]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    root = logging.getLogger()
    root.handlers = [_Outsiders(level=logging.WARNING)]
    # gunicorn quotes whole requests, and the words of whatever went wrong.
    for name in ("django", "django.request", "django.server", "gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True


def each_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def timed(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            route=match.view_name if match else "unknown",
            method=request.method,
            status=response.status_code,
            ms=round(1000 * (time.perf_counter() - began), 1),
        )
        return response

    return timed
