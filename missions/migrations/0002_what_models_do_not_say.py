"""Triggers, indexes of words and a view: what the database holds beside the tables of the models.

Each module beside this one has the statements of both databases for one of them. A migration that makes one of their
tables anew on SQLite asks the same modules to take off what stands on it and to make it again.
"""

from django.db import migrations

from missions.migrations import _append_only, _outdated_english, _public_words, _report_status, _search_indexes

PARTS = [_append_only, _search_indexes, _public_words, _report_status, _outdated_english]


def make(apps, schema_editor):
    for part in PARTS:
        part.make(schema_editor)


def undo(apps, schema_editor):
    for part in reversed(PARTS):
        part.undo(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("missions", "0001_records")]
    operations = [migrations.RunPython(make, undo)]
