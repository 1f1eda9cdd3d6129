"""Days as people type them, in Korea's order; what could be another day is asked back."""

import contextlib
import datetime
import re

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import narrow

DAY = re.compile(r"(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})|년(\d{1,2})월(\d{1,2})일)", re.ASCII)
MONTH = re.compile(r"(\d{4})(?:[-./](\d{1,2})|(\d{2})|년(\d{1,2})월)", re.ASCII)
SHORT_YEAR = re.compile(
    r"(\d{2})([-./])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})(\d{2})|(\d{2})년(\d{1,2})월(\d{1,2})일", re.ASCII
)
ENGLISH = ("%d%B%Y", "%d%b%Y", "%B%d,%Y", "%b%d,%Y", "%B%d%Y", "%b%d%Y")  # its months are named, so the order is plain
NOT_A_DAY = _("Write the day in the order year, month, day, for example 2026-11-20 or 2026년 11월 20일.")
NO_SUCH_DAY = _("There is no such day in the calendar. Check the month and the day.")
SHORT = _("Is %(perhaps)s meant? Write the year with four digits.")


def day(text):
    """The day that a text says: 2026-11-20, 20261120, 2026/11/20, 2026.11.20., 2026년 11월 20일, 20 November 2026.

    Raises ``ValidationError`` for any other order, such as the American 11/20/2026, and asks back for a short year.
    """
    written = _bare(text)
    if match := DAY.fullmatch(written):
        return _existing(*(int(part) for part in match.groups() if part and part.isdecimal()))
    for form in ENGLISH:
        with contextlib.suppress(ValueError):
            return datetime.datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
    if match := SHORT_YEAR.fullmatch(written):
        year, month, number = (int(part) for part in match.groups() if part and part.isdecimal())
        perhaps = _existing(2000 + year, month, number)
        raise ValidationError(SHORT, code="invalid", params={"perhaps": perhaps.isoformat()})
    raise ValidationError(NOT_A_DAY, code="invalid")


def month(text):
    """The first day of the month that a text says, 2026-11 or 2026년 11월; None where it says no month."""
    if match := MONTH.fullmatch(_bare(text)):
        with contextlib.suppress(ValueError):
            return datetime.date(int(match[1]), int(match[2] or match[3] or match[4]), 1)
    return None


def _bare(text):
    return re.sub(r"\s+", "", narrow(text)).rstrip(".")


def _existing(*parts):
    try:
        return datetime.date(*parts)
    except ValueError:
        raise ValidationError(NO_SUCH_DAY, code="invalid") from None


class DayField(DateField):
    """A form field for a day that is typed."""

    def to_python(self, value):
        """The day, or None for an empty text. Raises ``ValidationError``."""
        typed = isinstance(value, str) and value.strip()
        return day(value) if typed else super().to_python(value)


class FirstOfMonthField(DateField):
    """A month, kept as its first day. A browser that knows no months sends what was typed."""

    def to_python(self, value):
        """The first day of the month, or the day that was typed all the same. Raises ``ValidationError``."""
        typed = isinstance(value, str) and value.strip()
        return (month(value) or day(value)) if typed else super().to_python(value)
