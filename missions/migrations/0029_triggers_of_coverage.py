"""The page version moves with what the public reads of coverage, districts, points of contact and office days."""

from importlib import import_module

from django.db import migrations

before = import_module("missions.migrations.0002_history_and_page_version")
triggers = import_module("missions.migrations.0011_triggers_of_public_words")
TABLES = [
    *("coverage", "coverage_sources", "district", "district_sources"),
    *("contactpoint", "contactpoint_sources", "publicholiday"),
]


def make(apps, schema_editor, tables=TABLES):
    triggers.make_again(schema_editor, *tables)
    if schema_editor.connection.vendor == "postgresql":
        for name in tables:
            emptied = before.moving_on_postgresql(f"missions_{name}", "published")[1]
            for statement in (*triggers.on_postgresql(name), emptied):
                schema_editor.execute(statement, params=None)


def undo(apps, schema_editor, tables=TABLES):
    triggers.take_off(schema_editor, *tables)
    if schema_editor.connection.vendor == "postgresql":
        for name in tables:
            schema_editor.execute(f"DROP FUNCTION missions_{name}_moved CASCADE", params=None)
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS missions_{name}_version_emptied ON missions_{name}", params=None
            )


class Migration(migrations.Migration):
    dependencies = [("missions", "0028_coverage_and_contacts")]
    operations = [migrations.RunPython(make, undo)]
