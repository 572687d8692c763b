"""What a costing gives out: JSON, a workbook and a paper, all of the same figures.

from onedoor.programme import files
given = files.of(kept.result, kept.pictures, kind="xlsx", on=today)
given.name, given.type, given.data
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onedoor.programme import paper, workbook

TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Given:
    name: str
    type: str
    data: bytes


def of(said: Mapping[str, Any], pictures: Mapping[str, str], *, kind: str, on: date) -> Given:
    """A costing as `Costing.as_dict` gives it, as a file of one of `TYPES`, made on a day. The
    name holds its run and no word of anybody's. Raises `NotNow` where a paper cannot be made."""
    if kind == "json":
        data = as_json(said)
    elif kind == "xlsx":
        data = workbook.written(said, on=on)
    else:
        data = paper.written(said, pictures, on=on)
    return Given(f"costing-{said['run']}.{kind}", TYPES[kind], data)


def as_json(said: Mapping[str, Any]) -> bytes:
    """What `onedoor cost --json` prints, its keys in the order of the alphabet: a database may keep
    them in any order, and the file is to be the same bytes on every machine."""
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
