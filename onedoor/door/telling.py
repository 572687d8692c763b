"""The shape of a line of the story, so that the lines of every room can be told as one."""

from typing import Any

from django.db.models import CharField, DateField, DateTimeField, QuerySet, TextField, Value
from django.db.models.functions import Cast

COLUMNS = ("day", "at", "kind_key", "headline", "said", "who", "ref", "line_written_at")


def line(
    rows: QuerySet[Any], *, day: Any, kind: str, headline: Any, words: Any, who: Any, written: Any,
    at: Any = None,
) -> QuerySet[Any, Any]:  # fmt: skip
    """One kind of row as story lines: the day, the hour where it is known, and what to say.

    Everything is cast outright, because PostgreSQL unites only like with like.
    """
    return (
        rows.order_by()
        .annotate(
            day=Cast(day, DateField()),
            at=Cast(Value(None) if at is None else at, DateTimeField()),
            kind_key=Cast(Value(kind), CharField()),
            headline=Cast(headline, TextField()),
            said=Cast(words, TextField()),
            who=Cast(who, CharField()),
            ref=Cast("pk", CharField()),
            line_written_at=Cast(written, DateTimeField()),
        )
        .values_list(*COLUMNS)
    )
