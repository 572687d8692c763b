"""Upper-tier authorities by date: which code was in force when, and who came before and after."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from onedoor.evidence.refusal import Refused

# Words that say what kind of council it is, and not which.
KIND_OF_COUNCIL = re.compile(
    r"\b(london borough|royal borough|metropolitan borough|council|county|city|borough|district"
    r"|unitary|authority|of|the|mbc|cc)\b"
)


@dataclass(frozen=True, slots=True)
class Authority:
    """One code: in force from `since` to the day before `until` (None while it still is).

    `dfe` is the three-figure number of the DfE, blank where it is not known.
    """

    code: str
    name: str
    dfe: str
    also: tuple[str, ...]
    since: date
    until: date | None

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Change:
    """On this day those of `before` ended and those of `after` began, under this law."""

    on: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    law: str
    note: str


@dataclass(frozen=True, slots=True)
class Register:
    """Everything the dated list holds. `districts`: the county of each district of two tiers."""

    begins: date
    authorities: dict[str, Authority]
    districts: dict[str, str]
    changes: tuple[Change, ...]


@cache
def register() -> Register:
    text = resources.files(__package__).joinpath("authorities.toml").read_text("utf-8")
    data = tomllib.loads(text)
    changes = tuple(
        Change(
            each["on"],
            tuple(each["before"]),
            tuple(each["after"]),
            each["law"],
            each.get("note", ""),
        )
        for each in data["change"]
    )
    begun = {code: change.on for change in changes for code in change.after}
    ended = {code: change.on for change in changes for code in change.before}
    authorities = {
        each["code"]: Authority(
            each["code"],
            each["name"],
            each.get("dfe", ""),
            tuple(each.get("also", ())),
            begun.get(each["code"], data["begins"]),
            ended.get(each["code"]),
        )
        for each in data["authorities"]
    }
    districts = {code: county for county, codes in data["districts"].items() for code in codes}
    return Register(data["begins"], authorities, districts, changes)


@cache
def eras() -> tuple[date, ...]:
    """The days from which the list may answer differently, the first being where it begins."""
    changes = register().changes
    return (register().begins, *sorted({change.on for change in changes}))


def find(given: str) -> tuple[str, ...]:
    """The codes of a council told by its name, its ONS code or its DfE number, oldest first.

    A name may stand for several codes, one after the other. Raises `Refused` for what is none.
    """
    said = given.strip()
    everyone = register().authorities.values()
    by_code = [each for each in everyone if said.upper() == each.code]
    by_number = [each for each in everyone if said and said == each.dfe]
    by_name = [each for each in everyone if _plain(said) in _names_of(each)]
    found = by_code or by_number or by_name
    if not found:
        raise Refused(_no_such_authority(said))
    return tuple(each.code for each in sorted(found, key=lambda each: each.since))


def name_of(codes: Iterable[str]) -> str:
    """The name of the newest of these codes."""
    known = [register().authorities[code] for code in codes]
    return max(known, key=lambda each: each.since).name


def on(code: str, day: date) -> frozenset[str]:
    """Which codes held on that day what `code` (an authority's or a district's) holds or held.

    One code where the list can say; several where the area was split or made of several and the
    code alone cannot say which; none for a code that is not on the list or a day before it begins.
    """
    held = register().districts.get(code, code)
    authority = register().authorities.get(held)
    if authority is None or day < register().begins:
        return frozenset()
    if authority.in_force(day):
        return frozenset({held})
    if day < authority.since:
        near = [
            code for change in register().changes if held in change.after for code in change.before
        ]
    else:
        near = [
            code for change in register().changes if held in change.before for code in change.after
        ]
    return frozenset().union(*(on(code, day) for code in near))


def responsible(codes: Iterable[str], day: date) -> frozenset[str]:
    """Which of these codes were in force on that day; where none was, who came before or after."""
    told = tuple(codes)
    everyone = register().authorities
    now = frozenset(code for code in told if everyone[code].in_force(day))
    return now or frozenset().union(*(on(code, day) for code in told))


def same_council(given: str) -> tuple[str, ...]:
    """The codes under which one council has published, oldest first: new codes for the same area.

    A council that was split or merged is another council. Raises `Refused` as `find` does.
    """
    codes = [find(given)[-1]]
    one_to_one = [each for each in register().changes if len(each.before) == len(each.after) == 1]
    grown = True
    while grown:
        grown = False
        for change in one_to_one:
            [before], [after] = change.before, change.after
            if (before in codes) != (after in codes) and _only(before, after):
                codes.append(before if after in codes else after)
                grown = True
    return tuple(sorted(codes, key=lambda code: register().authorities[code].since))


def _only(before: str, after: str) -> bool:
    """Whether no other change ends or makes either of them."""
    changes = register().changes
    return (
        sum(before in each.before for each in changes) == 1
        and sum(after in each.after for each in changes) == 1
    )


def _names_of(authority: Authority) -> set[str]:
    return {_plain(name) for name in (authority.name, *authority.also)}


def _plain(name: str) -> str:
    """A name without what councils write differently: case, marks, and what kind they are."""
    words = re.sub(r"[^a-z ]", " ", name.lower().replace("&", " and ").replace(".", ""))
    return " ".join(KIND_OF_COUNCIL.sub(" ", words).split())


def _no_such_authority(said: str) -> str:
    names = {name for each in register().authorities.values() for name in (each.name, *each.also)}
    close = difflib.get_close_matches(said, sorted(names), 3, 0.6)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return (
        f"No English authority is called {said!r}.{meant} Give its name, its code (E06000065) or "
        "its DfE number (815)."
    )
