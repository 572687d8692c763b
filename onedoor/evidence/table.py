"""A table that says what it counts, for when, and what it does not show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    words: str
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`rows` has one column for each of `columns`, in that order."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    denominator: str
    period: str
    does_not_show: tuple[str, ...]

    @property
    def described(self) -> str:
        """What the picture of this table says of itself to somebody who does not see it."""
        return f"{self.denominator} {self.period} The numbers are in the table with this picture."

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; dates as yyyy-mm-dd; not known is null."""
        return {
            "name": self.name,
            "title": self.title,
            "columns": [
                {"key": each.key, "words": each.words, "unit": each.unit} for each in self.columns
            ],
            "rows": [
                {key: _plain(value) for key, value in row.items()}
                for row in self.rows.iter_rows(named=True)
            ],
            "denominator": self.denominator,
            "period": self.period,
            "does_not_show": list(self.does_not_show),
        }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
