"""The council tables of the Department for Education: who is looked after on each 31 March.

A figure that is not published stays a mark (c, k, x or z) and is never zero.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence.refusal import Refused
from onedoor.evidence.trend.judged import Measure

Reals = NDArray[np.float64]

BY_CHARACTERISTIC = "looked_after_31_march_by_characteristic_*.csv*"
STARTS_AND_CEASES = "looked_after_starts_ceases_stock_*.csv*"
NEIGHBOURS = "statistical_neighbours_*.csv*"
PLACE = ["time_period", "geographic_level", "new_la_code", "la_name"]
COLUMNS = {
    BY_CHARACTERISTIC: [*PLACE, "cla_group", "characteristic", "number"],
    STARTS_AND_CEASES: [*PLACE, "population_count", "rates_number", "population_estimate"],
    NEIGHBOURS: ["old_la_code", "la_name", *(f"SN_{place}" for place in range(1, 11))],
}
COUNTED = {
    "looked_after": ("", "Children looked after on 31 March each year"),
    "starts": ("", "Children starting to be looked after each year"),
    "ceases": ("", "Children ceasing to be looked after each year"),
    "homes": ("Placement", "Secure homes and children's homes"),
    "children": ("population", "Children looked after on 31 March each year"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Young people by council and year. `numbers` (L, T), NaN where there is a mark or no row;
    `marks` (L, T), the mark or ""; `england` (T,), as published, rounded to 10."""

    numbers: Reals
    marks: NDArray[np.str_]
    england: Reals

    def until(self, count: int) -> "Counts":
        return Counts(self.numbers[:, :count], self.marks[:, :count], self.england[:count])


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """L councils, by the name that the newest table gives them, and T years (Marches) in a row.

    `looked_after` and `homes` (secure homes and children's homes) are of 31 March; `starts` and
    `ceases` of the year that ends then; `children` is everybody under 18 who lives there.
    `alike` (L, L): True where the column's council is a statistical neighbour of the row's.
    """

    councils: tuple[str, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]
    looked_after: Counts
    homes: Counts
    starts: Counts
    ceases: Counts
    children: Counts
    alike: NDArray[np.bool_]

    def of(self, measure: Measure) -> Counts:
        return self.homes if measure == "homes" else self.looked_after

    def council(self, name: str) -> int:
        """The row of a council. Raises `Refused` when no table has it."""
        if name not in self.councils:
            raise Refused(
                f"No published table has a council named {name!r}: write it as the Department "
                f"for Education does, for example {self.councils[0]}."
            )
        return self.councils.index(name)

    def until(self, year: int) -> "Published":
        """The same as it stood in `year`: nothing later. Raises `Refused` outside the years."""
        if year not in self.years:
            raise Refused(
                f"The published tables hold {self.years[0]} to {self.years[-1]}, not {year}."
            )
        count = self.years.index(year) + 1
        cut = {name: getattr(self, name).until(count) for name in COUNTED}
        return replace(self, years=self.years[:count], **cut)


def read(folder: Path | str) -> Published:
    """Read three tables from a folder: young people on 31 March by characteristic; starts, ceases
    and stock; statistical neighbours. The newest file of each name is read; gzip may stay.

    Councils are matched by name, because codes change where boundaries do not.
    Raises `Refused` when a file or a column is missing, or years are not in a row.
    """
    folder = Path(folder)
    flows = _table(folder, STARTS_AND_CEASES)
    rows = [
        flows.select(*PLACE, group=pl.lit(""), what="population_count", number="rates_number"),
        flows.select(
            *PLACE,
            group=pl.lit("population"),
            what="population_count",
            number="population_estimate",
        ),
        _table(folder, BY_CHARACTERISTIC).select(
            *PLACE, group="cla_group", what="characteristic", number="number"
        ),
    ]
    return from_rows(pl.concat(rows), _table(folder, NEIGHBOURS))


def from_rows(rows: pl.DataFrame, neighbours: pl.DataFrame) -> Published:
    """The tables as arrays. `rows`: text columns `PLACE`, group, what and number; `neighbours`:
    text columns old_la_code, la_name and SN_1 to SN_10 (codes). Raises `Refused` as `read` does."""
    local = rows.filter(geographic_level="Local authority")
    newest = local.sort("time_period").group_by("la_name").agg(pl.col("new_la_code").last())
    newest = newest.sort("la_name")
    years = tuple(sorted(int(year) for year in local["time_period"].unique()))
    if not years or years != tuple(range(years[0], years[-1] + 1)):
        raise Refused(
            f"The published tables must hold years in a row, and hold {years}: "
            "supply the release that has them all."
        )
    names = tuple(newest["la_name"])
    counts = {key: _counts(rows, names, years, *COUNTED[key]) for key in COUNTED}
    alike = _alike(neighbours, names)
    return Published(names, tuple(newest["new_la_code"]), years, **counts, alike=alike)


def _alike(neighbours: pl.DataFrame, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """A council without a row of its own, or a neighbour without a table, is alike to nobody."""
    row_of = {_plain(name): row for row, name in enumerate(names)}
    row_of_code = {
        code: row_of[_plain(name)]
        for code, name in neighbours.select("old_la_code", "la_name").iter_rows()
        if _plain(name) in row_of
    }
    alike = np.zeros((len(names), len(names)), dtype=np.bool_)
    for code, *others in neighbours.select(
        "old_la_code", *(f"SN_{place}" for place in range(1, 11))
    ).iter_rows():
        for other in others:
            if code in row_of_code and other in row_of_code:
                alike[row_of_code[code], row_of_code[other]] = True
    return alike


def _plain(name: str) -> str:
    """Names differ in full stops and capitals from table to table: St. Helens, St Helens."""
    return name.replace(".", "").casefold().strip()


def _table(folder: Path, pattern: str) -> pl.DataFrame:
    found = sorted(folder.glob(pattern))
    if not found:
        raise Refused(f"{folder} holds no {pattern}: put the Department's table there.")
    rows = pl.read_csv(found[-1], infer_schema_length=0)
    missing = [name for name in COLUMNS[pattern] if name not in rows.columns]
    if missing:
        raise Refused(
            f"{found[-1].name} has no column {missing[0]}: supply it as it was published."
        )
    return rows


def _counts(
    rows: pl.DataFrame, names: tuple[str, ...], years: tuple[int, ...], group: str, what: str
) -> Counts:
    asked = rows.filter(pl.col("group").fill_null("") == group, what=what)
    numbers = np.full((len(names), len(years)), np.nan)
    marks = np.full(numbers.shape, "", dtype="<U8")
    england = np.full(len(years), np.nan)
    row_of = {name: row for row, name in enumerate(names)}
    for level, name, year, said in asked.select(
        "geographic_level", "la_name", "time_period", "number"
    ).iter_rows():
        column = int(year) - years[0]
        if level == "National":
            england[column] = _number(said)
        elif level == "Local authority":
            numbers[row_of[name], column] = _number(said)
            marks[row_of[name], column] = "" if (said or "").isdigit() else said or "x"
    return Counts(numbers, marks, england)


def _number(said: str | None) -> float:
    return float(said) if said and said.isdigit() else float("nan")
