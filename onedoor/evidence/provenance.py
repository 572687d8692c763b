"""Where a result comes from: enough to make the same figures again, and a name for it."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

HERE = Path(__file__).parent
CODE = {".py", ".toml"}


@dataclass(frozen=True, slots=True)
class Provenance:
    """`run` names the result: the same code, inputs, parameters and seed give the same name, and
    anything else another. `version` is that of the release, and a digest of its code after it."""

    run: str
    version: str
    seed: int | None
    inputs: dict[str, str]
    parameters: dict[str, Any] = field(default_factory=dict)


def of(*, seed: int | None, inputs: dict[str, Any], parameters: dict[str, Any]) -> Provenance:
    """The provenance of a result.

    `inputs`: what was read, by name: bytes, arrays, polars frames or plain values; only their
    digests are kept. `parameters`: plain values that are shown as they are.
    """
    version = f"{metadata.version('onedoor')}+{code(HERE)[:8]}"
    digests = {name: digest(thing) for name, thing in sorted(inputs.items())}
    shown = json.loads(json.dumps(parameters, sort_keys=True, default=_plain))
    whole = json.dumps([version, digests, shown, seed], sort_keys=True)
    return Provenance(_sha(whole.encode())[:16], version, seed, digests, shown)


@cache
def code(folder: Path) -> str:
    """A digest of the code and data files in a folder and in those within it, and of the version
    of NumPy, whose random numbers may be others in another.

    A release has a number, but a copy that somebody changed has the same: figures of another law,
    map or rate must not pass for these.
    """
    whole = hashlib.sha256(np.__version__.encode())
    for path in sorted(each for each in folder.rglob("*") if each.suffix in CODE):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def digest(thing: Any) -> str:
    """A digest of bytes, an array, a frame or a plain value, the same on every machine."""
    if isinstance(thing, bytes):
        return _sha(thing)
    if isinstance(thing, np.ndarray):
        return _sha(f"{thing.dtype.str}{thing.shape}".encode() + np.ascontiguousarray(thing).data)
    if isinstance(thing, pl.DataFrame):
        return _sha(thing.write_csv().encode())
    return _sha(json.dumps(thing, sort_keys=True, default=_plain).encode())


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is not a plain value")
