"""Days that the calendar of the library does not know, or has wrong: free or working, in a country or at one office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, short_pair
from missions.fields.validators import validate_day
from missions.models.base import Record, ReferenceQuerySet


class DayKind(models.TextChoices):
    """What a row makes of its day."""

    FREE = "free", _("free")
    WORKING = "working", _("working day")


class PublicHoliday(Record):
    """A day that is set to be free or a working day, in a whole country or at the office of one body.

    Holidays declared at short notice (임시공휴일), working days that make up for others, closures of one office, and
    whatever the ``holidays`` library has wrong. A day of an office goes before one of its country.
    """

    country = models.ForeignKey(
        "Country",
        models.PROTECT,
        verbose_name=_("country"),
        null=True,
        blank=True,
        related_name="public_holidays",
        help_text=_("For every office there. Leave empty where the day is set for one office."),
    )
    body = models.ForeignKey(
        "Body",
        models.PROTECT,
        verbose_name=_("office of the body"),
        null=True,
        blank=True,
        related_name="set_days",
        help_text=_("For this office alone. Leave empty where the day is set for a whole country."),
    )
    on = models.DateField(_("day"), validators=[validate_day])
    kind = models.CharField(
        _("kind"), max_length=7, choices=DayKind, default=DayKind.FREE, db_default=DayKind.FREE.value
    )
    name_ko, name_en = short_pair(_("name"), 100)

    name = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("free or working day")
        verbose_name_plural = _("free and working days")
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "on"],
                name="holiday_once",
                violation_error_message=_("This day is already set for this country. Change that entry."),
            ),
            models.UniqueConstraint(
                fields=["body", "on"],
                name="holiday_once_an_office",
                violation_error_message=_("This day is already set for this office. Change that entry."),
            ),
            models.CheckConstraint(
                name="holiday_of_a_country_or_an_office",
                condition=Q(country__isnull=False, body=None) | Q(country=None, body__isnull=False),
                violation_error_message=_("Choose a country or one office: exactly one of the two."),
            ),
            models.CheckConstraint(name="holiday_kind_known", condition=Q(kind__in=DayKind.values)),
        ]

    def __str__(self):
        return f"{self.on} {self.name}"
