from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import missions.fields.validators

triggers = import_module("missions.migrations.0011_triggers_of_public_words")


def take_off(apps, schema_editor):
    triggers.take_off(schema_editor, "difficultytype")


def make_again(apps, schema_editor):
    triggers.make_again(schema_editor, "difficultytype")


class Migration(migrations.Migration):
    dependencies = [("missions", "0034_services")]
    operations = [
        migrations.RunPython(take_off, make_again),
        migrations.AddField(
            model_name="difficultytype",
            name="covers_en",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=1000, verbose_name="what it covers (English)"
            ),
        ),
        migrations.AddField(
            model_name="difficultytype",
            name="covers_ko",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Explains the word to firms. It states no facts about the programme.",
                max_length=1000,
                verbose_name="what it covers (Korean)",
            ),
        ),
        migrations.AddField(
            model_name="difficultytype",
            name="prepare_en",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=1000, verbose_name="what to prepare (English)"
            ),
        ),
        migrations.AddField(
            model_name="difficultytype",
            name="prepare_ko",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="One thing a line. General guidance, and no rule.",
                max_length=1000,
                verbose_name="what to prepare (Korean)",
            ),
        ),
        migrations.AlterField(
            model_name="difficultytype",
            name="ntm_chapters",
            field=models.CharField(
                blank=True,
                help_text="A hint: many difficulties of a type are no non-tariff measure at all.",
                max_length=20,
                verbose_name="UNCTAD MAST chapters (2019) that come near",
            ),
        ),
        migrations.RunPython(make_again, take_off),
        migrations.AlterModelOptions(
            name="historicalhschapter",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historical HS chapter (HS 2022)",
                "verbose_name_plural": "historical HS chapters (HS 2022)",
            },
        ),
        migrations.AlterModelOptions(
            name="historicalntmchapter",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historical non-tariff measure chapter (UNCTAD MAST, 2019)",
                "verbose_name_plural": "historical non-tariff measure chapters (UNCTAD MAST, 2019)",
            },
        ),
        migrations.AlterModelOptions(
            name="historicalsector",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historical sector (KSIC, 11th revision)",
                "verbose_name_plural": "historical sectors (KSIC, 11th revision)",
            },
        ),
        migrations.AlterModelOptions(
            name="hschapter",
            options={
                "ordering": ["order", "pk"],
                "verbose_name": "HS chapter (HS 2022)",
                "verbose_name_plural": "HS chapters (HS 2022)",
            },
        ),
        migrations.AlterModelOptions(
            name="ntmchapter",
            options={
                "ordering": ["order", "pk"],
                "verbose_name": "non-tariff measure chapter (UNCTAD MAST, 2019)",
                "verbose_name_plural": "non-tariff measure chapters (UNCTAD MAST, 2019)",
            },
        ),
        migrations.AlterModelOptions(
            name="sector",
            options={
                "ordering": ["order", "pk"],
                "verbose_name": "sector (KSIC, 11th revision)",
                "verbose_name_plural": "sectors (KSIC, 11th revision)",
            },
        ),
        migrations.AddField(
            model_name="historicaldifficultytype",
            name="covers_en",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=1000, verbose_name="what it covers (English)"
            ),
        ),
        migrations.AddField(
            model_name="historicaldifficultytype",
            name="covers_ko",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Explains the word to firms. It states no facts about the programme.",
                max_length=1000,
                verbose_name="what it covers (Korean)",
            ),
        ),
        migrations.AddField(
            model_name="historicaldifficultytype",
            name="prepare_en",
            field=models.TextField(
                blank=True, db_default="", default="", max_length=1000, verbose_name="what to prepare (English)"
            ),
        ),
        migrations.AddField(
            model_name="historicaldifficultytype",
            name="prepare_ko",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="One thing a line. General guidance, and no rule.",
                max_length=1000,
                verbose_name="what to prepare (Korean)",
            ),
        ),
        migrations.AlterField(
            model_name="difficulty",
            name="hs_codes",
            field=models.CharField(
                blank=True,
                help_text="2 to 10 digits each, separated by commas.",
                max_length=200,
                validators=[missions.fields.validators.validate_hs_codes],
                verbose_name="HS codes (HS 2022)",
            ),
        ),
        migrations.AlterField(
            model_name="difficulty",
            name="ntm_chapter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="missions.ntmchapter",
                verbose_name="UNCTAD MAST chapter (2019)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldifficulty",
            name="hs_codes",
            field=models.CharField(
                blank=True,
                help_text="2 to 10 digits each, separated by commas.",
                max_length=200,
                validators=[missions.fields.validators.validate_hs_codes],
                verbose_name="HS codes (HS 2022)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldifficulty",
            name="ntm_chapter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="missions.ntmchapter",
                verbose_name="UNCTAD MAST chapter (2019)",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldifficultytype",
            name="ntm_chapters",
            field=models.CharField(
                blank=True,
                help_text="A hint: many difficulties of a type are no non-tariff measure at all.",
                max_length=20,
                verbose_name="UNCTAD MAST chapters (2019) that come near",
            ),
        ),
    ]
