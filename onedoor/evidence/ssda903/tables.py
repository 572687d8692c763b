"""The tables of the return, as `tables.toml` describes them; told by columns and never by name."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

# Columns that regional extracts and test files add; every table may have them.
EXTRA = ("LA", "YEAR", "TEST_COLUMN")

Kind = Literal["text", "date", "part_date", "code", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `blank` and `unread` say what a value that is not there, or is not one, does."""

    name: str
    kind: Kind
    list: str = ""
    blank: Literal["fine", "named", "refused"] = "fine"
    unread: Literal["named", "refused"] = "named"
    absent: Literal["", "fine"] = ""
    element: str = ""
    least: int = 0
    most: int = 0


# What every table but Header and Episodes begins with.
FIRST = (
    Column("CHILD", "text", blank="refused", element="CHILDID"),
    Column("DOB", "date", blank="named"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `columns` in the order of the return, and what makes a row the same as another.

    `rows_by` are the columns that tell a child's rows apart; `start` and `end` the dates that a
    row is from and until, where it has them; `first_year` the first return that asks for it.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    element: str = ""
    flag: str = ""
    first_year: int = 0
    span: Literal["year", "event"] = "year"
    start: str = ""
    end: str = ""
    rows_by: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.absent != "fine")

    @property
    def names(self) -> tuple[str, ...]:
        return (*(column.name for column in self.columns), *EXTRA)

    def of_kind(self, kind: Kind) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.kind == kind)


@cache
def every_table() -> tuple[Table, ...]:
    """All twelve tables, in the order of the return."""
    text = resources.files(__package__).joinpath("tables.toml").read_text("utf-8")
    return tuple(_table(each) for each in tomllib.loads(text)["table"])


def _table(said: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in said["columns"])
    if columns[0].name != "CHILD":
        columns = FIRST + columns
    return Table(**said | {"columns": columns, "rows_by": tuple(said.get("rows_by", ()))})


HEADER, EPISODES, *_OTHERS = every_table()
OTHERS = tuple(_OTHERS)


def recognised(columns: tuple[str, ...]) -> Table | None:
    present = set(columns)
    return next((table for table in every_table() if present.issuperset(table.needed)), None)


def nearest(columns: tuple[str, ...]) -> tuple[Table, tuple[str, ...]] | None:
    """The table these columns almost are, and what is missing; None when they are nothing like."""
    present = set(columns)

    def missing(table: Table) -> tuple[str, ...]:
        return tuple(name for name in table.needed if name not in present)

    close = [(len(missing(table)), table.name, table) for table in every_table()]
    _, _, table = min(close, key=lambda each: each[:2])
    lacking = missing(table)
    return (table, lacking) if len(lacking) * 2 < len(table.needed) else None
