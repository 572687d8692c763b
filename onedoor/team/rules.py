"""Who may do what, in one table that a lay reader can check.

`POLICY` says, for each thing that can be done (a *doing*), which roles may do it and through which
*relation* to the young person. Anything not in the table is refused. A tie that shuts beats all.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from uuid import UUID


class Refused(PermissionError):  # noqa: N818 — reads as the sentence it raises
    """This account may not do this. The sentence is what the screen says."""

    def __init__(self, sentence: str, subject: UUID | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.subject = subject


class NotNow(ValueError):  # noqa: N818
    """They may, but what is asked cannot stand. The sentence says what and how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Agency(StrEnum):
    COUNCIL = "council"
    HEALTH = "health"
    POLICE = "police"
    EDUCATION = "education"
    VOLUNTARY = "voluntary"
    CARER = "carer"
    FAMILY = "family"
    YOUNG_PERSON = "young-person"


AGENCY_NAMES = {
    Agency.COUNCIL: "Council",
    Agency.HEALTH: "Health",
    Agency.POLICE: "Police",
    Agency.EDUCATION: "Education",
    Agency.VOLUNTARY: "Voluntary organisation",
    Agency.CARER: "Carer",
    Agency.FAMILY: "Family",
    Agency.YOUNG_PERSON: "Young person",
}

PORTFOLIOS = {
    "safety": "Safety",
    "relationships": "Rebuilding relationships",
    "accommodation": "Accommodation transitions",
    "education": "Education and training",
    "resilience": "Resilience and self-esteem",
    "wellbeing": "Emotional health and wellbeing",
}


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    sentence: str
    agency: Agency
    at: str
    partner: bool = False
    key_worker: bool = False


@cache
def roles() -> dict[str, Role]:
    """Every role by its key, in the order screens list them."""
    text = resources.files("onedoor.team").joinpath("roles.toml").read_text("utf-8")
    return {
        key: Role(key=key, **{**row, "agency": Agency(row["agency"])})
        for key, row in tomllib.loads(text).items()
    }


def role_name(key: str) -> str:
    return roles()[key].name


# The relations an account can have to one young person. "council" is a role held across the
# council whose duty covers everybody; "anyone" marks doings that are about no young person.
KEY_WORKER, HUB, TIED, COUNCIL, ANYONE = "key worker", "hub", "tied", "council", "anyone"

MANAGERS = ("hub-manager", "deputy-manager")
WORKERS = ("residential-worker", "outreach-worker")
DISCIPLINES = ("life-coach", "communication-support-worker", "police-role")
HUB_TEAM = (*MANAGERS, *WORKERS, *DISCIPLINES)
CARERS = ("hub-community-family", "supported-lodgings-host")
STATUTORY = ("social-worker", "personal-adviser")
NEAR = (KEY_WORKER, HUB, TIED)

Table = dict[str, dict[str, tuple[str, ...]]]


def _for(*rows: tuple[tuple[str, ...], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {role: relations for group, relations in rows for role in group}


POLICY: Table = {
    # about one young person
    "see": _for(
        (HUB_TEAM, NEAR),
        (CARERS, (TIED,)),
        (STATUTORY, (TIED,)),
        (("independent-visitor",), (TIED,)),
        (("director",), (COUNCIL,)),
    ),
    "see_story": _for((HUB_TEAM, NEAR), (STATUTORY, (TIED,)), (("director",), (COUNCIL,))),
    "see_plan": _for(
        (HUB_TEAM, NEAR),
        (CARERS, (TIED,)),
        (STATUTORY, (TIED,)),
        (("independent-visitor", "young-person"), (TIED,)),
        (("director",), (COUNCIL,)),
    ),
    "see_address": _for(((*MANAGERS, *WORKERS), (KEY_WORKER, HUB)), (("social-worker",), (TIED,))),
    "see_people": _for((HUB_TEAM, NEAR), (STATUTORY, (TIED,)), (("director",), (COUNCIL,))),
    "see_record": _for((MANAGERS, (HUB,)), (("privacy-officer",), (COUNCIL,))),
    "write": _for((HUB_TEAM, NEAR), (CARERS, (TIED,)), (STATUTORY, (TIED,))),
    "plan": _for((HUB_TEAM, NEAR), (STATUTORY, (TIED,))),
    "put_notice": _for((HUB_TEAM, NEAR)),
    "tie": _for((MANAGERS, (HUB,)), (WORKERS, (KEY_WORKER,))),
    "decide": _for((MANAGERS, (HUB,))),
    "move": _for((MANAGERS, (HUB,)), (WORKERS, (KEY_WORKER, HUB))),
    "change_key_worker": _for((MANAGERS, (HUB,))),
    "step_away": _for((MANAGERS, (HUB,))),
    # about no young person
    "welcome": _for((MANAGERS, (ANYONE,))),
    "refer": dict.fromkeys(roles(), (ANYONE,)),
    "search": _for(((*HUB_TEAM, *STATUTORY, "director"), (ANYONE,))),
    "see_tonight": _for(((*HUB_TEAM, "director"), (ANYONE,))),
    "see_homes": _for(((*HUB_TEAM, "director"), (ANYONE,))),
    "keep_homes": _for((MANAGERS, (ANYONE,))),
    "see_team": _for(((*HUB_TEAM, "director", "privacy-officer", "system-owner"), (ANYONE,))),
    "keep_team": _for(((*MANAGERS, "system-owner"), (ANYONE,))),
    "see_whole_record": _for((("privacy-officer",), (ANYONE,))),
    "see_baseline": _for(
        ((*MANAGERS, "director", "programme-analyst", "finance-officer"), (ANYONE,))
    ),
    "keep_baseline": _for((("programme-analyst", "finance-officer"), (ANYONE,))),
}

# The plain words for each doing, as they stand in a refusal: "… can <words>".
DOING_WORDS = {
    "see": "see this young person's page",
    "see_story": "read this young person's story",
    "see_plan": "read this young person's plan",
    "see_address": "see where this young person's family lives",
    "see_people": "see the people around this young person",
    "see_record": "see who has looked at this record",
    "write": "write in this young person's story",
    "plan": "change this young person's plan",
    "put_notice": "put a notice on this young person's page",
    "tie": "open this record to somebody",
    "decide": "decide where this young person lives",
    "move": "record a move for this young person",
    "change_key_worker": "change this young person's key worker",
    "step_away": "step this young person away or welcome them back",
    "welcome": "welcome or answer at the door",
    "refer": "bring a young person to the door",
    "search": "search for a young person",
    "see_tonight": "see who is where tonight",
    "see_homes": "see the homes",
    "keep_homes": "change the homes",
    "see_team": "see who works here",
    "keep_team": "invite people and give roles",
    "see_whole_record": "read the whole record",
    "see_baseline": "see the baseline",
    "keep_baseline": "make a baseline",
}


def may(role: str, relation: str, doing: str) -> bool:
    """Whether a role may do this through this relation. The whole policy is this look-up."""
    return relation in POLICY[doing].get(role, ())


def roles_that_may(doing: str, relation: str | None = None) -> tuple[str, ...]:
    return tuple(role for role, by in POLICY[doing].items() if relation is None or relation in by)


def refusal(doing: str) -> str:
    """The sentence for somebody who may not: what it is, and whose job it is."""
    names = [role_name(role).lower() for role in POLICY[doing]]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
    about = " with a reason to" if POLICY[doing] and not _about_nobody(doing) else ""
    return f"You cannot {DOING_WORDS[doing]}. Only a {listed}{about} can."


def _about_nobody(doing: str) -> bool:
    return all(relations == (ANYONE,) for relations in POLICY[doing].values())


def check_membership(role_key: str, at_hub: bool, from_on: date, until_on: date | None) -> None:
    """Raise NotNow where a role would be given in a way it cannot be held."""
    role = roles().get(role_key)
    if role is None:
        raise NotNow(f"There is no role called “{role_key}”.")
    if role.at == "hub" and not at_hub:
        raise NotNow(f"Choose the hub where they are {role.name.lower()}.")
    if role.at == "council" and at_hub:
        raise NotNow(f"A {role.name.lower()} works across the council: leave the hub empty.")
    if role.partner and until_on is None:
        raise NotNow(f"Enter the day this ends. A {role.name.lower()}'s access always has an end.")
    if until_on is not None and until_on <= from_on:
        raise NotNow("The day it ends must be after the day it starts.")


# What an account administrator may give. Nobody can give what would let them read more than
# they can: a system owner reads nothing, so gives no role that reads a young person's record
# unless a manager of the hub confirms by giving it themselves.
def check_may_give(giver_roles: set[str], role_key: str) -> None:
    if giver_roles & set(MANAGERS):
        if role_key in {"director", "privacy-officer", "system-owner"}:
            raise Refused(f"Only the system owner can make somebody {role_name(role_key).lower()}.")
        return
    if "system-owner" in giver_roles:
        return
    raise Refused(refusal("keep_team"))
