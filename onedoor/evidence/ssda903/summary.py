"""What a reading says of itself: as plain values, and as plain text for a terminal."""

from dataclasses import asdict
from typing import Any

from onedoor.evidence.ssda903 import ledger
from onedoor.evidence.ssda903.returns import Reading
from onedoor.evidence.terminal import wrapped

KINDS = ("bad row", "bad value", "repair")


def as_dict(reading: Reading) -> dict[str, Any]:
    """For JSON or a template: the files, where every row went, the ledger by rule, the notices."""
    return {
        "files": [asdict(file) for file in reading.files],
        "accounts": [asdict(account) for account in reading.accounts],
        "lines": lines_by_rule(reading),
        "notices": list(reading.notices),
    }


def lines_by_rule(reading: Reading) -> list[dict[str, Any]]:
    """For each rule of the ledger that was needed: how often, and the first line as an example."""
    rules = ledger.rules()
    found = []
    for rule, count in reading.counts_by_rule().items():
        first = next(ledger.each(reading.lines.filter(rule=rule).head(1)))
        found.append(
            {
                "rule": rule,
                "kind": rules[rule].kind,
                "count": count,
                "file": first.file,
                "line": first.line,
                "column": first.column,
                "what": first.what,
                "mend": first.mend,
            }
        )
    return found


def written(reading: Reading, width: int = 80) -> list[str]:
    """Lines of text: where every row went, files not read, notices, and the ledger by rule."""
    parts = ["What was read", "============="]
    for account in reading.accounts:
        parts += wrapped(
            f"{account.table}: {account.rows_in:,} rows came in; {account.kept:,} kept "
            f"({account.superseded:,} of them again in a later return), {account.refused:,} "
            f"refused, {account.folded:,} folded into another row.",
            width,
        )
    return parts + found(reading, width)


def found(reading: Reading, width: int = 80) -> list[str]:
    """Lines of text: files not read, notices, and the ledger by rule with how to mend it."""
    parts: list[str] = []
    for file in reading.refused_files:
        parts += wrapped(file.sentence, width)
    for notice in reading.notices:
        parts += wrapped(notice, width)
    lines = lines_by_rule(reading)
    for kind in KINDS:
        own = [each for each in lines if each["kind"] == kind]
        if own:
            parts += ["", f"{kind.capitalize()}s: {sum(each['count'] for each in own):,}"]
        for each in own:
            where = f"{each['file']} line {each['line']}"
            parts += wrapped(f"{each['count']:,} like {where}: {each['what']}", width, "  ")
            parts += wrapped(f"To mend: {each['mend']}", width, "    ")
    return parts
