"""The front page."""

from collections import Counter

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from missions.lists.view import FEW
from missions.map import points
from missions.models import BodyState, Country, LocalInformation, Meeting, Mission, PublishedCase, ReportedResult
from missions.views import linked_data


class Home(TemplateView):
    """The front door: what this is, which mission helps, what is next and what is newest."""

    follows = ("minute",)  # meetings pass at any minute
    template_name = "missions/home.html"

    def get_context_data(self, **kwargs):
        meetings = list(Meeting.objects.published().next_first(planned_first=True).with_names()[:FEW])
        missions = list(Mission.objects.published().with_body().with_names().by_name()[: points.MOST])
        return {
            **super().get_context_data(**kwargs),
            "countries": Country.objects.published().to_choose_from(),
            "next_meetings": [meeting for meeting in meetings if meeting.is_ahead()],
            "latest_meetings": meetings,
            "cases": PublishedCase.objects.published().with_names()[:FEW],
            "information": LocalInformation.objects.published().with_names()[:FEW],
            "result": ReportedResult.objects.published().announced().prefetch_related("sources").first(),
            "points": points.placed(missions),
            "known": len(missions),
            "by_state": _by_state(missions),
            "regions": points.by_region(missions),
            "linked_data": [linked_data.of_site(self.request.build_absolute_uri)],
        }


def _by_state(missions):
    """How many of some missions have a body in each state, in words."""
    found = Counter(mission.body.state for mission in missions)
    counted = [(state.label, found[state]) for state in BodyState if found[state]]
    return ", ".join(_("%(state)s: %(number)d") % {"state": label, "number": number} for label, number in counted)
