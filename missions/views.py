"""The public pages: read only, published rows only."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from missions import filters
from missions.counters import has_invented_rows, todays_counts
from missions.listing import Listing
from missions.models import (
    Agreement,
    Body,
    BodyStep,
    CaseActor,
    Discrepancy,
    LocalInformation,
    Meeting,
    MeetingStatus,
    Membership,
    Ministry,
    Mission,
    Organisation,
    Post,
    PublishedCase,
    ReportedResult,
    Source,
    SupportProgramme,
)

FEW = 5


class Home(TemplateView):
    """The front door: what this is, which mission helps, what is next and what is newest."""

    template_name = "missions/home.html"

    def get_context_data(self, **kwargs):
        """Add the newest of everything, and the latest announced counters."""
        today = timezone.localdate()
        return {
            **super().get_context_data(**kwargs),
            "countries": filters.served_countries(self.request),
            "next_meetings": Meeting.objects.published().upcoming(today).soonest_first().with_names()[:FEW],
            "latest_meetings": Meeting.objects.published().held().with_names()[:FEW],
            "cases": PublishedCase.objects.published().with_names()[:FEW],
            "information": LocalInformation.objects.published().with_names()[:FEW],
            "result": ReportedResult.objects.published().prefetch_related("sources").first(),
        }


class MissionList(Listing):
    """Missions with a body, by country, region, kind and state."""

    queryset = Mission.objects.published().with_names()
    filterset_class = filters.MissionFilter


class MissionDetail(DetailView):
    """One mission: how to reach it, who sits on its body, what it did."""

    queryset = (
        Mission.objects.published().with_names().select_related("organisation").prefetch_related("sources", "covers")
    )

    def get_context_data(self, **kwargs):
        """Add the body's members, meetings, cases and information."""
        body = getattr(self.object, "body", None)
        return {
            **super().get_context_data(**kwargs),
            **(_of_body(body) if body else {}),
            "local_time": timezone.now().astimezone(ZoneInfo(self.object.time_zone)),
        }


class BodyList(Listing):
    """Bodies overseas and at home."""

    queryset = Body.objects.published().with_names()
    filterset_class = filters.BodyFilter

    def get_context_data(self, **kwargs):
        """Add how many of the announced bodies are known by name."""
        return {
            **super().get_context_data(**kwargs),
            "known": Body.objects.published().overseas().count(),
            "announced": ReportedResult.objects.published().filter(missions__isnull=False).first(),
        }


class BodyDetail(DetailView):
    """One body: its state over time, its members, its meetings, what sources disagree on."""

    queryset = (
        Body.objects.published()
        .with_names()
        .prefetch_related(
            "sources", "discrepancies", Prefetch("steps", BodyStep.objects.published().select_related("source"))
        )
    )
    slug_field = slug_url_kwarg = "code"

    def get_context_data(self, **kwargs):
        """Add members, meetings, cases and information."""
        return {**super().get_context_data(**kwargs), **_of_body(self.object)}


def _of_body(body):
    """What the public reads of a body, one query each."""
    today = timezone.localdate()
    meetings = list(Meeting.objects.published().next_first().filter(body=body).with_names())
    members = list(Membership.objects.published().current(today).filter(body=body).with_names())
    return {
        "body": body,
        "members": members,
        "helps_stated": any(seat.helps for seat in members),
        "secretariat": [seat.organisation for seat in members if seat.post == Post.SECRETARIAT],
        "next_meetings": [m for m in meetings if m.status == MeetingStatus.PLANNED and not m.is_overdue()],
        "past_meetings": [m for m in meetings if m.status != MeetingStatus.PLANNED or m.is_overdue()],
        "cases": list(PublishedCase.objects.published().filter(body=body).with_names()[:FEW]),
        "information": list(LocalInformation.objects.published().filter(body=body).with_names()[:FEW]),
    }


class MeetingList(Listing):
    """Meetings of the bodies and of the ministries: those to come first, then the latest."""

    filterset_class = filters.MeetingFilter

    def get_queryset(self):
        """The order follows from the day."""
        return Meeting.objects.published().next_first().with_names()


class MeetingDetail(DetailView):
    """One meeting: when, where, what about, who took part."""

    queryset = (
        Meeting.objects.published().with_names().prefetch_related("sources", "agenda", "attendances__organisation")
    )


class CaseList(Listing):
    """Published cases."""

    queryset = PublishedCase.objects.published().with_names()
    filterset_class = filters.CaseFilter
    template_name = "missions/case_list.html"


class CaseDetail(DetailView):
    """One case: what happened, what was done and by whom, what to learn."""

    queryset = (
        PublishedCase.objects.published().with_names().prefetch_related("sources", "actors__organisation__parent")
    )
    slug_field = slug_url_kwarg = "reference"
    template_name = "missions/case_detail.html"
    context_object_name = "case"

    def get_context_data(self, **kwargs):
        """Add cases of the same type or country."""
        alike = Q(type=self.object.type) | Q(country=self.object.country)
        related = PublishedCase.objects.published().filter(alike).exclude(pk=self.object.pk)
        return {**super().get_context_data(**kwargs), "related": related.with_names()[:FEW]}


class InformationList(Listing):
    """Items of host-country information."""

    queryset = LocalInformation.objects.published().with_names()
    filterset_class = filters.InformationFilter
    template_name = "missions/information_list.html"


class InformationDetail(DetailView):
    """One item of host-country information."""

    queryset = LocalInformation.objects.published().with_names().prefetch_related("sources")
    template_name = "missions/information_detail.html"
    context_object_name = "item"


class OrganisationList(Listing):
    """Organisations known by name, and where they sit."""

    filterset_class = filters.OrganisationFilter

    def get_queryset(self):
        """Which seats last follows from the day."""
        return Organisation.objects.published().named().with_seats()


class OrganisationDetail(DetailView):
    """One organisation: its seats, its part in meetings and cases."""

    queryset = (
        Organisation.objects.published()
        .named()
        .select_related("country", "parent", "mission")
        .prefetch_related("sources", Prefetch("parts", Organisation.objects.published().named()))
    )

    def get_context_data(self, **kwargs):
        """Add seats, published cases and published meetings."""
        organisation = self.object
        return {
            **super().get_context_data(**kwargs),
            "seats": Membership.objects.published().current().filter(organisation=organisation).with_names(),
            "cases": PublishedCase.objects.published()
            .filter(pk__in=CaseActor.objects.published().filter(organisation=organisation).values("case"))
            .with_names()[:FEW],
            "meetings": Meeting.objects.published().filter(attendances__organisation=organisation).with_names()[:FEW],
        }


class Programme(TemplateView):
    """What was agreed, what was announced, and what the records count."""

    template_name = "missions/programme.html"

    def get_context_data(self, **kwargs):
        """Add agreements, announced results and the counts of the day."""
        parts = ["sources", "commitments", "parties__ministry", "parties__organisation"]
        return {
            **super().get_context_data(**kwargs),
            "agreements": Agreement.objects.published().prefetch_related(*parts),
            "ministries": Ministry.objects.published(),
            "results": ReportedResult.objects.published().prefetch_related("sources"),
            "counts": todays_counts(),
            "invented": settings.DEBUG and has_invented_rows(),
            "today": timezone.localdate(),
            "launches": Body.objects.published().running().with_names().order_by("launched_on", "code"),
            "schemes": SupportProgramme.objects.published().prefetch_related("sources"),
        }


class SourceList(TemplateView):
    """Every source, and where sources disagree."""

    template_name = "missions/sources.html"

    def get_context_data(self, **kwargs):
        """Add all sources and disagreements."""
        return {
            **super().get_context_data(**kwargs),
            "discrepancies": Discrepancy.objects.published().prefetch_related("sources", "bodies"),
            "sources": Source.objects.published(),
        }
