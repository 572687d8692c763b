from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from onedoor.door import access, rules
from onedoor.door.models import Address, FormerName, Notice, Standing, Tie, YoungPerson
from onedoor.team import record
from onedoor.team.models import Account
from onedoor.team.rules import NotNow


def tie(
    *, by: Account, at: datetime, young_person: YoungPerson, account: Account, why: str,
    from_on: date, until_on: date | None = None,
) -> Tie:  # fmt: skip
    """Open one record to one person for a time; or, for a conflict, keep it shut to them."""
    with record.change("door.tie", by=by, at=at, about=[young_person]):
        access.must(by, "tie", young_person, timezone.localdate(at))
        today = timezone.localdate(at)
        rules.check_tie(why, from_on, until_on)
        rules.check_tied_as(why, account.roles_on(today), account.name)
        lock(young_person)
        if why == rules.TieWhy.THEMSELF and account.ties.filter(why=why).current(today).exists():
            raise NotNow("That account is somebody's own already. Check the address.")
        opens = why != rules.TieWhy.CONFLICT
        now = young_person.ties.current(from_on).filter(account=account, opens=opens).first()
        if now is not None:
            raise NotNow(f"{account.name} is tied already. End that tie first.")
        if not opens and access.key_worker_id(young_person) == account.pk:
            raise NotNow(f"{account.name} is their key worker. Change the key worker first.")
        if not account.is_active:
            raise NotNow(f"{account.name} has left, so nothing can be opened to them.")
        if account.pk == by.pk and why != rules.TieWhy.CONFLICT:
            raise NotNow("Ask somebody else to open this record to you.")
        return Tie.objects.create(
            account=account, young_person=young_person, why=why,
            opens=opens, from_on=from_on, until_on=until_on,
            recorded_at=at, recorded_by=by,
        )  # fmt: skip


def untie(*, by: Account, at: datetime, a_tie: Tie, until_on: date) -> None:
    """End a tie on a day. A tie that shuts is never ended by the person it keeps out."""
    with record.change("door.untie", by=by, at=at, about=[a_tie.young_person_id]):
        access.must(by, "tie", a_tie.young_person, timezone.localdate(at))
        if until_on < a_tie.from_on:
            raise NotNow("A tie cannot end before the day it started.")
        Tie.objects.filter(pk=a_tie.pk).update(until_on=until_on)


def lock(young_person: YoungPerson) -> None:
    """Whoever changes how things stand for somebody waits for whoever is doing so already."""
    YoungPerson.objects.select_for_update().get(pk=young_person.pk)


def put_notice(
    *, by: Account, at: datetime, young_person: YoungPerson, kind: str, words: str, told: str,
    review_on: date,
) -> Notice:  # fmt: skip
    """Put a line on the banner of every page about this young person."""
    with record.change("door.put_notice", by=by, at=at, about=[young_person]):
        access.must(by, "put_notice", young_person, timezone.localdate(at))
        if not words.strip():
            raise NotNow("Write what everybody must know.")
        if review_on < timezone.localdate(at):
            raise NotNow("The day to look at this again must be today or later.")
        try:
            with transaction.atomic():
                return write_notice(by, at, young_person, kind, words, told, review_on)
        except IntegrityError as error:
            raise NotNow("There is a “missing now” notice already. Lift that one first.") from error


def write_notice(
    by: Account, at: datetime, person: YoungPerson, kind: str, words: str, told: str, again: date
) -> Notice:
    return Notice.objects.create(
        young_person=person, kind=kind, words=words.strip(), told=told, review_on=again,
        put_by=by, put_at=at,
    )  # fmt: skip


def lift_notice(*, by: Account, at: datetime, notice: Notice, why: str) -> None:
    with record.change("door.lift_notice", by=by, at=at, about=[notice.young_person_id]):
        access.must(by, "put_notice", notice.young_person, timezone.localdate(at))
        if not why.strip():
            raise NotNow("Say why this no longer needs to be on every page.")
        if not Notice.objects.filter(pk=notice.pk, lifted_at__isnull=True).update(
            lifted_at=at, lifted_by=by, lifted_why=why.strip()
        ):
            raise NotNow("Somebody has lifted this notice already.")


def correct_name(
    *, by: Account, at: datetime, young_person: YoungPerson, name: str, preferred_name: str,
    pronouns: str, born_on: date,
) -> None:  # fmt: skip
    """Put right what somebody is called, or when they were born. What it was is kept unseen."""
    with record.change("door.correct_name", by=by, at=at, about=[young_person]):
        today = timezone.localdate(at)
        access.must(by, "correct_name", young_person, today)
        rules.check_born(born_on, today)
        lock(young_person)
        was = YoungPerson.objects.get(pk=young_person.pk)
        FormerName.objects.create(
            young_person=was, name=was.name, preferred_name=was.preferred_name,
            pronouns=was.pronouns, born_on=was.born_on, until_at=at, changed_by=by,
        )  # fmt: skip
        YoungPerson.objects.filter(pk=young_person.pk).update(
            name=name.strip(), preferred_name=preferred_name.strip(), pronouns=pronouns.strip(),
            born_on=born_on,
        )  # fmt: skip


def stand(
    *,
    by: Account,
    at: datetime,
    young_person: YoungPerson,
    of: str,
    value: str,
    from_on: date,
    why: str = "",
) -> Standing:
    """Note a cohort or legal status from a day on. The former standing remains as it was."""
    with record.change("door.stand", by=by, at=at, about=[young_person]):
        access.must(by, "write", young_person, timezone.localdate(at))
        if of == rules.StandingOf.WITH_US:
            raise NotNow("Step them away or welcome them back instead.")
        if from_on > timezone.localdate(at):
            raise NotNow("Write it down on the day it begins, not before.")
        if value not in rules.STANDINGS.get(rules.StandingOf(of), ()):
            raise NotNow(f"“{value}” is not a standing One Door knows.")
        return write_standing(by, at, young_person, of, value, from_on, why)


def write_standing(
    by: Account, at: datetime, person: YoungPerson, of: str, value: str, on: date, why: str = ""
) -> Standing:
    return Standing.objects.create(
        young_person=person,
        of=of,
        value=value,
        from_on=on,
        why=why.strip(),
        recorded_at=at,
        recorded_by=by,
    )


def add_address(
    *, by: Account, at: datetime, young_person: YoungPerson, whose: str, lines: str,
    postcode: str, from_on: date,
) -> Address:  # fmt: skip
    """Keep a family's address in the one table that holds them."""
    with record.change("door.add_address", by=by, at=at, about=[young_person]):
        access.must(by, "see_address", young_person, timezone.localdate(at))
        if not lines.strip():
            raise NotNow("Enter the address.")
        return Address.objects.create(
            young_person=young_person, whose=whose.strip(), lines=lines.strip(),
            postcode=postcode.strip().upper(), from_on=from_on, recorded_at=at, recorded_by=by,
        )  # fmt: skip
