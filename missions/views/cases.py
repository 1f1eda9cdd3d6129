"""Published cases."""

from django.db.models import Q
from django.views.generic import DetailView

from missions.lists import filters
from missions.lists.view import FEW, Listing
from missions.models import PublishedCase


class CaseList(Listing):
    """Published cases."""

    queryset = PublishedCase.objects.published().with_names()
    filterset_class = filters.CaseFilter
    paged_by = "approved_at"
    template_name = "missions/case_list.html"


class CaseDetail(DetailView):
    """One case: what happened, what was done and by whom, what to learn."""

    queryset = (
        PublishedCase.objects.published().with_names().select_related("sector").prefetch_related("actors__organisation")
    )
    slug_field = slug_url_kwarg = "reference"
    template_name = "missions/case_detail.html"
    context_object_name = "case"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "related": self.related()}

    def related(self):
        """Cases of the same type in the same country, then of the same type, then of the same country."""
        case = self.object
        same_type, same_country = Q(type=case.type_id), Q(country=case.country_id)
        found = []
        for alike in (same_type & same_country, same_type, same_country):
            if len(found) < FEW:
                others = PublishedCase.objects.published().filter(alike)
                known = [case.pk, *(other.pk for other in found)]
                found += others.exclude(pk__in=known).with_names()[: FEW - len(found)]
        return found
