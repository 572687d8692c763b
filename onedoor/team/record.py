"""The one way to write the record, and the way to check that nobody has rewritten it.

A change opens with `change`, which is the one atomic transaction; its line is written as the last
thing before the commit, so nothing is ever changed without its line, and no line stands for a
change that did not happen. A read is noted with `saw` and written, in a short transaction of its
own, after the page's questions and before the answer leaves (holding the chain while a page renders
would make every reader wait for every other).
"""

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from onedoor.team.models import Account, Entry
from onedoor.team.subjects.models import EntrySubject, are_kept

ALGORITHM = "sha256-1"
START = "0" * 64
# Any number will do so long as nothing else in the database locks it.
CHAIN_LOCK = 1903


@dataclass
class Line:
    """What one change, read or refusal will leave in the record."""

    kind: str
    verb: str
    by: Account | None
    at: datetime
    subjects: set[UUID] = field(default_factory=set)

    def about(self, *people: models.Model | UUID | None) -> None:
        for person in people:
            if person is not None:
                self.subjects.add(person if isinstance(person, UUID) else person.pk)


_open_lines: ContextVar[list[Line] | None] = ContextVar("open_lines", default=None)


@contextmanager
def change(
    verb: str, *, by: Account | None, at: datetime, about: Iterable[models.Model | UUID] = ()
) -> Iterator[Line]:
    """Make one change: all of it, with its line in the record, or none of it.

    A change made inside another joins its transaction. Times are aware datetimes.
    """
    line = Line(Entry.DID, verb, by, at)
    line.about(*about)
    outer = _open_lines.get()
    if outer is not None:
        before = len(outer)
        outer.append(line)
        try:
            with transaction.atomic():
                yield line
        except BaseException:
            # Undone, even where the change around it goes on: no line may say that it was done.
            del outer[before:]
            raise
        return
    with our_turn(), transaction.atomic():
        lines = [line]
        token = _open_lines.set(lines)
        try:
            yield line
        finally:
            _open_lines.reset(token)
        write(lines)


def write(lines: list[Line]) -> None:
    """Append lines to the chain, inside the caller's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    number, previous = head()
    entries, subjects = [], []
    for line in lines:
        if line.at.tzinfo is None:
            # Read back as another moment, it would look like tampering for ever after.
            raise ValueError(f"The time of {line.verb} needs a time zone.")
        number += 1
        by = line.by.pk if line.by else None
        digest = digest_of(number, line.at, by, line.kind, line.verb, line.subjects, previous)
        entries.append(
            Entry(
                number=number,
                at=line.at,
                by_id=by,
                kind=line.kind,
                verb=line.verb,
                algorithm=ALGORITHM,
                previous=previous,
                digest=digest,
            )
        )
        subjects += [EntrySubject(entry_id=number, subject=s) for s in sorted(line.subjects)]
        previous = digest
    Entry.objects.bulk_create(entries, batch_size=500)
    if subjects:
        EntrySubject.objects.bulk_create(subjects, batch_size=500)


canonical = json.JSONEncoder(separators=(",", ":")).encode


def digest_of(
    number: int, at: datetime, by: UUID | None, kind: str, verb: str,
    subjects: Iterable[UUID], previous: str,
) -> str:  # fmt: skip
    """The digest of a line: SHA-256 over its canonical JSON, the previous digest included."""
    said = canonical(
        [
            number,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            str(by) if by else None,
            kind,
            verb,
            sorted([str(s) for s in subjects]),
            previous,
        ]
    )
    return hashlib.sha256(said.encode()).hexdigest()


@contextmanager
def our_turn() -> Iterator[None]:
    """Wait our turn to write: SQLite's own waiting is a lottery that starves some writers."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name or connection.in_atomic_block:
        yield
        return
    with open(f"{name}.turn", "a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def saw(request: HttpRequest, verb: str, people: Iterable[models.Model | UUID]) -> None:
    """Note that this request's answer shows these young people. The middleware writes it."""
    line = getattr(request, "seen", None)
    if line is None:
        line = request.seen = Line(Entry.SAW, verb, None, datetime.now(UTC))  # type: ignore[attr-defined]
    line.about(*people)


@dataclass(frozen=True)
class Verdict:
    """What a walk down the chain found. `head` is the anchor to keep somewhere else."""

    lines: int
    number: int
    head: str
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def verify(
    anchors: Iterable[tuple[int, str]] = (),
    chunk: int = 5_000,
    told: Callable[[int], None] = lambda number: None,
) -> Verdict:
    """Recompute every digest in order. `anchors` are (number, digest) pairs noted earlier.

    A chain alone cannot show that its tail was cut: keep the head elsewhere and pass it back.
    `told` hears how far the walk has come, for those who wait.
    """
    anchors = list(anchors)
    wanted = {number for number, _ in anchors}
    on_chain: set[tuple[int, str]] = set()
    faults: list[str] = []
    lines, number, previous = 0, 0, START
    while block := list(_lines(number__gt=number)[:chunk]):
        faults += _walk(block, number, previous)
        on_chain |= {(line[0], line[-1]) for line in block if line[0] in wanted}
        number, previous = block[-1][0], block[-1][-1]
        lines += len(block)
        told(number)
    for anchored in anchors:
        if anchored not in on_chain:
            faults.append(f"The anchor kept for line {anchored[0]} is not on this record.")
    if are_kept() and (count := _orphans().count()):
        faults.append(f"{count} lines about a young person belong to no line of the record.")
    return Verdict(lines=lines, number=number, head=previous, faults=tuple(faults))


def faults_between(first: int, last: int) -> tuple[str, ...]:
    """The faults of a few lines, and of how they follow from the line before them."""
    known = _lines(number=first - 1)
    before = (known[0][0], known[0][-1]) if known else (0, START)
    return tuple(_walk(_lines(number__range=(first, last)), *before))


def head() -> tuple[int, str]:
    """The number and digest of the last line: the anchor to note somewhere else."""
    return Entry.objects.order_by("-number").values_list("number", "digest").first() or (0, START)


def _lines(**which: Any) -> models.QuerySet[Entry, tuple[Any, ...]]:
    return (
        Entry.objects.filter(**which)
        .order_by("number")
        .values_list("number", "at", "by_id", "kind", "verb", "algorithm", "previous", "digest")
    )


def _walk(block: Iterable[tuple[Any, ...]], number: int, previous: str) -> list[str]:
    """What is wrong with a run of lines that should follow from this number and digest."""
    block = list(block)
    if not block:
        return []
    faults = []
    about: dict[int, list[UUID]] = {}
    if are_kept():
        rows = EntrySubject.objects.filter(entry__gte=block[0][0], entry__lte=block[-1][0])
        for entry, subject in rows.values_list("entry_id", "subject"):
            about.setdefault(entry, []).append(subject)
    for here, at, by, kind, verb, algorithm, before, digest in block:
        if here != number + 1:
            faults.append(_gap(number + 1, here - 1))
        if algorithm != ALGORITHM:
            faults.append(f"Line {here} names an unknown algorithm.")
        if before != previous:
            faults.append(f"Line {here} does not follow from the line before it.")
        if digest != digest_of(here, at, by, kind, verb, about.get(here, ()), before):
            faults.append(f"Line {here} has been changed.")
        number, previous = here, digest
    return faults


def _orphans() -> models.QuerySet[EntrySubject]:
    return EntrySubject.objects.exclude(Exists(Entry.objects.filter(pk=OuterRef("entry_id"))))


def _gap(first: int, last: int) -> str:
    return f"Line {first} is missing." if first == last else f"Lines {first} to {last} are missing."
