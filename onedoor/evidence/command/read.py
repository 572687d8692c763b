"""`onedoor read`: what a folder of returns holds, where every row went, and what to mend."""

import argparse
from pathlib import Path
from typing import Any

from onedoor.evidence import ssda903
from onedoor.evidence.command import asking, ending
from onedoor.evidence.ssda903 import Reading, summary
from onedoor.evidence.terminal import aligned, whole, wrapped


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    asked = commands.add_parser(
        "read",
        help="read SSDA903 returns and say where every row went and what to mend",
        description="Read a folder of SSDA903 returns, CSV or XML, all twelve tables, one year or "
        "several. Says which file holds what, how many rows were kept, refused or folded, and "
        "everything that was not taken exactly as written. Nothing leaves this machine.",
        epilog="Ends with 0 when every row was read, 1 when some rows or files were not, "
        "2 when nothing could be read.",
    )
    asking.for_returns(asked)
    asking.for_json(asked)
    asked.add_argument(
        "--repairs", type=Path, metavar="FILE.csv", help="write every repair and bad row here"
    )
    asked.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    reading = ssda903.read(asked.folder, year=asked.year)
    if asked.repairs is not None:
        asking.write_lines(reading.lines, asked.repairs)
    asking.answer(asked, as_dict(reading), lambda width: written(reading, width))
    return ending.after(reading)


def as_dict(reading: Reading) -> dict[str, Any]:
    """Plain values for JSON: the years, the files, where every row went, the ledger by rule."""
    return {"years": list(reading.years), **summary.as_dict(reading)}


def written(reading: Reading, width: int) -> str:
    """The files, the tables and the ledger as plain text, no wider than `width` but for names."""
    years = ", ".join(map(str, reading.years)) or "no year"
    parts = wrapped(f"Returns to {years}: {len(reading.files)} files", width)
    parts += ["", *_files(reading), "", *_tables(reading), ""]
    parts += wrapped(
        "Kept, refused and folded are all the rows that came in; again later are those of the "
        "kept that a later return has too.",
        width,
    )
    return "\n".join([*parts, *summary.found(reading, width)]) + "\n"


def _files(reading: Reading) -> list[str]:
    rows, drawn = [], list[float | None]()
    for file in reading.files:
        tables = file.table.split(", ")
        held = file.table if len(tables) == 1 else f"{len(tables)} tables"
        # A name could hold characters that a terminal would obey.
        name = "".join(each if each.isprintable() else "?" for each in file.name)
        rows.append([name, held if file.outcome == "read" else "not read", whole(file.rows)])
        drawn.append(file.rows)
    return aligned(["File", "Holds", "Rows"], rows, drawn)


def _tables(reading: Reading) -> list[str]:
    rows = [
        [
            account.table,
            *map(whole, (account.rows_in, account.kept, account.refused, account.folded)),
            whole(account.superseded),
        ]
        for account in reading.accounts
    ]
    head = ["Table", "Rows in", "Kept", "Refused", "Folded", "Again later"]
    return aligned(head, rows, [None] * len(rows))
