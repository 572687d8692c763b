"""One young person in Northmoor: who they are, who is beside them, and what is still to come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onedoor.demo.agenda import some_time
from onedoor.demo.council import Northmoor, first_name
from onedoor.demo.texts import pronoun_words, told
from onedoor.door.models import Referral, YoungPerson
from onedoor.homes.models import Home, Stay
from onedoor.plan.models import Goal
from onedoor.team.models import Account


@dataclass
class Sketch:
    """Who somebody is before anything has happened to them here."""

    name: str
    preferred: str
    pronouns: str
    born_on: date
    journey: dict[str, Any]
    hub: str
    welcomed_on: date
    referrer: Account | None = None
    key_worker: Account | None = None
    a_week: float = 1.0


@dataclass
class UnderWay:
    """A goal that somebody is on the way to, and the steps that are still to be agreed."""

    goal: Goal
    steps: list[list[str]]
    world: dict[str, str]


@dataclass
class Life:
    here: Northmoor
    sketch: Sketch
    world: dict[str, str] = field(default_factory=dict)
    person: YoungPerson = None  # type: ignore[assignment]  # nobody until they are welcomed
    key_worker: Account = None  # type: ignore[assignment]
    shut_to: Account | None = None  # a worker who knows them outside work
    with_us: bool = False
    spell: int = 0
    stay: Stay | None = None
    stage: int = 0
    path: list[dict[str, Any]] = field(default_factory=list)
    referral: Referral | None = None
    under_way: list[UnderWay] = field(default_factory=list)
    own_homes: dict[str, Home] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path = list(self.sketch.journey["path"])
        self.world = self._world()

    @property
    def hub(self) -> str:
        return self.sketch.hub

    def _world(self) -> dict[str, str]:
        rng, names = self.here.rng, told("names.toml")
        kept = ("nan", "mum", "sibling", "friend", "interest", "teacher", "school", "pet")
        team = {
            "coach": self.here.at_hub(self.hub, "life-coach")[0],
            "comm": self.here.at_hub(self.hub, "communication-support-worker")[0],
            "police": self.here.at_hub(self.hub, "police-role")[0],
        }
        return {
            **{key: rng.choice(names[key]) for key in kept},
            **{key: first_name(account.name) for key, account in team.items()},
            **pronoun_words(self.sketch.pronouns),
            "called": self.sketch.preferred or self.sketch.name.split()[0],
            "kw": "somebody",
        }

    def around_now(self) -> dict[str, str]:
        """Their world, with what changes from day to day."""
        names, rng = told("names.toml"), self.here.rng
        return self.world | {
            "food": rng.choice(names["food"]),
            "place": rng.choice(names["place"]),
        }

    def say(self, kind: str, lines: Any) -> str:
        return self.here.say(self.sketch.name, kind, lines, self.around_now())

    def while_here(self, what: Callable[["Life", datetime], None]):
        """What happens only if they are still with us, in the same spell, when its day comes."""
        spell = self.spell

        def perhaps(at: datetime) -> None:
            if self.with_us and self.spell == spell:
                what(self, at)

        return perhaps

    def later(
        self, day: date, what: Callable[["Life", datetime], None], first: int = 9, last: int = 18
    ) -> None:
        moment = some_time(self.here.rng, day, first, last)
        self.here.agenda.on(moment, self.while_here(what))
