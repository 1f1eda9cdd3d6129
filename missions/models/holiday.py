"""Public holidays that the calendar of the library does not know."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, short_pair
from missions.fields.validators import validate_day
from missions.models.base import Record, ReferenceQuerySet


class PublicHoliday(Record):
    """A holiday declared at short notice (임시공휴일), or missing from the ``holidays`` library."""

    country = models.ForeignKey("Country", models.PROTECT, verbose_name=_("country"), related_name="public_holidays")
    on = models.DateField(_("day"), validators=[validate_day])
    name_ko, name_en = short_pair(_("name"), 100)

    name = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("further public holiday")
        verbose_name_plural = _("further public holidays")
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "on"],
                name="holiday_once",
                violation_error_message=_("This day is already a holiday there."),
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.name}"
