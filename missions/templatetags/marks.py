"""Signs beside words: icons, states, capped numbers, clocks and the map."""

from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions import projection
from missions.bilingual import KoreanText
from missions.capped import shown

register = template.Library()

ICONS = {
    "launched": "check",
    "held": "check",
    "resolved": "check",
    "resolved_in_part": "half",
    "workaround": "half",
    "verified": "check",
    "planned": "clock",
    "forming": "clock",
    "overdue": "clock",
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
def icon(name):
    """A picture of the sprite. It says nothing by itself: words stand beside it."""
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def badge(code, words, kind="state"):
    """A state by icon, word and colour."""
    return format_html('<span class="{} {}">{}{}</span>', kind, code, icon(ICONS.get(code, "dot")), words)


@register.filter
def lang(text):
    """The attribute that marks Korean shown for want of English, where an element may stand in no other."""
    return format_html(' lang="{}"', "ko") if isinstance(text, KoreanText) else ""


@register.filter
def clock(moment, zone):
    """What clocks of a zone show at a moment, with the day of the week: there it may be another day."""
    there = moment.astimezone(ZoneInfo(zone))
    words = f"{date_format(there, 'TIME_FORMAT')} ({date_format(there, 'D')})"
    return format_html('<time datetime="{}">{}</time>', there.isoformat(timespec="minutes"), words)


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
def span(meeting, zone):
    """From when to when a meeting lasts in a zone, with the day of the week, and the day of its end if another."""
    start = meeting.starts_at.astimezone(ZoneInfo(zone))
    until = ""
    if meeting.ends_at:
        end = meeting.ends_at.astimezone(ZoneInfo(zone))
        until = "–" + (_moment(end) if end.date() != start.date() else date_format(end, "TIME_FORMAT"))
    return format_html('<time datetime="{}">{}</time>{}', start.isoformat(timespec="minutes"), _moment(start), until)


def _moment(moment):
    return _("%(date)s (%(weekday)s) %(time)s") % {
        "date": date_format(moment, "DATE_FORMAT"),
        "weekday": date_format(moment, "D"),
        "time": date_format(moment, "TIME_FORMAT"),
    }


register.filter("capped", shown)


@register.inclusion_tag("missions/_map.html")
def world_map(points):
    """The map of the world with missions as points."""
    return {"points": points, "width": projection.WIDTH, "height": projection.HEIGHT}


@register.filter
def unit(length):
    """A length on the map, written alike in every language."""
    return f"{length:.1f}".removesuffix(".0")
