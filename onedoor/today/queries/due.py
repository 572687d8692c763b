"""What is due for young people: steps, ends of stays, notices to look at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.door.models import Notice, YoungPerson
from onedoor.homes.models import Stay
from onedoor.plan.models import Step


@dataclass(frozen=True)
class Due:
    """`kind` says which page puts it right."""

    on: date
    kind: str
    what: str
    person: YoungPerson
    ref: UUID
    whose: str = ""


def of_steps(steps: Iterable[Step], person: YoungPerson | None = None) -> list[Due]:
    """Steps with their `goal__plan__young_person` where no young person is given."""
    found = []
    for step in steps:
        who = person or step.goal.plan.young_person
        whose = step.owner.name if step.owner else who.called
        found.append(Due(step.by_on, "step", step.what, who, step.pk, whose))
    return found


def of_stays(stays: Iterable[Stay], person: YoungPerson | None = None) -> list[Due]:
    """The end of a stay somebody lives in, and the start of one that is planned."""
    found = []
    for stay in stays:
        who, home = person or stay.young_person, stay.place.home.name
        if stay.begun_at:
            found.append(Due(stay.planned_until_on, "stay-ends", home, who, stay.pk))
        else:
            found.append(Due(stay.begins_on, "stay-begins", home, who, stay.pk))
    return found


def of_notices(notices: Iterable[Notice], person: YoungPerson | None = None) -> list[Due]:
    return [
        Due(n.review_on, "notice", n.kind_words, person or n.young_person, n.pk) for n in notices
    ]
