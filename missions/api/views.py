"""The views of ``/api/v1/``: what there is, a page of a data set, one record, and the description of it all."""

import re
from urllib.parse import parse_qs

from django.http import HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response
from rest_framework.views import APIView

from missions.api import description, serializers
from missions.api.asked import PLACES, page_of
from missions.api.problems import Problem, in_both
from missions.fields.capped import MOST
from missions.lists.columns import LANGUAGES, for_programs
from missions.lists.csv_files import terms
from missions.lists.data_sets import DATA_SETS

KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
WRONG = "A parameter or a value that cannot be understood."
MISSING = "No such page or record."
PREFIX = "/api/v1/"


class ForPrograms(APIView):
    """A view of the API: it is read without signing in, and answers in JSON."""

    data_set = None
    failures = {}

    def options(self, request, *args, **kwargs):
        """What is allowed. Browsers ask it for pages of other sites."""
        return HttpResponse(headers={"Allow": "GET, HEAD, OPTIONS", "Content-Length": "0"})


class Start(ForPrograms):
    """What there is to read."""

    def get(self, request):
        """Every data set with its address."""
        sets = [
            {
                "name": data.name,
                **_named("label", data.label),
                **_named("about", data.about),
                "url": request.build_absolute_uri(reverse(f"api:{data.name}")),
            }
            for data in DATA_SETS.values()
        ]
        whole = request.build_absolute_uri
        about = {f"about_{language}": whole(f"/{language}/data/") for language in LANGUAGES}
        described = {"description": whole(reverse("api:description")), **about}
        return Response({"resources": sets, **described, "licence": terms()})

    def operation(self):
        """The name of the operation."""
        return "start"

    def summary(self):
        """One line."""
        return "What there is to read"

    def parameters(self):
        """None."""
        return []

    def answers(self):
        """What is answered."""
        return serializers.Start


class RecordList(ForPrograms):
    """A page of a data set, narrowed by the conditions of its list."""

    failures = {400: WRONG, 404: MISSING}

    def get(self, request):
        """The records, and how to get the others."""
        data = self.data_set
        pages, page = page_of(data, request)
        records = for_programs(data.columns, list(page.object_list), request.build_absolute_uri)
        following = parse_qs(page.next)
        return Response(
            {
                "page": page.number,
                "perPage": pages.per_page,
                "totalCount": min(pages.count, MOST) if pages.is_cut else pages.count,
                "totalCountIsCapped": pages.is_cut,
                "next": self._address(page.next),
                "previous": self._address(page.previous),
                "nextAfter": following["after"][0] if "after" in following else None,
                "licence": terms(),
                "records": records,
            }
        )

    def _address(self, end):
        """The whole address of another page of the same list."""
        if not end:
            return None
        query = self.request.GET.copy()
        for name in PLACES:
            query.pop(name, None)
        rest = "&".join(filter(None, [query.urlencode(), end]))
        return self.request.build_absolute_uri(f"{self.request.path}?{rest}")

    def operation(self):
        """The name of the operation."""
        return f"list_{self.data_set.name}"

    def summary(self):
        """One line."""
        return f"{self.data_set.label}: a page of the list"

    def parameters(self):
        """Conditions and paging."""
        return [*description.conditions(self.data_set), *description.paging(self.data_set)]

    def answers(self):
        """What is answered."""
        return serializers.page_of(self.data_set)


class RecordDetail(ForPrograms):
    """One record of a data set."""

    failures = {404: MISSING}

    def get(self, request, key):
        """The record, or a problem that says where the keys are."""
        data = self.data_set
        row = data.rows().filter(**{data.field: key}).first() if KEY.fullmatch(key) else None
        if row is None:
            said = _("Nothing there has this key. All keys are listed at {address}.")
            address = request.build_absolute_uri(reverse(f"api:{data.name}"))
            raise Problem("not-found", 404, format_lazy(said, address=address))
        return Response(for_programs(data.columns, [row], request.build_absolute_uri)[0])

    def operation(self):
        """The name of the operation."""
        return f"read_{self.data_set.name}"

    def summary(self):
        """One line."""
        return f"{self.data_set.label}: one record"

    def parameters(self):
        """The key."""
        about = f"Its “{self.data_set.key}”."
        return [OpenApiParameter("key", str, OpenApiParameter.PATH, description=about)]

    def answers(self):
        """What is answered."""
        return serializers.record_of(self.data_set)


def list_of(data):
    """The view of the list of a data set."""
    return type(f"{data.name.capitalize()}List", (RecordList,), {"data_set": data, "follows": data.follows}).as_view()


def detail_of(data):
    """The view of one record of a data set."""
    return type(f"{data.name.capitalize()}Detail", (RecordDetail,), {"data_set": data}).as_view()


def patterns():
    """The addresses that are described."""
    start = PREFIX.lstrip("/")
    lists = [path(f"{start}{name}", list_of(data), name=name) for name, data in DATA_SETS.items()]
    return [
        path(start, Start.as_view(), name="start"),
        *lists,
        *(path(f"{start}{name}/<str:key>", detail_of(data), name=f"{name}_record") for name, data in DATA_SETS.items()),
    ]


class Description(ForPrograms):
    """The description of the API."""

    schema = None

    def get(self, request):
        """The document."""
        return JsonResponse(description.document(request, patterns()), json_dumps_params={"ensure_ascii": False})


class Elsewhere(ForPrograms):
    """Any other address below the API."""

    schema = None

    def get(self, request, rest):
        """Send on an address that ends with a slash too many; refuse any other."""
        if rest.endswith("/") and rest.removeprefix("v1/").partition("/")[0] in DATA_SETS:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(request.path.rstrip("/") + (f"?{query}" if query else ""))
        address = request.build_absolute_uri(reverse("api:start"))
        raise Problem(
            "not-found", 404, format_lazy(_("What there is to read is listed at {address}."), address=address)
        )


def _named(name, words):
    told = in_both("en", words)
    return {f"{name}_ko": told["en_ko"], f"{name}_en": told["en"]}
