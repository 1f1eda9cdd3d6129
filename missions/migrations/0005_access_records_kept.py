"""Triggers: access records and changes of roles are append-only."""

from django.db import migrations

TABLES = ["missions_accessrecord", "missions_rolechange"]
REFUSED = "This record is kept as it was written."


def made(vendor, table):
    """The statements that keep one table from being changed."""
    if vendor == "postgresql":
        return [
            f"""
            CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$
            """,
            f"""
            CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_kept()
            """,
            f"""
            CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()
            """,
        ]
    # REPLACE deletes a row without telling the trigger that guards against DELETE: so a third one guards INSERT.
    return [
        *(
            f"CREATE TRIGGER {table}_{verb}_kept BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            for verb in ("update", "delete")
        ),
        f"""
        CREATE TRIGGER {table}_replace_kept BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
    ]


def undone(vendor, table):
    """The statements that take it away again."""
    if vendor == "postgresql":
        return [f"DROP FUNCTION {table}_kept() CASCADE"]
    return [f"DROP TRIGGER {table}_{verb}_kept" for verb in ("update", "delete", "replace")]


def forwards(apps, schema_editor):
    for table in TABLES:
        for statement in made(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for table in TABLES:
        for statement in undone(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0004_access_records")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
