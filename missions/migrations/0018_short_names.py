"""An organisation is found by what people call it."""

from importlib import import_module

from django.db import migrations, models

FIELD = models.CharField(
    blank=True,
    help_text="What people call it, separated by commas. Readers find it by them.",
    max_length=120,
    verbose_name="short names",
)


def make_triggers_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # which made the table anew, without them
        stamp = import_module("missions.migrations.0014_stamp")
        for statement in stamp.sqlite("missions_organisation", "published"):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0017_cases_by_month_of_outcome")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, make_triggers_anew),
        migrations.AddField(model_name="historicalorganisation", name="short_names", field=FIELD),
        migrations.AddField(model_name="organisation", name="short_names", field=FIELD.clone()),
        migrations.RunPython(make_triggers_anew, migrations.RunPython.noop),
    ]
