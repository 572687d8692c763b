"""What a pound of a later year is worth in the first year of a costing."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from onedoor.evidence.money import asked
from onedoor.evidence.refusal import Refused


@dataclass(frozen=True, slots=True)
class Discount:
    """A real rate a year, for the years of a costing up to `last_year`, year 0 undiscounted."""

    name: str
    per_year: Decimal
    last_year: int
    source: str
    note: str = ""

    def factors(self, many: int) -> tuple[Decimal, ...]:
        """The factor of year 0, 1 … `many` - 1. Raises `Refused` beyond `last_year`."""
        if many - 1 > self.last_year:
            raise Refused(
                f"The {self.name} is known to year {self.last_year}, and {many} years were asked."
            )
        return tuple((1 + self.per_year) ** -year for year in range(many))

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "per_year": str(self.per_year), "source": self.source}


@cache
def discount() -> Discount:
    """The rate that comes with One Door; its file says where it is from and that it is reviewed."""
    text = resources.files(__package__).joinpath("discount.toml").read_text("utf-8")
    values = asked.parsed(text, "discount.toml")
    (rate,) = asked.tables(values, "rate", "discount.toml")
    known = ("name", "per_year", "last_year", "source", "note")
    return Discount(**{key: rate[key] for key in known})
