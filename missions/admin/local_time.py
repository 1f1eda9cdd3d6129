"""Moments as people at a place type and read them: on the clocks there, with Korea's beside."""

import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from missions.admin.widgets import MomentInput
from missions.fields.dates import KOREA
from missions.fields.validators import YEARS


class MomentThereInput(MomentInput):
    """A day and a time; below them, where an hour is asked back, the box that confirms it.

    ``asked`` is the time that is asked back, ``confirmed`` the one that the reader has confirmed, as they are typed.
    """

    asked = confirmed = ""

    def value_from_datadict(self, data, files, name):
        """What was typed. The answer to the question is remembered beside it."""
        self.confirmed = data.get(f"{name}_hour", "")
        return super().value_from_datadict(data, files, name)

    def render(self, name, value, attrs=None, renderer=None):
        """The input, and the box where there is something to confirm."""
        field = super().render(name, value, attrs, renderer)
        if not self.asked:
            return field
        checked = " checked" if self.confirmed == self.asked else ""
        box = (
            '{}<span class="confirm"><input type="checkbox" name="{}" id="{}" value="{}"{}> <label for="{}">{}</label>'
        )
        key = f"id_{name}_hour"
        return format_html(
            f"{box}</span>", field, f"{name}_hour", key, self.asked, checked, key, _("This hour is meant")
        )


class MomentThere(forms.DateTimeField):
    """A moment on the clocks of ``zone``, which the form sets; ``place`` is its name in sentences."""

    widget = MomentThereInput
    zone, place = KOREA, ""

    def prepare_value(self, value):
        """What the clocks there show; a slip in the year is shown as it was typed."""
        if not isinstance(value, datetime.datetime) or timezone.is_naive(value):
            return value
        there = value if value.year not in YEARS else value.astimezone(ZoneInfo(self.zone))
        return there.replace(tzinfo=None)

    def to_python(self, value):
        """The moment at which the clocks there show what was typed; of an hour that comes twice, the first time.

        Raises ``ValidationError`` for a time that is passed over when clocks go forward.
        """
        with timezone.override(datetime.UTC):
            typed = super().to_python(value)
        if typed is None or typed.utcoffset() or typed.year not in YEARS:
            return typed
        moment = typed.replace(tzinfo=ZoneInfo(self.zone))
        if self.prepare_value(moment.astimezone(datetime.UTC)) != typed.replace(tzinfo=None):
            words = {"time": date_format(typed, "DATETIME_FORMAT"), "place": self.place}
            raise ValidationError(
                _("There is no %(time)s in %(place)s: the clocks go forward then. Write an earlier or a later time.")
                % words
            )
        return moment

    def has_changed(self, initial, data):
        """Whether something else was typed than the form showed, which has no seconds and knows no second time."""
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        return _to_the_minute(self.prepare_value(initial)) != _to_the_minute(self.prepare_value(typed))


def _to_the_minute(moment):
    return moment and moment.replace(second=0, microsecond=0)


def in_korea(moment):
    """A moment on Korea's clocks, in words."""
    return date_format(moment.astimezone(ZoneInfo(KOREA)), "DATETIME_FORMAT")


def moment_there(at, zone):
    """A moment on the clocks of a place, in words, and behind it Korea's where these show another time."""
    if at is None:
        return ""
    there, here = timezone.localtime(at, ZoneInfo(zone)), timezone.localtime(at, ZoneInfo(KOREA))
    words = date_format(there, "DATETIME_FORMAT")
    if there.utcoffset() == here.utcoffset():
        return words
    form = "TIME_FORMAT" if here.date() == there.date() else "DATETIME_FORMAT"
    return f"{words} ({_('%(time)s in Korea') % {'time': date_format(here, form)}})"
