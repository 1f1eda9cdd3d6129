"""A remark says with which step it was made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missions", "0015_events_kept_whole")]

    operations = [
        migrations.AddField(
            model_name="caseremark",
            name="step",
            field=models.CharField(
                choices=[("take_back", "Taken back"), ("send_back", "Sent back"), ("withdraw", "Withdrawn")],
                default="send_back",
                max_length=10,
                verbose_name="step",
            ),
        ),
    ]
