"""Prices as dated data: each figure with who pays, from which night to which, and its source."""

from onedoor.evidence.money.rates.rate import BASES, CLASSES, PAYERS, UNITS, Gap, Rate, in_words
from onedoor.evidence.money.rates.reading import (
    from_csv,
    from_toml,
    from_values,
    reference,
    statutory,
)
from onedoor.evidence.money.rates.tariff import Piece, Tariff, rising

__all__ = [
    "BASES",
    "CLASSES",
    "Gap",
    "PAYERS",
    "Piece",
    "Rate",
    "Tariff",
    "UNITS",
    "from_csv",
    "from_toml",
    "from_values",
    "in_words",
    "reference",
    "rising",
    "statutory",
]
