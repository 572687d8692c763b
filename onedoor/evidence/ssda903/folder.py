"""Read a folder of SSDA903 files, or files already in memory, into a Reading."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

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
        raise text.Refused(f"{at} is not there.")
    return read_files(_each_file(at), year=year)


def read_files(files: Iterable[tuple[str, bytes]], *, year: int | None = None) -> Reading:
    """As `read`, from pairs of a name and its bytes. Rows are told apart by name and line."""
    found: list[text.Rows] = []
    told: list[File] = []
    for name, data in files:
        try:
            rows = text.rows_of(name, data)
        except text.Refused as refused:
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
            raise text.Refused(f"{path} cannot be read: {wrong.strerror}.") from None
        # A name need not be text on every disk; it is only ever shown.
        yield inside.as_posix().encode(errors="replace").decode(), data


def _together(found: list[text.Rows], files: tuple[File, ...], year: int | None) -> Reading:
    headers = [rows for rows in found if rows.table is HEADER]
    spells = [rows for rows in found if rows.table is EPISODES]
    if not spells:
        why = " ".join(file.sentence for file in files if file.outcome == "refused")
        raise text.Refused(
            f"There is no Episodes table here, so nobody can be counted. {why}".strip()
        )
    if not headers:
        raise text.Refused(
            "There is no Header table here, so no age is known and nobody can be counted."
        )
    episode_rows = episodes.typed(
        pl.concat([rows.frame for rows in spells]), _years_of(spells, year)
    )
    header_rows = _with_year(headers, episode_rows)
    typed_header, header_lines = header.typed(header_rows)
    per_return, latest, header_account, fold_lines = header.one_each(
        typed_header, sum(rows.rows_in for rows in headers)
    )
    countable, bad_lines = episodes.sorted_out(
        episode_rows.join(
            latest.select("child", "dob"), on="child", how="left", maintain_order="left"
        )
    )
    mended, folded, mend_lines = episodes.mended(countable)
    whole, history_lines = history.joined(mended)
    rows_in = sum(rows.rows_in for rows in spells)
    account = Account(
        table="Episodes",
        rows_in=rows_in,
        kept=mended.height,
        refused=rows_in - countable.height,
        folded=folded,
        superseded=mended.height - whole.height,
    )
    lines = ledger.gathered(
        [rows.lines for rows in found]
        + header_lines
        + fold_lines
        + episodes.value_lines(episode_rows)
        + bad_lines
        + mend_lines
        + history_lines
    )
    years = mended["year"].unique().sort().to_list()
    returns = tuple(
        Return(
            each, per_return.filter(pl.col("year") == each), mended.filter(pl.col("year") == each)
        )
        for each in years
    )
    return Reading(
        returns,
        latest,
        whole,
        lines,
        files,
        (header_account, account),
        _notices(found, years),
    )


def _years_of(spells: list[text.Rows], year: int | None) -> dict[str, int | None]:
    """The return year of each Episodes file: of its latest start date, unless it is told."""
    found: dict[str, int | None] = {}
    for rows in spells:
        starts = rows.frame.select(values.date("DECOM").alias("decom"))
        found[rows.name] = starts.select(values.return_year("decom").max()).item()
    if year is None:
        return found
    without = {
        found[rows.name]
        for rows in spells
        if rows.frame.select((values.trimmed("YEAR") == "").any()).item()
    } - {None}
    if len(without) > 1:
        listed = ", ".join(str(each) for each in sorted(each for each in without if each))
        raise text.Refused(
            f"A year can be given for one return only; here are returns for {listed}."
        )
    return dict.fromkeys(found, year)


def _with_year(headers: list[text.Rows], episode_rows: pl.DataFrame) -> pl.DataFrame:
    """Header rows with their return year: YEAR, or the return whose children they are most like."""
    children: dict[int, set[str]] = {
        key[0]: set(group["child"])
        for key, group in episode_rows.select("year", "child").group_by("year")
        if key[0] is not None
    }
    parts = []
    for rows in headers:
        here = set(rows.frame.select(values.trimmed("CHILD"))["CHILD"])
        alike = {
            year: len(here & there) / max(1, len(here | there)) for year, there in children.items()
        }
        nearest = max(alike, key=lambda year: (alike[year], year)) if alike else None
        parts.append(
            rows.frame.with_columns(
                pl.coalesce(values.year("YEAR"), pl.lit(nearest, dtype=pl.Int32)).alias("year")
            )
        )
    return pl.concat(parts)


def _notices(found: list[text.Rows], years: list[int]) -> tuple[str, ...]:
    notices = []
    for rows in found:
        if rows.extra_columns:
            listed = ", ".join(rows.extra_columns)
            notices.append(f"{rows.name}: columns not of the return were passed over: {listed}.")
        if not rows.rows_in:
            notices.append(f"{rows.name} has column names but no rows.")
    authorities = set[str]()
    for rows in found:
        authorities.update(rows.frame.select(values.trimmed("LA"))["LA"].unique())
    authorities.discard("")
    if len(authorities) > 1:
        notices.append(
            f"The files name {len(authorities)} authorities. A child identifier belongs to one "
            "authority, so read one at a time."
        )
    odd = [year for year in years if not codes.FIRST_YEAR <= year <= codes.LAST_YEAR]
    if odd:
        notices.append(
            f"The return year reads as {', '.join(map(str, odd))}: look for a mistyped DECOM, "
            "or say which year it is."
        )
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years)) if years else []
    if missing:
        notices.append(f"No return was supplied for {', '.join(map(str, missing))}.")
    if not years:
        notices.append("No episode could be counted.")
    return tuple(notices)
