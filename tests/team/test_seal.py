"""The database refuses to rewrite the record, and an unsafe database is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, connections, models, transaction

from onedoor.settings import base
from onedoor.team import engine, record, seal
from onedoor.team.models import Entry
from onedoor.team.subjects.models import EntrySubject
from tests.factories import NOW, an_account

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="This is about SQLite.")
on_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="This is about PostgreSQL."
)


@pytest.fixture(autouse=True)
def some_lines():
    jo = an_account("director")
    with record.change("team.example", by=jo, at=NOW, about=[jo.pk]):
        pass
    connection.check_constraints()  # PostgreSQL drops no trigger with work still to do


def tell(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def take_off(name: str) -> None:
    with connection.cursor() as cursor:
        seal.take_off(cursor, name)


def refused_every_way() -> None:
    before = list(Entry.objects.values_list()), list(EntrySubject.objects.values_list())
    tellings = [
        "UPDATE team_entry SET verb = 'nothing'",
        "DELETE FROM team_entry",
        "UPDATE team_entrysubject SET entry_id = entry_id",
        "DELETE FROM team_entrysubject",
    ]
    if connection.vendor == "postgresql":
        tellings += ["TRUNCATE team_entry, team_entrysubject", "TRUNCATE team_entrysubject"]
    else:
        tellings += [
            "INSERT OR REPLACE INTO team_entry SELECT * FROM team_entry",
            "INSERT OR REPLACE INTO team_entrysubject SELECT * FROM team_entrysubject",
            "UPDATE OR REPLACE team_entry SET number = number",
        ]
    for telling in tellings:
        with pytest.raises(DatabaseError, match="the record is never changed, only added to"):
            tell(telling)
    after = list(Entry.objects.values_list()), list(EntrySubject.objects.values_list())
    assert after == before


def test_the_database_refuses_every_way_to_rewrite_the_record():
    refused_every_way()


def test_it_still_refuses_after_a_migration_runs_again():
    for name in seal.triggers(connection):
        take_off(name)
    call_command("migrate", verbosity=0)
    assert seal.missing() == []
    refused_every_way()


@on_sqlite
def test_remaking_a_table_on_sqlite_loses_the_seal_and_migrate_puts_it_back(fresh_database):
    with fresh_database.here():
        here = connections["default"]
        wider = models.CharField(max_length=90)
        wider.set_attributes_from_name("verb")
        with here.schema_editor() as editor:
            editor.alter_field(Entry, Entry._meta.get_field("verb"), wider)
        assert seal.missing() == ["team_entry_no_update", "team_entry_no_delete"]
        call_command("migrate", verbosity=0)
        assert seal.missing() == []


def test_the_start_up_check_names_each_trigger_that_is_gone():
    assert seal.still_in_place(["default"]) == []
    for name in seal.triggers(connection):
        with transaction.atomic():
            take_off(name)
            (fault,) = seal.still_in_place(["default"])
            assert fault.id == "team.E001"
            assert fault.msg == f"The record is not sealed: {name} missing or altered."
            transaction.set_rollback(True)
    assert seal.still_in_place(["default"]) == []


@on_sqlite
def test_the_start_up_check_sees_a_trigger_that_says_something_else():
    take_off("team_entry_no_delete")
    tell("CREATE TRIGGER team_entry_no_delete BEFORE DELETE ON team_entry BEGIN SELECT 1; END")
    assert seal.missing() == ["team_entry_no_delete"]


@on_postgres
@pytest.mark.parametrize(
    ("deed", "gone"),
    [
        ("ALTER TABLE team_entry DISABLE TRIGGER team_entry_no_change", 1),
        ("ALTER TABLE team_entry ENABLE REPLICA TRIGGER team_entry_no_change", 1),
        (
            "CREATE OR REPLACE FUNCTION onedoor_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$",
            4,
        ),
    ],
    ids=["switched off", "only for replicas", "the function lets all through"],
)
def test_the_start_up_check_sees_a_trigger_that_no_longer_refuses(deed, gone):
    tell(deed)
    assert len(seal.missing()) == gone


def test_the_check_runs_with_djangos_own():
    take_off(next(iter(seal.triggers(connection))))
    with pytest.raises(SystemCheckError, match="The record is not sealed"):
        call_command("check", databases=["default"])


def test_the_server_does_not_start_while_the_record_could_be_rewritten(fresh_database, open_site):
    with fresh_database.here():
        take_off(next(iter(seal.triggers(connections["default"]))))
    with pytest.raises(AssertionError, match="The record is not sealed"):
        open_site()


# ── the engine beneath ───────────────────────────────────────────────────────────────────────────


def another_connection(options, **settings):
    """A connection with other settings, made as every process makes one."""
    usual = connections["default"]
    settings["OPTIONS"] = usual.settings_dict["OPTIONS"] | options
    return type(usual)(usual.settings_dict | settings, "another")


def test_our_own_settings_keep_every_promise():
    assert engine.faults(connection) == []
    assert engine.settings_keep_promises(["default"]) == []


def sqlite_saying(tmp_path, **changed):
    pragmas = {"journal_mode": "TRUNCATE", "synchronous": "FULL", "recursive_triggers": "ON"}
    command = "".join(f"PRAGMA {name}={value};" for name, value in (pragmas | changed).items())
    return another_connection({"init_command": command}, NAME=tmp_path / "another.sqlite3")


@on_sqlite
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"synchronous": "NORMAL"}, "synchronous is not FULL"),
        ({"synchronous": "OFF"}, "synchronous is not FULL"),
        ({"recursive_triggers": "OFF"}, "recursive_triggers is off"),
        ({"foreign_keys": "OFF"}, "foreign_keys is off"),
    ],
)
def test_a_connection_that_could_lose_or_rewrite_is_refused(tmp_path, changed, sentence):
    unsafe = sqlite_saying(tmp_path, **changed)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        unsafe.connect()
    assert unsafe.connection is None


@on_sqlite
def test_write_ahead_logging_is_refused_on_a_sqlite_that_can_lose_commits_in_it(tmp_path):
    version = connection.Database.sqlite_version_info
    walled = sqlite_saying(tmp_path, journal_mode="WAL")
    if engine.wal_is_mended(version):
        walled.connect()
        walled.close()
    else:
        with pytest.raises(ImproperlyConfigured, match="can lose commits in WAL mode"):
            walled.connect()


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_which_sqlite_has_the_mend_and_what_our_settings_choose_for_it(version, mended):
    assert engine.wal_is_mended(version) is mended
    chosen = base.sqlite_options(version)["init_command"]
    assert ("journal_mode=WAL" if mended else "journal_mode=TRUNCATE") in chosen
    assert "synchronous=FULL" in chosen


@on_postgres
def test_a_connection_that_acknowledges_before_the_disk_has_it_is_refused():
    unsafe = another_connection({"options": "-c synchronous_commit=off"})
    with pytest.raises(ImproperlyConfigured, match="synchronous_commit is off"):
        unsafe.connect()
    assert unsafe.connection is None
