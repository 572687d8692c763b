"""The rules of the door: what a referral asks, how it may end, what a tie or a notice may be."""

import hashlib
import secrets
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from onedoor.team.rules import NotNow


class Brought(StrEnum):
    """Who brings a young person to the door."""

    PROFESSIONAL = "professional"
    FAMILY = "family"
    THEMSELF = "themself"


class Ending(StrEnum):
    WELCOMED = "welcomed"
    ANSWERED = "answered"
    CAME_BACK = "came back"


class TieWhy(StrEnum):
    """Why a record is open to somebody, or kept shut."""

    SOCIAL_WORKER = "social worker"
    PERSONAL_ADVISER = "personal adviser"
    INDEPENDENT_VISITOR = "independent visitor"
    CARER = "carer"
    COVER = "cover"
    HELPING = "helping"
    THEMSELF = "themself"
    FAMILY = "family"
    CONFLICT = "conflict"


TIE_WORDS = {
    TieWhy.SOCIAL_WORKER: "Their social worker",
    TieWhy.PERSONAL_ADVISER: "Their personal adviser",
    TieWhy.INDEPENDENT_VISITOR: "Their independent visitor",
    TieWhy.CARER: "Their carer or host",
    TieWhy.COVER: "Covering from another hub",
    TieWhy.HELPING: "Helping with their plan",
    TieWhy.THEMSELF: "The young person themself",
    TieWhy.FAMILY: "Their family",
    TieWhy.CONFLICT: "Knows them outside work, so is kept out",
}
# Everybody but the young person and those kept out is tied for a time, and asked again.
OPEN_ENDED_TIES = (TieWhy.THEMSELF, TieWhy.CONFLICT)


class NoticeKind(StrEnum):
    HOW_TO_TALK = "how to talk with me"
    MISSING = "missing now"
    MUST_NOT_BE_TOLD = "must not be told"
    ALLERGY = "allergy"


NOTICE_WORDS = {
    NoticeKind.HOW_TO_TALK: "How to talk with me",
    NoticeKind.MISSING: "Missing now",
    NoticeKind.MUST_NOT_BE_TOLD: "Must not be told",
    NoticeKind.ALLERGY: "Allergy",
}
# Who reads a notice. What somebody must not be told is read by the team and nobody else.
TEAM_ONLY_NOTICES = (NoticeKind.MUST_NOT_BE_TOLD,)


class Told(StrEnum):
    TOLD = "told"
    NOT_YET = "not yet"
    HARMFUL = "would cause harm"


TOLD_WORDS = {
    Told.TOLD: "The young person knows this is here",
    Told.NOT_YET: "They will be told, and have not been yet",
    Told.HARMFUL: "Telling them now would put somebody at risk",
}


class StandingOf(StrEnum):
    WITH_US = "with us"
    COHORT = "cohort"
    LEGAL = "legal"


WITH_US, STEPPED_AWAY = "with us", "stepped away"
COHORTS = ("edge of care", "edging to care", "looked after", "care leaver")
LEGAL = ("none", "section 20", "interim care order", "care order", "remand", "other")
STANDINGS = {
    StandingOf.WITH_US: (WITH_US, STEPPED_AWAY),
    StandingOf.COHORT: COHORTS,
    StandingOf.LEGAL: LEGAL,
}


@dataclass(frozen=True)
class NationalProvocation:
    key: str
    wording: str
    two_answers: bool = False


@cache
def provocations() -> dict[str, NationalProvocation]:
    text = resources.files("onedoor.door").joinpath("provocations.toml").read_text("utf-8")
    return {key: NationalProvocation(key, **row) for key, row in tomllib.loads(text).items()}


# The halves of the provocation that has two answers.
RISK_TO_YOUNG_PERSON, RISK_TO_ORGANISATION = "young person", "organisation"


def parts_of(key: str) -> tuple[str, ...]:
    """Whose risk is answered twice, once for each; every other provocation once."""
    if provocations()[key].two_answers:
        return (RISK_TO_YOUNG_PERSON, RISK_TO_ORGANISATION)
    return ("",)


# As `referral.toml` offers the answers: the first here is read first.
DANGER_FIRST = ("Yes", "I am not sure", "No")


def how_safe(danger: object) -> int:
    """Where an answer about danger puts a referral among those that wait; not a score of anybody.

    What nobody has said is read with what somebody is not sure of.
    """
    return DANGER_FIRST.index(danger) if danger in DANGER_FIRST else 1


def check_born(born_on: date, on: date) -> None:
    if born_on >= on:
        raise NotNow("The date of birth must be in the past.")
    if on.year - born_on.year > 26:
        raise NotNow("Check the date of birth: One Door is for young people up to 25.")


def check_answered(
    help_named: str, given_by: str, by_on: date, check_back_on: date, on: date
) -> None:
    """An answer is named help, somebody who gives it, a day, and a day to look again."""
    if not help_named.strip():
        raise NotNow("Say what help is being given. Nobody is turned away without some.")
    if not given_by.strip():
        raise NotNow("Name who gives the help, and where to reach them.")
    if by_on < on:
        raise NotNow("The day the help starts by cannot be in the past.")
    if check_back_on < by_on:
        raise NotNow("Check back on or after the day the help should have started.")


# Whose role each reason fits. Helping is for anybody at work; a young person's own account and
# their family's are tied as what they are, and to nobody else.
TIE_ROLES: dict[str, tuple[str, ...]] = {
    TieWhy.SOCIAL_WORKER: ("social-worker",),
    TieWhy.PERSONAL_ADVISER: ("personal-adviser",),
    TieWhy.INDEPENDENT_VISITOR: ("independent-visitor",),
    TieWhy.CARER: ("hub-community-family", "supported-lodgings-host"),
    TieWhy.THEMSELF: ("young-person",),
    TieWhy.FAMILY: ("parent-or-carer",),
}


def check_tied_as(why: str, held: set[str], name: str) -> None:
    """Raise NotNow where this account is not what the tie says it is."""
    if why == TieWhy.CONFLICT:
        return  # anybody may know somebody
    fits = TIE_ROLES.get(why)
    own = {"young-person", "parent-or-carer"}
    if (fits and not held & set(fits)) or (fits is None and held and held <= own):
        raise NotNow(f"{name} cannot be tied as “{TIE_WORDS[TieWhy(why)].lower()}”.")


def check_tie(why: str, from_on: date, until_on: date | None) -> None:
    if until_on is None and why not in OPEN_ENDED_TIES:
        raise NotNow("Enter the day this ends. It can be opened again.")
    if until_on is not None and until_on <= from_on:
        raise NotNow("The day it ends must be after the day it starts.")


def check_new_key_worker(
    reason: str, view: str, handover_note: str, on: date, last_on: date, today: date
) -> None:
    """A key worker changes for a reason, after the young person has been asked, with a handover."""
    if not reason.strip():
        raise NotNow("Say why the key worker is changing. Staying is the rule.")
    if not view.strip():
        raise NotNow("Write what the young person thinks of it, or why they could not be asked.")
    if not handover_note.strip():
        raise NotNow("Write a handover note for the new key worker.")
    if on > today:
        raise NotNow("A change is written down on the day it happens, not before.")
    if on < last_on:
        raise NotNow(f"The change cannot be before {last_on:%-d %B %Y}, when the last one began.")


def age_on(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


# No letters or digits that look or sound alike when read over a telephone.
ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"


def new_return_code() -> str:
    """Twelve letters in three groups: about 56 bits, guessed against a limit on tries."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def code_digest(code: str) -> str:
    tidy = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return hashlib.sha256(f"return code {tidy}".encode()).hexdigest()
