"""Which return a file belongs to, where no YEAR column says so. Names are never trusted.

Episodes say it by their last start (`episodes.of_files`). A file that also holds Episodes is of
their return. Any other is of the return whose children, and whose days, it is most like.
"""

import numpy as np
import polars as pl

from onedoor.evidence.ssda903 import notices, values
from onedoor.evidence.ssda903.text import Rows


def children(found: list[Rows]) -> tuple[pl.DataFrame, dict[str, int | None]]:
    """From typed Episodes: each child of each return once, and the return of each file."""
    parts = [_of_each_year(rows.frame) for rows in found]
    of_file = {
        rows.name: part.select(pl.col("year").max()).item()
        for rows, part in zip(found, parts, strict=True)
    }
    return pl.concat(parts).unique().drop_nulls("year"), of_file


def _of_each_year(rows: pl.DataFrame) -> pl.DataFrame:
    """Each child of each year once. Most files are of one year, and then only names are sorted."""
    year = rows["year"]
    if year.null_count() or year.min() != year.max():
        return rows.select("child", "year").unique()
    return rows.select(pl.col("child").unique()).with_columns(
        pl.lit(year.max(), pl.Int32).alias("year")
    )


def of_headers(
    parts: list[Rows], theirs: pl.DataFrame, of_file: dict[str, int | None]
) -> pl.DataFrame:
    """Header rows with `year`: YEAR, or the return whose children they are most like.

    `theirs` and `of_file` are those of `children`.
    """
    sizes = dict(theirs.group_by("year").len().iter_rows())
    children = [_children(rows) for rows in parts]
    numbers = np.repeat(np.arange(len(parts)), [here.height for here in children])
    every = pl.concat(children).with_columns(pl.Series("part", numbers))
    both = every.join(theirs, on="child").group_by("part", "year").len()
    shared = {(part, year): many for part, year, many in both.iter_rows()}
    found = []
    for part, (rows, here) in enumerate(zip(parts, children, strict=True)):
        alike = dict[int, float]()
        for year, size in sizes.items():
            same = shared.get((part, year), 0)
            alike[year] = same / max(1, here.height + size - same)
        nearest = max(alike, key=lambda year: (alike[year], year)) if alike else None
        found.append(_given(rows, of_file.get(rows.name, nearest)))
    return pl.concat(found)


def of_tables(
    parts: list[Rows], theirs: pl.DataFrame, years: list[int], of_file: dict[str, int | None]
) -> tuple[pl.DataFrame, list[str]]:
    """Rows of one other table with `year`, and a notice for each file that may be of two returns.

    `theirs` are the children of each return, those of its Header and of its Episodes; `years` the
    returns that have Episodes. Three shares count alike: of the
    file's children, those in the return; of all children of either, those of both; of the file's
    days, those in the return's year. The three and their weights are our judgement.
    """
    found, said = [], []
    for rows in parts:
        nearest = [of_file[rows.name]] if rows.name in of_file else _nearest(rows, theirs, years)
        year = nearest[-1] if nearest else None
        frame = _given(rows, year)
        if not frame.is_empty():
            said += _in_doubt(rows, nearest) + _too_early(rows, year) + _too_late(rows, frame)
        found.append(frame)
    return pl.concat(found), said


def _nearest(rows: Rows, theirs: pl.DataFrame, years: list[int]) -> list[int | None]:
    """The returns that the file is most like: more than one where nothing tells them apart."""
    sizes = dict(theirs.group_by("year").len().iter_rows())
    here, found = _likeness(rows, theirs)
    both, days = dict.fromkeys(years, 0) | found, _days(rows)
    marks = {
        year: round(
            both[year] / max(1, here)
            + both[year] / max(1, here + sizes[year] - both[year])
            + days.get(year, 0.0),
            9,
        )
        for year in years
    }
    best = max(marks.values(), default=None)
    return [year for year in years if marks[year] == best]


def _in_doubt(rows: Rows, nearest: list[int | None]) -> list[str]:
    unsaid = rows.frame.select(values.year("YEAR").is_null().any()).item()
    if len(nearest) < 2 or not unsaid:
        return []
    return [
        f"{rows.name} may be of the return for {' or '.join(map(str, nearest))}; it was read as "
        "the last of them. Add a YEAR column to say which."
    ]


def _too_early(rows: Rows, year: int | None) -> list[str]:
    first = rows.table.first_year
    if year is None or year >= first:
        return []
    return [
        f"{rows.name}: the return has {rows.table.name} from the year to March {first} on; these "
        f"were read with the return for {year}."
    ]


def _too_late(rows: Rows, frame: pl.DataFrame) -> list[str]:
    if not rows.table.start:
        return []
    day = values.once(frame, rows.table.start, values.date(rows.table.start)).alias("day")
    return notices.too_late(rows.name, frame.select("year", day), ("day",))


def _likeness(rows: Rows, theirs: pl.DataFrame) -> tuple[int, dict[int, int]]:
    """How many children the file has, and how many of them are in each return."""
    here = _children(rows)
    both = theirs.join(here, on="child", how="semi")
    return here.height, dict(both.group_by("year").len().iter_rows())


def _children(rows: Rows) -> pl.DataFrame:
    return rows.frame.select(values.trimmed("CHILD").unique().alias("child"))


def _days(rows: Rows) -> dict[int, float]:
    """The share of the file's days that fall in each return's year."""
    if not rows.table.start:
        return {}
    day = values.once(rows.frame, rows.table.start, values.date(rows.table.start)).alias("day")
    years = rows.frame.select(day).select(values.return_year("day")).to_series().drop_nulls()
    counts = years.value_counts()
    return {year: count / len(years) for year, count in counts.iter_rows()}


def _given(rows: Rows, year: int | None) -> pl.DataFrame:
    told = pl.lit(year, dtype=pl.Int32)
    return rows.frame.with_columns(pl.coalesce(values.year("YEAR"), told).alias("year"))
