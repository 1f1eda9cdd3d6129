"""Indexes for cases by the month of their outcome, and for whether one is published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0016_remarks_of_steps"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["closed_month", "-approved_at", "-id"],
                include=("body", "country", "type", "sector", "outcome"),
                name="case_published_by_closed_month",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(
                condition=models.Q(("closed_month", None), ("state", "published")),
                fields=["-approved_at", "-id"],
                include=("body", "country", "type", "sector", "outcome"),
                name="case_published_month_unknown",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(condition=models.Q(("state", "published")), fields=["id"], name="case_published_key"),
        ),
    ]
