"""Prices of one year as prices of another, by a published index that is data with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from onedoor.evidence.money import asked, years
from onedoor.evidence.refusal import Refused


@dataclass(frozen=True, slots=True, eq=False)
class Deflator:
    """`index`: a price level for each financial year. Years from `first_forecast` on are somebody's
    forecast and not counted yet (blank: none). `note`: what a reader must be told of it."""

    name: str
    released: date
    source: str
    retrieved: date
    index: Mapping[str, Decimal]
    first_forecast: str = ""
    note: str = ""

    def factor(self, from_year: str, to_year: str) -> Decimal:
        """What a price of `from_year` is multiplied by to be one of `to_year`.

        Raises `Refused` when the index does not have both years.
        """
        for year in (from_year, to_year):
            if year not in self.index:
                first, last = min(self.index), max(self.index)
                raise Refused(
                    f"{self.name} has no value for {year}: it goes from {first} to {last}. Give a "
                    f"price of a year it has, or an index that has {year}."
                )
        return self.index[to_year] / self.index[from_year]

    def uses_forecast(self, *named: str) -> bool:
        """Whether any of these years is forecast and not counted."""
        return bool(self.first_forecast) and any(year >= self.first_forecast for year in named)


@cache
def deflator() -> Deflator:
    """The GDP deflator that comes with One Door; its file says of which release."""
    text = resources.files(__package__).joinpath("deflator.toml").read_text("utf-8")
    return from_values(asked.parsed(text, "deflator.toml"), "deflator.toml")


def from_file(path: Path) -> Deflator:
    """An index from a TOML file: name, released, source, retrieved, and `[index]` with a value for
    each financial year. Raises `Refused` for any fault."""
    return from_values(asked.toml(path), path.name)


def from_values(values: Mapping[str, Any], where: str) -> Deflator:
    known = ("name", "released", "source", "retrieved", "first_forecast", "note", "index")
    asked.only(values, known, where)
    levels = asked.table(values, "index", where, "a value for each financial year")
    index = {
        years.checked(year, f"{where}, [index]"): asked.number(
            levels, year, f"{where}, [index]", "the price level", least=Decimal("0.0001")
        )
        for year in levels
    }
    gaps = [year for year in index if year != min(index) and years.after(year, -1) not in index]
    if gaps or not index:
        after = f" before {gaps[0]}" if gaps else ""
        raise Refused(f"{where}, [index]: a year is missing{after}. Give every year in between.")
    return Deflator(
        name=asked.text(values, "name", where),
        released=asked.day(values, "released", where, "the day it was published"),
        source=asked.text(values, "source", where, "who published it"),
        retrieved=asked.day(values, "retrieved", where, "the day it was looked up"),
        index=index,
        first_forecast=str(values.get("first_forecast", "")),
        note=str(values.get("note", "")),
    )
