from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0017_days_of_open_difficulties"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=Q(("counted_from", None), ("due_on", None), ("stage", "closed"))
                | Q(Q(("stage", "closed"), _negated=True), ("due_on__isnull", False)),
                name="difficulty_day_while_open",
                violation_error_message="An open difficulty has a due day, a closed one has none.",
            ),
        ),
    ]
