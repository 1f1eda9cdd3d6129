from importlib import import_module

from django.db import migrations, models

triggers = import_module("missions.migrations.0011_triggers_of_public_words")
MODES = [
    ("unknown", "unknown"),
    ("in_person", "in person"),
    ("online", "online"),
    ("hybrid", "in person and online"),
]


def take_off(apps, schema_editor):
    triggers.take_off(schema_editor, "meeting")


def make_again(apps, schema_editor):
    triggers.make_again(schema_editor, "meeting")


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0025_follow_ups_reviewed"),
    ]

    operations = [
        migrations.RunPython(take_off, make_again),
        *(
            migrations.AddField(
                model_name=name,
                name="mode",
                field=models.CharField(
                    choices=MODES,
                    db_default="unknown",
                    default="unknown",
                    max_length=9,
                    verbose_name="how it is held",
                ),
            )
            for name in ("meeting", "historicalmeeting")
        ),
        migrations.RunPython(make_again, take_off),
    ]
