"""Triggers: the list of sign-ins is append-only."""

from importlib import import_module

from django.db import migrations

kept = import_module("missions.migrations.0005_access_records_kept")
TABLE = "missions_signin"


def make(apps, schema_editor):
    for statement in kept.made(schema_editor.connection.vendor, TABLE):
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    for statement in kept.undone(schema_editor.connection.vendor, TABLE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0007_sign_ins")]
    operations = [migrations.RunPython(make, undo)]
