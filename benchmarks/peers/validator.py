"""Runs inside an environment of its own, with csc-validator-be-903: asks all its rules of a return.

Words: this year's folder, last year's folder, the rule set, the year of collection, the authority.
"""

import csv
import importlib
import io
import json
import logging
import resource
import sys
import time
from pathlib import Path

this_year, last_year, ruleset, year, authority = sys.argv[1:]

begun = time.process_time()
from lac_validator import lac_validator  # noqa: E402 - loading its postcodes is part of its work

logging.disable(logging.CRITICAL)


def bare(data: bytes) -> bytes:
    """The file without the YEAR that regional extracts add, which this peer refuses."""
    rows = list(csv.reader(io.StringIO(data.decode())))
    keep = [at for at, name in enumerate(rows[0]) if name != "YEAR"]
    out = io.StringIO()
    csv.writer(out).writerows([row[at] for at in keep] for row in rows)
    return out.getvalue().encode()


def given(folder: str, description: str) -> list[dict]:
    return [
        {"name": path.name, "file_content": bare(path.read_bytes()), "description": description}
        for path in sorted(Path(folder).glob("*.csv"))
    ]


registry = importlib.import_module(f"lac_validator.rules.{ruleset}").registry
asked = lac_validator.LacValidator(
    metadata={"collectionYear": year, "localAuthority": authority},
    files=given(this_year, "This year") + given(last_year, "Prev year"),
    registry=registry,
    selected_rules=None,
)
found = {}
for rows in asked.ds_results.values():
    for column in getattr(rows, "columns", ()):
        if column.startswith("ERR_"):
            rule = column.removeprefix("ERR_")
            found[rule] = found.get(rule, 0) + int((rows[column] == True).sum())  # noqa: E712
print(
    json.dumps(
        {
            "cpu": time.process_time() - begun,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "asked": len(asked.dones),
            "failed": sorted(map(str, asked.fails)),
            "found": found,
        }
    )
)
