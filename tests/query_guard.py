"""A guard that fails any test in which a request touches a young person's rows unrecorded."""

from django.apps import apps
from django.db import connection

ROOMS = {"door", "plan", "homes", "outcomes", "today"}
# Rows about buildings and wordings, not about anybody.
NOBODY = {"homes_home", "homes_place", "homes_outofservice", "door_provocation"}


def sensitive_tables() -> set[str]:
    return {
        model._meta.db_table for model in apps.get_models() if model._meta.app_label in ROOMS
    } - NOBODY


class _Watch:
    def __init__(self):
        self.touched: set[str] = set()
        self.recorded = 0
        self.tables = sensitive_tables()

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            self.touched |= {table for table in self.tables if f'"{table}"' in sql}
            if sql.startswith('INSERT INTO "team_entry"'):
                self.recorded += 1
        return execute(sql, params, many, context)


class Unrecorded(AssertionError):
    pass


def nothing_sensitive_unrecorded(get_response):
    def guard(request):
        watch = _Watch()
        with connection.execute_wrapper(watch):
            response = get_response(request)
        # A page that found nobody showed nobody; anonymous refusals go to the log, not the chain.
        if response.status_code in {404, 405, 429}:
            return response
        if response.status_code in {302, 403} and not request.user.is_authenticated:
            return response
        if watch.touched and not watch.recorded:
            raise Unrecorded(f"{request.path} touched {sorted(watch.touched)} and left no line")
        return response

    return guard
