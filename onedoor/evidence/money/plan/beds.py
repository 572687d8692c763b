"""The beds of a hub: how many, who comes to them, for how long, and where they go from there.

How many beds a hub has was published (`hub.toml`). Who comes, how long they stay and where they go
next was not found: none of it has a default, and a plan that says one of them has to say all.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from onedoor.evidence.money import asked
from onedoor.evidence.money.plan.parts import Bed, Comes, Places
from onedoor.evidence.refusal import Refused

Values = Mapping[str, Any]

KEYS = ("bed", "places", "comes")
BEDS = ("hub_home", "hub_emergency")
LEFT = "left"
SOURCE = 'where it comes from, or "our judgement"'
ASKED = {
    "bed": "each kind of bed, how long young people stay in it and where they go from there",
    "places": "how many places each hub has, and from when",
    "comes": "who comes to the hub, and where they would have gone",
}


def read(
    values: Values, where: str
) -> tuple[tuple[Bed, ...], tuple[Places, ...], tuple[Comes, ...]]:
    """`[[hub.bed]]`, `[[hub.places]]` and `[[hub.comes]]`: all of them, or none."""
    found = {key: asked.tables(values, key, where) for key in KEYS}
    if not any(found.values()):
        return (), (), ()
    for key, tables in found.items():
        if not tables:
            raise Refused(
                f"{where}: {key} is missing. A hub with beds needs [[hub.{key}]]: {ASKED[key]}. "
                f"Nothing published says it, so it is asked for and never filled in."
            )

    def numbered(key: str) -> list[tuple[Values, str]]:
        return [(each, f"{where}, {key} {at}") for at, each in enumerate(found[key], 1)]

    beds = tuple(_bed(*each) for each in numbered("bed"))
    there = tuple(bed.state for bed in beds)
    if len(set(there)) < len(there):
        raise Refused(f"{where}: a kind of bed is there twice in {', '.join(there)}. Keep one.")
    _only_to_beds(beds, where)
    places = tuple(_places(*each, there) for each in numbered("places"))
    _check_days(places, where)
    comes = tuple(_comes(*each, there) for each in numbered("comes"))
    return beds, places, comes


def _bed(values: Values, where: str) -> Bed:
    known = ("state", "days_low", "days_high", "source", "next", "next_source", "if_full")
    asked.only(values, known, where)
    days = "days that young people stay on average"
    low = asked.number(values, "days_low", where, f"{days}, 5% below", least=1, most=1461)
    least = low + Decimal("0.1")
    high = asked.number(
        values, "days_high", where, f"{days}, 5% above, above days_low", least=least, most=1461
    )
    state = asked.one_of(values, "state", where, BEDS)
    if_full = asked.text(values, "if_full", where, "the state of those who find no bed")
    if if_full in (*BEDS, LEFT):
        raise Refused(
            f"{where}: if_full is {if_full!r}. Give a kind of home outside the hub: beds of the "
            f"hub are tried before it, and nobody may be left without a place."
        )
    return Bed(
        state,
        float(low),
        float(high),
        _next(values, where, state),
        if_full,
        asked.text(values, "source", where, SOURCE),
        asked.text(values, "next_source", where, SOURCE),
    )


def _next(values: Values, where: str, own: str) -> dict[str, float]:
    said = asked.table(values, "next", where, "the share of each state they go to")
    within = f"{where}, next"
    shares = {
        state: asked.number(said, state, within, "the share who go there", most=1) for state in said
    }
    if own in shares:
        raise Refused(f"{within}: {own} is the bed they are in. Take it out, and stay longer.")
    if sum(shares.values()) != 1:
        raise Refused(f"{within}: the shares add up to {sum(shares.values())}. Make them 1.")
    return {state: float(share) for state, share in shares.items()}


def _only_to_beds(beds: tuple[Bed, ...], where: str) -> None:
    there = {bed.state for bed in beds}
    for bed in beds:
        for state in bed.shares:
            if state in BEDS and state not in there:
                raise Refused(f"{where}: {bed.state} leads to {state}, which has no [[hub.bed]].")


def _places(values: Values, where: str, there: tuple[str, ...]) -> Places:
    asked.only(values, ("on", *there), where)
    return Places(
        asked.first_of_month(values, "on", where, "the day from which it holds"),
        {
            bed: asked.whole(values, bed, where, "places in each hub, from 0", most=100)
            for bed in there
        },
    )


def _check_days(places: tuple[Places, ...], where: str) -> None:
    days = [each.on for each in places]
    if days != sorted(set(days)):
        raise Refused(f"{where}, places: the days on {', '.join(map(str, days))} must rise.")


def _comes(values: Values, where: str, there: tuple[str, ...]) -> Comes:
    known = ("state", "instead_of", "ages", "low", "high", "months", "source")
    asked.only(values, known, where)
    what = "the share of them who come to the hub instead"
    most = Decimal("0.99")
    low = asked.number(values, "low", where, f"{what}, 5% below", most=most)
    high = asked.number(values, "high", where, f"{what}, 5% above", least=low, most=most)
    if high and (low == high or low < Decimal("0.001")):
        raise Refused(
            f"{where}: low is {low} and high is {high}. A share is a range: give low from 0.001, "
            f"and high above it; or both 0, where nobody comes."
        )
    instead_of = asked.words(values, "instead_of", where)
    if not instead_of or set(instead_of) & set(BEDS):
        raise Refused(
            f"{where}: instead_of is {list(instead_of)}. Give the kinds of home outside the hub "
            f'where they would have gone, as ["external_in", "external_out"].'
        )
    return Comes(
        asked.one_of(values, "state", where, there),
        instead_of,
        _ages(values, where),
        float(low),
        float(high),
        asked.whole(values, "months", where, "months until it is whole", least=1, most=60),
        asked.text(values, "source", where, SOURCE),
    )


def _ages(values: Values, where: str) -> tuple[int, int]:
    found = values.get("ages")
    match found:
        case [int(first), int(last)] if 0 <= first <= last <= 17:
            return first, last
    raise Refused(
        f"{where}: ages is {found!r}. Give the first and the last whole year, as [12, 17]."
    )
