"""Meetings as an iCalendar object (RFC 5545), for calendars that real clients subscribe to.

A subscribed calendar is read again and again, and clients know an event by its UID: it says which
meeting this is, whatever its day, its language and the host that was asked. ``docs/adr/0015`` says
why a postponed meeting is sent as cancelled.
"""

import datetime
import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vText

from missions.feeds.time_zones import time_zone
from missions.fields.bilingual import KoreanText, OutdatedText, is_outdated

REFRESH = datetime.timedelta(hours=6)
SEQUENCES_COUNT_FROM = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
SUMMARY_LENGTH = 600
KOREA = "Asia/Seoul"
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_of(meetings, *, name, about, address, absolute):
    """A calendar of meetings whose day is known, with their bodies, missions and agendas at hand.

    ``address`` is where the calendar itself is read; ``absolute`` makes a path a whole address.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAMESPACE}//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, _text(name))
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, _text(about))
    calendar.add("source", address, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    events = [event_of(meeting, absolute(meeting.get_absolute_url())) for meeting in meetings]
    starts = [meeting.starts_at for meeting in meetings if meeting.starts_at]
    for zone in sorted({meeting.time_zone for meeting in meetings if meeting.starts_at}):
        calendar.add_component(time_zone(zone, min(2024, min(starts).year - 1)))
    for event in events:
        calendar.add_component(event)
    return calendar


def event_of(meeting, address):
    """One meeting as an event, in the language in force."""
    event = Event()
    changed = changed_at(meeting)
    event.add("uid", uid_of(meeting))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sequence_of(changed))
    event.add("status", _status(meeting))
    # Whoever follows the meetings of a body does not sit in them: their own time stays free.
    event.add("transp", "TRANSPARENT")
    if meeting.starts_at:
        zone = ZoneInfo(meeting.time_zone)
        event.add("dtstart", meeting.starts_at.astimezone(zone))
        if meeting.ends_at:
            event.add("dtend", meeting.ends_at.astimezone(zone))
    else:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + datetime.timedelta(days=1))
    _add(event, "summary", told_title(meeting))
    if meeting.venue:
        _add(event, "location", meeting.venue)
    event.add("description", _text(_description(meeting, address)))
    event.add("categories", [_text(meeting.get_kind_display())])
    event.add("url", address)
    return event


def _status(meeting):
    """TENTATIVE where it is in doubt: what sources disagree on, or nobody has verified, is no fixed date."""
    if not meeting.takes_place:
        return "CANCELLED"
    return "TENTATIVE" if meeting.is_in_doubt else "CONFIRMED"


def uid_of(meeting):
    """The UID by which clients know a meeting. It never changes."""
    return f"meeting-{meeting.key}@{settings.SITE_NAMESPACE}"


def changed_at(meeting):
    """When something an event prints last changed: the meeting, its agenda, its body's name or its mission's time zone.

    A change of the agenda is one of the meeting.
    """
    body = meeting.body
    rows = [meeting, body, body and body.mission]
    return max(row.reworded_at for row in rows if row).astimezone(datetime.UTC).replace(microsecond=0)


def sequence_of(moment):
    """A revision number that grows with every change: seconds since 2024, below 2³¹ until 2092."""
    return int((moment - SEQUENCES_COUNT_FROM).total_seconds())


def told_title(meeting):
    """The title of a meeting for programs; what became of it stands first, as some do not read STATUS."""
    title = meeting.title
    if meeting.takes_place:
        return title
    words = pgettext("calendar", "[%(status)s] %(title)s") % {"status": meeting.get_status_display(), "title": title}
    return type(title)(words) if isinstance(title, KoreanText | OutdatedText) else words


def _description(meeting, address):
    """Times, agenda and summary as the meeting's page gives them, and where that page is.

    Stale English is said first, then that the meeting is in doubt.
    """
    topics, summary = [item.topic for item in meeting.agenda.all()], meeting.summary
    stale = is_outdated([meeting.title, meeting.venue, summary, *topics])
    parts = [_("English may be out of date")] if stale else []
    parts += [*doubt_of(meeting), *times_of(meeting)]
    if topics:
        parts.append("\n".join([_("Agenda"), *(f"{number}. {topic}" for number, topic in enumerate(topics, 1))]))
    if summary:
        parts.append(Truncator(summary).chars(SUMMARY_LENGTH))
    return "\n\n".join([*parts, address])


def doubt_of(record):
    """How certain a record is, in a line; nothing where it is verified or the entry of a body itself."""
    return [f"{_('Certainty')}: {record.told_certainty}"] if record.is_in_doubt else []


def times_of(meeting):
    """When it takes place on the clocks there and in Korea, a line each; nothing where no time is known."""
    if not meeting.starts_at:
        return []
    there = f"{_('Local time')}: {_times(meeting, meeting.time_zone)} ({meeting.time_zone})"
    return [there] if meeting.time_zone == KOREA else [there, f"{_('Time in Korea')}: {_times(meeting, KOREA)}"]


def _times(meeting, zone):
    start = date_format(meeting.starts_at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    if not meeting.ends_at:
        return start
    return f"{start} – {date_format(meeting.ends_at.astimezone(ZoneInfo(zone)), 'TIME_FORMAT')}"


def _add(event, name, text):
    """Add a text, and its language where that is not the calendar's."""
    event.add(name, _text(text), parameters={"LANGUAGE": "ko"} if isinstance(text, KoreanText) else {})


def _text(words):
    """What a calendar can hold of a text: no control characters but tabs and line ends."""
    return vText(NOT_TEXT.sub("", str(words).replace("\r\n", "\n")))
