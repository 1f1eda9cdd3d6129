from importlib import import_module

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import missions.fields.order

triggers = import_module("missions.migrations.0011_triggers_of_public_words")


def take_off(apps, schema_editor):
    triggers.take_off(schema_editor, "mission")


def make_again(apps, schema_editor):
    triggers.make_again(schema_editor, "mission")


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0027_reaching_missions"),
    ]

    operations = [
        migrations.RunPython(take_off, make_again),
        migrations.AddField(
            model_name="historicalmission",
            name="contact_certainty",
            field=models.CharField(
                choices=[
                    ("verified", "verified"),
                    ("inferred", "inferred"),
                    ("conflict", "sources disagree"),
                    ("unverified", "unverified"),
                ],
                db_default="unverified",
                default="unverified",
                help_text="Of telephones, e-mail, address and web site. Numbers on which sources disagree are left out.",
                max_length=10,
                verbose_name="certainty of the contact details",
            ),
        ),
        migrations.AddField(
            model_name="mission",
            name="contact_certainty",
            field=models.CharField(
                choices=[
                    ("verified", "verified"),
                    ("inferred", "inferred"),
                    ("conflict", "sources disagree"),
                    ("unverified", "unverified"),
                ],
                db_default="unverified",
                default="unverified",
                help_text="Of telephones, e-mail, address and web site. Numbers on which sources disagree are left out.",
                max_length=10,
                verbose_name="certainty of the contact details",
            ),
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call_centre", "call centre"),
                            ("gbc", "Global Business Center (GBC)"),
                            ("ksc", "K-Startup Center (KSC)"),
                            ("kotra_office", "KOTRA office"),
                            ("kbiz_office", "KBIZ office"),
                            ("export_centre", "export support centre"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("city_ko", models.CharField(blank=True, max_length=100, verbose_name="city (Korean)")),
                ("city_en", models.CharField(blank=True, max_length=100, verbose_name="city (English)")),
                ("address_ko", models.TextField(blank=True, max_length=500, verbose_name="address (Korean)")),
                ("address_en", models.TextField(blank=True, max_length=500, verbose_name="address (English)")),
                ("telephone", models.CharField(blank=True, max_length=80, verbose_name="telephone")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_points",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "point of contact",
                "verbose_name_plural": "points of contact",
                "ordering": [missions.fields.order.InOrder("name_ko"), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "country",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "how its mission is known",
                "verbose_name_plural": "how their missions are known",
                "ordering": ["country_id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalContactPoint",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(verbose_name="key")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call_centre", "call centre"),
                            ("gbc", "Global Business Center (GBC)"),
                            ("ksc", "K-Startup Center (KSC)"),
                            ("kotra_office", "KOTRA office"),
                            ("kbiz_office", "KBIZ office"),
                            ("export_centre", "export support centre"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("city_ko", models.CharField(blank=True, max_length=100, verbose_name="city (Korean)")),
                ("city_en", models.CharField(blank=True, max_length=100, verbose_name="city (English)")),
                ("address_ko", models.TextField(blank=True, max_length=500, verbose_name="address (Korean)")),
                ("address_en", models.TextField(blank=True, max_length=500, verbose_name="address (English)")),
                ("telephone", models.CharField(blank=True, max_length=80, verbose_name="telephone")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical point of contact",
                "verbose_name_plural": "historical points of contact",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCoverage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical how its mission is known",
                "verbose_name_plural": "historical how their missions are known",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDistrict",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "code",
                    models.CharField(
                        help_text="Code of ISO 3166-2, such as US-WA.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}-[A-Z0-9]{1,3}$", "Write a code of ISO 3166-2, such as US-WA."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name_ko", models.CharField(max_length=100, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name (English)")),
                ("extent_ko", models.CharField(blank=True, max_length=100, verbose_name="which part of it (Korean)")),
                ("extent_en", models.CharField(blank=True, max_length=100, verbose_name="which part of it (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.mission",
                        verbose_name="mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical district",
                "verbose_name_plural": "historical districts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "code",
                    models.CharField(
                        help_text="Code of ISO 3166-2, such as US-WA.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}-[A-Z0-9]{1,3}$", "Write a code of ISO 3166-2, such as US-WA."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name_ko", models.CharField(max_length=100, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name (English)")),
                ("extent_ko", models.CharField(blank=True, max_length=100, verbose_name="which part of it (Korean)")),
                ("extent_en", models.CharField(blank=True, max_length=100, verbose_name="which part of it (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="districts",
                        to="missions.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "district",
                "verbose_name_plural": "districts",
                "ordering": ["order", "code", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mission", "code"),
                        name="district_once_a_mission",
                        violation_error_message="This mission already has this district.",
                    )
                ],
            },
        ),
        migrations.RunPython(make_again, take_off),
    ]
