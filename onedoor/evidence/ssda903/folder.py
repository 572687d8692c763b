"""Read a folder of SSDA903 files, or files already in memory, into a Reading."""

from collections import Counter
from collections.abc import Iterable
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
    years,
)
from onedoor.evidence.ssda903.account import Account
from onedoor.evidence.ssda903.returns import File, Reading, Return
from onedoor.evidence.ssda903.tables import EPISODES, HEADER


def read(folder: Path | str, *, year: int | None = None) -> Reading:
    """Read every file under `folder` (or one file). Nothing is written and no name is trusted.

    `year` is the March in which the return ends, for a single return without a YEAR column.
    Raises `Refused` when no baseline can come of it.
    """
    at = Path(folder)
    if not at.exists():
        raise Refused(f"{at} is not there.")
    return _read(files.each_file(at), year)


def read_files(files: Iterable[tuple[str, bytes]], *, year: int | None = None) -> Reading:
    """As `read`, from pairs of a name and its bytes. A name given twice gets a number."""
    return _read(files, year)


def _read(sources: Iterable[tuple[str, files.Source]], year: int | None) -> Reading:
    found: list[text.Rows] = []
    told: list[File] = []
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
        found += rows
        held = ", ".join(each.table.name for each in rows)
        told.append(File(name, "read", held, sum(each.rows_in for each in rows), ""))
    return _together(found, tuple(told), year)


def _together(found: list[text.Rows], told: tuple[File, ...], year: int | None) -> Reading:
    _check_tables(found, told)
    said = notices.of_files(found)
    counts = Counter[str]()
    for rows in found:
        counts[rows.table.name] += rows.rows_in
    lines = [rows.lines for rows in found]
    episode_rows = episodes.typed(pl.concat(_frames_of(found, EPISODES)))
    episode_rows = episodes.with_year(episode_rows, year)
    headers = [rows for rows in found if rows.table is HEADER]
    header_rows, header_lines = header.typed(years.of_headers(headers, episode_rows))
    per_return, latest, header_account, fold_lines = header.one_each(
        header_rows, counts[HEADER.name]
    )
    others, accounts, table_lines, doubts = _others(found, episode_rows, per_return, latest)
    # The text of all files is large and no longer needed.
    found.clear()
    del headers
    lines += header_lines + fold_lines + episodes.value_lines(episode_rows)
    episode_rows = episode_rows.select(episodes.NEEDED).join(
        # Numbers sort faster than names; `latest` is in the order of the names.
        latest.select("child", "dob").with_row_index("who"),
        on="child",
        how="left",
        maintain_order="left",
    )
    countable, bad_lines = episodes.sorted_out(episode_rows)
    mended, folded, mend_lines = episodes.mended(countable)
    whole, history_lines = history.joined(mended)
    account = Account(
        table=EPISODES.name,
        rows_in=counts[EPISODES.name],
        kept=mended.height,
        refused=counts[EPISODES.name] - countable.height,
        folded=folded,
        superseded=mended.height - whole.height,
    )
    mended = mended.with_columns(pl.lit(False).alias("vanished")).select(list(episodes.SCHEMA))
    marches = mended["year"].unique().sort().to_list()
    returns = tuple(
        Return(each, per_return.filter(year=each), mended.filter(year=each)) for each in marches
    )
    return Reading(
        returns=returns,
        header=latest,
        episodes=whole,
        tables=others,
        lines=ledger.gathered(lines + table_lines + bad_lines + mend_lines + history_lines),
        files=told,
        accounts=(header_account, account, *accounts),
        notices=tuple(said + doubts + notices.of_years(marches)),
    )


def _frames_of(found: list[text.Rows], table: tables.Table) -> list[pl.DataFrame]:
    return [rows.frame for rows in found if rows.table is table]


def _others(
    found: list[text.Rows],
    episode_rows: pl.DataFrame,
    per_return: pl.DataFrame,
    births: pl.DataFrame,
) -> tuple[dict[str, pl.DataFrame], list[Account], list[pl.DataFrame], list[str]]:
    """The ten other tables; an account for each that has a file; their lines, their notices."""
    frames, accounts, lines, said = dict[str, pl.DataFrame](), [], [], []
    for table in tables.OTHERS:
        parts = [rows for rows in found if rows.table is table]
        if not parts:
            frames[table.key] = any_table.schema(table).to_frame()
            continue
        rows, doubts = years.of_tables(parts, episode_rows, per_return)
        rows_in = sum(part.rows_in for part in parts)
        frames[table.key], account, about = any_table.read(table, rows, rows_in, births)
        accounts.append(account)
        lines += about
        said += doubts
    return frames, accounts, lines, said


def _check_tables(found: list[text.Rows], told: tuple[File, ...]) -> None:
    present = [rows.table for rows in found]
    if EPISODES not in present:
        lacking = "There is no Episodes table here, so nobody can be counted."
        why = " ".join(file.sentence for file in told if file.outcome == "refused")
        raise Refused(f"{lacking} {why}".strip())
    if HEADER not in present:
        raise Refused(
            "There is no Header table here, so no age is known and nobody can be counted."
        )
