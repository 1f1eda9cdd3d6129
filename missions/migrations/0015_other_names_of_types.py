from importlib import import_module

from django.db import migrations, models

triggers = import_module("missions.migrations.0011_triggers_of_public_words")


def take_off(apps, schema_editor):
    triggers.take_off(schema_editor, "difficultytype")


def make_again(apps, schema_editor):
    triggers.make_again(schema_editor, "difficultytype")


def other_names():
    return models.CharField(
        blank=True,
        db_default="",
        default="",
        help_text="What people call it, separated by commas. Readers find it by them.",
        max_length=400,
        verbose_name="other names",
    )


class Migration(migrations.Migration):
    dependencies = [("missions", "0014_information_goes_home")]
    operations = [
        migrations.RunPython(take_off, make_again),
        migrations.AddField(model_name="difficultytype", name="other_names", field=other_names()),
        migrations.AddField(model_name="historicaldifficultytype", name="other_names", field=other_names()),
        migrations.RunPython(make_again, take_off),
    ]
