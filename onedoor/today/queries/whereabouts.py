"""Where somebody sleeps on a night, as far as anybody knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from onedoor.door.models import Notice
from onedoor.door.rules import NoticeKind
from onedoor.homes.models import Stay
from onedoor.today import rules

Ids = QuerySet | Iterable[UUID]


@dataclass(frozen=True)
class Whereabouts:
    """`lives` is the stay they live in, `planned` one that begins or was to begin by that night."""

    night: rules.Night
    lives: Stay | None = None
    planned: Stay | None = None
    missing: Notice | None = None

    @property
    def stay(self) -> Stay | None:
        """The stay that says where they are or are to be."""
        return self.planned if self.night == rules.Night.EXPECTED else self.lives

    @property
    def accounted_for(self) -> bool:
        return self.night in rules.ACCOUNTED_FOR

    @property
    def to_find_out(self) -> bool:
        return self.night in rules.TO_FIND_OUT


def whereabouts(
    people: Ids, night: date, today: date, *, this_night: date
) -> dict[UUID, Whereabouts]:
    """By young person, for those the caller has found in scope: two questions, however many.

    `this_night` is the night it is now: at two in the morning it began yesterday, and whoever is
    missing is missing still. Of nights before it nobody can say so from a notice that stands now.
    """
    stays = Stay.objects.on_night(night, today).filter(young_person__in=people)
    lives: dict[UUID, Stay] = {}
    planned: dict[UUID, Stay] = {}
    for stay in stays.select_related("place__home__hub"):
        (lives if stay.begun_at else planned)[stay.young_person_id] = stay
    missing = missing_now(people) if night >= this_night else {}
    return {
        key: put_together(lives.get(key), planned.get(key), missing.get(key), night)
        for key in lives.keys() | planned.keys() | missing.keys()
    }


def put_together(
    lives: Stay | None, planned: Stay | None, missing: Notice | None, night: date
) -> Whereabouts:
    stands = rules.how_the_night_stands(
        missing=missing is not None,
        lives_until=(lives.ended_on or lives.planned_until_on) if lives else None,
        place_planned=planned is not None,
        night=night,
    )
    return Whereabouts(stands, lives, planned, missing)


NOWHERE = Whereabouts(rules.Night.NO_PLACE)


def missing_now(people: Ids) -> dict[UUID, Notice]:
    notices = Notice.objects.standing().filter(kind=NoticeKind.MISSING, young_person__in=people)
    return {notice.young_person_id: notice for notice in notices}
