from django.db import migrations, models

import missions.fields.validators

LEFT_EMPTY = "Left empty, it is counted in working days of the body that holds the difficulty."


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0015_other_names_of_types"),
    ]

    operations = [
        operation
        for model in ("difficulty", "historicaldifficulty")
        for operation in (
            migrations.AddField(
                model_name=model,
                name="counted_from",
                field=models.DateField(blank=True, editable=False, null=True, verbose_name="due day counted from"),
            ),
            migrations.AlterField(
                model_name=model,
                name="due_on",
                field=models.DateField(
                    blank=True,
                    help_text=LEFT_EMPTY,
                    null=True,
                    validators=[missions.fields.validators.validate_day],
                    verbose_name="due on",
                ),
            ),
        )
    ]
