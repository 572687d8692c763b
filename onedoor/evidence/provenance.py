"""Where a result comes from: enough to make the same figures again, and a name for it."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date
from importlib import metadata
from typing import Any

import numpy as np
import polars as pl


@dataclass(frozen=True, slots=True)
class Provenance:
    """`run` names the result: the same code, inputs, parameters and seed give the same name."""

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
    version = metadata.version("onedoor")
    digests = {name: digest(thing) for name, thing in sorted(inputs.items())}
    shown = json.loads(json.dumps(parameters, sort_keys=True, default=_plain))
    whole = json.dumps([version, digests, shown, seed], sort_keys=True)
    return Provenance(_sha(whole.encode())[:16], version, seed, digests, shown)


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
