from importlib import import_module

import django.core.validators
from django.db import migrations, models

import missions.fields.validators

triggers = import_module("missions.migrations.0011_triggers_of_public_words")


def take_off(apps, schema_editor):
    triggers.take_off(schema_editor, "mission")


def make_again(apps, schema_editor):
    triggers.make_again(schema_editor, "mission")


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0026_how_meetings_are_held"),
    ]

    operations = [
        migrations.RunPython(take_off, make_again),
        migrations.RemoveConstraint(
            model_name="mission",
            name="mission_coordinates_on_earth",
        ),
        migrations.AddField(
            model_name="historicalmission",
            name="email",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254, verbose_name="e-mail"),
        ),
        migrations.AddField(
            model_name="historicalmission",
            name="emergency_telephone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="For people in distress outside office hours.",
                max_length=40,
                verbose_name="emergency telephone",
            ),
        ),
        migrations.AddField(
            model_name="mission",
            name="email",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254, verbose_name="e-mail"),
        ),
        migrations.AddField(
            model_name="mission",
            name="emergency_telephone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="For people in distress outside office hours.",
                max_length=40,
                verbose_name="emergency telephone",
            ),
        ),
        migrations.AlterField(
            model_name="historicalmission",
            name="city_ko",
            field=models.CharField(blank=True, max_length=100, verbose_name="city (Korean)"),
        ),
        migrations.AlterField(
            model_name="historicalmission",
            name="latitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="Leave latitude and longitude empty where they are not known.",
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-90),
                    django.core.validators.MaxValueValidator(90),
                ],
                verbose_name="latitude",
            ),
        ),
        migrations.AlterField(
            model_name="historicalmission",
            name="longitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-180),
                    django.core.validators.MaxValueValidator(180),
                ],
                verbose_name="longitude",
            ),
        ),
        migrations.AlterField(
            model_name="historicalmission",
            name="time_zone",
            field=models.CharField(
                blank=True,
                help_text="Name in the IANA time zone database, e.g. Asia/Singapore. Leave empty when not known.",
                max_length=40,
                validators=[missions.fields.validators.validate_time_zone],
                verbose_name="time zone",
            ),
        ),
        migrations.AlterField(
            model_name="mission",
            name="city_ko",
            field=models.CharField(blank=True, max_length=100, verbose_name="city (Korean)"),
        ),
        migrations.AlterField(
            model_name="mission",
            name="latitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                help_text="Leave latitude and longitude empty where they are not known.",
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-90),
                    django.core.validators.MaxValueValidator(90),
                ],
                verbose_name="latitude",
            ),
        ),
        migrations.AlterField(
            model_name="mission",
            name="longitude",
            field=models.DecimalField(
                blank=True,
                decimal_places=5,
                max_digits=8,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-180),
                    django.core.validators.MaxValueValidator(180),
                ],
                verbose_name="longitude",
            ),
        ),
        migrations.AlterField(
            model_name="mission",
            name="time_zone",
            field=models.CharField(
                blank=True,
                help_text="Name in the IANA time zone database, e.g. Asia/Singapore. Leave empty when not known.",
                max_length=40,
                validators=[missions.fields.validators.validate_time_zone],
                verbose_name="time zone",
            ),
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-180, 180)),
                    ),
                    models.Q(("latitude", None), ("longitude", None)),
                    _connector="OR",
                ),
                name="mission_coordinates_on_earth",
                violation_error_message="Latitude runs from -90 to 90, longitude from -180 to 180; both are known or neither.",
            ),
        ),
        migrations.RunPython(make_again, take_off),
    ]
