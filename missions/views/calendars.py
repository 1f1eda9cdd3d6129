"""Calendars of meetings: all, those of a body, or one."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from missions.feeds.ical import calendar_of
from missions.feeds.narrowed import Refused, narrowed, query_of, refusal, words_of
from missions.lists.filters import MeetingFilter
from missions.models import Body, Meeting

KEPT = 1000  # events in a calendar, the latest; clients refuse files of more than some thousand


class CalendarOfAll(View):
    """Every meeting known to the day, those between the ministries included, or those that fit some conditions."""

    def get(self, request):
        """The calendar, or the page that says why there is none."""
        try:
            asked = narrowed(MeetingFilter, Meeting.objects.published(), request)
        except Refused as error:
            return refusal(request, error, reverse("missions:meetings"))
        name = " · ".join([_("Meetings of the SME support bodies"), *words_of(asked)])
        return answer_of(request, asked.qs, name, "meetings.ics", query_of(asked))


class CalendarOfBody(View):
    """The meetings of one body."""

    def get(self, request, code):
        """The calendar, or 404 where there is no such body."""
        body = get_object_or_404(Body.objects.published(), code=code)
        return answer_of(request, Meeting.objects.published().filter(body=body), body.name, f"{body.code}.ics")


class CalendarOfMeeting(View):
    """One meeting, to be put into a calendar of one's own."""

    def get(self, request, key):
        """A calendar of one event, or 404 while the day is open: then there is nothing to put on any day."""
        meetings = list(Meeting.objects.published().filter(key=key).dated().for_calendar())
        if not meetings:
            raise Http404
        return calendar_response(request, meetings, 0, meetings[0].title, f"meeting-{key}.ics")


def answer_of(request, rows, name, filename, query=""):
    """The response with the calendar of those rows that are known to the day. ``query`` says how it was narrowed."""
    meetings = list(rows.dated().for_calendar()[:KEPT])
    return calendar_response(request, meetings, rows.undated().count(), name, filename, query)


def calendar_response(request, meetings, left_out, name, filename, query=""):
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
        address=request.build_absolute_uri(request.path + query),
        absolute=request.build_absolute_uri,
    )
    headers = {"Content-Disposition": f'inline; filename="{filename}"'}
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)
