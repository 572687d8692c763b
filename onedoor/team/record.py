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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, models, transaction
from django.http import HttpRequest

from onedoor.team.models import Account, Entry, EntrySubject

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
        outer.append(line)
        with transaction.atomic():
            yield line
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
    last = Entry.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = last or (0, START)
    subjects = []
    for line in lines:
        number += 1
        by = line.by.pk if line.by else None
        digest = digest_of(number, line.at, by, line.kind, line.verb, line.subjects, previous)
        Entry.objects.create(
            number=number, at=line.at, by=line.by, kind=line.kind, verb=line.verb,
            algorithm=ALGORITHM, previous=previous, digest=digest,
        )  # fmt: skip
        subjects += [EntrySubject(entry_id=number, subject=s) for s in sorted(line.subjects)]
        previous = digest
    if subjects:
        EntrySubject.objects.bulk_create(subjects)


def digest_of(
    number: int, at: datetime, by: UUID | None, kind: str, verb: str,
    subjects: Iterable[UUID], previous: str,
) -> str:  # fmt: skip
    """The digest of a line: SHA-256 over its canonical JSON, the previous digest included."""
    canonical = json.dumps(
        [
            number,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            str(by) if by else None,
            kind,
            verb,
            sorted(str(s) for s in subjects),
            previous,
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


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
    head: str
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def verify(anchors: Iterable[tuple[int, str]] = (), chunk: int = 5_000) -> Verdict:
    """Recompute every digest in order. `anchors` are (number, digest) pairs noted earlier.

    A chain alone cannot show that its tail was cut: keep the head elsewhere and pass it back.
    """
    faults: list[str] = []
    kept: dict[int, str] = {number: "" for number, _ in anchors}
    number, previous = 0, START
    while True:
        block = list(
            Entry.objects.filter(number__gt=number)
            .order_by("number")
            .prefetch_related("subjects")[:chunk]
        )
        if not block:
            break
        for entry in block:
            if entry.number != number + 1:
                faults.append(f"Lines {number + 1} to {entry.number - 1} are missing.")
            if entry.algorithm != ALGORITHM:
                faults.append(f"Line {entry.number} names an unknown algorithm.")
            if entry.previous != previous:
                faults.append(f"Line {entry.number} does not follow from the line before it.")
            subjects = [s.subject for s in entry.subjects.all()]
            expected = digest_of(
                entry.number,
                entry.at,
                entry.by_id,
                entry.kind,
                entry.verb,
                subjects,
                entry.previous,
            )
            if entry.digest != expected:
                faults.append(f"Line {entry.number} has been changed.")
            number, previous = entry.number, entry.digest
            if number in kept:
                kept[number] = entry.digest
    for anchored, digest in anchors:
        if kept[anchored] != digest:
            faults.append(f"The anchor kept for line {anchored} is not on this record.")
    orphans = EntrySubject.objects.filter(entry__number__isnull=True).count()
    if orphans:
        faults.append(f"{orphans} subject lines belong to no entry.")
    return Verdict(lines=number, head=previous, faults=tuple(faults))
