"""Triggers: earlier cases move the page version and their public stamps, those of which more than a title is known."""

from importlib import import_module

from django.db import migrations

triggers = import_module("missions.migrations.0011_triggers_of_public_words")
NAME = "earliercase"
TABLES = [NAME, f"{NAME}_sources", f"{NAME}_countries_also"]

# The table came later than that module, which ``make_again`` of any later migration asks what it must make.
triggers.SHOWN[NAME] = "NOT {row}.title_only"
triggers.STAMPED.append(NAME)
for part in TABLES[1:]:
    triggers.PARTS[part] = triggers.REWORDING[part] = (NAME, f"{NAME}_id")


def make_tables(schema_editor, names):
    """Make the triggers of tables that were just made."""
    triggers.make_again(schema_editor, *names)
    if schema_editor.connection.vendor == "postgresql":
        for name in names:
            schema_editor.execute(triggers.before.moving_on_postgresql(f"missions_{name}", "published")[1], params=None)
            for statement in triggers.on_postgresql(name):
                schema_editor.execute(statement, params=None)


def drop_tables(schema_editor, names):
    """Drop them again."""
    triggers.take_off(schema_editor, *names)
    if schema_editor.connection.vendor == "postgresql":
        for name in names:
            marked = name in [*triggers.STAMPED, *triggers.REWORDING]
            for function in ("moved", "reworded") if marked else ("moved",):
                schema_editor.execute(f"DROP FUNCTION missions_{name}_{function} CASCADE", params=None)
            schema_editor.execute(f"DROP TRIGGER missions_{name}_version_emptied ON missions_{name}", params=None)


def make(apps, schema_editor):
    make_tables(schema_editor, TABLES)


def undo(apps, schema_editor):
    drop_tables(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("missions", "0032_earlier_cases")]
    operations = [migrations.RunPython(make, undo)]
