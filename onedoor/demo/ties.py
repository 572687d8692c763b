"""Whose account a record is opened to, and for how long."""

from datetime import datetime, timedelta

from onedoor.demo.life import Life
from onedoor.door import actions as door
from onedoor.team.models import Account

HALF_A_YEAR = timedelta(days=180)


def social_worker(life: Life, at: datetime) -> None:
    """Whoever holds the legal duties is tied for half a year, and asked again."""
    workers = life.here.at_hub("", "social-worker")
    who = life.here.rng.choice(workers)
    tie_for_a_time(life, at, who, "social worker", HALF_A_YEAR)


def tie_for_a_time(
    life: Life, at: datetime, account: Account, why: str, long: timedelta, again: bool = True
) -> None:
    by, until = life.here.deputy(life.hub), at.date() + long
    if not life.person.ties.current(at.date()).filter(account=account, opens=True).exists():
        door.tie(
            by=by, at=at, young_person=life.person, account=account, why=why, from_on=at.date(),
            until_on=until,
        )  # fmt: skip
    forgotten = life.here.rng.random() < 0.1
    if again and not forgotten:
        life.later(until, lambda self, then: tie_for_a_time(self, then, account, why, long))


def turns_eighteen(life: Life, at: datetime) -> None:
    """The law counts them as a care leaver from their eighteenth birthday; nothing else changes."""
    if life.sketch.journey["cohort"] != "looked after":
        return
    for of, value in (("cohort", "care leaver"), ("legal", "none")):
        door.stand(
            by=life.key_worker, at=at, young_person=life.person, of=of, value=value,
            from_on=at.date(), why="Eighteen today. There was cake.",
        )  # fmt: skip
