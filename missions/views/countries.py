"""Countries: which mission to call in each, and who helps at home."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Prefetch, Q, TextField, Value, When
from django.db.models.functions import JSONObject
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from missions.fields.addresses import page_of
from missions.fields.dates import KOREA, today_in
from missions.models import (
    ContactKind,
    ContactPoint,
    Country,
    District,
    EarlierCase,
    LocalInformation,
    Meeting,
    MeetingStatus,
    Membership,
    Mission,
    OfficeDay,
    OrganisationKind,
    Post,
    PublishedCase,
    Scope,
    Service,
    today_at,
)
from missions.views.by_code import ByCode

HOME = "KR"
NO_TYPE = "other"  # the type of difficulties of no other type: its services help with all
AT_HOME, CENTRE = "at home", -1  # what such a row is; the order of call centres before services
COLLECTING = {OrganisationKind.ASSOCIATION, OrganisationKind.AGENCY}  # members at home that firms can turn to


class CountryList(TemplateView):
    """All countries, each with the missions that serve it, and a chooser that leads to the page of one."""

    template_name = "missions/country_list.html"

    def get(self, request, *args, **kwargs):
        """The page of the country that was chosen, or the list; what is no country is said there."""
        code = request.GET.get("country", "")[:2].upper()
        if code and Country.objects.published().filter(pk=code).exists():
            return redirect(page_of("country", code))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        countries = list(Country.objects.published().select_related("region").by_name())
        missions = Mission.objects.published().leading_first().select_related("country").prefetch_related("covers")
        serving = {}
        for mission in missions:
            for code in {mission.country_id, *(country.pk for country in mission.covers.all())}:
                serving.setdefault(code, []).append(mission)
        regions = {}
        for country in countries:
            country.is_home = country.pk == HOME
            country.first = serving.get(country.pk, [None])[0]
            country.others = len(serving.get(country.pk, [])[1:])
            regions.setdefault(country.region, []).append(country)
        return {
            **super().get_context_data(**kwargs),
            "countries": countries,
            "regions": sorted(regions.items(), key=lambda pair: pair[0].order if pair[0] else len(regions) + 100),
            "numbers_at_home": numbers_at_home(),
            "is_unknown": "country" in self.request.GET,
            "is_unanswered": self.request.GET.get("country", "") == "",
        }


@dataclass
class Office:
    """A mission as the page of a country tells of it: what today is there, and when its body next meets."""

    mission: Mission
    is_elsewhere: bool
    today: OfficeDay | None
    next_meeting: Meeting | None


class CountryDetail(ByCode, DetailView):
    """Whom a firm calls about one country: its missions, other offices there, and the side at home."""

    follows = ("minute",)  # the time there
    model, noun = Country, "country"

    def get_queryset(self):
        """Say what more there is to read on the country in the same query."""
        cases = PublishedCase.objects.published().order_by().filter(country=OuterRef("pk"))
        items = LocalInformation.objects.published().order_by().filter(country=OuterRef("pk"))
        rows = Country.objects.published().select_related("region", "coverage").prefetch_related("coverage__sources")
        earlier = EarlierCase.objects.in_country(OuterRef("pk"))
        return rows.annotate(has_cases=Exists(cases), has_items=Exists(items), has_earlier_cases=Exists(earlier))

    def get_context_data(self, **kwargs):
        country = self.object
        offices = _offices(country)
        contacts = _contacts(country)
        members = _members_at_home()
        return {
            **super().get_context_data(**kwargs),
            **_unknown(offices),
            "is_home": country.pk == HOME,
            "coverage": getattr(country, "coverage", None),
            "offices": offices,
            "has_body": any(office.mission.has_body for office in offices),
            "contacts": [contact for contact in contacts if contact.kind != ContactKind.CALL_CENTRE],
            # where no mission answers; the call centre stands on every page
            "numbers_at_home": [] if offices else [number for number in numbers_at_home() if not number.is_centre],
            "call_centres": [contact for contact in contacts if contact.kind == ContactKind.CALL_CENTRE],
            "domestic": members[0].body if members else None,
            "secretariat": [seat for seat in members if seat.post == Post.SECRETARIAT],
            "collecting": [
                seat for seat in members if seat.organisation.kind in COLLECTING and seat.post != Post.SECRETARIAT
            ],
            "now": timezone.now(),
        }


def _offices(country):
    parts = District.objects.published().with_names()
    missions = Mission.objects.published().serving(country).leading_first().with_names()
    missions = list(missions.prefetch_related(Prefetch("districts", parts)))
    days, meetings = today_at(missions), _next_meetings(missions)
    return [
        Office(
            mission,
            is_elsewhere=mission.country_id != country.pk,
            today=days.get(mission.pk),
            next_meeting=meetings.get(mission.body.pk) if hasattr(mission, "body") else None,
        )
        for mission in missions
    ]


def _next_meetings(missions):
    """The next meeting of each body, by the key of the body."""
    bodies = [mission.body.pk for mission in missions if hasattr(mission, "body")]
    if not bodies:
        return {}
    planned = Meeting.objects.published().filter(body__in=bodies, status=MeetingStatus.PLANNED)
    found = {}
    for meeting in planned.soonest_first().with_names():
        if meeting.is_ahead():
            found.setdefault(meeting.body_id, meeting)
    return found


def _contacts(country):
    there = Q(country=country) | Q(kind=ContactKind.CALL_CENTRE)
    return list(ContactPoint.objects.published().filter(there).with_names())


def numbers_at_home():
    """Whom a firm rings whatever its difficulty, by one query."""
    centres, services = rows_at_home()
    return told_at_home(centres.union(services, all=True))


def rows_at_home():
    """The same for a question of more: call centres, and services for difficulties of no type, as ``AT_HOME``."""
    centres = ContactPoint.objects.published().filter(kind=ContactKind.CALL_CENTRE)
    services = Service.objects.published().filter(types=NO_TYPE)
    confirmed = Case(When(certainty="verified", then=True), default=False, output_field=BooleanField())
    of_centre = {
        "telephone_year": Value(None, output_field=IntegerField()),
        "telephone_confirmed": confirmed,
        "order": Value(CENTRE),
    }
    of_service = {name: name for name in of_centre}
    return [
        rows.exclude(telephone="")
        .order_by()
        .values_list(
            Value(AT_HOME, output_field=TextField()),
            JSONObject(name_ko="name_ko", name_en="name_en", telephone="telephone", **more),
        )
        for rows, more in ((centres, of_centre), (services, of_service))
    ]


def told_at_home(rows):
    """Such rows as services with their names and numbers, call centres first."""
    found = [Service(**values) for name, values in rows if name == AT_HOME]
    for number in found:
        number.is_centre = number.order == CENTRE
    return sorted(found, key=lambda number: number.order)


def _members_at_home():
    seats = Membership.objects.published().filter(body__scope=Scope.DOMESTIC)
    return list(seats.current(today_in(KOREA)).with_names())


def _unknown(offices):
    """The missions of which something is not known, by what that is: each is said once on the page."""
    missions = [office.mission for office in offices]
    return {
        "without_telephone": [mission for mission in missions if not mission.telephone],
        "disagreeing": [mission for mission in missions if mission.contact_certainty == "conflict"],
        "without_district": [mission for mission in missions if _lacks_district(mission, len(missions))],
        "is_unverified": any(mission.certainty_of_contact != "verified" for mission in missions),
    }


def _lacks_district(mission, count):
    return count > 1 and mission.kind in ("consulate_general", "branch", "field_office") and not mission.districts.all()
