"""Organisations and their seats."""

from django.db.models import Prefetch
from django.views.generic import DetailView

from missions.lists import filters
from missions.lists.view import FEW, Listing
from missions.models import CaseActor, ContactPoint, Meeting, Membership, Organisation, PublishedCase


class OrganisationList(Listing):
    """Organisations known by name, and where they sit."""

    filterset_class = filters.OrganisationFilter

    def get_queryset(self):
        """Which seats last follows from the day, and the order from the language."""
        return Organisation.objects.published().named().with_seats().by_name()


class OrganisationDetail(DetailView):
    """One organisation: its seats, its part in meetings and cases."""

    follows = ("minute",)  # meetings pass at any minute

    def get_queryset(self):
        """Its offices come in the alphabet of the reader."""
        rows = Organisation.objects.published().named()
        return rows.select_related("country", "parent", "mission").prefetch_related(
            "sources", Prefetch("parts", rows.by_name())
        )

    def get_context_data(self, **kwargs):
        organisation = self.object
        return {
            **super().get_context_data(**kwargs),
            "contacts": ContactPoint.objects.published().filter(organisation=organisation).with_names(),
            "seats": Membership.objects.published().current().filter(organisation=organisation).with_names(),
            "cases": PublishedCase.objects.published()
            .filter(pk__in=CaseActor.objects.published().filter(organisation=organisation).values("case"))
            .with_names()[:FEW],
            "meetings": Meeting.objects.published().filter(attendances__organisation=organisation).with_names()[:FEW],
        }
