"""Earlier cases: solved before the programme and beside it."""

from django.db.models import Prefetch
from django.views.generic import DetailView

from missions.lists import filters
from missions.lists.view import FEW, Listing
from missions.models import Country, EarlierCase, cite


class EarlierCaseList(Listing):
    """Earlier cases, each with its sources."""

    queryset = EarlierCase.objects.published().with_names()
    filterset_class = filters.EarlierCaseFilter
    template_name = "missions/earlier_case_list.html"

    def get_context_data(self, **kwargs):
        """Add the sources of those shown."""
        context = super().get_context_data(**kwargs)
        cite(list(context["page_obj"]))
        return context


class EarlierCaseDetail(DetailView):
    """One earlier case: what happened, what was done and by whom, what to learn; its sources first."""

    slug_field = slug_url_kwarg = "key"
    template_name = "missions/earlier_case_detail.html"
    context_object_name = "case"

    def get_queryset(self):
        """Its further countries come in the alphabet of the reader."""
        rows = EarlierCase.objects.published().with_names()
        return rows.prefetch_related("sources", Prefetch("countries_also", Country.objects.published().by_name()))

    def get_context_data(self, **kwargs):
        """Add others of its type, those of its country first."""
        case = self.object
        others = list(EarlierCase.objects.published().filter(type=case.type_id).exclude(pk=case.pk).with_names())
        others.sort(key=lambda other: other.country_id != case.country_id)
        return {**super().get_context_data(**kwargs), "related": others[:FEW]}
