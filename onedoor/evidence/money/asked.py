"""What is asked of a file of figures, value by value: each fault says where it is and how to mend
it. `where` is the file and the place in it, fit for a sentence: *costing.toml, [[rate]] 3*."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from onedoor.evidence.refusal import Refused

Values = Mapping[str, Any]
# More than any price, award or year of spending on these young people: a slip of the finger.
MOST_POUNDS = 1_000_000_000
LONGEST_SHOWN = 60


def toml(path: Path) -> dict[str, Any]:
    """The file as plain values, its numbers exact (`Decimal`).

    Raises `Refused` when it is not there or is not TOML.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as wrong:
        raise Refused(f"{path} cannot be read: {wrong.strerror}.") from None
    except UnicodeDecodeError:
        raise Refused(f"{path} is not text in UTF-8: save it as UTF-8.") from None
    return parsed(text, str(path))


def parsed(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        raise Refused(f"{where} is not a TOML file: {wrong}. Mend it there.") from None


def only(values: Values, known: Collection[str], where: str) -> None:
    """Refuse a key nobody knows: a word misspelt would otherwise be a figure left out."""
    for key in values:
        if key not in known:
            listed = ", ".join(sorted(known))
            raise Refused(f"{where}: {key} is not known there. Take it out, or use: {listed}.")


def _there(values: Values, key: str, where: str, what: str) -> Any:
    found = values.get(key)
    if found is None or found == "":
        raise Refused(f"{where}: {key} is missing. Give {what}.")
    return found


def _shown(found: object) -> str:
    """A value as a sentence quotes it: long enough to find it again."""
    said = repr(found) if isinstance(found, str | list) else str(found)
    return said if len(said) <= LONGEST_SHOWN else f"{said[:LONGEST_SHOWN]}…"


def text(values: Values, key: str, where: str, what: str = "it in words") -> str:
    found = _there(values, key, where, what)
    if not isinstance(found, str) or not found.strip():
        raise Refused(f"{where}: {key} is {_shown(found)}. Give {what}, in quotes.")
    return found.strip()


def one_of(values: Values, key: str, where: str, known: Collection[str]) -> str:
    listed = ", ".join(known)
    found = text(values, key, where, f"one of: {listed}")
    if found not in known:
        raise Refused(f"{where}: {key} is {_shown(found)}. Give one of: {listed}.")
    return found


def number(
    values: Values,
    key: str,
    where: str,
    what: str,
    *,
    least: Decimal | int | None = 0,
    most: Decimal | int | None = None,
) -> Decimal:
    """An exact number, `least` and `most` included; `None` is no limit."""
    found = _there(values, key, where, what)
    try:
        if isinstance(found, bool):
            raise InvalidOperation
        exact = found if isinstance(found, Decimal) else Decimal(str(found).replace(",", ""))
    except InvalidOperation:
        raise Refused(f"{where}: {key} is {_shown(found)}, not a number. Give {what}.") from None
    # What is not finite cannot be compared: it is refused first.
    if (
        not exact.is_finite()
        or (least is not None and exact < least)
        or (most is not None and exact > most)
    ):
        limits = " ".join(
            words
            for words in (
                "" if least is None else f"from {least}",
                "" if most is None else f"to {most}",
            )
            if words
        )
        raise Refused(f"{where}: {key} is {_shown(exact)}. Give {what}, {limits}.")
    return exact


def whole(values: Values, key: str, where: str, what: str, *, least: int = 0, most: int) -> int:
    exact = number(values, key, where, what, least=least, most=most)
    if exact != exact.to_integral_value():
        raise Refused(f"{where}: {key} is {_shown(exact)}. Give {what}, a whole number.")
    return int(exact)


def pence(values: Values, key: str, where: str, what: str) -> int:
    """Pounds as whole pence. More than two decimals are refused: they are no amount of money."""
    exact = number(values, key, where, what, most=MOST_POUNDS) * 100
    if exact != exact.to_integral_value():
        raise Refused(f"{where}: {key} is {exact / 100}. Give {what} in pounds and whole pence.")
    return int(exact)


def day(values: Values, key: str, where: str, what: str) -> date:
    found = _there(values, key, where, what)
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(found).strip(), shape).date()  # noqa: DTZ007 - a date
        except ValueError:
            continue
    raise Refused(f"{where}: {key} is {_shown(found)}. Give {what} as 2026-04-01.")


def first_of_month(values: Values, key: str, where: str, what: str) -> date:
    found = day(values, key, where, f"{what}, the first of a month")
    if found.day != 1:
        raise Refused(f"{where}: {key} is {found}. Give {what}, the first of a month.")
    return found


def tables(values: Values, key: str, where: str) -> list[dict[str, Any]]:
    """The tables written as `[[key]]`; none where there are none."""
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Refused(f"{where}: write each {key} as a table of its own, [[{key}]].")
    return found


def table(values: Values, key: str, where: str, what: str) -> dict[str, Any]:
    found = _there(values, key, where, what)
    if not isinstance(found, dict):
        raise Refused(f"{where}: write {key} as a table, [{key}]: {what}.")
    return found


def words(values: Values, key: str, where: str) -> tuple[str, ...]:
    """A list of words; none where there are none."""
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Refused(f'{where}: {key} is {_shown(found)}. Give a list, as ["one", "two"].')
    return tuple(found)
