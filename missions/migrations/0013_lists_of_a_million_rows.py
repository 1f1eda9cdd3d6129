"""Indexes that keep the order of the public lists, one for each of their conditions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0012_public_search"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="publishedcase",
            options={
                "ordering": ["-approved_at", "-pk"],
                "permissions": [("approve_publishedcase", "Can approve texts for the public")],
                "verbose_name": "published case",
                "verbose_name_plural": "published cases",
            },
        ),
        migrations.AddIndex(
            model_name="localinformation",
            index=models.Index(
                condition=models.Q(("is_published", True)), fields=["-issued_on", "-id"], name="info_published"
            ),
        ),
        migrations.AddIndex(
            model_name="localinformation",
            index=models.Index(
                condition=models.Q(("is_published", True)),
                fields=["body", "-issued_on", "-id"],
                name="info_published_by_body",
            ),
        ),
        migrations.AddIndex(
            model_name="localinformation",
            index=models.Index(
                condition=models.Q(("is_published", True)),
                fields=["country", "-issued_on", "-id"],
                name="info_published_by_country",
            ),
        ),
        migrations.AddIndex(
            model_name="localinformation",
            index=models.Index(
                condition=models.Q(("is_published", True)),
                fields=["topic", "-issued_on", "-id"],
                name="info_published_by_topic",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["-approved_at", "-id"],
                include=["body", "country", "type", "sector", "outcome"],
                name="case_published",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["body", "-approved_at", "-id"],
                include=["country", "type", "sector", "outcome"],
                name="case_published_by_body",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["country", "-approved_at", "-id"],
                include=["body", "type", "sector", "outcome"],
                name="case_published_by_country",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["type", "-approved_at", "-id"],
                include=["body", "country", "sector", "outcome"],
                name="case_published_by_type",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["sector", "-approved_at", "-id"],
                include=["body", "country", "type", "outcome"],
                name="case_published_by_sector",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["outcome", "-approved_at", "-id"],
                include=["body", "country", "type", "sector"],
                name="case_published_by_outcome",
            ),
        ),
    ]
