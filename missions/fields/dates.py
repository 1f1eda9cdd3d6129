"""Days known exactly, by a bound, by their month, or not at all."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import validate_day

KOREA = "Asia/Seoul"
DATE_WITH_PRECISION = _("A date needs a known precision; without a date the precision is “unknown”.")


def today_in(zone, now=None):
    """The day it is in a time zone, at present unless a moment is given."""
    return timezone.localdate(now, ZoneInfo(zone))


def latest_day(zone):
    """The later of the days that it is in a time zone and in Korea: what was done has been done by then."""
    return max(today_in(zone), today_in(KOREA))


class Precision(models.TextChoices):
    """How exactly a source gives a day."""

    DAY = "day", _("on that day")
    BY = "by", _("by that day")
    MONTH = "month", _("within that month")
    UNKNOWN = "unknown", _("unknown")


class CoarsePrecision(models.TextChoices):
    """How exactly a source gives the time of what it tells in passing."""

    MONTH = "month", _("within that month")
    YEAR = "year", _("within that year")
    UNKNOWN = "unknown", _("unknown")


@dataclass(frozen=True)
class PreciseDay:
    """A day together with how precisely it is known."""

    on: date | None
    precision: str

    def __bool__(self):
        return self.on is not None

    def __str__(self):
        if self.on is None:
            return str(_("date unknown"))
        if self.precision == Precision.MONTH:
            return _("in %(month)s") % {"month": date_format(self.on, "YEAR_MONTH_FORMAT")}
        if self.precision == CoarsePrecision.YEAR:
            return _("in %(year)s") % {"year": self.on.year}
        day = date_format(self.on, "DATE_FORMAT")
        return _("by %(date)s") % {"date": day} if self.precision == Precision.BY else day

    @property
    def iso(self):
        """The value of a ``<time datetime>``: a day, a month, a year, or nothing for a mere bound."""
        if self.on is None or self.precision == Precision.BY:
            return ""
        if self.precision == CoarsePrecision.YEAR:
            return f"{self.on:%Y}"
        return f"{self.on:%Y-%m}" if self.precision == Precision.MONTH else self.on.isoformat()


class PreciseDate:
    """Read ``<name>_on`` and ``<name>_precision`` as one ``PreciseDay``."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return PreciseDay(getattr(instance, f"{self.name}_on"), getattr(instance, f"{self.name}_precision"))


def precise_day(label):
    """The two columns behind a ``PreciseDate``; ``kept_precise`` gives their constraint."""
    return (
        models.DateField(
            label,
            null=True,
            blank=True,
            validators=[validate_day],
            help_text=_("Leave empty when no source gives a date."),
        ),
        models.CharField(
            format_lazy("{}: {}", label, _("precision")),
            max_length=7,
            choices=Precision,
            default=Precision.UNKNOWN,
        ),
    )


def kept_precise(model, name):
    """The rule of every such pair: unknown precision means no date, and the other way round."""
    on, precision = f"{name}_on", f"{name}_precision"
    return models.CheckConstraint(
        name=f"{model}_{name}_date_with_precision",
        condition=Q(**{on: None, precision: Precision.UNKNOWN})
        | Q(**{f"{on}__isnull": False, f"{precision}__in": [Precision.DAY, Precision.BY, Precision.MONTH]}),
        violation_error_message=DATE_WITH_PRECISION,
    )
