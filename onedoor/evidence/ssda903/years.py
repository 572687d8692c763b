"""Which return a file belongs to, where no YEAR column says so. Names are never trusted.

Episodes say it by their last start (`episodes.with_year`). A file that also holds Episodes is of
their return. Any other is of the return whose children, and whose days, it is most like.
"""

import polars as pl

from onedoor.evidence.ssda903 import values
from onedoor.evidence.ssda903.text import Rows


def of_headers(parts: list[Rows], episode_rows: pl.DataFrame) -> pl.DataFrame:
    """Header rows with `year`: YEAR, or the return whose children they are most like."""
    theirs = episode_rows.select("child", "year").unique().drop_nulls("year")
    sizes = dict(theirs.group_by("year").len().iter_rows())
    of_file = _of_file(episode_rows)
    found = []
    for rows in parts:
        here, both = _children(rows).height, _both(rows, theirs)
        alike = {
            year: both.get(year, 0) / max(1, here + size - both.get(year, 0))
            for year, size in sizes.items()
        }
        nearest = max(alike, key=lambda year: (alike[year], year)) if alike else None
        found.append(_given(rows, of_file.get(rows.name, nearest)))
    return pl.concat(found)


def of_tables(
    parts: list[Rows], episode_rows: pl.DataFrame, header_rows: pl.DataFrame
) -> tuple[pl.DataFrame, list[str]]:
    """Rows of one other table with `year`, and a notice for each file that may be of two returns.

    A return's children are those of its Header and its Episodes. Three shares count alike: of the
    file's children, those in the return; of all children of either, those of both; of the file's
    days, those in the return's year. The three and their weights are our judgement.
    """
    theirs = pl.concat(rows.select("child", "year") for rows in (episode_rows, header_rows))
    theirs = theirs.unique().drop_nulls("year")
    years = episode_rows["year"].unique().drop_nulls().sort().to_list()
    of_file = _of_file(episode_rows)
    found, notices = [], []
    for rows in parts:
        nearest = [of_file[rows.name]] if rows.name in of_file else _nearest(rows, theirs, years)
        year = nearest[-1] if nearest else None
        frame = _given(rows, year)
        if not frame.is_empty():
            notices += _in_doubt(rows, nearest) + _too_early(rows, year)
        found.append(frame)
    return pl.concat(found), notices


def _nearest(rows: Rows, theirs: pl.DataFrame, years: list[int]) -> list[int | None]:
    """The returns that the file is most like: more than one where nothing tells them apart."""
    sizes = dict(theirs.group_by("year").len().iter_rows())
    here, days = _children(rows).height, _days(rows)
    both = dict.fromkeys(years, 0) | _both(rows, theirs)
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


def _of_file(episode_rows: pl.DataFrame) -> dict[str, int | None]:
    """The return of each file that holds Episodes."""
    return dict(episode_rows.group_by("file").agg(pl.col("year").max()).iter_rows())


def _children(rows: Rows) -> pl.DataFrame:
    return rows.frame.select(values.trimmed("CHILD").alias("child")).unique()


def _both(rows: Rows, theirs: pl.DataFrame) -> dict[int, int]:
    """How many of the file's children are in each return."""
    both = theirs.join(_children(rows), on="child", how="semi")
    return dict(both.group_by("year").len().iter_rows())


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
