"""Read a folder of SSDA903 files, or files already in memory, into a Reading."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import (
    any_table,
    episodes,
    files,
    header,
    history,
    ledger,
    notices,
    tables,
    text,
    values,
    years,
)
from onedoor.evidence.ssda903.account import Account
from onedoor.evidence.ssda903.returns import File, Reading, Return
from onedoor.evidence.ssda903.tables import EPISODES, HEADER

# How many rows of Episodes are gathered, file by file, before they are typed.
TOGETHER = 15_000
# Files whose fault is told where no table can be read.
MOST_TOLD = 3


def read(folder: Path | str, *, year: int | None = None) -> Reading:
    """Read every file under `folder` (or one file). Nothing is written and no name is trusted.

    `year` is the March in which the return ends, for a single return without a YEAR column.
    Raises `Refused` when no baseline can come of it.
    """
    at = Path(folder)
    try:
        if not at.exists():
            raise Refused(f"{at} is not there. Look for a mistyped name.")
    except OSError as wrong:
        raise Refused(f"{at} cannot be opened: {wrong.strerror}.") from None
    return _read(files.each_file(at), year)


def read_files(files: Iterable[tuple[str, bytes]], *, year: int | None = None) -> Reading:
    """As `read`, from pairs of a name and its bytes. A name given twice gets a number."""
    return _read(files, year)


def _read(sources: Iterable[tuple[str, files.Source]], year: int | None) -> Reading:
    if year is not None and not values.FIRST_YEAR <= year <= values.LAST_YEAR:
        raise Refused(
            f"{year} is no year of a return: give the March in which it ends, in four digits, "
            "such as 2025."
        )
    found: list[text.Rows] = []
    told: list[File] = []
    lines: list[pl.DataFrame] = []
    doubtful: list[pl.DataFrame] = []
    last = set[int | None]()
    waiting: list[text.Rows] = []
    given = Counter[str]()
    for name, source in sources:
        given[name] += 1
        if given[name] > 1:
            # Rows are told apart by file and line.
            name = f"{name} ({given[name]})"
        try:
            rows = files.rows_of(name, source)
        except Refused as refused:
            told.append(File(name, "refused", "", 0, refused.sentence))
            continue
        lines += [each.lines for each in rows]
        held = ", ".join(each.table.name for each in rows)
        told.append(File(name, "read", held, sum(each.rows_in for each in rows), ""))
        waiting += [each for each in rows if each.table is EPISODES]
        found += [each for each in rows if each.table is not EPISODES]
        if sum(each.rows_in for each in waiting) >= TOGETHER:
            found += _typed(waiting, year, doubtful, last)
    found += _typed(waiting, year, doubtful, last)
    _check_tables(found, told)
    episodes.check_one_year(year, last)
    lines += episodes.value_lines(pl.concat(doubtful))
    return _together(found, tuple(told), lines)


def _typed(
    waiting: list[text.Rows],
    year: int | None,
    doubtful: list[pl.DataFrame],
    last: set[int | None],
) -> list[text.Rows]:
    """Files of Episodes with their rows typed, as text is wide and is let go; `waiting` is emptied.

    Small files are typed together: what there is to do for a file costs more than its rows. Adds to
    `doubtful` the rows to look at again, and to `last` the year of each file without YEAR.
    """
    if not waiting:
        return []
    frames, odd, unsaid = episodes.of_files([rows.frame for rows in waiting], year)
    doubtful.append(odd)
    last |= unsaid
    typed = [replace(rows, frame=frame) for rows, frame in zip(waiting, frames, strict=True)]
    waiting.clear()
    return typed


def _together(found: list[text.Rows], told: tuple[File, ...], lines: list[pl.DataFrame]) -> Reading:
    said = notices.of_files(found)
    counts = Counter[str]()
    for rows in found:
        counts[rows.table.name] += rows.rows_in
    theirs, of_file = years.children([rows for rows in found if rows.table is EPISODES])
    header_rows = years.of_headers(
        [rows for rows in found if rows.table is HEADER], theirs, of_file
    )
    header_rows, about = header.typed(header_rows)
    lines += about
    per_return, latest, header_account, about = header.one_each(header_rows, counts[HEADER.name])
    lines += about
    others, accounts, about, doubts = _others(found, theirs, of_file, per_return, latest)
    lines += about
    held = [rows.frame for rows in found if rows.table is EPISODES]
    # What was read of each file is large and no longer needed.
    found.clear()
    del header_rows
    mended, whole, account, about = _mended(held, latest, counts[EPISODES.name])
    returns = _returns(per_return, mended)
    return Reading(
        returns=returns,
        header=latest,
        episodes=whole,
        tables=others,
        lines=ledger.gathered(lines + about),
        files=told,
        accounts=(header_account, account, *accounts),
        notices=tuple(said + doubts + notices.of_years([each.year for each in returns])),
    )


def _mended(
    held: list[pl.DataFrame], births: pl.DataFrame, rows_in: int
) -> tuple[pl.DataFrame, pl.DataFrame, Account, list[pl.DataFrame]]:
    """Episodes return by return, and as one history; where each row went; the lines.

    `held` is emptied: a year's rows are wide, and are not kept twice.
    """
    rows = pl.concat(held)
    held.clear()
    # Numbers sort faster than names; `births` is in the order of the names.
    births = births.select("child", "dob").with_row_index("who")
    theirs = rows.select("child").join(births, on="child", how="left", maintain_order="left")
    rows = rows.with_columns(theirs["who"], theirs["dob"])
    del theirs
    uncounted, bad = episodes.uncountable(rows)
    countable = rows.height - len(uncounted)
    rows, folded, lines = episodes.mended(rows, uncounted)
    whole, more = history.joined(rows)
    account = Account(
        table=EPISODES.name,
        rows_in=rows_in,
        kept=rows.height,
        refused=rows_in - countable,
        folded=folded,
        superseded=rows.height - whole.height,
    )
    rows = rows.with_columns(pl.lit(False).alias("vanished")).select(list(episodes.SCHEMA))
    return rows, whole, account, bad + lines + more


def _returns(per_return: pl.DataFrame, mended: pl.DataFrame) -> tuple[Return, ...]:
    """Each year's return. `mended` is in order of year, so that each is a slice and no copy."""
    found, first = [], 0
    for year, many in mended.group_by("year", maintain_order=True).len().iter_rows():
        found.append(Return(year, per_return.filter(year=year), mended.slice(first, many)))
        first += many
    return tuple(found)


def _others(
    found: list[text.Rows],
    theirs: pl.DataFrame,
    of_file: dict[str, int | None],
    per_return: pl.DataFrame,
    births: pl.DataFrame,
) -> tuple[dict[str, pl.DataFrame], list[Account], list[pl.DataFrame], list[str]]:
    """The ten other tables; an account for each that has a file; their lines, their notices."""
    frames, accounts, lines, said = dict[str, pl.DataFrame](), [], [], []
    marches = theirs["year"].unique().sort().to_list()
    if any(rows.table not in (HEADER, EPISODES) for rows in found):
        of_headers = per_return.select("child", "year").drop_nulls("year")
        theirs = pl.concat([theirs, of_headers]).unique()
    for table in tables.OTHERS:
        parts = [rows for rows in found if rows.table is table]
        if not parts:
            frames[table.key] = any_table.schema(table).to_frame()
            continue
        rows, doubts = years.of_tables(parts, theirs, marches, of_file)
        rows_in = sum(part.rows_in for part in parts)
        frames[table.key], account, about = any_table.read(table, rows, rows_in, births)
        accounts.append(account)
        lines += about
        said += doubts
    return frames, accounts, lines, said


def _check_tables(found: list[text.Rows], told: list[File]) -> None:
    present = [rows.table for rows in found]
    if EPISODES not in present:
        lacking = "There is no Episodes table here, so nobody can be counted."
        if not told:
            lacking += " There is no file here at all: give the folder with those of the return."
        raise Refused(f"{lacking}{_why(told)}")
    if HEADER not in present:
        lacking = "There is no Header table here, so no age is known and nobody can be counted."
        raise Refused(f"{lacking}{_why(told)}")


def _why(told: list[File]) -> str:
    """What was wrong with the first few files that were not read: one of them may be the table."""
    wrong = [file.sentence for file in told if file.outcome == "refused"]
    more = len(wrong) - MOST_TOLD
    said = wrong[:MOST_TOLD] + ([f"And {more:,} more files were not read."] if more > 0 else [])
    return "".join(f" {sentence}" for sentence in said)
