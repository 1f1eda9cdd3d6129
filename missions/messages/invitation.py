"""A meeting for the calendar of whoever is told of it (RFC 5545, RFC 5546): when it is, and where the desk has more."""

import datetime

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from missions.fields.dates import Precision
from missions.messages import words
from missions.messages.of_meetings import DELETED

COUNTED_FROM = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def is_told(meeting):
    """Whether a calendar can hold it: its day is known."""
    return meeting.held_on is not None and meeting.held_precision == Precision.DAY


def of(notice, reader):
    """The method and the text of an invitation, or of its withdrawal. Nobody is asked to answer.

    Its UID is that of the meeting in public calendars, so that a later one changes or removes what an earlier one
    entered. Times are those of UTC, which every calendar shows on its reader’s clocks.
    """
    meeting = notice.row
    takes_place = meeting.takes_place and notice.step != DELETED
    method = "REQUEST" if takes_place else "CANCEL"
    event = Event()
    event.add("uid", f"meeting-{meeting.key}@{settings.SITE_NAMESPACE}")
    event.add("dtstamp", notice.at.astimezone(datetime.UTC))
    event.add("sequence", int((notice.at - COUNTED_FROM).total_seconds()))
    event.add("status", "CONFIRMED" if takes_place else "CANCELLED")
    event.add("summary", vText(words.reference(meeting)))
    event.add("url", settings.DESK_ADDRESS + words.address(notice))
    if meeting.starts_at:
        event.add("dtstart", meeting.starts_at.astimezone(datetime.UTC))
        if meeting.ends_at:
            event.add("dtend", meeting.ends_at.astimezone(datetime.UTC))
    else:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + datetime.timedelta(days=1))
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    event["organizer"] = organizer
    attendee = vCalAddress(f"mailto:{reader.email}")
    attendee.params["rsvp"] = vText("FALSE")
    event.add("attendee", attendee, encode=0)
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAMESPACE}//desk")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return method, calendar.to_ical().decode()
