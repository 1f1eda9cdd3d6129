"""Days and moments that people type lie between 2000 and 2100."""

import django.utils.timezone
from django.db import migrations, models

import missions.fields.validators


class Unseen(migrations.SeparateDatabaseAndState):
    """Changes that no database keeps. The models are put together again once, not after each of them."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0006_unknown_is_not_enough"),
    ]

    operations = [
        Unseen(
            state_operations=[
                migrations.AlterField(
                    model_name="action",
                    name="done_on",
                    field=models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                migrations.AlterField(
                    model_name="actionitem",
                    name="done_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                migrations.AlterField(
                    model_name="actionitem",
                    name="due_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                migrations.AlterField(
                    model_name="agreement",
                    name="signed_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="signed on",
                    ),
                ),
                migrations.AlterField(
                    model_name="body",
                    name="launched_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="launched on",
                    ),
                ),
                migrations.AlterField(
                    model_name="bodystep",
                    name="as_of_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="as of",
                    ),
                ),
                migrations.AlterField(
                    model_name="difficulty",
                    name="became_aware_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="firm became aware on",
                    ),
                ),
                migrations.AlterField(
                    model_name="difficulty",
                    name="due_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                migrations.AlterField(
                    model_name="difficulty",
                    name="hurts_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Shipment, expiry of a permit, …",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="deadline that hurts the firm",
                    ),
                ),
                migrations.AlterField(
                    model_name="difficulty",
                    name="reported_on",
                    field=models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="reported on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalaction",
                    name="done_on",
                    field=models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalactionitem",
                    name="done_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalactionitem",
                    name="due_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalagreement",
                    name="signed_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="signed on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalbody",
                    name="launched_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="launched on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalbodystep",
                    name="as_of_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="as of",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicaldifficulty",
                    name="became_aware_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="firm became aware on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicaldifficulty",
                    name="due_on",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicaldifficulty",
                    name="hurts_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Shipment, expiry of a permit, …",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="deadline that hurts the firm",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicaldifficulty",
                    name="reported_on",
                    field=models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="reported on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicallinkage",
                    name="linked_on",
                    field=models.DateField(
                        validators=[missions.fields.validators.validate_day], verbose_name="linked on"
                    ),
                ),
                migrations.AlterField(
                    model_name="historicallocalinformation",
                    name="distributed_on",
                    field=models.DateField(
                        blank=True,
                        help_text="When it was sent to firms or organisations at home.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="distributed on",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicallocalinformation",
                    name="issued_on",
                    field=models.DateField(
                        validators=[missions.fields.validators.validate_day], verbose_name="issued on"
                    ),
                ),
                migrations.AlterField(
                    model_name="historicallocalinformation",
                    name="valid_until",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="valid until",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalmeeting",
                    name="ends_at",
                    field=models.DateTimeField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="ends at",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalmeeting",
                    name="held_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="date",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalmeeting",
                    name="starts_at",
                    field=models.DateTimeField(
                        blank=True,
                        help_text="In Korean time. Readers see the local time as well.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="starts at",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalmembership",
                    name="since_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when not known.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="from",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalmembership",
                    name="until_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Empty while the seat is held.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalposting",
                    name="since_on",
                    field=models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="from"),
                ),
                migrations.AlterField(
                    model_name="historicalposting",
                    name="until_on",
                    field=models.DateField(
                        blank=True,
                        help_text="The last day. Empty while it lasts.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpublicholiday",
                    name="on",
                    field=models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="day"),
                ),
                migrations.AlterField(
                    model_name="historicalpublishedcase",
                    name="closed_month",
                    field=models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the outcome",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalpublishedcase",
                    name="reported_month",
                    field=models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the report",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalreportedresult",
                    name="as_of_on",
                    field=models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="as of"),
                ),
                migrations.AlterField(
                    model_name="historicalsource",
                    name="dated_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="published on",
                    ),
                ),
                migrations.AlterField(
                    model_name="linkage",
                    name="linked_on",
                    field=models.DateField(
                        validators=[missions.fields.validators.validate_day], verbose_name="linked on"
                    ),
                ),
                migrations.AlterField(
                    model_name="localinformation",
                    name="distributed_on",
                    field=models.DateField(
                        blank=True,
                        help_text="When it was sent to firms or organisations at home.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="distributed on",
                    ),
                ),
                migrations.AlterField(
                    model_name="localinformation",
                    name="issued_on",
                    field=models.DateField(
                        validators=[missions.fields.validators.validate_day], verbose_name="issued on"
                    ),
                ),
                migrations.AlterField(
                    model_name="localinformation",
                    name="valid_until",
                    field=models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="valid until",
                    ),
                ),
                migrations.AlterField(
                    model_name="meeting",
                    name="ends_at",
                    field=models.DateTimeField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="ends at",
                    ),
                ),
                migrations.AlterField(
                    model_name="meeting",
                    name="held_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="date",
                    ),
                ),
                migrations.AlterField(
                    model_name="meeting",
                    name="starts_at",
                    field=models.DateTimeField(
                        blank=True,
                        help_text="In Korean time. Readers see the local time as well.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="starts at",
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="since_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when not known.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="from",
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="until_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Empty while the seat is held.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                migrations.AlterField(
                    model_name="posting",
                    name="since_on",
                    field=models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="from"),
                ),
                migrations.AlterField(
                    model_name="posting",
                    name="until_on",
                    field=models.DateField(
                        blank=True,
                        help_text="The last day. Empty while it lasts.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                migrations.AlterField(
                    model_name="publicholiday",
                    name="on",
                    field=models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="day"),
                ),
                migrations.AlterField(
                    model_name="publishedcase",
                    name="closed_month",
                    field=models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the outcome",
                    ),
                ),
                migrations.AlterField(
                    model_name="publishedcase",
                    name="reported_month",
                    field=models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the report",
                    ),
                ),
                migrations.AlterField(
                    model_name="reportedresult",
                    name="as_of_on",
                    field=models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="as of"),
                ),
                migrations.AlterField(
                    model_name="source",
                    name="dated_on",
                    field=models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="published on",
                    ),
                ),
            ]
        ),
    ]
