"""The rules of where young people live: kinds of home, decisions, stays and their nights.

Night D runs from noon on D to noon on D+1, on a clock in England. A stay's nights run from the
first night up to the day they leave: that day's night is no longer theirs.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

from onedoor.team.rules import NotNow

# Nobody can promise a place for longer than this. A year and a month leaves room to sit down and
# look again before a year's plan runs out; a stay may be lengthened as often as it is right to.
MOST_NIGHTS_AHEAD = 400
NOON = 12
# Night D runs until noon on D+1; from six in the morning people ask about the night to come.
ASKS_ABOUT_TONIGHT_FROM = 6


@dataclass(frozen=True)
class Kind:
    key: str
    name: str
    sentence: str
    in_a_family: bool = False
    outside_council: bool = False
    short_term: bool = False
    from_age: int = 0
    counts_free: bool = True
    to_others: str = ""

    @property
    def ones_own(self) -> bool:
        """Whether it is one young person's own home, and nobody else's."""
        return bool(self.to_others)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of home by its key, in the order screens list them."""
    text = resources.files("onedoor.homes").joinpath("kinds.toml").read_text("utf-8")
    return {key: Kind(key, **row) for key, row in tomllib.loads(text).items()}


def ones_own() -> list[str]:
    return [key for key, kind in kinds().items() if kind.ones_own]


class Now(StrEnum):
    """How a stay stands."""

    PLANNED = "planned"
    LIVING = "living there"
    ENDED = "ended"
    CALLED_OFF = "called off"


NOW_WORDS = {
    Now.PLANNED: "Planned",
    Now.LIVING: "Living there",
    Now.ENDED: "Ended",
    Now.CALLED_OFF: "Did not happen",
}


class Changed(StrEnum):
    """What a later line about a stay changed."""

    LONGER = "longer"
    EARLIER = "earlier"
    CORRECTED = "corrected"


CHANGED_WORDS = {
    Changed.LONGER: "Staying longer",
    Changed.EARLIER: "Leaving earlier",
    Changed.CORRECTED: "Corrected",
}


CHANGED_FIELDS = {
    "begins_on": "first night",
    "planned_until_on": "planned to leave",
    "begun_at": "arrived",
    "place": "place",
}


def change_in_words(what: str, was: str, became: str) -> str:
    """What a line about a stay changed: "first night from 3 May 2026 to 4 May 2026"."""
    if what.endswith("_on"):
        was, became = (said_in_full(date.fromisoformat(day)) for day in (was, became))
    if what == "begun_at":
        was, became = (
            f"{said_in_full(datetime.fromisoformat(at).date())} at {at[11:16]}"
            for at in (was, became)
        )
    return f"{CHANGED_FIELDS[what]} from {was} to {became}"


def said(day: date) -> str:
    return f"{day.day} {day:%B}"


def said_in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def tonight(local: datetime) -> date:
    """The night people mean by tonight: at two in the morning it is still yesterday's."""
    early = local.hour < ASKS_ABOUT_TONIGHT_FROM
    return local.date() - timedelta(days=1) if early else local.date()


def night_of(local: datetime) -> date:
    """The night that a moment is part of: 2am on the 4th is still the night of the 3rd."""
    return local.date() if local.hour >= NOON else local.date() - timedelta(days=1)


def nights(first: date, until: date) -> list[date]:
    """Each night from the first up to the day they leave. None, where both are the same day."""
    return [first + timedelta(days=n) for n in range((until - first).days)]


def count_of_nights(first: date, until: date) -> str:
    count = (until - first).days
    return {0: "no nights", 1: "1 night"}.get(count, f"{count} nights")


def how_it_stands(begun: bool, ended: bool) -> Now:
    if ended:
        return Now.ENDED if begun else Now.CALLED_OFF
    return Now.LIVING if begun else Now.PLANNED


def nights_claimed(
    begins_on: date, planned_until_on: date, begun: bool, ended_on: date | None
) -> tuple[date, date]:
    """From which night until which day a stay holds its place: what was planned, or what was."""
    if ended_on is None:
        return begins_on, planned_until_on
    return begins_on, ended_on if begun else begins_on


def is_overdue(planned_until_on: date, begun: bool, ended_on: date | None, on: date) -> bool:
    """Whether they should have left and nobody has said that they did."""
    return begun and ended_on is None and planned_until_on <= on


# ── the decision ─────────────────────────────────────────────────────────────────────────────────


def check_wishes(wishes: str, not_asked_why: str) -> None:
    if wishes.strip() and not_asked_why.strip():
        raise NotNow("Write either what they wish for, or why they could not be asked. Not both.")
    if not wishes.strip() and not not_asked_why.strip():
        raise NotNow("Write what the young person wishes for, or why they could not be asked.")


def check_provocations(
    national: Mapping[str, tuple[str, ...]],
    wordings: Mapping[str, str],
    given: Iterable[tuple[str, str, str]],
) -> None:
    """Every national provocation is answered, each of its parts; `given` is (key, part, words)."""
    answered = {(key, part) for key, part, words in given if words.strip()}
    for key, parts in national.items():
        if key not in wordings:
            raise NotNow(f"The provocation “{key}” has no wording here yet. Give it one first.")
        for part in parts:
            if (key, part) not in answered:
                whose = f" for risk to the {part}" if part else ""
                raise NotNow(f"Answer “{wordings[key]}”{whose} before this decision stands.")


def check_reasons(options_considered: str, refused: str, effect: str, reasons: str) -> None:
    needed = {
        "Write which options were considered, or why there was only one.": options_considered,
        "Write what was refused and why, or that nothing was.": refused,
        "Write what it means for those who already live there, or that nobody does.": effect,
        "Write the reasons for this decision.": reasons,
    }
    for sentence, words in needed.items():
        if not words.strip():
            raise NotNow(sentence)


def check_old_enough(kind: Kind, age: int, called: str) -> None:
    if age < kind.from_age:
        raise NotNow(
            f"{called} is {age}. {kind.name} is for young people from {kind.from_age}: "
            "choose another kind of home."
        )


def check_whose(kind: Kind, names_somebody: bool) -> None:
    if kind.ones_own and not names_somebody:
        raise NotNow(f"Say whose home it is. {kind.name} belongs to one young person.")
    if names_somebody and not kind.ones_own:
        raise NotNow(f"{kind.name} belongs to no one young person, so it is nobody’s alone.")


def check_theirs(is_theirs: bool, called: str) -> None:
    if not is_theirs:
        raise NotNow(f"That is somebody else’s own home. Choose another for {called}.")


def check_decided(decided_on: date, on: date) -> None:
    if decided_on > on:
        raise NotNow("A decision cannot be made in the future. Enter when it was made.")


# ── the stay ─────────────────────────────────────────────────────────────────────────────────────


def check_plan(begins_on: date, until_on: date, decided: datetime, on: date) -> None:
    # Decided at one in the morning, for the night that everybody is still in.
    if begins_on < night_of(decided):
        raise NotNow(
            f"This was decided on {said_in_full(decided.date())}, so the first night cannot be "
            "before."
        )
    check_until(begins_on, until_on, on)


def check_until(begins_on: date, until_on: date, on: date) -> None:
    if until_on < begins_on:
        raise NotNow("The day they leave cannot be before the first night.")
    # Counted from today, so that somebody who has lived somewhere for years can go on doing so.
    if (until_on - max(begins_on, on)).days > MOST_NIGHTS_AHEAD or (
        begins_on - on
    ).days > MOST_NIGHTS_AHEAD:
        raise NotNow(
            f"A plan reaches {MOST_NIGHTS_AHEAD} nights ahead at most, so that somebody looks "
            f"again before then. Choose a day up to "
            f"{said_in_full(max(begins_on, on) + timedelta(days=MOST_NIGHTS_AHEAD))}; "
            "the stay can be lengthened later."
        )


def check_begun(begins_on: date, begun_local: datetime, now_local: datetime) -> None:
    """They came on the day of the first night, or in the small hours that belong to it."""
    if begun_local > now_local:
        raise NotNow("They cannot have arrived in the future. Leave this until they are there.")
    if begins_on not in (begun_local.date(), night_of(begun_local)):
        raise NotNow(
            f"They arrived on {said_in_full(begun_local.date())}, so the first night cannot be "
            f"{said_in_full(begins_on)}. Put one of the two right."
        )


def check_longer(until_on: date, was: date, on: date) -> None:
    if until_on <= was:
        raise NotNow(f"They are staying until {said_in_full(was)} already. Choose a later day.")
    if until_on <= on:
        raise NotNow("Choose a day after today. If they have left already, end the stay instead.")


def check_earlier(until_on: date, was: date, begins_on: date, begun: bool, on: date) -> None:
    if until_on >= was:
        raise NotNow(f"They are leaving on {said_in_full(was)} already. Choose an earlier day.")
    if until_on < begins_on:
        raise NotNow("The day they leave cannot be before the first night.")
    if begun and until_on < on:
        raise NotNow("That day has passed. If they have left already, end the stay instead.")


def check_end(ended_on: date, begins_on: date, on: date) -> None:
    if ended_on < begins_on:
        raise NotNow(
            f"Their first night was {said_in_full(begins_on)}, so they cannot have left before it."
        )
    if ended_on > on:
        raise NotNow(
            "They cannot have left in the future. To plan an earlier day, choose “leave earlier”."
        )


def check_why(why: str, sentence: str) -> None:
    if not why.strip():
        raise NotNow(sentence)


def check_out_of_service(from_on: date, until_on: date, why: str, on: date) -> None:
    check_why(why, "Say why nobody can sleep there.")
    if until_on <= from_on:
        raise NotNow("The day it can be used again must be after the first night it cannot.")
    check_until(from_on, until_on, on)
