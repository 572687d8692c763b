from django.db import migrations

TABLE = "programme_pricedbaseline"
MESSAGE = "a priced baseline is kept as it was made"
KEPT = ("id", "costing_id", "counted", "pictures")


def put_in_place(apps, schema_editor):
    """The database itself refuses a change, whoever asks and from wherever."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        same = " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in KEPT)
        run(
            "CREATE FUNCTION onedoor_guard_priced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' THEN IF NEW.going_on IS NULL AND {same} "
            f"THEN RETURN NEW; END IF; END IF; RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        run(
            f"CREATE TRIGGER {TABLE}_guard BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION onedoor_guard_priced()"
        )
        return
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in KEPT)
    run(
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    run(
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} "
        f"WHEN NOT (NEW.going_on IS NULL AND {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def take_away(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(f"DROP TRIGGER IF EXISTS {TABLE}_guard ON {TABLE}")
        run("DROP FUNCTION IF EXISTS onedoor_guard_priced()")
        return
    for verb in ("delete", "change"):
        run(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("programme", "0006_pricedbaseline")]
    operations = [migrations.RunPython(put_in_place, take_away)]
