from django.db import migrations

CARD = "programme_ratecard"
COSTING = "programme_costing"
CARD_MESSAGE = "a rate card is kept as it was made"
MESSAGE = "a costing is kept as it was asked for"
MOVE = "a costing cannot move so"
INPUTS = (
    "id", "digest", "title", "plan_text", "rates_id", "returns_id", "youngest", "oldest",
    "replications", "seed", "authority", "asked_at", "asked_by_id",
)
MOVES = (
    "waiting>running", "running>running", "running>done", "running>stopped", "running>refused",
    "stopped>waiting",
)
LISTED = ", ".join(f"'{move}'" for move in MOVES)


def _changed(differs):
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in INPUTS)


def put_in_place(apps, schema_editor):
    """The database itself refuses a change, whoever asks and from wherever."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION onedoor_refuse_rate_card() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{CARD_MESSAGE}'; END $$"
        )
        run(
            f"CREATE TRIGGER {CARD}_no_change BEFORE UPDATE OR DELETE ON {CARD} "
            "FOR EACH ROW EXECUTE FUNCTION onedoor_refuse_rate_card()"
        )
        run(
            "CREATE FUNCTION onedoor_guard_costing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{MESSAGE}'; END IF; "
            f"IF {_changed('IS DISTINCT FROM')} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; "
            f"IF OLD.state || '>' || NEW.state NOT IN ({LISTED}) "
            f"THEN RAISE EXCEPTION '{MOVE}'; END IF; RETURN NEW; END $$"
        )
        run(
            f"CREATE TRIGGER {COSTING}_guard BEFORE UPDATE OR DELETE ON {COSTING} "
            "FOR EACH ROW EXECUTE FUNCTION onedoor_guard_costing()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        run(
            f"CREATE TRIGGER {CARD}_no_{verb.lower()} BEFORE {verb} ON {CARD} "
            f"BEGIN SELECT RAISE(ABORT, '{CARD_MESSAGE}'); END"
        )
    run(
        f"CREATE TRIGGER {COSTING}_no_delete BEFORE DELETE ON {COSTING} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    run(
        f"CREATE TRIGGER {COSTING}_inputs BEFORE UPDATE ON {COSTING} WHEN {_changed('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    run(
        f"CREATE TRIGGER {COSTING}_moves BEFORE UPDATE ON {COSTING} "
        f"WHEN OLD.state || '>' || NEW.state NOT IN ({LISTED}) "
        f"BEGIN SELECT RAISE(ABORT, '{MOVE}'); END"
    )


def take_away(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(f"DROP TRIGGER IF EXISTS {CARD}_no_change ON {CARD}")
        run("DROP FUNCTION IF EXISTS onedoor_refuse_rate_card()")
        run(f"DROP TRIGGER IF EXISTS {COSTING}_guard ON {COSTING}")
        run("DROP FUNCTION IF EXISTS onedoor_guard_costing()")
        return
    for name in (f"{CARD}_no_update", f"{CARD}_no_delete", f"{COSTING}_no_delete",
                 f"{COSTING}_inputs", f"{COSTING}_moves"):
        run(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_costing")]
    operations = [migrations.RunPython(put_in_place, take_away)]
