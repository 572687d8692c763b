"""Published files from disk or memory: which they are, what they say and where they come from."""

import gzip
import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from onedoor.evidence import provenance
from onedoor.evidence.places import authorities
from onedoor.evidence.published import layouts, neighbours, tidy
from onedoor.evidence.refusal import Refused

LARGEST_FILE = 128 * 1024 * 1024
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from. `retrieved`: the day the file was fetched, None where nobody said.

    `digest`: of the file's bytes. `rows`: how many it holds.
    """

    file: str
    measure: str
    title: str
    source: str
    licence: str
    retrieved: date | None
    digest: str
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """`rows`: of `tidy.SCHEMA`. `neighbours`: of `neighbours.SCHEMA`, empty where no file says."""

    rows: pl.DataFrame
    neighbours: pl.DataFrame
    sources: tuple[Source, ...]

    def series(
        self, authority: str, measure: str, breakdown: str | None = None, unit: str | None = None
    ) -> pl.DataFrame:
        """The rows of one council over time, across new codes for the same area.

        `authority`: by name, ONS code or DfE number. One row for each time, breakdown and unit; of
        several files the one that goes on longest is believed, and of two codes the one with a
        number. Raises `Refused` for an authority or a measure that is not there.
        """
        codes = authorities.same_council(authority)
        ours = self.rows.filter(pl.col("code").is_in(codes), measure=measure, level="authority")
        if ours.is_empty():
            known = ", ".join(sorted(self.rows["measure"].unique()))
            raise Refused(
                f"Nothing was published on {measure!r} for {authorities.name_of(codes)} in these "
                f"files, which hold: {known or 'nothing'}."
            )
        for column, wanted in (("breakdown", breakdown), ("unit", unit)):
            ours = ours if wanted is None else ours.filter(pl.col(column) == wanted)
        return self._believed(ours, ["breakdown", "unit", "time_period"])

    def everywhere(self, measure: str, breakdown: str, unit: str) -> pl.DataFrame:
        """The rows of England and of every council on one thing over time, by code and time.

        One row for each code and time, chosen as `series` chooses, under the newest code for the
        same area; a code that is not on the list of authorities stays itself. Raises `Refused`
        where no council has such a row.
        """
        found = self.rows.filter(measure=measure, breakdown=breakdown, unit=unit).filter(
            pl.col("level").is_in(["national", "authority"]), pl.col("code") != ""
        )
        if found.filter(level="authority").is_empty():
            titles = {each.measure: each.title for each in layouts.layouts().files}
            raise Refused(
                f"These files do not hold “{breakdown}” ({unit}) for any council: give the file "
                f"“{titles.get(measure, measure)}” too."
            )
        today = {code: _today(code) for code in found["code"].unique()}
        found = found.with_columns(pl.col("code").replace_strict(today).alias("council"))
        believed = self._believed(found, ["council", "time_period"])
        return believed.with_columns(code="council").select(tidy.SCHEMA.names())

    def _believed(self, rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
        """One row for each key: of several files the one that goes on longest, then a number before
        a mark, then the newest code."""
        of_these = self.rows.filter(pl.col("file").is_in(rows["file"].unique().to_list()))
        ends = of_these.group_by("file").agg(pl.col("time_period").max().alias("last"))
        order = [*key, "last", pl.col("value").is_not_null(), "code"]
        down = [*(False for _ in key), True, True, True]
        return (
            rows.join(ends, on="file", how="left", maintain_order="left")
            .sort(order, descending=down)
            .unique(key, keep="first", maintain_order=True)
            .drop("last")
        )

    def neighbours_of(self, authority: str) -> pl.DataFrame:
        """The statistical neighbours of one council, nearest first. Raises `Refused`."""
        codes = authorities.same_council(authority)
        found = self.neighbours.filter(pl.col("code").is_in(codes))
        if found.is_empty():
            raise Refused(
                f"These files do not say who is like {authorities.name_of(codes)}: give the file "
                "of statistical neighbours too."
            )
        return found


def read(at: Path | str, *, retrieved: date | None = None) -> Published:
    """Read a published file (CSV, or CSV in gzip), or every one in a folder.

    `retrieved`: the day they were fetched, to be kept. Raises `Refused` with the name of the file
    for one that is none of the DfE's that we know.
    """
    path = Path(at)
    if not path.exists():
        raise Refused(f"{path} is not there.")
    found = [path] if path.is_file() else sorted(each for each in path.iterdir() if each.is_file())
    return read_files(
        ((each.name, _bytes_of(each)) for each in found if not each.name.startswith(".")),
        retrieved=retrieved,
    )


def read_files(files: Iterable[tuple[str, bytes]], *, retrieved: date | None = None) -> Published:
    """As `read`, from pairs of a name and its bytes."""
    rows, near, sources = [tidy.SCHEMA.to_frame()], [neighbours.SCHEMA.to_frame()], []
    for name, data in files:
        frame = tidy.cells(name, _text(name, data))
        columns = set(frame.columns)
        layout = layouts.of_columns(columns)
        digest = provenance.digest(data)
        if layout is not None:
            rows.append(tidy.tidied(name, frame, layout))
            told = (layout.measure, layout.title, layout.source)
        elif neighbours.is_of(columns):
            if len(near) > 1:
                raise Refused(
                    f"{name} was not read: another file says who is like whom too, and the two "
                    "may differ; give one."
                )
            near.append(neighbours.tidied(name, frame))
            told = (
                "neighbours",
                "Statistical neighbours",
                "Department for Education, Children's services statistical neighbour model",
            )
        else:
            raise Refused(_not_known(name, columns))
        licence = layouts.layouts().licence
        sources.append(Source(name, *told, licence, retrieved, digest, frame.height))
    return Published(pl.concat(rows), pl.concat(near), tuple(sources))


@cache
def _today(code: str) -> str:
    """The newest code for the same area."""
    known = authorities.register().authorities
    return authorities.same_council(code)[-1] if code in known else code


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise Refused(f"{path} cannot be read: {wrong.strerror}.") from None


def _text(name: str, data: bytes) -> str:
    if data.startswith(GZIP):
        try:
            # A small gzip can hold a very large file: no more than the limit is unpacked.
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(LARGEST_FILE + 1)
        except (OSError, EOFError, zlib.error):
            raise Refused(f"{name} was not read: it is not a whole gzip file.") from None
    if len(data) > LARGEST_FILE:
        raise Refused(f"{name} was not read: it is larger than any file that is published.")
    if not data.strip():
        raise Refused(f"{name} was not read: it is empty.")
    if b"\x00" in data:
        raise Refused(f"{name} was not read: it is not text; give it as CSV.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _not_known(name: str, columns: set[str]) -> str:
    like, lacking, more = layouts.nearest(columns)
    if not like.own_columns() & columns:
        return f"{name} was not read: its columns are those of no published file that we know."
    said = [
        f"{what} {', '.join(sorted(which))[:200]}"
        for what, which in (("lacks", lacking), ("has besides", more))
        if which
    ]
    return f"{name} was not read: it looks like “{like.title}” but {' and '.join(said)}."
