from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from onedoor.door import access, rules
from onedoor.door.models import Answer, Provocation, YoungPerson
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def word_provocation(
    *, by: Account | None, at: datetime, key: str, wording: str, from_on: date
) -> Provocation:
    """Give a national provocation the council's own words, as a new version of it."""
    with record.change("door.word_provocation", by=by, at=at):
        if by is not None:
            access.must_hold(by, "welcome", timezone.localdate(at))
        if not wording.strip():
            raise NotNow("Write the provocation in your own words.")
        worded = Provocation.objects.select_for_update().filter(key=key)
        last = max((each.version for each in worded), default=0)
        return Provocation.objects.create(
            key=key, version=last + 1, wording=wording.strip(), from_on=from_on,
            recorded_at=at, recorded_by=by,
        )  # fmt: skip


def answer_provocations(
    *, by: Account, at: datetime, young_person: YoungPerson,
    answers: Sequence[tuple[Provocation, str, str]],
) -> list[Answer]:  # fmt: skip
    """Write what a named person answered: (provocation, part, words) each. All of them or none.

    Every provocation in use is answered, and whose risk is answered twice.
    """
    with record.change("door.answer_provocations", by=by, at=at, about=[young_person]):
        access.must(by, "write", young_person, timezone.localdate(at))
        given = {(p.key, part) for p, part, words in answers if words.strip()}
        for provocation in Provocation.objects.in_use():
            for part in rules.parts_of(provocation.key):
                if (provocation.key, part) not in given:
                    whose = f" (risk to the {part})" if part else ""
                    raise NotNow(f"Answer “{provocation.wording}”{whose}")
        return [
            Answer.objects.create(
                provocation=provocation,
                young_person=young_person,
                part=part,
                words=words.strip(),
                answered_by=by,
                answered_at=at,
            )  # fmt: skip
            for provocation, part, words in answers
        ]
