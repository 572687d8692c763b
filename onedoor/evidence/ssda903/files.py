"""From a folder to rows: each file as what it is, CSV or XML, by its first bytes."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from onedoor.evidence.refusal import Refused
from onedoor.evidence.ssda903 import markup, text

# Bytes in memory, or where a file is.
Source = bytes | Path

# Far beyond a large council's ten years. Text is held whole while it is read; XML is not.
LARGEST_TEXT = 64 * 1024 * 1024
LARGEST_XML = 256 * 1024 * 1024


def each_file(at: Path) -> Iterator[tuple[str, Path]]:
    """Every file under a folder (or the one file), by its name inside it, but for hidden ones.

    What cannot be read as a file is among them, a folder that cannot be opened too, so that
    `rows_of` says so: nothing is passed over in silence.
    """
    root = at if at.is_dir() else at.parent
    for path in sorted(_inside(at)) if at.is_dir() else [at]:
        # A name need not be text on every disk; it is only ever shown.
        yield path.relative_to(root).as_posix().encode(errors="replace").decode(), path


def _inside(folder: Path) -> list[Path]:
    found = list[Path]()

    def closed(wrong: OSError) -> None:
        found.append(Path(wrong.filename))

    for where, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A link may lead anywhere, round in a circle too, and is not followed.
        links = [name for name in folders if Path(where, name).is_symlink()]
        found += [Path(where, name) for name in links + names if not name.startswith(".")]
    return found


def rows_of(name: str, source: Source) -> list[text.Rows]:
    """The rows of one file, table by table. Raises Refused with a sentence that names the file."""
    try:
        if isinstance(source, Path) and not source.is_file():
            raise Refused(f"{name} was not read: {_no_file(source)}")
        with _opened(source) as stream:
            start = stream.read(1024)
            is_xml = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
            size = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            if size > (LARGEST_XML if is_xml else LARGEST_TEXT):
                raise Refused(f"{name} was not read: it is larger than any return.")
            return markup.rows_of(name, stream) if is_xml else [text.rows_of(name, stream.read())]
    except OSError as wrong:
        raise Refused(f"{name} was not read: it cannot be opened ({wrong.strerror}).") from None


def _no_file(path: Path) -> str:
    if path.is_dir() and path.is_symlink():
        return "it is a link to a folder, and links are not followed; give that folder itself."
    if path.is_dir():
        return "it is a folder that cannot be opened; ask for the right to read it."
    if path.is_symlink():
        return "it is a link to a file that is not there; put the file in its place."
    return "it is no file with content; give the file itself."


def _opened(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
