"""The history of difficulties is append-only: the database itself refuses to change or delete a row of it."""

from django.db import migrations

TABLE = "missions_difficultyevent"
REFUSED = "The history of a difficulty cannot be changed."
POSTGRESQL = [
    f"""
    CREATE FUNCTION {TABLE}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_kept BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_kept()
    """,
]
SQLITE = [
    f"CREATE TRIGGER {TABLE}_{verb}_kept BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    for verb in ("update", "delete")
]
UNDONE = {
    "postgresql": [f"DROP TRIGGER {TABLE}_kept ON {TABLE}", f"DROP FUNCTION {TABLE}_kept()"],
    "sqlite": [f"DROP TRIGGER {TABLE}_{verb}_kept" for verb in ("update", "delete")],
}


def protect(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    for statement in UNDONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0002_relays_and_events")]
    operations = [migrations.RunPython(protect, unprotect)]
