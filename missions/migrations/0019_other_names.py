"""Countries and missions are found by what people call them, as organisations are."""

from importlib import import_module

from django.db import migrations, models

FIELD = models.CharField(
    blank=True,
    help_text="What people call it, separated by commas. Readers find it by them.",
    max_length=120,
    verbose_name="other names",
)


def make_triggers_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # which made the tables anew, without them
        stamp = import_module("missions.migrations.0014_stamp")
        for table in ("missions_country", "missions_mission"):
            for statement in stamp.sqlite(table, "published"):
                schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("missions", "0018_short_names")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, make_triggers_anew),
        *(
            operation
            for name in ("historicalorganisation", "organisation")
            for operation in (
                migrations.RenameField(name, "short_names", "other_names"),
                migrations.AlterField(name, "other_names", FIELD.clone()),
            )
        ),
        *(
            migrations.AddField(f"{history}{name}", "other_names", FIELD.clone())
            for name in ("country", "mission")
            for history in ("historical", "")
        ),
        migrations.RunPython(make_triggers_anew, migrations.RunPython.noop),
    ]
