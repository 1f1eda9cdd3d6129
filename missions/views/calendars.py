"""Calendars of meetings: all, those of a body, or one."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from missions.feeds.ical import calendar_of
from missions.models import Body, Meeting

KEPT = 1000  # events in a calendar, the latest; clients refuse files of more than some thousand


class CalendarOfAll(View):
    """Every meeting known to the day, those between the ministries included."""

    def get(self, request):
        name = _("Meetings of the SME support bodies")
        return answer_of(request, Meeting.objects.published(), name, "meetings.ics")


class CalendarOfBody(View):
    """The meetings of one body."""

    def get(self, request, code):
        """The calendar, or 404 where there is no such body."""
        body = get_object_or_404(Body.objects.published(), code=code)
        return answer_of(request, Meeting.objects.published().filter(body=body), body.name, f"{body.code}.ics")


class CalendarOfMeeting(View):
    """One meeting, to be put into a calendar of one's own."""

    def get(self, request, pk):
        """A calendar of one event, or 404 while the day is open: then there is nothing to put on any day."""
        meetings = list(Meeting.objects.published().filter(pk=pk).dated().for_calendar())
        if not meetings:
            raise Http404
        return calendar_response(request, meetings, 0, meetings[0].title, f"meeting-{pk}.ics")


def answer_of(request, rows, name, filename):
    """The response with the calendar of those rows that are known to the day."""
    return calendar_response(request, list(rows.dated().for_calendar()[:KEPT]), rows.undated().count(), name, filename)


def calendar_response(request, meetings, left_out, name, filename):
    """The response with the calendar of some meetings; others are left out, so many."""
    about = _("Meetings known to the day.")
    if left_out:
        about += " " + ngettext(
            "%(count)d meeting whose day is not fixed or not known is left out.",
            "%(count)d meetings whose day is not fixed or not known are left out.",
            left_out,
        ) % {"count": left_out}
    calendar = calendar_of(
        meetings,
        name=name,
        about=about,
        address=request.build_absolute_uri(request.path),
        absolute=request.build_absolute_uri,
    )
    headers = {"Content-Disposition": f'inline; filename="{filename}"'}
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)
