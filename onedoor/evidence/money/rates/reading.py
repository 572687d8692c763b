"""Prices from files: TOML or CSV, the same columns in both, and a sentence for every fault."""

import csv
import io
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from onedoor.evidence.money import asked, years
from onedoor.evidence.money.rates.rate import BASES, CLASSES, PAYERS, UNITS, Gap, Rate
from onedoor.evidence.money.rates.tariff import Tariff
from onedoor.evidence.refusal import Refused

COLUMNS = (
    *("item", "unit", "low", "mode", "high", "currency", "price_year", "payer", "class", "basis"),
    *("valid_from", "valid_to", "source", "retrieved", "judgement"),
)
STATUTORY = ("remand",)


def from_toml(path: Path) -> Tariff:
    """The `[[rate]]` and `[[gap]]` tables of a file. Raises `Refused` for any fault."""
    return from_values(asked.toml(path), path.name)


def from_csv(path: Path) -> Tariff:
    """A file with a header of `COLUMNS` (judgement may be left out) and a price in each row."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Refused(f"{path} cannot be read as text in UTF-8: {wrong}.") from None
    if "\0" in text:
        raise Refused(f"{path.name} holds characters that are no text. Save it as “CSV UTF-8”.")
    reader = csv.DictReader(io.StringIO(text))
    try:
        return _from_rows(reader, path.name)
    except csv.Error as wrong:
        said = f"{path.name} is not CSV after line {reader.line_num} ({wrong})."
        raise Refused(f"{said} Save it as “CSV UTF-8”.") from None


def _from_rows(reader: "csv.DictReader[str]", name: str) -> Tariff:
    missing = set(COLUMNS) - set(reader.fieldnames or ()) - {"judgement", "valid_to"}
    if missing:
        listed = ", ".join(sorted(missing))
        raise Refused(f"{name}: these columns are missing from its first row: {listed}.")
    rates = []
    for number, row in enumerate(reader, 2):
        where = f"{name}, row {number}"
        if None in row:
            raise Refused(f"{where} has more cells than the header: put commas inside quotes.")
        rates.append(rate({key: cell for key, cell in row.items() if cell}, where))
    return Tariff(tuple(rates))


def from_values(values: Mapping[str, Any], where: str) -> Tariff:
    """The prices among plain values, as TOML gives them."""
    rates = tuple(
        rate(each, f"{where}, [[rate]] {number}")
        for number, each in enumerate(asked.tables(values, "rate", where), 1)
    )
    gaps = tuple(
        _gap(each, f"{where}, [[gap]] {number}")
        for number, each in enumerate(asked.tables(values, "gap", where), 1)
    )
    return Tariff(rates, gaps)


def rate(values: Mapping[str, Any], where: str) -> Rate:
    """One price. Raises `Refused` with the place, what is wrong and how to mend it."""
    asked.only(values, COLUMNS, where)
    mode = asked.pence(values, "mode", where, "the price")
    low = asked.pence(values, "low", where, "the price") if "low" in values else mode
    high = asked.pence(values, "high", where, "the price") if "high" in values else mode
    basis = asked.one_of(values, "basis", where, BASES)
    _check_range(low, mode, high, basis, where)
    currency = asked.one_of(values, "currency", where, ("GBP",))
    first = asked.day(values, "valid_from", where, "the first night it holds for")
    last = asked.day(values, "valid_to", where, "the last night") if "valid_to" in values else None
    if last is not None and last < first:
        raise Refused(f"{where}: valid_to {last} is before valid_from {first}. Mend one of them.")
    return Rate(
        item=asked.text(values, "item", where, "what is priced"),
        unit=asked.one_of(values, "unit", where, UNITS),
        low=low,
        mode=mode,
        high=high,
        currency=currency,
        price_year=years.checked(
            asked.text(values, "price_year", where, "a financial year as 2024-25"),
            f"{where}: price_year",
        ),
        payer=asked.one_of(values, "payer", where, PAYERS),
        kind=asked.one_of(values, "class", where, CLASSES),
        basis=basis,
        valid_from=first,
        valid_to=last,
        source=asked.text(values, "source", where, "where the figure comes from"),
        retrieved=asked.day(values, "retrieved", where, "the day it was looked up"),
        judgement=str(values.get("judgement", "")),
    )


def _check_range(low: int, mode: int, high: int, basis: str, where: str) -> None:
    if not low <= mode <= high:
        raise Refused(f"{where}: low, mode and high must rise, and one of them does not.")
    if basis == "statutory" and low != high:
        raise Refused(f"{where}: a statutory price has no range. Take out low and high.")
    if basis == "range" and low == high != 0:
        raise Refused(f'{where}: basis is "range", so give a low and a high that differ.')
    if low == 0 != high:
        raise Refused(f"{where}: low is 0 and high is not. Give the least it may really cost.")


def _gap(values: Mapping[str, Any], where: str) -> Gap:
    asked.only(values, ("item", "first", "last", "why"), where)
    last = asked.day(values, "last", where, "the last night") if "last" in values else None
    return Gap(
        item=asked.text(values, "item", where, "what has no price"),
        first=asked.day(values, "first", where, "the first night"),
        last=last,
        why=asked.text(values, "why", where, "why there is no price"),
    )


def statutory(name: str) -> Tariff:
    """A series set by law, shipped with its sources. Nights whose price was not seen are gaps.

    Raises `Refused` when there is no such series.
    """
    if name not in STATUTORY:
        raise Refused(f"There is no statutory series {name}: there is {', '.join(STATUTORY)}.")
    return _shipped(f"{name}.toml")


def reference() -> list[dict[str, Any]]:
    """Published figures to look at beside a council's own, each with grade and source. They are
    other places' prices of other years, and nothing ever takes one in place of a council's own."""
    found = asked.parsed(_text("reference.toml"), "reference.toml")
    return asked.tables(found, "figure", "reference.toml")


def _shipped(name: str) -> Tariff:
    return from_values(asked.parsed(_text(name), name), name)


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
