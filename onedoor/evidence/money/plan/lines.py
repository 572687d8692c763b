"""The tables of a plan, one function for each kind of them. `where` is the file and the place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from onedoor.evidence.money import asked, years
from onedoor.evidence.money.plan import beds
from onedoor.evidence.money.plan.parts import Award, Event, Fixed, Hub, Once, Outturn, OwnHomes
from onedoor.evidence.money.rates import PAYERS
from onedoor.evidence.refusal import Refused

Values = Mapping[str, Any]
Part = TypeVar("Part")
MOST = 10_000


def each(
    values: Values, key: str, where: str, read: Callable[[Values, str], Part]
) -> tuple[Part, ...]:
    """Every `[[key]]` of the plan, read one by one."""
    return tuple(
        read(table, f"{where}, [[{key}]] {number}")
        for number, table in enumerate(asked.tables(values, key, where), 1)
    )


@cache
def shape() -> dict[str, Decimal]:
    """Full-time equivalents of each post of one hub, as published; `hub.toml` has the sources."""
    return {post["key"]: Decimal(post["fte"]) for post in _posts()}


@cache
def managers() -> dict[str, str]:
    """The posts that manage a hub, with their words: they are not counted among those who work
    with young people. `hub.toml` says whose judgement that is."""
    return {post["key"]: post["words"] for post in _posts() if post.get("manages")}


def _posts() -> list[Values]:
    text = resources.files(__package__).joinpath("hub.toml").read_text("utf-8")
    return list(asked.parsed(text, "hub.toml")["post"])


def hub(values: Values, where: str) -> Hub:
    """The hubs: posts differ from the published shape only where the plan says so, and every post
    needs a price `pay_…`. `running` are prices by the year for each hub beside its team."""
    known = ("hubs", "hubs_now", "opens", "states", "posts", "running", "outreach_caseload")
    asked.only(values, (*known, *beds.KEYS), where)
    posts = values.get("posts", {})
    if not isinstance(posts, dict):
        raise Refused(f"{where}: write posts as a table: posts = {{ manager = 1 }}.")
    fixed = {f"pay_{post}": fte for post, fte in shape().items()}
    for post in posts:
        fte = asked.number(posts, post, f"{where}, posts", "full-time equivalents", most=100)
        fixed[f"pay_{post}"] = fte
    running = asked.words(values, "running", where)
    if not running:
        raise Refused(
            f"{where}: running is missing. What a hub costs beside its team was not found "
            f'published: give the names of its prices by the year, as running = ["hub_house"].'
        )
    fixed.update(dict.fromkeys(running, Decimal(1)))
    now = 0
    if "hubs_now" in values:
        now = asked.whole(values, "hubs_now", where, "how many hubs there are now", most=20)
    hubs = asked.whole(values, "hubs", where, "how many hubs open", least=0, most=20)
    caseload = None
    if "outreach_caseload" in values:
        what = "how many young people each hub supports at once in outreach"
        caseload = asked.whole(values, "outreach_caseload", where, what, most=1_000)
    kinds, places, comes = beds.read(values, where)
    if kinds and not hubs:
        raise Refused(f"{where}: hubs is 0, and the hub has beds. Give hubs, or take out its beds.")
    # Whoever is in a bed of a hub is paid for by the hub.
    states = (*asked.words(values, "states", where), *(bed.state for bed in kinds))
    return Hub(
        hubs=hubs,
        hubs_now=now,
        opens=asked.first_of_month(values, "opens", where, "the day the hubs open"),
        states=tuple(dict.fromkeys(states)),
        fixed={item: many for item, many in fixed.items() if many},
        beds=kinds,
        places=places,
        comes=comes,
        running=running,
        outreach_caseload=caseload,
    )


def own_homes(values: Values, where: str) -> OwnHomes:
    known = ("state", "item", "homes_now", "places", "months_before_closing")
    asked.only(values, known, where)
    return OwnHomes(
        state=asked.text(values, "state", where, "the kind of home"),
        item=asked.text(values, "item", where, "its price by the year"),
        homes_now=asked.whole(values, "homes_now", where, "how many homes are open", most=MOST),
        places=asked.whole(values, "places", where, "places in a home", least=1, most=MOST),
        months_before_closing=asked.whole(
            values, "months_before_closing", where, "months of not being needed", least=1, most=60
        ),
    )


def fixed(values: Values, where: str) -> Fixed:
    asked.only(values, ("item", "words", "many", "first", "until"), where)
    until = None
    if "until" in values:
        until = asked.first_of_month(
            values, "until", where, "the first day it is not paid any more"
        )
    first = asked.first_of_month(values, "first", where, "the day it is paid from")
    if until is not None and until <= first:
        raise Refused(f"{where}: until {until} is not after first {first}. Mend one of them.")
    return Fixed(
        item=asked.text(values, "item", where, "its price by the year"),
        words=asked.text(values, "words", where, "what it is for"),
        many=asked.number(values, "many", where, "how many", most=MOST),
        first=first,
        until=until,
    )


def double_running(values: Values, where: str) -> Fixed:
    """The old and the new at once: always with a last day, or it would not be a change."""
    if "until" not in values:
        raise Refused(f"{where}: until is missing. Give the day double running ends.")
    return replace(fixed(values, where), double=True)


def once(values: Values, where: str) -> Once:
    asked.only(values, ("item", "words", "many", "on"), where)
    return Once(
        item=asked.text(values, "item", where, "its price for an event"),
        words=asked.text(values, "words", where, "what it is for"),
        many=asked.number(values, "many", where, "how many", most=MOST),
        on=asked.day(values, "on", where, "the day it is paid"),
    )


def award(values: Values, where: str) -> Award:
    asked.only(values, ("words", "year", "low", "high", "to_council", "payer", "source"), where)
    low = asked.pence(values, "low", where, "the least it may be, in pounds of that year")
    high = asked.pence(values, "high", where, "the most it may be, in pounds of that year")
    if high < low:
        raise Refused(
            f"{where}: low is {low / 100:,.2f} and high is {high / 100:,.2f}. Give low "
            f"first; where the award is sure, give the same in both."
        )
    share = "the share of it that goes to the council, as 0.8; the central team has the rest"
    return Award(
        words=asked.text(values, "words", where, "what it is for"),
        year=years.checked(
            asked.text(values, "year", where, "the financial year it comes in, as 2026-27"),
            f"{where}: year",
        ),
        low=low,
        high=high,
        to_council=asked.number(values, "to_council", where, share, most=1),
        payer=asked.one_of(values, "payer", where, PAYERS),
        source=asked.text(values, "source", where, "who says so"),
    )


def event(values: Values, where: str) -> Event:
    asked.only(values, ("item", "low", "high", "effect", "source"), where)
    low = asked.number(
        values, "low", where, "times in 1,000 nights, 5% below", least=Decimal("0.0001")
    )
    high = asked.number(values, "high", where, "times in 1,000 nights, 5% above", least=low)
    return Event(
        item=asked.text(values, "item", where, "its price for an event"),
        low=float(low),
        high=float(high),
        effect=str(values.get("effect", "")),
        source=asked.text(values, "source", where, "where it was counted"),
    )


def outturn(values: Values, where: str) -> Outturn:
    asked.only(values, ("payer", "pounds", "price_year", "source"), where)
    return Outturn(
        payer=asked.one_of(values, "payer", where, PAYERS),
        pence=asked.pence(values, "pounds", where, "what was spent"),
        price_year=years.checked(
            asked.text(values, "price_year", where, "the year it was spent, as 2025-26"),
            f"{where}: price_year",
        ),
        source=asked.text(values, "source", where, "where it was added up"),
    )


def share(values: Values, where: str) -> tuple[tuple[str, str], float]:
    asked.only(values, ("item", "payer", "cash", "source"), where)
    asked.text(values, "source", where, 'why, or "our judgement"')
    item = asked.text(values, "item", where, "the price it is for")
    payer = asked.one_of(values, "payer", where, PAYERS)
    return (item, payer), float(
        asked.number(values, "cash", where, "the part that is cash", most=1)
    )


def optimism(values: Values, where: str) -> tuple[str, float]:
    asked.only(values, ("item", "uplift", "source"), where)
    asked.text(values, "source", where, "whose table this is from")
    item = asked.text(values, "item", where, "the price it is for")
    return item, 1 + float(asked.number(values, "uplift", where, "0.2 for a fifth more", most=5))
