"""Spans of days for which something is counted."""

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.fields.validators import YEARS

FIRST_YEAR = 2024  # the agreement was signed on 1 April 2024; nothing happened under it before
PARTS = {
    "h1": (gettext_lazy("first half"), 1, 6),
    "h2": (gettext_lazy("second half"), 7, 12),
    "q1": (gettext_lazy("first quarter"), 1, 3),
    "q2": (gettext_lazy("second quarter"), 4, 6),
    "q3": (gettext_lazy("third quarter"), 7, 9),
    "q4": (gettext_lazy("fourth quarter"), 10, 12),
    **{f"m{month:02}": (name, month, month) for month, name in MONTHS.items()},
}


@dataclass(frozen=True)
class Period:
    """The days from one to another, both included. An end that is None is open. With both open it is the whole time."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    @classmethod
    def of(cls, year, part=""):
        """A year, or a half, a quarter or a month of it by its key in ``PARTS``."""
        _label, first, last = PARTS.get(part, ("", 1, 12))
        end = calendar.monthrange(year, last)[1]
        return cls(datetime.date(year, first, 1), datetime.date(year, last, end))

    @classmethod
    def read(cls, since, until):
        """A period from the ISO days of an address, empty where open. Raises ``ValueError`` for anything else."""
        days = [datetime.date.fromisoformat(text) if text else None for text in (since, until)]
        if any(day and day.year not in YEARS for day in days) or (all(days) and days[0] > days[1]):
            raise ValueError(f"{since}–{until} is no period")
        return cls(*days)

    def __bool__(self):
        return bool(self.since or self.until)

    def __str__(self):
        since, until = (date_format(day, "DATE_FORMAT") if day else "" for day in (self.since, self.until))
        if since and until:
            return _("%(since)s to %(until)s") % {"since": since, "until": until}
        if until:
            return _("until %(day)s") % {"day": until}
        return _("from %(day)s") % {"day": since} if since else _("the whole time")

    def condition(self, day):
        """The condition that a column of days lies within. A row without a day lies within the whole time only."""
        found = Q()
        if self.since:
            found &= Q(**{f"{day}__gte": self.since})
        if self.until:
            found &= Q(**{f"{day}__lte": self.until})
        return found
