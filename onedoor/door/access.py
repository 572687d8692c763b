"""The one gateway: may this account see or do this, of this young person, and why.

It reads the policy table, memberships, ties and the welcome's hub and key worker, and nothing else.
A tie that shuts beats everything.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from onedoor.door import rules
from onedoor.door.models import Tie, YoungPerson
from onedoor.team import record
from onedoor.team import rules as team_rules
from onedoor.team.models import Account
from onedoor.team.rules import Refused


@dataclass(frozen=True)
class Reply:
    """Whether it is allowed, and the sentence that says why or why not."""

    allowed: bool
    why: str


SHUT = "You know this young person outside work, so their record is kept shut to you."


def may(by: Account, doing: str, young_person: YoungPerson, on: date) -> Reply:
    """Answer for one young person. Asks the database only what the policy needs."""
    return _reply(by, doing, young_person, on, _ties(by, young_person, on))


def may_all(by: Account, young_person: YoungPerson, on: date) -> dict[str, Reply]:
    """The answer to every doing about this young person, with one question asked of the ties."""
    ties = _ties(by, young_person, on)
    return {doing: _reply(by, doing, young_person, on, ties) for doing in team_rules.POLICY}


def _ties(by: Account, young_person: YoungPerson, on: date) -> list[Tie]:
    return list(Tie.objects.current(on).filter(account=by, young_person=young_person))


def _reply(by: Account, doing: str, young_person: YoungPerson, on: date, ties: list[Tie]) -> Reply:
    if not by.is_active:
        return Reply(False, "This account has been switched off.")
    if any(not tie.opens for tie in ties):
        return Reply(False, SHUT)
    held = by.memberships_on(on)

    def some_role(relation: str) -> bool:
        return any(team_rules.may(m.role, relation, doing) for m in held)

    if some_role(team_rules.KEY_WORKER) and key_worker_id(young_person) == by.pk:
        return Reply(True, "You are their key worker.")
    hub = young_person.welcome.hub
    for membership in held:
        if membership.hub_id == hub.pk and team_rules.may(membership.role, team_rules.HUB, doing):
            return Reply(True, f"They are welcomed at {hub.name}, where you work.")
    if ties and some_role(team_rules.TIED):
        words = rules.TIE_WORDS[rules.TieWhy(ties[0].why)]
        until = f" until {ties[0].until_on:%-d %B %Y}" if ties[0].until_on else ""
        return Reply(True, f"{words}: this record is open to you{until}.")
    if some_role(team_rules.COUNCIL):
        return Reply(True, "Your duty covers every young person of the council.")
    return Reply(False, team_rules.refusal(doing))


def key_worker_id(young_person: YoungPerson) -> UUID:
    """The current key worker: the highest numbered change, or else the first."""
    if "key_worker_id" not in young_person.__dict__:
        row = YoungPerson.objects.filter(pk=young_person.pk).with_key_worker()
        young_person.key_worker_id = row.values_list("key_worker_id", flat=True).get()
    return young_person.key_worker_id


def must(by: Account, doing: str, young_person: YoungPerson, on: date) -> Reply:
    """Raise Refused, with the sentence for the screen, unless it is allowed."""
    reply = may(by, doing, young_person, on)
    if not reply.allowed:
        raise Refused(reply.why, subject=young_person.pk)
    return reply


def must_hold(by: Account, doing: str, on: date) -> None:
    """The same for a doing that is about no young person."""
    if not by.roles_on(on) & set(team_rules.roles_that_may(doing, team_rules.ANYONE)):
        raise Refused(team_rules.refusal(doing))


def open_record(request: HttpRequest, young_person_id: UUID, doing: str = "see") -> YoungPerson:
    """The young person, if this account may; noted as seen. Http404 where there is nobody."""
    person = (
        YoungPerson.objects.filter(pk=young_person_id)
        .select_related("welcome__hub")
        .with_key_worker()
        .with_standing()
        .first()
    )
    if person is None:
        raise Http404
    by: Account = request.user  # type: ignore[assignment]
    replies = may_all(by, person, timezone.localdate())
    if not replies[doing].allowed:
        raise Refused(replies[doing].why, subject=person.pk)
    person.opened_because = replies[doing].why
    person.open_to_do = {each for each, reply in replies.items() if reply.allowed}
    page = request.resolver_match.view_name if request.resolver_match else "unknown"
    record.saw(request, page, [person])
    return person
