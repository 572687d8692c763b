"""The decisions' lock: triggers with which the database refuses to rewrite one.

A decision is what somebody will be asked about in ten years' time. They are put back after every
migration, because on SQLite remaking a table drops them in silence.
"""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections

LOCKED = ("homes_decision", "homes_decisionanswer", "homes_staychange")
MESSAGE = "a decision is never changed: make another"

_SQLITE = {
    f"{table}_no_{verb.lower()}": (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for table in LOCKED
    for verb in ("UPDATE", "DELETE")
}
# 23000 is what Django calls an IntegrityError, as SQLite does of its own accord.
_REFUSE = f"""CREATE OR REPLACE FUNCTION onedoor_refuse_decision() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23000'; END $$"""
_POSTGRES = {
    f"{table}_no_change": (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION onedoor_refuse_decision()"
    )
    for table in LOCKED
}

# A stay belongs to whoever the decision was made for, in the home that was decided. No constraint
# can look into another table, so a trigger does.
_SAME = """SELECT 1 FROM homes_decision d JOIN homes_place p ON p.id = NEW.place_id
WHERE d.id = NEW.decision_id AND d.young_person_id = NEW.young_person_id
AND d.home_id = p.home_id"""
_NOT_THEIRS = "a stay needs a decision for that young person and that home"
for _verb in ("INSERT", "UPDATE"):
    _SQLITE[f"homes_stay_theirs_{_verb.lower()}"] = (
        f"CREATE TRIGGER homes_stay_theirs_{_verb.lower()} BEFORE {_verb} ON homes_stay "
        f"WHEN NOT EXISTS ({_SAME}) BEGIN SELECT RAISE(ABORT, '{_NOT_THEIRS}'); END"
    )
_CHECK_SAME = f"""CREATE OR REPLACE FUNCTION onedoor_stay_theirs() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN IF NOT EXISTS ({_SAME}) THEN RAISE EXCEPTION '{_NOT_THEIRS}'
USING ERRCODE = '23000'; END IF;
RETURN NEW; END $$"""
_POSTGRES["homes_stay_theirs"] = (
    "CREATE TRIGGER homes_stay_theirs BEFORE INSERT OR UPDATE ON homes_stay "
    "FOR EACH ROW EXECUTE FUNCTION onedoor_stay_theirs()"
)


def _table_of(trigger: str) -> str:
    return "homes_stay" if trigger.startswith("homes_stay_") else trigger.rsplit("_no_", 1)[0]


def put_in_place(using: str = "default", **_: Any) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if not set(connection.introspection.table_names(cursor)).issuperset(LOCKED):
            return
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
            cursor.execute(_CHECK_SAME)
            for name, statement in _POSTGRES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_table_of(name)}")
                cursor.execute(statement)
        else:
            for name, statement in _SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
            standing = {name for (name,) in cursor.fetchall()}
            return [name for name in _POSTGRES if name not in standing]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    return [name for name, statement in _SQLITE.items() if found.get(name) != statement]


def still_in_place(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """A start-up check: serve nothing while a decision could be rewritten."""
    faults: list[CheckMessage] = []
    for using in databases or ["default"]:
        try:
            with connections[using].cursor() as cursor:
                tables = set(connections[using].introspection.table_names(cursor))
            gone = missing(using) if tables.issuperset(LOCKED) else []
        except DatabaseError:
            continue  # no database yet: migrate says so better than we can
        if gone:
            faults.append(
                Error(
                    f"Decisions are not locked: {', '.join(gone)} missing or altered.",
                    hint="`onedoor manage migrate` puts the lock back. Ask who removed it.",
                    id="homes.E001",
                )
            )
    return faults
