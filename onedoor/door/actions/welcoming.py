from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.door import access, rules
from onedoor.door.actions.around import write_standing
from onedoor.door.models import KeyWorkerChange, NamedHelp, Referral, Welcome, YoungPerson
from onedoor.team import queries as team_queries
from onedoor.team import record
from onedoor.team.models import Account, Hub
from onedoor.team.rules import NotNow


def welcome(
    *, by: Account, at: datetime, referral: Referral, hub: Hub, key_worker: Account,
    name: str, born_on: date, cohort: str, preferred_name: str = "", pronouns: str = "",
) -> YoungPerson:  # fmt: skip
    """Welcome a young person into a hub, with the one key worker who stays."""
    with record.change("door.welcome", by=by, at=at) as line:
        access.must_hold(by, "welcome", timezone.localdate(at))
        rules.check_born(born_on, timezone.localdate(at))
        _must_be_able_to_be_key_worker(key_worker, hub, timezone.localdate(at))
        person = YoungPerson.objects.create(
            name=name.strip(), preferred_name=preferred_name.strip(), pronouns=pronouns.strip(),
            born_on=born_on, recorded_at=at,
        )  # fmt: skip
        line.about(person)
        _end(referral, rules.Ending.WELCOMED, at, person)
        Welcome.objects.create(
            young_person=person, referral=referral, hub=hub, first_key_worker=key_worker,
            welcomed_on=timezone.localdate(at), welcomed_by=by, recorded_at=at,
        )  # fmt: skip
        write_standing(by, at, person, "with us", rules.WITH_US, timezone.localdate(at))
        write_standing(by, at, person, "cohort", cohort, timezone.localdate(at))
        return person


def answer(
    *, by: Account, at: datetime, referral: Referral, help_named: str, given_by: str, by_on: date,
    check_back_on: date,
) -> NamedHelp:  # fmt: skip
    """Answer with named help, somebody who gives it, a day, and a day to look again."""
    with record.change("door.answer", by=by, at=at):
        access.must_hold(by, "welcome", timezone.localdate(at))
        rules.check_answered(help_named, given_by, by_on, check_back_on, timezone.localdate(at))
        _end(referral, rules.Ending.ANSWERED, at, None)
        return NamedHelp.objects.create(
            referral=referral, help=help_named.strip(), given_by=given_by.strip(), by_on=by_on,
            check_back_on=check_back_on, answered_by=by, answered_at=at,
        )  # fmt: skip


def check_back(*, by: Account, at: datetime, named_help: NamedHelp, what_we_found: str) -> None:
    """Somebody looked again. Until then the answered referral stays in sight."""
    with record.change("door.check_back", by=by, at=at):
        access.must_hold(by, "welcome", timezone.localdate(at))
        if not what_we_found.strip():
            raise NotNow("Write what you found when you checked.")
        done = NamedHelp.objects.filter(pk=named_help.pk, checked_back_at__isnull=True).update(
            checked_back_at=at, checked_back_by=by, what_we_found=what_we_found.strip()
        )
        if not done:
            raise NotNow("Somebody has checked back on this already.")


def change_key_worker(
    *, by: Account, at: datetime, young_person: YoungPerson, to: Account, replaces: int,
    reason: str, view: str, handover_note: str, from_on: date,
) -> KeyWorkerChange:  # fmt: skip
    """Give another key worker. `replaces` is the number of the change the screen showed (0: the
    first), so of two people changing it at once, one is told that the other was first."""
    with record.change("door.change_key_worker", by=by, at=at, about=[young_person]):
        access.must(by, "change_key_worker", young_person, timezone.localdate(at))
        spell = young_person.welcome
        last = spell.key_worker_changes.filter(number=replaces).first()
        last_on = last.from_on if last else spell.welcomed_on
        rules.check_new_key_worker(reason, view, handover_note, from_on, last_on)
        if to.pk == (last.to_id if last else spell.first_key_worker_id):
            raise NotNow(f"{to.name} is their key worker already.")
        _must_be_able_to_be_key_worker(to, spell.hub, from_on)
        try:
            with transaction.atomic():
                return KeyWorkerChange.objects.create(
                    welcome=spell, number=replaces + 1, to=to, reason=reason.strip(),
                    view=view.strip(), handover_note=handover_note.strip(), from_on=from_on,
                    changed_by=by, recorded_at=at,
                )  # fmt: skip
        except IntegrityError as error:
            raise NotNow(
                "Somebody else changed the key worker while you were writing. Nothing was saved: "
                "look at who it is now, then decide whether it should change again."
            ) from error


def step_away(*, by: Account, at: datetime, young_person: YoungPerson, why: str) -> None:
    """No active support for now. The door stays open and the key worker stays theirs."""
    with record.change("door.step_away", by=by, at=at, about=[young_person]):
        access.must(by, "step_away", young_person, timezone.localdate(at))
        _must_stand(young_person, rules.WITH_US, "They have stepped away already.")
        if not why.strip():
            raise NotNow("Say why now is the time to step away, and what the young person thinks.")
        write_standing(
            by, at, young_person, "with us", rules.STEPPED_AWAY, timezone.localdate(at), why
        )


def come_back(
    *, by: Account, at: datetime, young_person: YoungPerson, why: str,
    referral: Referral | None = None,
) -> None:  # fmt: skip
    """Back through the same door, to the same key worker. There is no second welcome."""
    with record.change("door.come_back", by=by, at=at, about=[young_person]):
        access.must(by, "step_away", young_person, timezone.localdate(at))
        if referral is not None:
            _end(referral, rules.Ending.CAME_BACK, at, young_person)
        else:
            _must_stand(young_person, rules.STEPPED_AWAY, "They are with us already.")
        if _standing(young_person) != rules.WITH_US:
            write_standing(
                by, at, young_person, "with us", rules.WITH_US, timezone.localdate(at), why
            )


def _end(referral: Referral, ending: str, at: datetime, person: YoungPerson | None) -> None:
    """End a referral once. Whoever comes second is told what happened."""
    open_still = Referral.objects.filter(pk=referral.pk, sent_at__isnull=False, ended_as="")
    if not open_still.update(ended_as=ending, ended_at=at, young_person=person):
        now = Referral.objects.get(pk=referral.pk)
        if now.sent_at is None:
            raise NotNow("This has not been sent yet.")
        raise NotNow(f"Somebody else has {now.ended_as} this already. Nothing was changed.")


def _must_be_able_to_be_key_worker(account: Account, hub: Hub, on: date) -> None:
    # Locked, so that somebody who is leaving at this moment has either left or is found busy.
    Account.objects.select_for_update().filter(pk=account.pk).first()
    if not team_queries.key_workers(on, hub).filter(pk=account.pk).exists():
        raise NotNow(f"{account.name} is not a residential or outreach worker at {hub.name}.")


def _standing(person: YoungPerson) -> str | None:
    rows = person.standings.filter(of=rules.StandingOf.WITH_US)
    return rows.values_list("value", flat=True).first()


def _must_stand(person: YoungPerson, value: str, otherwise: str) -> None:
    if _standing(person) != value:
        raise NotNow(otherwise)
