"""Files as one compressed value and back, and the digest that tells the same files again."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence

Files = Sequence[tuple[str, bytes]]


def packed(files: Files) -> bytes:
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as folder:
        for number, (name, data) in enumerate(files):
            # Named by number too, so that no name is ever taken for a path.
            folder.writestr(f"{number:04d} {name}", data)
    return inside.getvalue()


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return [(name.split(" ", 1)[1], folder.read(name)) for name in folder.namelist()]


def digest(files: Files) -> str:
    """Of what is in the files, in any order and under any names: they are told by their columns."""
    every = sorted(hashlib.sha256(data).hexdigest() for _, data in files)
    return hashlib.sha256("".join(every).encode()).hexdigest()


def digest_with(of_files: str, **beside: str) -> str:
    """Of files and of what else they are counted with; that of the files where that is nothing."""
    said = {what: text for what, text in beside.items() if text}
    if not said:
        return of_files
    return hashlib.sha256(json.dumps([of_files, said], sort_keys=True).encode()).hexdigest()
