"""A plan from its file. Every fault is a sentence: the file, the key, the value, how to mend it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from onedoor.evidence.money import asked, effects, prices, rates, years
from onedoor.evidence.money.plan import lines, paid
from onedoor.evidence.money.plan.parts import PERSPECTIVES, Plan
from onedoor.evidence.refusal import Refused

KEYS = (
    *("title", "first_year", "years", "price_base", "perspective", "statutory", "rate_files"),
    *("deflator_file", "nights", "hub", "own_homes", "fixed", "double_running", "once", "award"),
    *("event", "effect", "outturn", "share", "optimism", "said", "rate", "gap"),
)


def from_file(path: Path) -> Plan:
    """The plan, with the files it names (found from its own folder). Raises `Refused`."""
    values = asked.toml(path)
    return from_values(values, path.name, folder=path.parent, text=path.read_text("utf-8"))


def from_values(
    values: Mapping[str, Any], where: str, *, folder: Path = Path(), text: str = ""
) -> Plan:
    """The plan among plain values, as TOML gives them. Raises `Refused` for any fault."""
    asked.only(values, KEYS, where)
    first_year = years.checked(
        asked.text(values, "first_year", where, "the first financial year, as 2026-27"),
        f"{where}: first_year",
    )
    many = asked.whole(values, "years", where, "how many financial years", least=1, most=30)
    begins, until = years.begins(first_year), years.begins(years.after(first_year, many))
    plan = Plan(
        title=asked.text(values, "title", where),
        first_year=first_year,
        years=many,
        price_base=years.checked(
            asked.text(values, "price_base", where, "the year whose prices are shown, as 2024-25"),
            f"{where}: price_base",
        ),
        perspective=asked.one_of(values, "perspective", where, tuple(PERSPECTIVES)),
        tariff=_tariff(values, where, folder),
        nights=_nights(values, where),
        hub=lines.hub(asked.table(values, "hub", where, "the hubs"), f"{where}, [hub]"),
        own_homes=lines.each(values, "own_homes", where, lines.own_homes),
        fixed=(
            *lines.each(values, "fixed", where, lines.fixed),
            *lines.each(values, "double_running", where, lines.double_running),
        ),
        once=lines.each(values, "once", where, lines.once),
        awards=lines.each(values, "award", where, lines.award),
        events=lines.each(values, "event", where, lines.event),
        effects=_effects(values, where),
        outturn=lines.each(values, "outturn", where, lines.outturn),
        shares=dict(lines.each(values, "share", where, lines.share)),
        uplifts=dict(lines.each(values, "optimism", where, lines.optimism)),
        deflator=_deflator(values, where, folder),
        discount=prices.discount(),
        said=_said(values, where),
        text=text,
    )
    _check(plan, where, begins, until)
    _check_awards(plan, where)
    paid.check(plan, where)
    return plan


def _tariff(values: Mapping[str, Any], where: str, folder: Path) -> rates.Tariff:
    found = rates.from_values(values, where)
    for name in asked.words(values, "rate_files", where):
        read = rates.from_csv if name.endswith(".csv") else rates.from_toml
        found = found.joined(read(folder / name))
    for name in asked.words(values, "statutory", where):
        found = found.joined(rates.statutory(name))
    return found


def _nights(values: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    said = asked.table(values, "nights", where, "the prices of a night in each kind of home")
    return {state: asked.words(said, state, f"{where}, [nights]") for state in said}


def _effects(values: Mapping[str, Any], where: str) -> dict[str, effects.Effect]:
    found: dict[str, effects.Effect] = {}
    for number, each in enumerate(asked.tables(values, "effect", where), 1):
        effect = effects.checked(each, f"{where}, [[effect]] {number}")
        if effect.key in found:
            raise Refused(f"{where}, [[effect]] {number}: {effect.key} is there twice. Keep one.")
        if effects.sends_elsewhere(effect.key) != bool(effect.instead):
            raise Refused(
                f"{where}, [[effect]] {number}: {effect.key} "
                + (
                    "sends nobody elsewhere. Take out instead."
                    if effect.instead
                    else "needs instead: the kind of home where those live who do not go to an "
                    'external home, as instead = "own_foster". Nobody vanishes.'
                )
            )
        found[effect.key] = effect
    return found


def _deflator(values: Mapping[str, Any], where: str, folder: Path) -> prices.Deflator:
    if "deflator_file" not in values:
        return prices.deflator()
    return prices.from_file(folder / asked.text(values, "deflator_file", where, "its file"))


def _said(values: Mapping[str, Any], where: str) -> dict[str, str]:
    """What people have to say of a costing themselves: by the number of a CHEERS item."""
    said = values.get("said", {})
    if not isinstance(said, dict):
        raise Refused(f'{where}: write said as a table, [said]: 27 = "who paid for this".')
    for number in said:
        if number not in {str(each) for each in range(1, 29)}:
            raise Refused(f"{where}, [said]: {number} is no CHEERS item. Give one from 1 to 28.")
    return {number: asked.text(said, number, f"{where}, [said]") for number in said}


def _check(plan: Plan, where: str, begins: date, until: date) -> None:
    """What only the parts together show."""
    if not begins <= plan.hub.opens < until:
        raise Refused(
            f"{where}, [hub]: opens {plan.hub.opens} is not in the years from {begins} to {until}. "
            f"Give a day in them, the first of a month."
        )
    if plan.hub.places and not plan.hub.opens <= plan.hub.places[0].on < until:
        raise Refused(
            f"{where}, [hub], places 1: on is {plan.hub.places[0].on}. Give the first of a month "
            f"from the day the hubs open, {plan.hub.opens}, to before the end, {until}."
        )
    for event in plan.events:
        if event.effect and event.effect not in plan.effects:
            raise Refused(
                f"{where}, [[event]]: {event.item} follows the effect {event.effect}, which the "
                f'plan does not have. Add [[effect]] with key = "{event.effect}".'
            )
    for homes in plan.own_homes:
        if homes.state in plan.nights or homes.state in plan.hub.states:
            raise Refused(
                f"{where}: {homes.state} is paid for twice, by the home and by the night or the "
                f"hub. Keep one of them."
            )
    for item in (*(item for item, _ in plan.shares), *plan.uplifts):
        if item not in plan.tariff.items:
            raise Refused(f"{where}: {item} has a share or an uplift and no price. Mend its name.")
    bought = {item for items in plan.nights.values() for item in items}
    for item in bought & set(plan.uplifts):
        raise Refused(
            f"{where}, [[optimism]]: {item} is a price of nights, which are bought without the "
            f"model too. An uplift is for what the plan adds: the hub, what is paid once or beside."
        )
    for state in plan.hub.states:
        if state in plan.nights:
            raise Refused(
                f"{where}: {state} is paid for twice, by the hub and by the night. Keep one."
            )


def _check_awards(plan: Plan, where: str) -> None:
    found = set()
    for number, award in enumerate(plan.awards, 1):
        if award.year not in plan.year_names:
            raise Refused(
                f"{where}, [[award]] {number}: year is {award.year}, which is not in the years "
                f"from {plan.first_year} to {plan.year_names[-1]}. Take it out, or mend its year."
            )
        named = award.words, award.payer, award.year
        if named in found:
            raise Refused(
                f"{where}, [[award]] {number}: {award.words!r} for {award.year} is there twice. "
                f"Keep one, or give the other words of its own."
            )
        found.add(named)


@cache
def optimism() -> dict[str, str]:
    """What is known of optimism bias: version, status, note and source, and no number."""
    text = resources.files(__package__).joinpath("optimism.toml").read_text("utf-8")
    return {key: str(value) for key, value in asked.parsed(text, "optimism.toml").items()}


@cache
def default_shares() -> dict[str, float]:
    """By payer: the part of a pound not spent that is cash; `shares.toml` says why."""
    text = resources.files(__package__).joinpath("shares.toml").read_text("utf-8")
    shares = asked.parsed(text, "shares.toml")["share"]
    return {payer: float(share) for payer, share in shares.items()}
