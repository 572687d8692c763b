"""What happened is noted, and put right where it was noted wrongly."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.door import access
from onedoor.door.models import YoungPerson
from onedoor.outcomes import rules
from onedoor.outcomes.models import Event
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def note_event(
    *, by: Account, at: datetime, young_person: YoungPerson, kind: str, happened_on: date,
    words: str, happened_at: datetime | None = None, from_whom: str = "", told: bool = False,
) -> Event:  # fmt: skip
    """Note that something happened. `told` says the young person knows it is written here."""
    with record.change("outcomes.note_event", by=by, at=at, about=[young_person]):
        access.must(by, "write", young_person, timezone.localdate(at))
        rules.check_event(kind, words, happened_on, happened_at, young_person.born_on, at)
        return Event.objects.create(
            young_person=young_person, kind=kind, happened_on=happened_on,
            happened_at=happened_at, words=words.strip(), from_whom=from_whom.strip(),
            told=told, written_by=by, recorded_at=at,
        )  # fmt: skip


def correct_event(
    *, by: Account, at: datetime, event: Event, why: str, kind: str, happened_on: date,
    words: str, happened_at: datetime | None = None, from_whom: str = "", told: bool = False,
) -> Event:  # fmt: skip
    """Put right what was written, in a line of its own. The old line stays, and says so."""
    young_person = event.young_person
    with record.change("outcomes.correct_event", by=by, at=at, about=[young_person]):
        access.must(by, "write", young_person, timezone.localdate(at))
        rules.check_correction(why)
        rules.check_event(kind, words, happened_on, happened_at, young_person.born_on, at)
        try:
            with transaction.atomic():
                return Event.objects.create(
                    young_person=young_person, kind=kind, happened_on=happened_on,
                    happened_at=happened_at, words=words.strip(), from_whom=from_whom.strip(),
                    told=told, corrects=event, why_corrected=why.strip(), written_by=by,
                    recorded_at=at,
                )  # fmt: skip
        except IntegrityError as error:
            sentence = "This line has been put right already. Correct the newer one."
            raise NotNow(sentence) from error
