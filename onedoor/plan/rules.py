"""What a plan holds, and when each part of it can stand."""

from datetime import date
from enum import StrEnum

from onedoor.team.rules import NotNow

# The years in "What kind of adult do we want them to be at 20, 35, 50?"
AGES = (20, 35, 50)


class About(StrEnum):
    """What a young person was talking about."""

    HOME = "home"
    PEOPLE = "people"
    SCHOOL = "school"
    HEALTH = "health"
    SAFETY = "safety"
    GOALS = "goals"
    ANYTHING = "anything"


ABOUT_WORDS = {
    About.HOME: "Where I live",
    About.PEOPLE: "People who matter to me",
    About.SCHOOL: "School or work",
    About.HEALTH: "How I am",
    About.SAFETY: "Feeling safe",
    About.GOALS: "What I want",
    About.ANYTHING: "Anything else",
}


class EndedAs(StrEnum):
    REACHED = "reached"
    SET_ASIDE = "set aside"


ENDED_WORDS = {
    EndedAs.REACHED: "Reached",
    EndedAs.SET_ASIDE: "Set aside for now",
}

# The kinds of story line this room gives, in the words the story's filter shows.
STORY_KINDS = {
    "plan": "Plan opened",
    "voice": "Their own words",
    "aspiration": "Aspirations",
    "goal": "Goals",
    "step": "Steps done",
}


def check_said(words: str, said_on: date, today: date) -> None:
    if not words.strip():
        raise NotNow("Write what was said, in the words it was said in.")
    if said_on > today:
        raise NotNow("The day it was said cannot be in the future.")


def check_goal(words: str, with_whom: str, agreed_on: date, today: date) -> None:
    if not words.strip():
        raise NotNow("Write the goal, in the young person's own words.")
    if not with_whom.strip():
        raise NotNow("Say who agreed it. A goal is agreed with somebody, never for them.")
    if agreed_on > today:
        raise NotNow("The day it was agreed cannot be in the future.")


def check_step(what: str, agreed_on: date, by_on: date, today: date) -> None:
    if not what.strip():
        raise NotNow("Say what will be done. Small is good.")
    if agreed_on > today:
        raise NotNow("The day the step was agreed cannot be in the future.")
    if by_on < agreed_on:
        raise NotNow("The day to do it by must be on or after the day it was agreed.")


def check_done(done_on: date, agreed_on: date, today: date) -> None:
    if done_on > today:
        raise NotNow("The day it was done cannot be in the future.")
    if done_on < agreed_on:
        raise NotNow(f"It cannot be done before {agreed_on:%-d %B %Y}, when it was agreed.")


def check_ending(ended_as: str, why: str, ended_on: date, agreed_on: date, today: date) -> None:
    """A goal may be reached without a word; it is never set aside without a reason."""
    if ended_as not in ENDED_WORDS:
        raise NotNow("Choose whether it is reached or set aside.")
    if ended_as == EndedAs.SET_ASIDE and not why.strip():
        raise NotNow("Say why the goal is set aside, in words you would say to them.")
    if ended_on > today:
        raise NotNow("That day cannot be in the future.")
    if ended_on < agreed_on:
        raise NotNow(f"That cannot be before {agreed_on:%-d %B %Y}, when the goal was agreed.")
