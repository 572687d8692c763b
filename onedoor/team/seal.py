"""The record's seal: triggers with which the database refuses UPDATE, DELETE and TRUNCATE.

They are put back after every migration, because on SQLite remaking a table drops them in silence,
and looked for whenever the server starts.
"""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections

SEALED = ("team_entry", "team_entrysubject")
MESSAGE = "the record is never changed, only added to"

_SQLITE = {
    f"{table}_no_{verb.lower()}": (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for table in SEALED
    for verb in ("UPDATE", "DELETE")
}
_BODY = f" BEGIN RAISE EXCEPTION '{MESSAGE}'; END "
_REFUSE = f"""CREATE OR REPLACE FUNCTION onedoor_refuse() RETURNS trigger LANGUAGE plpgsql AS
$${_BODY}$$"""
_POSTGRES = {
    f"{table}_no_{name}": (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} "
        f"FOR EACH {'STATEMENT' if name == 'truncate' else 'ROW'} "
        "EXECUTE FUNCTION onedoor_refuse()"
    )
    for table in SEALED
    for name, verb in {"change": "UPDATE OR DELETE", "truncate": "TRUNCATE"}.items()
}


def triggers(connection: Any) -> dict[str, str]:
    """Every trigger that should stand on the tables there are, by name, as it is made."""
    every = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
    return {name: said for name, said in every.items() if _table(name) in present}


def _table(trigger: str) -> str:
    return trigger.rsplit("_no_", 1)[0]


def put_in_place(using: str = "default", **_: Any) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for name, statement in triggers(connection).items():
            take_off(cursor, name)
            cursor.execute(statement)


def take_off(cursor: Any, name: str) -> None:
    on = f" ON {_table(name)}" if cursor.db.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(using: str = "default") -> list[str]:
    """The triggers that are gone, switched off or no longer say what they should."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_STANDING, [_BODY])
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        standing = {name: _plain(said) for name, said in cursor.fetchall()}
    return [
        name for name, said in triggers(connection).items() if standing.get(name) != _plain(said)
    ]


# As the database spells them out, so long as they are switched on for every session, and the
# function that they call still refuses.
_STANDING = """
    SELECT t.tgname, pg_get_triggerdef(t.oid)
      FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
     WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND p.prosrc = %s
"""


def _plain(statement: str) -> str:
    """A statement in the way both we and the database would write it."""
    words = statement.replace("public.", "").replace("DELETE OR UPDATE", "UPDATE OR DELETE")
    return " ".join(words.split())


def still_in_place(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """A start-up check: serve nothing while the record could be rewritten."""
    faults: list[CheckMessage] = []
    for using in databases or ["default"]:
        try:
            gone = missing(using)
        except DatabaseError:
            continue  # no database yet: migrate says so better than we can
        if gone:
            faults.append(
                Error(
                    f"The record is not sealed: {', '.join(gone)} missing or altered.",
                    hint="`onedoor manage migrate` puts the seal back. Ask who removed it.",
                    id="team.E001",
                )
            )
    return faults
