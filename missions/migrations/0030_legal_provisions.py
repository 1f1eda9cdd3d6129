from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

of_triggers = import_module("missions.migrations.0029_triggers_of_coverage")
TABLES = ["legalprovision", "legalprovision_sources"]


def make_triggers(apps, schema_editor):
    of_triggers.make(apps, schema_editor, TABLES)


def undo_triggers(apps, schema_editor):
    of_triggers.undo(apps, schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0029_triggers_of_coverage"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalLegalProvision",
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
                ("law_ko", models.CharField(max_length=200, verbose_name="law or regulation (Korean)")),
                ("law_en", models.CharField(blank=True, max_length=200, verbose_name="law or regulation (English)")),
                ("article_ko", models.CharField(blank=True, max_length=60, verbose_name="article (Korean)")),
                ("article_en", models.CharField(blank=True, max_length=60, verbose_name="article (English)")),
                ("topic_ko", models.CharField(max_length=100, verbose_name="topic (Korean)")),
                ("topic_en", models.CharField(blank=True, max_length=100, verbose_name="topic (English)")),
                ("summary_ko", models.TextField(max_length=1000, verbose_name="summary (Korean)")),
                ("summary_en", models.TextField(blank=True, max_length=1000, verbose_name="summary (English)")),
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
            ],
            options={
                "verbose_name": "historical legal basis",
                "verbose_name_plural": "historical legal bases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LegalProvision",
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
                ("law_ko", models.CharField(max_length=200, verbose_name="law or regulation (Korean)")),
                ("law_en", models.CharField(blank=True, max_length=200, verbose_name="law or regulation (English)")),
                ("article_ko", models.CharField(blank=True, max_length=60, verbose_name="article (Korean)")),
                ("article_en", models.CharField(blank=True, max_length=60, verbose_name="article (English)")),
                ("topic_ko", models.CharField(max_length=100, verbose_name="topic (Korean)")),
                ("topic_en", models.CharField(blank=True, max_length=100, verbose_name="topic (English)")),
                ("summary_ko", models.TextField(max_length=1000, verbose_name="summary (Korean)")),
                ("summary_en", models.TextField(blank=True, max_length=1000, verbose_name="summary (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "legal basis",
                "verbose_name_plural": "legal bases",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.RunPython(make_triggers, undo_triggers),
    ]
