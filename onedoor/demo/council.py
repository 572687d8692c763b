"""Northmoor before the first young person comes: its hubs, its people and its homes."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from onedoor.demo.agenda import Agenda, clock
from onedoor.demo.texts import Decks, filled, told
from onedoor.door.models import Provocation
from onedoor.homes import actions as homes
from onedoor.homes.models import Home, Place
from onedoor.team import actions as team
from onedoor.team import rules as team_rules
from onedoor.team.models import Account, Hub

ADDRESS = "northmoor.example"  # a domain that can never be anybody's
TITLES = ("Sergeant", "Constable", "Dr", "Mr", "Nurse")
KEY_WORKERS = ("residential-worker", "outreach-worker")
CARERS = ("hub-community-family", "supported-lodgings-host")
OWNER = "Linnea Lamplighter"
KEPT = ("Front bedroom, The Winterbournes", "Front bedroom, Edith’s spare room")
A_LONG_TIME = 400  # nights; the furthest that a plan may reach


@dataclass
class Northmoor:
    """The council while it is lived: what the lives in it share."""

    rng: Random
    agenda: Agenda
    decks: Decks
    opened: date
    hubs: dict[str, Hub] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    team: dict[tuple[str, str], list[Account]] = field(default_factory=dict)
    carers: dict[str, Account] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    provocations: list[Provocation] = field(default_factory=list)
    lives: list[Any] = field(default_factory=list)
    keys_held: Counter = field(default_factory=Counter)
    named: Counter = field(default_factory=Counter)

    @property
    def until(self) -> datetime:
        return self.agenda.until

    def at_hub(self, hub: str, *roles: str) -> list[Account]:
        return [account for role in roles for account in self.team.get((hub, role), ())]

    def someone(self, hub: str, *roles: str) -> Account:
        return self.rng.choice(self.at_hub(hub, *roles))

    def manager(self, hub: str) -> Account:
        return self.at_hub(hub, "hub-manager")[0] if self.rng.random() < 0.7 else self.deputy(hub)

    def deputy(self, hub: str) -> Account:
        return self.at_hub(hub, "deputy-manager")[0]

    def next_key_worker(self, hub: str, but: Account | None = None) -> Account:
        """Whoever is key worker to the fewest."""
        able = [who for who in self.at_hub(hub, *KEY_WORKERS) if who is not but]
        chosen = min(able, key=lambda who: self.keys_held[who.email])
        self.keys_held[chosen.email] += 1
        return chosen

    def free_place(
        self, kind: str, hub: str, first: date, until: date, at: str = ""
    ) -> Place | None:
        """A place of this kind that nobody has on any of these nights, of their own hub first.

        `at` names the home that is hoped for.
        """
        free = (
            Place.objects.filter(home__kind=kind)
            .exclude(nights__night__gte=first, nights__night__lt=until)
            .exclude(stays__begun_at__isnull=False, stays__ended_on__isnull=True)
            .select_related("home__hub")
        )
        mine = (self.hubs[hub].pk, None)
        # One room in two homes is kept for the young person whose long story everybody is shown.
        in_order = sorted(
            (p for p in free if at or str(p) not in KEPT),
            key=lambda place: (place.home.name, place.name),
        )
        near = [place for place in in_order if place.home.hub_id in mine]
        hoped = [place for place in near if place.home.name == at]
        for places in (hoped, near, in_order):
            if places:
                return self.rng.choice(places)
        return None

    def next_name(self, kind: str) -> str:
        """A home called after its part of town: a name that gives nobody away."""
        area = self.decks.draw("the map", kind, told("names.toml")["area"])
        self.named[kind, area] += 1
        what = "family" if kind == "family-home" else "own front door"
        return f"{area}, {what} {self.named[kind, area]}"

    def say(self, asker: object, kind: str, lines: Any, world: dict[str, str]) -> str:
        return filled(self.decks.draw(asker, kind, lines), world)


def first_name(name: str) -> str:
    words = [word for word in name.split() if word not in TITLES]
    return words[0]


def email_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", ".", plain.lower()).strip(".") + "@" + ADDRESS


def open_council(here: Northmoor) -> None:
    """The system owner opens the hubs and names their managers, who invite everybody else."""
    cast = told("cast.toml")
    day = here.opened
    at = clock(day, 9)
    people = {person["name"]: person for person in cast["person"]}
    owner = _join(here, None, at, people[OWNER], day)
    for hub in cast["hub"]:
        here.hubs[hub["key"]] = team.open_hub(by=owner, at=at, name=hub["name"], opened_on=day)
    for person in cast["person"]:
        if person["name"] != OWNER:
            at += timedelta(minutes=5)
            _join(here, _inviter(here, person["role"], person.get("hub"), owner), at, person, day)
    here.provocations = list(Provocation.objects.in_use().order_by("key"))
    _open_homes(here, cast, clock(day, 16))


def _inviter(here: Northmoor, role: str, hub: str | None, owner: Account) -> Account:
    across = team_rules.roles()[role].at == "council"
    if role in team_rules.MANAGERS or across and not team_rules.gives_across_the_council(role):
        return owner
    return here.at_hub(hub or "ferry", "hub-manager")[0]


def _join(
    here: Northmoor, by: Account | None, at: datetime, person: dict[str, Any], day: date
) -> Account:
    role = team_rules.roles()[person["role"]]
    hub = person.get("hub")
    account = team.join(
        by=by,
        at=at,
        name=person["name"],
        email=email_of(person["name"]),
        agency=person.get("agency", role.agency),
        role=role.key,
        hub=here.hubs[hub] if hub else None,
        from_on=day,
        until_on=here.until.date() + timedelta(days=365) if role.partner else None,
        portfolio=person.get("portfolio", ""),
    )
    here.accounts[account.name] = account
    here.team.setdefault((hub or "", role.key), []).append(account)
    if "home" in person:
        here.carers[person["home"]] = account
    return account


def join_later(here: Northmoor, at: datetime, name: str, role: str) -> Account:
    """A young person or a parent is invited by the one who runs Ferry House."""
    by = here.at_hub("ferry", "hub-manager")[0]
    return _join(here, by, at, {"name": name, "role": role}, at.date())


def _open_homes(here: Northmoor, cast: dict[str, Any], at: datetime) -> None:
    listed = list(cast["home"])
    for person in cast["person"]:
        if "home" in person:
            rooms = ["Back bedroom", "Front bedroom"]
            where = f"{len(listed)} Skylark Rise, Northmoor"
            listed.append(
                {"name": person["home"], "kind": _kind_of_home(person["role"]), "where": where,
                 "hub": person["hub"], "postcode": "NM2 7SK", "places": rooms}
            )  # fmt: skip
    for home in listed:
        at += timedelta(minutes=4)
        open_home(here, at, home)


def _kind_of_home(role: str) -> str:
    return "supported-lodgings" if role == "supported-lodgings-host" else role


def open_home(here: Northmoor, at: datetime, home: dict[str, Any]) -> Home:
    hub = home.get("hub")
    opened = homes.open_home(
        by=here.at_hub(hub or "ferry", "hub-manager")[0],
        at=at,
        name=home["name"],
        kind=home["kind"],
        hub=here.hubs[hub] if hub else None,
        opened_on=at.date(),
        address_lines=home.get("where", ""),
        postcode=home.get("postcode", ""),
        places=home["places"],
        whose=home.get("whose"),
    )
    here.homes[opened.name] = opened
    return opened
