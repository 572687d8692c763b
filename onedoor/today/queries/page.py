"""All that a young person's page shows."""

from dataclasses import dataclass, field
from datetime import date

from onedoor.door import queries as door
from onedoor.door.models import YoungPerson
from onedoor.door.rules import NoticeKind
from onedoor.homes.models import Stay
from onedoor.outcomes import queries as outcomes
from onedoor.outcomes.queries import StoryLine
from onedoor.plan import queries as plan
from onedoor.plan.models import Step, Voice
from onedoor.team.models import Account
from onedoor.today import rules
from onedoor.today.queries.due import Due, of_notices, of_stays, of_steps
from onedoor.today.queries.whereabouts import Whereabouts, put_together

LINES = 10


@dataclass(frozen=True)
class ThePage:
    where: Whereabouts
    comes_next: Stay | None
    key_worker_since: date
    voice: Voice | None = None
    due: dict[rules.When, list[Due]] = field(default_factory=dict)
    lines: list[StoryLine] = field(default_factory=list)


def the_page(by: Account, person: YoungPerson, night: date, today: date) -> ThePage:
    """For a young person whose record has been opened: `person.open_to_do` says what to ask."""
    may = person.open_to_do
    notices = door.banner_notices(by, person, today)
    unended = Stay.objects.filter(young_person=person, ended_on__isnull=True)
    stays = list(unended.select_related("place__home__hub"))
    lives = next((s for s in stays if s.begun_at and s.begins_on <= night), None)
    coming = sorted((s for s in stays if not s.begun_at), key=lambda s: s.begins_on)
    planned = next((s for s in coming if s.begins_on <= night < s.planned_until_on), None)
    missing = next((n for n in notices if n.kind == NoticeKind.MISSING), None)
    steps: list[Step] = []
    voice = None
    if "see_plan" in may:
        steps = list(plan.next_steps([person.pk], today))
        voice = last_said(person)
    due = [*of_steps(steps, person), *of_stays(stays, person), *of_notices(notices, person)]
    return ThePage(
        where=put_together(lives, planned, missing, night),
        comes_next=next((s for s in coming if s != planned), None),
        key_worker_since=person.key_worker_since,
        voice=voice,
        due=rules.by_when(((d.on, d) for d in due), today),
        lines=outcomes.latest(by, person, today, LINES) if "see_story" in may else [],
    )


def last_said(person: YoungPerson) -> Voice | None:
    return Voice.objects.filter(plan__young_person=person).select_related("heard_by").first()
