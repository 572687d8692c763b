"""What may be noted as having happened, and how the story is told."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources

from onedoor.govuk.words import in_london
from onedoor.team.rules import NotNow

# Telephones and servers disagree by a minute or two about what time it is.
GRACE = timedelta(minutes=5)
PAGE_OF = 50

# The parts of life the story may be narrowed to.
ABOUT = {
    "good": "Good news",
    "words": "Their own words and hopes",
    "plan": "Goals and steps",
    "home": "Where they live",
    "people": "Family, friends and visits",
    "school": "School or work",
    "health": "Health and how they are",
    "safety": "Worries, missing, police and incidents",
    "door": "Welcome, key worker and notices",
    "other": "Anything else",
}

# The plan tells two of these; its other lines belong to "plan".
WORDS_AND_HOPES = ("voice", "aspiration")


@dataclass(frozen=True)
class Kind:
    key: str
    name: str
    about: str
    turn: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of event by its key, in the order the form lists them."""
    text = resources.files("onedoor.outcomes").joinpath("events.toml").read_text("utf-8")
    return {key: Kind(key=key, **row) for key, row in tomllib.loads(text).items()}


def kinds_about(about: str) -> tuple[str, ...]:
    return tuple(key for key, kind in kinds().items() if kind.about == about)


def check_event(
    kind: str,
    words: str,
    happened_on: date,
    happened_at: datetime | None,
    born_on: date,
    at: datetime,
) -> None:
    """Raise NotNow where this cannot have happened, or says nothing."""
    if kind not in kinds():
        raise NotNow("Choose what kind of thing happened.")
    if not words.strip():
        raise NotNow("Write what happened. One sentence is enough.")
    latest = at + GRACE
    if happened_on > in_london(latest).date() or (happened_at and happened_at > latest):
        raise NotNow("That has not happened yet. Check the day and the time.")
    if happened_on < born_on:
        raise NotNow(f"They were born on {born_on:%-d %B %Y}, so it cannot be before that.")
    if happened_at and in_london(happened_at).date() != happened_on:
        raise NotNow("The time is not on the day you chose.")


def check_correction(why: str) -> None:
    if not why.strip():
        raise NotNow("Say what was wrong. The line as it was written stays in the story.")
