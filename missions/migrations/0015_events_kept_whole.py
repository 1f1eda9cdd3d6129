"""Two further ways to rewrite the history of difficulties are refused: emptying its table, and replacing a row."""

from importlib import import_module

from django.db import migrations

kept = import_module("missions.migrations.0003_events_append_only")
TABLE = kept.TABLE
MADE = {
    "postgresql": [
        f"""
        CREATE TRIGGER {TABLE}_kept_whole BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_kept()
        """
    ],
    # REPLACE deletes a row without telling the trigger that guards against DELETE.
    "sqlite": [
        """
        CREATE TRIGGER missions_difficultyevent_replace_kept BEFORE INSERT ON missions_difficultyevent
        WHEN EXISTS (SELECT 1 FROM missions_difficultyevent WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, 'The history of a difficulty cannot be changed.'); END
        """
    ],
}
UNDONE = {
    "postgresql": [f"DROP TRIGGER {TABLE}_kept_whole ON {TABLE}"],
    "sqlite": [f"DROP TRIGGER {TABLE}_replace_kept"],
}


def protect(apps, schema_editor):
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    for statement in UNDONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0014_stamp")]
    operations = [migrations.RunPython(protect, unprotect)]
