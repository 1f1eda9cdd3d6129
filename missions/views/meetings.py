"""Meetings of the bodies and of the ministries."""

from django.urls import reverse
from django.views.generic import DetailView

from missions.lists import filters
from missions.lists.view import Listing
from missions.models import CALLED_OFF, Body, Meeting
from missions.views import linked_data


class MeetingList(Listing):
    """Meetings of the bodies and of the ministries: those whose day is ahead first, then the latest."""

    follows = ("minute",)  # meetings pass at any minute
    filterset_class = filters.MeetingFilter

    def get_queryset(self):
        """The order follows from the day."""
        return Meeting.objects.published().next_first().with_names()

    def get_context_data(self, **kwargs):
        """Add the calendar of what is shown, a body's or all, and how many meetings it leaves out."""
        context = super().get_context_data(**kwargs)
        conditions = getattr(context["form"], "cleaned_data", {})
        chosen, query = conditions.get("body"), context["feed_query"]
        if isinstance(chosen, Body) and query == f"body={chosen.code}":
            address = reverse("missions:body_calendar", args=[chosen.code])
        else:
            address = reverse("missions:calendar") + (f"?{query}" if query else "")
        return {
            **context,
            "calendar": address,
            "undated": self.object_list.order_by().undated().count(),
            "called_off": conditions.get("status") in CALLED_OFF,
        }


class MeetingDetail(DetailView):
    """One meeting: when, where, what about, who took part."""

    follows = ("minute",)  # meetings pass at any minute
    slug_field = slug_url_kwarg = "key"
    queryset = (
        Meeting.objects.published().with_names().prefetch_related("sources", "agenda", "attendances__organisation")
    )

    def get_context_data(self, **kwargs):
        told = linked_data.of_meeting(self.object, self.request.build_absolute_uri)
        return {**super().get_context_data(**kwargs), "linked_data": [told]}
