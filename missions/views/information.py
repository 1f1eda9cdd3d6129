"""Local information."""

from django.views.generic import DetailView

from missions.lists import filters
from missions.lists.view import Listing
from missions.models import LocalInformation


class InformationList(Listing):
    """Items of host-country information."""

    follows = ("minute",)  # days end at another minute in each zone
    queryset = LocalInformation.objects.published().with_names()
    filterset_class = filters.InformationFilter
    paged_by = "issued_on"
    template_name = "missions/information_list.html"


class InformationDetail(DetailView):
    """One item of host-country information."""

    follows = ("minute",)  # days end at another minute in each zone
    slug_field = slug_url_kwarg = "key"
    queryset = (
        LocalInformation.objects.published()
        .with_names()
        .select_related("sector", "published_from")
        .prefetch_related("sources", "public_files")
    )
    template_name = "missions/information_detail.html"
    context_object_name = "item"
