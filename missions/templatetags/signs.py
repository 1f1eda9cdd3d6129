"""Signs beside words: icons, states, capped numbers and clocks."""

from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.fields.addresses import page_of
from missions.fields.bilingual import KoreanText
from missions.fields.capped import shown
from missions.fields.dates import Precision

register = template.Library()

ICONS = {
    "launched": "check",
    "held": "check",
    "resolved": "check",
    "resolved_in_part": "half",
    "workaround": "half",
    "part": "half",
    "prevented": "check",
    "reported": "nearly",
    "verified": "check",
    "planned": "clock",
    "forming": "clock",
    "overdue": "clock",
    "pending": "clock",
    "postponed": "clock",
    "expired": "clock",
    "inferred": "nearly",
    "conflict": "unequal",
    "cancelled": "cross",
    "ended": "cross",
    "not_resolvable": "cross",
    "unverified": "question",
}
KOREA = ZoneInfo("Asia/Seoul")


@register.simple_tag
@cache
def icon(name):
    """A picture of the sprite. It says nothing by itself: words stand beside it."""
    form = '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="{}#{}"></use></svg>'
    return format_html(form, static("icons.svg"), name)


@register.simple_tag
def page_of_type(code):
    """The address of the page that helps with a type of difficulty."""
    return page_of("help_type", code)


@register.simple_tag
@lru_cache(typed=True)  # a list prints a few of them on every row; words that are safe are other words
def badge(code, words, kind="state"):
    """A state by icon, word and colour."""
    return format_html('<span class="{} {}">{}{}</span>', kind, code, icon(ICONS.get(code, "dot")), words)


@register.simple_tag
def body_state(body, stated):
    """The state of a body, with the day on which a source told it where that may have changed since."""
    sign = badge(body.state, body.get_state_display())
    if not (body.is_to_come and stated):
        return sign
    form = "YEAR_MONTH_FORMAT" if stated.precision == Precision.MONTH else "DATE_FORMAT"
    since = _("as of %(day)s") % {"day": date_format(stated.on, form)}
    return format_html('{} <span class="remark">({})</span>', sign, since)


@register.filter
def lang(text):
    """The ``lang`` attribute for Korean text on an English page, for elements that cannot hold a ``<span>``."""
    return format_html(' lang="{}"', "ko") if isinstance(text, KoreanText) else ""


@register.filter
def clock(moment, zone):
    """The time in a zone at a moment, with the day of the week, which may differ there."""
    there = moment.astimezone(ZoneInfo(zone))
    words = f"{date_format(there, 'TIME_FORMAT')} ({_weekday(there)})"
    return format_html('<time datetime="{}">{}</time>', there.isoformat(timespec="minutes"), words)


@register.filter
def there(moment, zone):
    """A moment with its day on the clocks of a zone, and behind it what Korea's show where that is another time."""
    local = moment.astimezone(ZoneInfo(zone))
    time = format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), date_format(local, "DATETIME_FORMAT")
    )
    here = moment.astimezone(KOREA)
    if here.utcoffset() == local.utcoffset():
        return time
    words = date_format(here, "TIME_FORMAT" if here.date() == local.date() else "DATETIME_FORMAT")
    return format_html('{} <span class="help">({})</span>', time, _("%(time)s in Korea") % {"time": words})


@register.filter
def difference(moment, zone):
    """How far the clocks of a zone are from Korea's at a moment: “2 hours behind Korea”."""
    there = moment.astimezone(ZoneInfo(zone)).utcoffset() - moment.astimezone(KOREA).utcoffset()
    minutes = int(there.total_seconds() // 60)
    if not minutes:
        return _("same time as Korea")
    amount = _hours(abs(minutes))
    return (_("%(time)s ahead of Korea") if minutes > 0 else _("%(time)s behind Korea")) % {"time": amount}


def _hours(minutes):
    hours, rest = divmod(minutes, 60)
    words = ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}
    if not rest:
        return words
    return _("%(hours)s %(minutes)d minutes") % {"hours": words, "minutes": rest}


@register.filter
def utc(moment, zone):
    """The offset of a zone at a moment, as people write it: “UTC+5:30”."""
    minutes = int(moment.astimezone(ZoneInfo(zone)).utcoffset().total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


@register.simple_tag
def span(meeting, zone, told=None):
    """The beginning and end of a meeting in a zone, with the day of the week.

    ``told`` is a day that is already printed beside it: on that day only the time is given.
    """
    start = meeting.starts_at.astimezone(ZoneInfo(zone))
    until = ""
    if meeting.ends_at:
        end = meeting.ends_at.astimezone(ZoneInfo(zone))
        until = "–" + _moment(end, start.date())
    return format_html(
        '<time datetime="{}">{}</time>{}', start.isoformat(timespec="minutes"), _moment(start, told), until
    )


def _moment(moment, told):
    time = date_format(moment, "TIME_FORMAT")
    if moment.date() == told:
        return time
    date = date_format(moment, "DATE_FORMAT")
    return _("%(date)s (%(weekday)s) %(time)s") % {"date": date, "weekday": _weekday(moment), "time": time}


def _weekday(moment):
    """The day of the week as it stands in brackets: “Mon”, “월”."""
    return date_format(moment, "D").removesuffix("요일")


register.filter("capped", shown)
