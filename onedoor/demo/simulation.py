"""Northmoor, lived from its first day to this one, through the actions that the screens use.

The same seed, day and scale live the same lives. Nothing is written past the actions: a rule that
would refuse a person refuses the simulation too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from onedoor.demo import careers, coming, costing, key_work, tonight
from onedoor.demo.agenda import Agenda, clock
from onedoor.demo.council import Northmoor, open_council
from onedoor.demo.life import Life, Sketch
from onedoor.demo.texts import Decks, told

SEED = 1903
A_YEAR = 365.25


@dataclass(frozen=True)
class Scale:
    """How many young people, over how many days, and how many more were answered at the door."""

    young_people: int
    days: int
    answered: int


SCALES = {
    "council": Scale(young_people=76, days=730, answered=16),
    "street": Scale(young_people=12, days=90, answered=2),  # for tests
}


def build(
    seed: int = SEED,
    today: date | None = None,
    scale: str = "council",
    until: datetime | None = None,
    heard: Callable[[date], None] = lambda day: None,
) -> Northmoor:
    """Live Northmoor up to a moment, by default noon of `today`, in one transaction.

    `heard` is told each day as it begins, for those who wait.
    """
    if until is None:
        assert today is not None, "say until when"
        until = clock(today, 12)
    size = SCALES[scale]
    opened = until.date() - timedelta(days=size.days + 10)
    with transaction.atomic():
        rng = Random(seed)  # noqa: S311 — repeatable, and nothing secret
        here = Northmoor(rng, Agenda(until), Decks(rng), opened)
        open_council(here)
        for person in told("cast.toml")["person"]:
            if "left" in person and person["left"] < size.days:
                _leaving(here, person)
        names = Names(here)
        for sketch in _sketches(here, size, names):
            coming.expect(Life(here, sketch))
        tonight.prepare(here, names, size.days, size.answered)
        costing.prepare(here)
        here.agenda.live(heard)
    return here


def _leaving(here: Northmoor, person: dict[str, Any]) -> None:
    day = here.until.date() - timedelta(days=person["left"])
    account = here.accounts[person["name"]]
    here.agenda.on(clock(day, 9), lambda at: key_work.leaves(here, account, person["hub"], at))


def _sketches(here: Northmoor, size: Scale, names: "Names") -> list[Sketch]:
    """Who will come, by which journey, and when: more of them lately than at first."""
    rng = here.rng
    sketches = []
    for number, journey in enumerate(careers.drawn(rng, size.young_people)):
        # Tonight's emergency beds are told, and a wait for the next home may be long.
        soonest = 40 if journey["path"][0]["home"] == "emergency-bed" else 5
        back = soonest + int((size.days - soonest - 1) * rng.random() ** 1.25)
        welcomed_on = here.until.date() - timedelta(days=back)
        hub = ("ferry", "bakery")[number % 2]
        sketches.append(names.sketch(journey, hub, welcomed_on))
    return sketches


class Names:
    """Everybody's name, each once; and who they are when they first come."""

    def __init__(self, here: Northmoor) -> None:
        self.rng, self.lists = here.rng, told("names.toml")
        first, last = self._thrice("first"), self._thrice("last")
        made = dict.fromkeys(f"{one} {two}" for one, two in zip(first, last, strict=False))
        # Those that try a page most come early, so that a small council has them too.
        self.left = [*list(made)[:2], *self.lists["whole"], *list(made)[2:]]

    def _thrice(self, which: str) -> list[str]:
        lines = self.lists[which]
        return [name for _ in range(3) for name in self.rng.sample(lines, len(lines))]

    def next(self) -> str:
        return self.left.pop(0)

    def sketch(
        self, journey: dict[str, Any], hub: str, welcomed_on: date, name: str = "", **more: Any
    ) -> Sketch:
        name = name or self.next()
        youngest, oldest = journey["ages"]
        age = self.rng.uniform(youngest, oldest)
        more.setdefault("pronouns", self.rng.choice(self.lists["pronouns"]))
        return Sketch(
            name=name,
            preferred=self.lists["nicknames"].get(name.split()[0], ""),
            born_on=welcomed_on - timedelta(days=int(age * A_YEAR)),
            journey=journey,
            hub=hub,
            welcomed_on=welcomed_on,
            a_week=more.pop("a_week", self.rng.uniform(0.5, 1.3)),
            **more,
        )
