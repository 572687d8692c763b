"""What the words of the command have in common: their options, and how they answer."""

import argparse
import json
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import ledger

# Control characters that JSON lets stand in its texts, and those that turn the reading direction.
OBEYED = re.compile("[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def for_returns(asked: argparse.ArgumentParser) -> None:
    """A folder of returns, and the year of a single one."""
    asked.add_argument("folder", metavar="FOLDER", type=Path, help="the folder with the files")
    asked.add_argument(
        "--year", type=int, metavar="N", help="the March in which a single return ends"
    )


def for_ages(asked: argparse.ArgumentParser) -> None:
    asked.add_argument(
        "--ages", type=ages, default=(12, 17), metavar="12-17", help="ages counted, both included"
    )


def for_authority(asked: argparse.ArgumentParser) -> None:
    """Whose returns these are."""
    asked.add_argument(
        "--authority",
        metavar="NAME",
        help='the council, by name ("North Yorkshire"), ONS code or DfE number; with it homes are '
        "told as inside or outside",
    )


def for_places(asked: argparse.ArgumentParser) -> None:
    """Whose returns these are, and which homes are its hubs."""
    for_authority(asked)
    asked.add_argument(
        "--hubs",
        type=Path,
        metavar="FILE",
        help="its dated lists of hubs, emergency beds, hub families and lodgings (TOML or CSV)",
    )


def for_json(asked: argparse.ArgumentParser) -> None:
    asked.add_argument("--json", action="store_true", help="print JSON and not tables")


def for_pictures(asked: argparse.ArgumentParser) -> None:
    asked.add_argument(
        "--pictures", type=Path, metavar="FOLDER", help="draw the pictures (SVG) in this folder"
    )


def for_chance(asked: argparse.ArgumentParser) -> None:
    """How many replications, and the number that makes them the same again."""
    asked.add_argument(
        "--replications", type=int, default=1000, metavar="N", help="how many replications (1000)"
    )
    asked.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same number, the same figures (1)"
    )


def ages(words: str) -> tuple[int, int]:
    """12-17, or 16 alone."""
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", words)
    if match is None:
        raise argparse.ArgumentTypeError(f"write ages as 12-17, not {words!r}")
    return int(match[1]), int(match[2] or match[1])


def answer(asked: argparse.Namespace, said: dict[str, Any], words: Callable[[int], str]) -> None:
    """Print `said` as JSON where that was asked for, or `words` at the width of the terminal."""
    if asked.json:
        print(as_json(said))
    else:
        print(words(shutil.get_terminal_size().columns), end="")


def as_json(said: dict[str, Any]) -> str:
    """JSON that any program reads, in letters that standard output can write and without characters
    that a terminal would obey."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(said, ensure_ascii=not unicode, allow_nan=False, indent=1)
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def write_lines(lines: pl.DataFrame, path: Path) -> None:
    """Lines as a CSV file that is safe to open in a spreadsheet; Refused when it cannot be."""
    try:
        ledger.write_csv(lines, path)
    except OSError as wrong:
        raise Refused(f"{path} cannot be written: {wrong.strerror}.") from None


def draw(folder: Path | None, pictures: dict[str, str]) -> None:
    """Each picture as an SVG file of its name, where a folder was asked for; Refused when it cannot
    be written."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawn in pictures.items():
            (folder / f"{name}.svg").write_text(drawn + "\n", "utf-8")
    except OSError as wrong:
        raise Refused(f"{folder} cannot be written: {wrong.strerror}.") from None


def progress(what: str) -> Callable[[int, int], None]:
    """Something to call with (done, of) during long work: a line on standard error that is
    rewritten, for a person only. Silent where standard error is no terminal, and for the first
    second, so that quick work says nothing."""
    begun = time.monotonic()

    def told(done: int, of: int) -> None:
        if not sys.stderr.isatty() or time.monotonic() - begun < 1:
            return
        ends = "\n" if done >= of else ""
        print(f"\r{what}: {done:,} of {of:,}", end=ends, file=sys.stderr, flush=True)

    return told
