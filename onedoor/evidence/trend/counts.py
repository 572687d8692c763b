"""The published figures as arrays: who is looked after in each council on each 31 March.

A figure that is not published stays a mark (c, k, x or z) and is never zero.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from onedoor.evidence import published
from onedoor.evidence.places import authorities
from onedoor.evidence.published import Published
from onedoor.evidence.refusal import Refused
from onedoor.evidence.trend.judged import Measure

Reals = NDArray[np.float64]

# What is counted: the measure, the breakdown and the unit that the published rows have.
STOCK = "Children looked after on 31 March each year"
FLOWS = "starts_ends_and_stock"
HOMES = "Placement: Secure homes and children's homes"
COUNTED = {
    "looked_after": (FLOWS, STOCK, "young people"),
    "starts": (FLOWS, "Children starting to be looked after each year", "young people"),
    "ceases": (FLOWS, "Children ceasing to be looked after each year", "young people"),
    "homes": ("looked_after", HOMES, "young people"),
    "children": (FLOWS, STOCK, "population aged 0 to 17"),
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
class Tables:
    """L councils, by the name that the newest figure gives them, and T years (Marches) in a row.

    `codes`: of the ONS, today's. `looked_after` and `homes` (secure homes and children's homes) are
    of 31 March; `starts` and `ceases` of the year that ends then; `children` is everybody under 18
    who lives there. `alike` (L, L): True where the column's council is a statistical neighbour of
    the row's.
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

    def council(self, given: str) -> int:
        """The row of a council told by its name, its ONS code (of then or of today) or its DfE
        number. Raises `Refused` when there is none, or nothing was published on it."""
        if given in self.councils:
            return self.councils.index(given)
        codes = authorities.same_council(given)
        if codes[-1] not in self.codes:
            raise Refused(
                f"Nothing was published on {authorities.name_of(codes)} in these files: ask for a "
                f"council that they hold, for example {self.councils[0]}."
            )
        return self.codes.index(codes[-1])

    def until(self, year: int) -> "Tables":
        """The same as it stood in `year`: nothing later. Raises `Refused` outside the years."""
        if year not in self.years:
            raise Refused(
                f"The published tables hold {self.years[0]} to {self.years[-1]}, not {year}."
            )
        count = self.years.index(year) + 1
        cut = {name: getattr(self, name).until(count) for name in COUNTED}
        return replace(self, years=self.years[:count], **cut)


def read(at: Published | Path | str) -> Tables:
    """What a forecast needs of published figures: those read already, or a file or folder that
    `published.read` reads.

    They must hold who is looked after by characteristic; starts, ceases and stock; and statistical
    neighbours. Raises `Refused` when one of these is not there, or years are not in a row.
    """
    figures = at if isinstance(at, Published) else published.read(at)
    found = {key: figures.everywhere(*asked) for key, asked in COUNTED.items()}
    if figures.neighbours.is_empty():
        raise Refused(
            "These files do not say who is like whom: give the file of statistical neighbours too."
        )
    local = pl.concat(found.values()).filter(level="authority").sort("time_period", "file")
    newest = local.group_by("code").agg(pl.col("name").last()).sort("name", "code")
    years = _years(local)
    row_of = {code: row for row, code in enumerate(newest["code"])}
    counts = {key: _counts(rows, row_of, years) for key, rows in found.items()}
    alike = _alike(figures.neighbours, row_of)
    return Tables(tuple(newest["name"]), tuple(newest["code"]), years, **counts, alike=alike)


def _years(local: pl.DataFrame) -> tuple[int, ...]:
    held = sorted(local["time_period"].unique())
    years = tuple(int(each) for each in held if each.isdigit())
    if len(years) < len(held) or not years or years != tuple(range(years[0], years[-1] + 1)):
        raise Refused(
            f"The published tables must hold years in a row, and hold {', '.join(held)}: "
            "supply the release that has them all."
        )
    return years


def _counts(rows: pl.DataFrame, row_of: dict[str, int], years: tuple[int, ...]) -> Counts:
    numbers = np.full((len(row_of), len(years)), np.nan)
    marks = np.full(numbers.shape, "", dtype="<U8")
    england = np.full(len(years), np.nan)
    cells = rows.select("level", "code", "time_period", pl.col("value").fill_null(np.nan), "mark")
    for level, code, period, value, mark in cells.iter_rows():
        if level == "national" and int(period) in years:
            england[years.index(int(period))] = value
        elif level == "authority":
            place = row_of[code], years.index(int(period))
            numbers[place], marks[place] = value, mark
    return Counts(numbers, marks, england)


def _alike(neighbours: pl.DataFrame, row_of: dict[str, int]) -> NDArray[np.bool_]:
    """A council without a row of its own, or a neighbour without a table, is alike to nobody."""
    alike = np.zeros((len(row_of), len(row_of)), dtype=np.bool_)
    for code, other in neighbours.select("code", "neighbour").iter_rows():
        if code in row_of and other in row_of:
            alike[row_of[code], row_of[other]] = True
    return alike
