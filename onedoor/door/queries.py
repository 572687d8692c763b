"""Questions about the door: who waits, who is found, who is around somebody, what happened."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, TruncDate

from onedoor.door import access, rules
from onedoor.door.models import (
    KeyWorkerChange,
    Notice,
    Provocation,
    Referral,
    Standing,
    Tie,
    Welcome,
    YoungPerson,
)
from onedoor.door.telling import line
from onedoor.team import rules as team_rules
from onedoor.team.models import Account, Entry
from onedoor.team.subjects.models import EntrySubject

FOUND_AT_MOST = 50


def at_the_door(by: Account, on: date) -> list[Referral]:
    """Who waits: where somebody may be in danger first, and then the longest waiting."""
    access.must_hold(by, "welcome", on)
    waiting = Referral.objects.at_the_door().prefetch_related("steps")
    return sorted(waiting, key=lambda referral: rules.how_safe(referral.answers.get("danger")))


def check_backs(by: Account, on: date) -> QuerySet[Referral]:
    access.must_hold(by, "welcome", on)
    return Referral.objects.to_check_back().select_related("named_help").prefetch_related("steps")


def not_told(by: Account, on: date) -> QuerySet[Referral]:
    access.must_hold(by, "welcome", on)
    open_to_me = YoungPerson.objects.visible_to(by, on).values("pk")
    mine = Q(young_person__isnull=True) | Q(young_person__in=open_to_me)
    return Referral.objects.referrer_not_told().filter(mine).prefetch_related("steps")


def one_referral(by: Account, referral_id: UUID, on: date) -> Referral | None:
    """A referral for those who welcome. Somebody who brought it has `brought`.

    Once it has become a young person, it opens only to those to whom they are open.
    """
    access.must_hold(by, "welcome", on)
    found = _whole().filter(pk=referral_id, sent_at__isnull=False).first()
    if found is not None and found.young_person is not None:
        access.must(by, "see_story", found.young_person, on)
    return found


def said_at_the_door(person: YoungPerson) -> list[Referral]:
    """What was said at the door, each time this young person came through it."""
    return list(_whole().filter(young_person=person).order_by("-sent_at"))


def who_could_be_tied() -> QuerySet[Account]:
    """Everybody at work. Young people's and families' own accounts are in no list."""
    own = (team_rules.Agency.YOUNG_PERSON, team_rules.Agency.FAMILY)
    return Account.objects.active().exclude(agency__in=own).order_by("name")


def own_account(email: str, on: date) -> Account | None:
    """A young person's own account, by its address."""
    found = Account.objects.active().filter(
        email__iexact=email.strip(), agency=team_rules.Agency.YOUNG_PERSON
    )
    return found.first()


def brought(by: Account) -> QuerySet[Referral]:
    """What this account has brought to the door, and how each ended."""
    return _whole().filter(referrer=by)


def _whole() -> QuerySet[Referral]:
    return Referral.objects.select_related(
        "named_help__answered_by", "young_person__welcome__hub", "referrer"
    ).prefetch_related("steps")


def begun(referral_id: UUID) -> Referral | None:
    """A referral by its opaque id, for the one who is writing it."""
    return Referral.objects.prefetch_related("steps").filter(pk=referral_id).first()


def with_return_code(code: str) -> Referral | None:
    """A referral somebody without an account began and has not sent."""
    from_code = Referral.objects.filter(return_code_digest=rules.code_digest(code))
    return from_code.filter(sent_at__isnull=True).prefetch_related("steps").first()


def provocations_in_use(by: Account, on: date) -> list[Provocation]:
    access.must_hold(by, "welcome", on)
    return list(Provocation.objects.in_use())


def key_worker_history(person: YoungPerson) -> list[dict[str, object]]:
    """Every key worker in order, the first from the welcome."""
    spell = person.welcome
    rows = [{"name": spell.first_key_worker.name, "from_on": spell.welcomed_on, "change": None}]
    for change in spell.key_worker_changes.select_related("to").order_by("number"):
        rows.append({"name": change.to.name, "from_on": change.from_on, "change": change})
    return rows


def found(by: Account, words: str, on: date) -> list[YoungPerson]:
    """Young people this account may see whose name is like this, at most fifty."""
    access.must_hold(by, "search", on)
    if len(words.strip()) < 2:
        return []
    people = YoungPerson.objects.visible_to(by, on).called_like(words)
    return list(
        people.with_key_worker().with_standing().select_related("welcome__hub")[:FOUND_AT_MOST]
    )


def perhaps_known(by: Account, name: str, on: date) -> list[YoungPerson]:
    """Young people of this manager's with a name like the one at the door: they may be back."""
    access.must_hold(by, "welcome", on)
    return found(by, name, on)


def banner_notices(by: Account, person: YoungPerson, on: date) -> list[Notice]:
    """The standing notices this account may read, the most pressing first."""
    known = getattr(person, "open_to_do", None)
    team = (
        "see_team_notices" in known
        if known is not None
        else access.may(by, "see_team_notices", person, on).allowed
    )
    order = [rules.NoticeKind.MISSING, rules.NoticeKind.MUST_NOT_BE_TOLD, rules.NoticeKind.ALLERGY]
    # Asked once for a page that shows the banner and also says what is to be looked at again.
    if "standing_notices" not in person.__dict__:
        person.standing_notices = list(person.notices.standing().select_related("put_by"))
    notices = [
        notice
        for notice in person.standing_notices
        if team or notice.kind not in rules.TEAM_ONLY_NOTICES
    ]
    return sorted(notices, key=lambda n: order.index(n.kind) if n.kind in order else len(order))


def lifted_notices(person: YoungPerson) -> QuerySet[Notice]:
    """Notices that stood once, for those who may read them."""
    gone = person.notices.filter(lifted_at__isnull=False).select_related("lifted_by")
    if "see_team_notices" not in person.open_to_do:
        gone = gone.exclude(kind__in=rules.TEAM_ONLY_NOTICES)
    return gone.order_by("-lifted_at")


def around(person: YoungPerson, on: date) -> QuerySet[Tie]:
    return Tie.objects.current(on).filter(young_person=person).select_related("account")


def who_looked(person: YoungPerson) -> QuerySet[Entry]:
    """Every line of the record about one young person, newest first."""
    referrals = Referral.objects.filter(young_person=person).values_list("pk", flat=True)
    about = Exists(
        EntrySubject.objects.filter(entry=OuterRef("pk"), subject__in=[person.pk, *referrals])
    )
    return Entry.objects.filter(about).select_related("by")


def lines(young_person_id: UUID) -> list[QuerySet[Any, Any]]:
    """The door's own lines of the story."""
    mine = {"young_person": young_person_id}
    notices = Notice.objects.filter(**mine).exclude(kind__in=rules.TEAM_ONLY_NOTICES)
    return [
        line(
            Welcome.objects.filter(**mine), kind="welcome", day="welcomed_on",
            headline=Concat(Value("Welcomed at "), "hub__name", Value(", with "),
                            "first_key_worker__name", Value(" as key worker")),
            words=Value(""), who="welcomed_by__name", written="recorded_at",
        ),
        line(
            KeyWorkerChange.objects.filter(welcome__young_person=young_person_id),
            kind="key-worker", day="from_on",
            headline=Concat("to__name", Value(" became key worker")),
            words=Concat("reason", Value("\n"), "view", output_field=TextField()),
            who="changed_by__name", written="recorded_at",
        ),
        line(
            Standing.objects.filter(**mine), kind="standing", day="from_on",
            headline=Concat(Value("Now: "), "value", output_field=TextField()),
            words="why", who="recorded_by__name", written="recorded_at",
        ),
        line(
            notices, kind="notice", day=TruncDate("put_at"), at="put_at",
            headline=Concat(Value("Notice put up: "), "kind", output_field=TextField()),
            words="words", who="put_by__name", written="put_at",
        ),
        line(
            notices.filter(lifted_at__isnull=False), kind="notice", day=TruncDate("lifted_at"),
            at="lifted_at",
            headline=Concat(Value("Notice lifted: "), "kind", output_field=TextField()),
            words="lifted_why", who="lifted_by__name", written="lifted_at",
        ),
    ]  # fmt: skip
