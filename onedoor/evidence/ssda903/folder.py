"""Read a folder of SSDA903 files, or files already in memory, into a Reading."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import codes, episodes, header, history, ledger, text, values
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
    return read_files(_each_file(at), year=year)


def read_files(files: Iterable[tuple[str, bytes]], *, year: int | None = None) -> Reading:
    """As `read`, from pairs of a name and its bytes. A name given twice gets a number."""
    found: list[text.Rows] = []
    told: list[File] = []
    given = Counter[str]()
    for name, data in files:
        given[name] += 1
        if given[name] > 1:
            # Rows are told apart by file and line.
            name = f"{name} ({given[name]})"
        try:
            rows = text.rows_of(name, data)
        except Refused as refused:
            told.append(File(name, "refused", "", 0, refused.sentence))
            continue
        if rows.table.read_now:
            found.append(rows)
            told.append(File(name, "read", rows.table.name, rows.rows_in, ""))
        else:
            sentence = f"{name} is the {rows.table.name} table; a later version reads it."
            told.append(File(name, "later", rows.table.name, 0, sentence))
    return _together(found, tuple(told), year)


def _each_file(at: Path) -> Iterator[tuple[str, bytes]]:
    found = [at] if at.is_file() else sorted(path for path in at.rglob("*") if path.is_file())
    root = at.parent if at.is_file() else at
    for path in found:
        inside = path.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        try:
            data = path.read_bytes()
        except OSError as wrong:
            raise Refused(f"{path} cannot be read: {wrong.strerror}.") from None
        # A name need not be text on every disk; it is only ever shown.
        yield inside.as_posix().encode(errors="replace").decode(), data


def _together(found: list[text.Rows], files: tuple[File, ...], year: int | None) -> Reading:
    _check_tables(found, files)
    notices = _notices_of_files(found)
    counts = {
        table.name: sum(rows.rows_in for rows in found if rows.table is table)
        for table in (HEADER, EPISODES)
    }
    lines = [rows.lines for rows in found]
    episode_rows = episodes.typed(
        pl.concat([rows.frame for rows in found if rows.table is EPISODES])
    )
    episode_rows = episodes.with_year(episode_rows, year)
    header_rows = _with_year([rows for rows in found if rows.table is HEADER], episode_rows)
    # The text of all files is large and no longer needed.
    found.clear()
    header_rows, header_lines = header.typed(header_rows)
    per_return, latest, header_account, fold_lines = header.one_each(
        header_rows, counts[HEADER.name]
    )
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
    years = mended["year"].unique().sort().to_list()
    returns = tuple(
        Return(each, per_return.filter(year=each), mended.filter(year=each)) for each in years
    )
    return Reading(
        returns,
        latest,
        whole,
        ledger.gathered(lines + bad_lines + mend_lines + history_lines),
        files,
        (header_account, account),
        tuple(notices + _notices_of_years(years)),
    )


def _check_tables(found: list[text.Rows], files: tuple[File, ...]) -> None:
    tables = [rows.table for rows in found]
    if EPISODES not in tables:
        lacking = "There is no Episodes table here, so nobody can be counted."
        why = " ".join(file.sentence for file in files if file.outcome == "refused")
        raise Refused(f"{lacking} {why}".strip())
    if HEADER not in tables:
        raise Refused(
            "There is no Header table here, so no age is known and nobody can be counted."
        )


def _with_year(headers: list[text.Rows], episode_rows: pl.DataFrame) -> pl.DataFrame:
    """Header rows with their return year: YEAR, or the return whose children they are most like."""
    theirs = episode_rows.select("child", "year").unique().drop_nulls("year")
    sizes = dict(theirs.group_by("year").len().iter_rows())
    parts = []
    for rows in headers:
        here = rows.frame.select(values.trimmed("CHILD").alias("child")).unique()
        both = dict(theirs.join(here, on="child", how="semi").group_by("year").len().iter_rows())
        alike = {
            year: both.get(year, 0) / max(1, here.height + size - both.get(year, 0))
            for year, size in sizes.items()
        }
        nearest = max(alike, key=lambda year: (alike[year], year)) if alike else None
        parts.append(
            rows.frame.with_columns(
                pl.coalesce(values.year("YEAR"), pl.lit(nearest, dtype=pl.Int32)).alias("year")
            )
        )
    return pl.concat(parts)


def _notices_of_files(found: list[text.Rows]) -> list[str]:
    notices = []
    authorities = set[str]()
    for rows in found:
        authorities.update(rows.frame.select(values.trimmed("LA").unique())["LA"])
        if rows.extra_columns:
            listed = ", ".join(rows.extra_columns)
            notices.append(f"{rows.name}: columns not of the return were passed over: {listed}.")
        if not rows.rows_in:
            notices.append(f"{rows.name} has column names but no rows.")
    authorities.discard("")
    if len(authorities) > 1:
        notices.append(
            f"The files name {len(authorities)} authorities. A child identifier belongs to one "
            "authority, so read one at a time."
        )
    return notices


def _notices_of_years(years: list[int]) -> list[str]:
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
