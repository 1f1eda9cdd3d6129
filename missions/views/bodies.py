"""Missions and bodies: how to reach them, who sits there, what they did."""

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from missions.fields.capped import Capped
from missions.fields.dates import Precision, today_in
from missions.lists import filters
from missions.lists.view import FEW, Listing
from missions.map import points
from missions.models import (
    Body,
    BodyStep,
    Chaired,
    ContactPoint,
    District,
    EarlierCase,
    LocalInformation,
    Meeting,
    Membership,
    Mission,
    Post,
    PublishedCase,
    ReportedResult,
)
from missions.statistics import rollout
from missions.statistics.counters import meetings_chaired
from missions.views import linked_data
from missions.views.by_code import ByCode

NEAREST = 12  # meetings asked for: those to come, then the latest


class MissionList(Listing):
    """Missions by country, region, kind and state of their body, and the same on the map."""

    filterset_class = filters.MissionFilter
    paginate_by = 250  # all missions on one page, so that the map shows them all

    def get_queryset(self):
        """The order follows from the language. No line tells the region: its row is not fetched for each mission."""
        return Mission.objects.published().with_names().select_related(None).select_related("country", "body").by_name()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        missions = list(context["page_obj"])
        return {
            **context,
            "points": points.placed(missions),
            "unplaced": sum(not mission.has_place for mission in missions),
        }


class MissionDetail(DetailView):
    """One mission: how to reach it, who sits on its body, what it did."""

    follows = ("minute",)  # the time there

    queryset = Mission.objects.published().with_names().select_related("organisation")

    def get_queryset(self):
        """Count what its body did in the same query."""
        rows = super().get_queryset().annotate(**_figures(body__mission__slug=self.kwargs["slug"]))
        links = Mission.covers.through.objects.filter(mission=OuterRef("pk"))
        near = _contacts_near(OuterRef("country_id"), OuterRef("city_ko")).order_by()
        parts = District.objects.order_by().filter(mission=OuterRef("pk"))
        rows = rows.annotate(has_covers=Exists(links), has_districts=Exists(parts), has_contacts=Exists(near))
        there, covered = EarlierCase.objects.in_country(OuterRef("country_id")), links.filter(_with_earlier_cases())
        rows = rows.annotate(has_earlier_cases_there=Exists(there), covers_earlier_cases=Exists(covered))
        return rows.prefetch_related("sources")

    def get_context_data(self, **kwargs):
        mission = self.object
        body = getattr(mission, "body", None)
        blanks = {
            _("telephone"): mission.telephone,
            _("e-mail"): mission.email,
            _("address"): mission.address,
            _("web site"): mission.url,
            _("city"): mission.city,
            _("time zone"): mission.time_zone,
        }
        return {
            **super().get_context_data(**kwargs),
            **(_of_body(body, mission) if body else {}),
            "figures": mission,
            "undated": mission.undated,
            "blanks": ", ".join(name for name, value in blanks.items() if not value),
            # asked only where there are any: no mission has all three, and a page has its eight queries
            "covers": mission.covers.published().by_name() if mission.has_covers else [],
            "districts": mission.districts.published().with_names() if mission.has_districts else [],
            "contacts": mission.has_contacts and _contacts_near(mission.country_id, mission.city_ko).with_names(),
            "now": timezone.now(),
            **_earlier_cases(mission),
            "linked_data": [linked_data.of_mission(mission, self.request.build_absolute_uri)],
        }


def _with_earlier_cases():
    """The condition that a country which a mission covers has an earlier case."""
    return Exists(EarlierCase.objects.in_country(OuterRef("country_id")))


def _earlier_cases(mission):
    """What others solved there, and the countries whose lists lead on.

    Where the body has cases of its own, a link leads to those of its country instead.
    """
    there = [mission.country] if mission.has_earlier_cases_there else []
    if mission.case_count or not (there or mission.covers_earlier_cases):
        return {"earlier_cases": [], "earlier_countries": there}
    cases = list(EarlierCase.objects.published().of_mission(mission).with_names()[:FEW])
    countries = {case.country_id: case.country for case in cases if case.country}
    return {"earlier_cases": cases, "earlier_countries": there or list(countries.values())}


def _contacts_near(country, city):
    """Other offices in a city; none where the city is not known."""
    return ContactPoint.objects.published().filter(country=country, city_ko=city).exclude(city_ko="")


class BodyList(Listing):
    """Bodies overseas and at home."""

    queryset = Body.objects.published().with_names()
    filterset_class = filters.BodyFilter

    def get_context_data(self, **kwargs):
        """Add how many overseas bodies are known, beside how many were announced."""
        counted = Body.objects.published().overseas().counted()
        return {
            **super().get_context_data(**kwargs),
            "known": counted["known"],
            "launched": len(counted["launched"]),
            "in_doubt": rollout.in_doubt(counted["launched"]),
            "announced": ReportedResult.objects.published().announced().filter(missions__isnull=False).first(),
        }


class BodyDetail(ByCode, DetailView):
    """One body: its state over time, its members, its meetings, what sources disagree on."""

    follows = ("minute",)  # meetings pass at any minute
    queryset = (
        Body.objects.published()
        .with_names()
        .prefetch_related(
            "sources", "discrepancies", Prefetch("steps", BodyStep.objects.published().select_related("source"))
        )
    )
    model, noun = Body, "body"

    def get_queryset(self):
        """Count what it did in the same query."""
        return super().get_queryset().annotate(**_figures(body__code=self.kwargs["code"]))

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            **_of_body(self.object, self.object),
            "figures": self.object,
            "undated": self.object.undated,
            "linked_data": [linked_data.of_body(self.object, self.request.build_absolute_uri)],
        }


def _figures(**of_body):
    """Counts of what a body did, each of the list that its link opens."""
    return {
        "held_count": Capped(Meeting.objects.published().held().filter(**of_body)),
        "chaired_count": Capped(meetings_chaired().published().filter(**of_body)),
        "unknown_count": Capped(Meeting.objects.published().held().filter(chaired=Chaired.UNKNOWN, **of_body)),
        "case_count": Capped(PublishedCase.objects.published().filter(**of_body)),
        "information_count": Capped(LocalInformation.objects.published().filter(**of_body)),
        "undated": Capped(Meeting.objects.published().exclude(held_precision=Precision.DAY).filter(**of_body)),
    }


def _of_body(body, figures):
    """What the public reads of a body, one query each, and none for what its figures say is not there."""
    meetings = list(Meeting.objects.published().next_first(body=body).with_names()[:NEAREST])
    members = list(Membership.objects.published().current(today_in(body.time_zone)).filter(body=body).with_names())
    ahead = [meeting for meeting in meetings if meeting.is_ahead()][:FEW]
    members.sort(key=lambda seat: Post.values.index(seat.post))
    return {
        "body": body,
        "members": members,
        "helps_stated": any(seat.helps for seat in members),
        "chairs": [seat for seat in members if seat.post == Post.CHAIR],
        "secretariat": [seat.organisation for seat in members if seat.post == Post.SECRETARIAT],
        "next_meetings": ahead,
        "only_called_off": bool(ahead) and not any(meeting.takes_place for meeting in ahead),
        "past_meetings": [meeting for meeting in meetings if not meeting.is_ahead()][:FEW],
        "cases": _newest(PublishedCase, body) if figures.case_count else [],
        "information": _newest(LocalInformation, body) if figures.information_count else [],
    }


def _newest(model, body):
    return list(model.objects.published().filter(body=body).with_names()[:FEW])
