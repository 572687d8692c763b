"""Sentences about a whole folder: what was passed over, and what looks odd before any row does."""

from collections.abc import Sequence

import polars as pl

from onedoor.evidence.ssda903 import codes, values
from onedoor.evidence.ssda903.tables import EPISODES
from onedoor.evidence.ssda903.text import Rows


def of_files(found: list[Rows]) -> list[str]:
    notices = []
    authorities = set[str]()
    for rows in found:
        if rows.frame["LA"].max():
            authorities.update(rows.frame.select(values.trimmed("LA").unique())["LA"])
        if rows.extra_columns:
            listed = ", ".join(rows.extra_columns)
            notices.append(f"{rows.name}: columns not of the return were passed over: {listed}.")
        if not rows.rows_in:
            notices.append(f"{rows.name} has column names but no rows.")
        if rows.table is EPISODES:
            notices += too_late(rows.name, rows.frame, ("decom", "dec"))
    authorities.discard("")
    if len(authorities) > 1:
        notices.append(
            f"The files name {len(authorities)} authorities. A child identifier belongs to one "
            "authority, so read one at a time."
        )
    return notices


def too_late(name: str, rows: pl.DataFrame, days: Sequence[str]) -> list[str]:
    """A notice where rows have days after the end of the return, `year`, that they were read with:
    whoever guessed the year of a file may have guessed too early."""
    after = pl.max_horizontal(days) > pl.date(pl.col("year"), 3, 31)
    late = rows.filter(after)
    if late.is_empty():
        return []
    year = late.select(pl.col("year").min()).item()
    rows_are = "1 row is" if late.height == 1 else f"{late.height:,} rows are"
    return [
        f"{name}: {rows_are} of days after 31 March {year}, the end of the return they were read "
        "with. Mend the dates, or add a YEAR column to say which return it is."
    ]


def of_years(years: list[int]) -> list[str]:
    if not years:
        return ["No episode could be counted."]
    notices = []
    odd = [year for year in years if not codes.FIRST_YEAR <= year <= codes.LAST_YEAR]
    if odd:
        notices.append(
            f"The return year reads as {', '.join(map(str, odd))}: look for a mistyped DECOM, "
            "or say which year it is."
        )
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        notices.append(f"No return was supplied for {', '.join(map(str, missing))}.")
    return notices
