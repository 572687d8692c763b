from datetime import date, datetime, timedelta

from django.utils import timezone

from onedoor.door import access, rules
from onedoor.door.actions.around import lock, write_notice, write_standing
from onedoor.door.actions.key_work import must_be_able_to_be_key_worker
from onedoor.door.models import NamedHelp, Referral, Welcome, YoungPerson
from onedoor.team import record
from onedoor.team.models import Account, Hub
from onedoor.team.rules import NotNow

LOOK_AGAIN = timedelta(days=28)


def welcome(
    *, by: Account, at: datetime, referral: Referral, hub: Hub, key_worker: Account,
    name: str, born_on: date, cohort: str, preferred_name: str = "", pronouns: str = "",
    must_not_be_told: str = "", somebody_else: bool = False,
) -> YoungPerson:  # fmt: skip
    """Welcome a young person into a hub, with the one key worker who stays.

    `must_not_be_told` becomes a notice that the team reads on every page. `somebody_else` says that
    a young person of the same name and birth date was asked about and is another one.
    """
    with record.change("door.welcome", by=by, at=at) as line:
        today = timezone.localdate(at)
        access.must_hold(by, "welcome", today)
        rules.check_born(born_on, today)
        _must_be_new(by, name, born_on, today, somebody_else)
        must_be_able_to_be_key_worker(key_worker, hub, {today})
        person = YoungPerson.objects.create(
            name=name.strip(), preferred_name=preferred_name.strip(), pronouns=pronouns.strip(),
            born_on=born_on, recorded_at=at,
        )  # fmt: skip
        line.about(person)
        _end(referral, rules.Ending.WELCOMED, at, person)
        Welcome.objects.create(
            young_person=person, referral=referral, hub=hub, first_key_worker=key_worker,
            welcomed_on=today, welcomed_by=by, recorded_at=at,
        )  # fmt: skip
        write_standing(by, at, person, "with us", rules.WITH_US, today)
        write_standing(by, at, person, "cohort", cohort, today)
        if must_not_be_told.strip():
            write_notice(
                by, at, person, rules.NoticeKind.MUST_NOT_BE_TOLD, must_not_be_told,
                rules.Told.NOT_YET, today + LOOK_AGAIN,
            )  # fmt: skip
        return person


def _must_be_new(by: Account, name: str, born_on: date, today: date, asked: bool) -> None:
    """One young person is welcomed once, whichever hub they come to."""
    # Two hubs welcoming at the same moment wait for each other here.
    list(Hub.objects.select_for_update().order_by("pk"))
    same = YoungPerson.objects.filter(name__iexact=name.strip(), born_on=born_on)
    mine = same.visible_to(by, today).first()
    if mine is not None and not asked:
        raise NotNow(
            f"{mine.name} is here already. If it is the same young person, welcome them back from "
            "the page before; if not, say below that this is somebody else."
        )
    if mine is None and not asked and same.exists():
        raise NotNow(
            "A young person of this name and date of birth is known to another hub. Ring the other "
            "hubs before you welcome. If it is not the same young person, say so below."
        )


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


def step_away(*, by: Account, at: datetime, young_person: YoungPerson, why: str) -> None:
    """No active support for now. The door stays open and the key worker stays theirs."""
    with record.change("door.step_away", by=by, at=at, about=[young_person]):
        access.must(by, "step_away", young_person, timezone.localdate(at))
        lock(young_person)
        _must_stand(young_person, rules.WITH_US, "They have stepped away already.")
        missing = young_person.notices.standing().filter(kind=rules.NoticeKind.MISSING)
        if missing.exists():
            raise NotNow("They are missing now. Nobody steps away while they are being looked for.")
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
        lock(young_person)
        if referral is not None:
            _end(referral, rules.Ending.CAME_BACK, at, young_person)
        else:
            _must_stand(young_person, rules.STEPPED_AWAY, "They are with us already.")
        # Written even for somebody who never stepped away: the reason they came again is theirs.
        write_standing(by, at, young_person, "with us", rules.WITH_US, timezone.localdate(at), why)


def _end(referral: Referral, ending: str, at: datetime, person: YoungPerson | None) -> None:
    """End a referral once. Whoever comes second is told what happened."""
    open_still = Referral.objects.filter(pk=referral.pk, sent_at__isnull=False, ended_as="")
    if not open_still.update(ended_as=ending, ended_at=at, young_person=person):
        now = Referral.objects.get(pk=referral.pk)
        if now.sent_at is None:
            raise NotNow("This has not been sent yet.")
        raise NotNow(f"Somebody else has {now.ended_as} this already. Nothing was changed.")


def _standing(person: YoungPerson) -> str | None:
    rows = person.standings.filter(of=rules.StandingOf.WITH_US)
    return rows.values_list("value", flat=True).first()


def _must_stand(person: YoungPerson, value: str, otherwise: str) -> None:
    if _standing(person) != value:
        raise NotNow(otherwise)
