"""One price, and one stretch of nights for which the price is known not to be known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

# Who the money would come from. `central` is central government's own grants.
PAYERS = ("council", "police", "nhs", "justice", "central", "young_person", "others")

# cashable: leaves a budget when it is not spent. avoided: time and places released, nobody's cash.
# wider: worth something to somebody and on no budget.
CLASSES = ("cashable", "avoided", "wider")

# mean: an average of known prices. statutory: set by law. range: a judgement between two bounds.
BASES = ("mean", "statutory", "range")

# What one unit buys. A year is the nights of a financial year, so that a whole year costs exactly
# its price whether it has 365 nights or 366.
UNITS = ("night", "week", "year", "event")

NIGHTS = {"night": 1, "week": 7}


def in_words(key: str) -> str:
    """A payer, a class or an item as it is written for a reader."""
    return "NHS" if key == "nhs" else key.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Rate:
    """A price for the nights `valid_from` to `valid_to`, both priced; `None` is until further
    notice.

    `low`, `mode` and `high` are whole pence for one `unit`, in prices of the financial year
    `price_year`. They bound what the *average* price may turn out to be (5% below `low`, 5% above
    `high`), not what the dearest single stay costs. `judgement` says what of it has no source.
    """

    item: str
    unit: str
    low: int
    mode: int
    high: int
    currency: str
    price_year: str
    payer: str
    kind: str
    basis: str
    valid_from: date
    valid_to: date | None
    source: str
    retrieved: date
    judgement: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is priced, and who pays."""
        return self.item, self.payer

    def as_dict(self) -> dict[str, Any]:
        """Plain values, money in pence: enough to price the same nights again."""
        return {
            "item": self.item,
            "unit": self.unit,
            "low": self.low,
            "mode": self.mode,
            "high": self.high,
            "currency": self.currency,
            "price_year": self.price_year,
            "payer": self.payer,
            "class": self.kind,
            "basis": self.basis,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": None if self.valid_to is None else self.valid_to.isoformat(),
            "source": self.source,
            "retrieved": self.retrieved.isoformat(),
            "judgement": self.judgement,
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """Nights from `first` to `last` (`None`: until further notice) whose price was looked for and
    not seen. A night in it is refused with `why`, never priced with its neighbour."""

    item: str
    first: date
    last: date | None
    why: str
