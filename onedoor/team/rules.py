"""Who may do what, in one table that a lay reader can check.

`POLICY` says, for each thing that can be done (a *doing*), which roles may do it and through which
*relation* to the young person. Anything not in the table is refused. A tie that shuts beats all.
"""

import tomllib
from collections.abc import Hashable, Iterable
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
    # Who must not be told is known to those who keep the young person safe, and to nobody else.
    "see_team_notices": _for(
        (HUB_TEAM, NEAR), (CARERS, (TIED,)), (STATUTORY, (TIED,)), (("director",), (COUNCIL,))
    ),
    "see_record": _for((MANAGERS, (HUB,)), (("privacy-officer",), (COUNCIL,))),
    "write": _for((HUB_TEAM, NEAR), (CARERS, (TIED,)), (STATUTORY, (TIED,))),
    "plan": _for((HUB_TEAM, NEAR), (STATUTORY, (TIED,))),
    "put_notice": _for((HUB_TEAM, NEAR)),
    "correct_name": _for((MANAGERS, (HUB,)), (WORKERS, (KEY_WORKER, HUB))),
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
    "see_costing": _for(
        ((*MANAGERS, "director", "programme-analyst", "finance-officer"), (ANYONE,))
    ),
    "keep_costing": _for((("programme-analyst", "finance-officer"), (ANYONE,))),
}

# The plain words for each doing, as they stand in a refusal: "… can <words>".
DOING_WORDS = {
    "see": "see this young person's page",
    "see_story": "read this young person's story",
    "see_plan": "read this young person's plan",
    "see_address": "see where this young person's family lives",
    "see_people": "see the people around this young person",
    "see_team_notices": "read what only the team may know",
    "see_record": "see who has looked at this record",
    "write": "write in this young person's story",
    "plan": "change this young person's plan",
    "correct_name": "change what this young person is called",
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
    "see_costing": "read a costing",
    "keep_costing": "make a costing, or see what it is made from",
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


def check_agency(account_agency: str, account_name: str, role_key: str) -> None:
    """Roles at work need an account of somebody at work, who signs in with a one-time code."""
    wanted = roles()[role_key].agency
    if account_agency == Agency.FAMILY and wanted != Agency.FAMILY:
        raise NotNow(f"{account_name} signs in as family. Invite them again with a work address.")
    if (account_agency == Agency.YOUNG_PERSON) != (wanted == Agency.YOUNG_PERSON):
        raise NotNow("A young person's account is theirs alone, and holds no other role.")


# Who may give which role, so that nobody can let themself or a friend read more than they can.
# Those who run a hub give its roles, partners' roles, and a young person's own. The system owner,
# who reads nothing, gives the council's own roles, and opens a hub by giving its managers' roles.
Held = Iterable[tuple[str, Hashable]]  # pairs of a role and the hub where it is held


def gives_across_the_council(role_key: str) -> bool:
    """Whether any hub's manager may give it: partners, families and young people."""
    role = roles()[role_key]
    return role.at == "council" and (role.partner or role.agency == Agency.YOUNG_PERSON)


def check_may_give(held: Held, role_key: str, hub: Hashable) -> None:
    """Raise Refused unless somebody holding these may give this role here."""
    held = list(held)
    runs = {where for role, where in held if role in MANAGERS}
    owner = any(role == "system-owner" for role, _ in held)
    role = roles().get(role_key)
    if not runs and not owner:
        raise Refused(refusal("keep_team"))
    if role is None:
        raise NotNow(f"There is no role called “{role_key}”.")
    by_owner = role_key in MANAGERS
    if role.at == "council":
        by_owner = not gives_across_the_council(role_key)
    if owner and by_owner:
        return
    if runs and (gives_across_the_council(role_key) or role.at == "hub" and hub in {*runs, None}):
        return  # without its hub a hub role is an unfinished form, which check_membership answers
    name = role.name.lower()
    if role.at == "council" and by_owner:
        raise Refused(f"Only the system owner can make somebody {name}.")
    if role.at == "council":
        raise Refused(f"Only somebody who runs a hub can make somebody {name}.")
    raise Refused(f"Only somebody who runs that hub can make somebody {name} there.")


def check_may_end(held: Held, role_key: str, hub: Hashable) -> None:
    """The system owner may end any role: it opens nothing, and somebody must be able to."""
    held = list(held)
    if not any(role == "system-owner" for role, _ in held):
        check_may_give(held, role_key, hub)


OWN_ROLES = "Nobody changes their own roles. Ask somebody else who invites people."
