"""What the database engine must promise before we trust it with anybody's story."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

# PRAGMA synchronous answers 2 for FULL and 3 for EXTRA.
SAFE_SYNCHRONOUS = {2, 3}


def faults(connection: Any) -> list[str]:
    """Every promise this connection does not keep, as sentences."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] == "off":
                return ["synchronous_commit is off: acknowledged work could be lost in a crash."]
            return []

        def pragma(name: str) -> Any:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

        wrong = []
        if pragma("synchronous") not in SAFE_SYNCHRONOUS:
            wrong.append("synchronous is not FULL: a power cut could lose acknowledged work.")
        if not pragma("recursive_triggers"):
            wrong.append("recursive_triggers is off: REPLACE could rewrite the record.")
        if not pragma("foreign_keys"):
            wrong.append("foreign_keys is off: rows could lose what they belong to.")
        version = tuple(int(n) for n in connection.Database.sqlite_version.split(".")[:3])
        if pragma("journal_mode") == "wal" and not wal_is_mended(version):
            wrong.append(f"SQLite {version} can lose commits in WAL mode; use TRUNCATE.")
        return wrong


def wal_is_mended(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the mend for the WAL-reset race (3.51.3, 3.50.7, 3.44.6)."""
    return (
        version >= (3, 51, 3)
        or (version[:2] == (3, 50) and version[2] >= 7)
        or (version[:2] == (3, 44) and version[2] >= 6)
    )


def settings_keep_promises(databases: Any = None, **_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for using in databases or ["default"]:
        try:
            found += [Error(sentence, id="team.E002") for sentence in faults(connections[using])]
        except ImproperlyConfigured as error:  # refuse_unsafe spoke first
            found.append(Error(str(error), id="team.E002"))
        except DatabaseError:
            continue  # no database yet: migrate says so better than we can
    return found


def refuse_unsafe(connection: Any, **_: Any) -> None:
    """Refuse every connection whose settings could lose or rewrite what we were told."""
    wrong = faults(connection)
    if wrong:
        connection.close()
        raise ImproperlyConfigured(" ".join(wrong))
