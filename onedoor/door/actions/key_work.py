from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.door import access, rules
from onedoor.door.actions.around import lock
from onedoor.door.models import KeyWorkerChange, Tie, YoungPerson
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account, Hub
from onedoor.team.rules import NotNow

SOMEBODY_FIRST = (
    "Somebody else changed the key worker while you were writing. Nothing was saved: look at who "
    "it is now, then decide whether it should change again."
)


def change_key_worker(
    *, by: Account, at: datetime, young_person: YoungPerson, to: Account, replaces: int,
    reason: str, view: str, handover_note: str, from_on: date,
) -> KeyWorkerChange:  # fmt: skip
    """Give another key worker. `replaces` is the number of the change the screen showed (0: the
    first), so of two people changing it at once, one is told that the other was first."""
    with record.change("door.change_key_worker", by=by, at=at, about=[young_person]):
        today = timezone.localdate(at)
        access.must(by, "change_key_worker", young_person, today)
        lock(young_person)
        spell = young_person.welcome
        last = spell.key_worker_changes.order_by("-number").first()
        if replaces != (last.number if last else 0):
            raise NotNow(SOMEBODY_FIRST)
        last_on = last.from_on if last else spell.welcomed_on
        rules.check_new_key_worker(reason, view, handover_note, from_on, last_on, today)
        if to.pk == (last.to_id if last else spell.first_key_worker_id):
            raise NotNow(f"{to.name} is their key worker already.")
        must_be_able_to_be_key_worker(to, spell.hub, {from_on, today}, young_person)
        try:
            with transaction.atomic():
                return KeyWorkerChange.objects.create(
                    welcome=spell, number=replaces + 1, to=to, reason=reason.strip(),
                    view=view.strip(), handover_note=handover_note.strip(), from_on=from_on,
                    changed_by=by, recorded_at=at,
                )  # fmt: skip
        except IntegrityError as error:
            raise NotNow(SOMEBODY_FIRST) from error


def must_be_able_to_be_key_worker(
    account: Account, hub: Hub, days: set[date], young_person: YoungPerson | None = None
) -> None:
    """Raise NotNow unless this account works at the hub on these days and may open the record."""
    # Locked, so that somebody who is leaving at this moment has either left or is found busy.
    Account.objects.select_for_update().filter(pk=account.pk).first()
    for day in days:
        if not team_queries.key_workers(day, hub).filter(pk=account.pk).exists():
            raise NotNow(f"{account.name} is not a residential or outreach worker at {hub.name}.")
        shut = Tie.objects.current(day).filter(account=account, opens=False)
        if young_person is not None and shut.filter(young_person=young_person).exists():
            raise NotNow(f"{account.name} knows them outside work, so cannot be their key worker.")
