"""From a folder to rows: each file as what it is, CSV or XML, by its first bytes."""

import io
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
    """Every file under a folder (or the one file), by its name inside it, but for hidden ones."""
    found = [at] if at.is_file() else sorted(path for path in at.rglob("*") if path.is_file())
    root = at.parent if at.is_file() else at
    for path in found:
        inside = path.relative_to(root)
        if not any(part.startswith(".") for part in inside.parts):
            # A name need not be text on every disk; it is only ever shown.
            yield inside.as_posix().encode(errors="replace").decode(), path


def rows_of(name: str, source: Source) -> list[text.Rows]:
    """The rows of one file, table by table. Raises Refused with a sentence that names the file."""
    try:
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


def _opened(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
