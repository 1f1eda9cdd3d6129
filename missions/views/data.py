"""Open data: what can be downloaded and asked for, what each column means, and the files themselves."""

import datetime

from django.db.models import Max
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.generic import TemplateView

from missions.lists import catalogues, data_files
from missions.lists.columns import LANGUAGES
from missions.lists.csv_files import download_name, terms
from missions.lists.data_sets import DATA_SETS
from missions.lists.whole_files import sent_whole
from missions.models import PageVersion
from missions.views import linked_data

API = "/api/v1/"  # answered by the public face alone, so it is no name that can be reversed everywhere


class OpenData(TemplateView):
    """What there is, in which form, on what terms, and what is promised."""

    template_name = "missions/data.html"

    def get_context_data(self, **kwargs):
        sets = [
            {
                "of": data,
                "list": data.page and reverse(f"missions:{data.page}"),
                "csv": data.page and reverse(f"missions:{data.page}_csv"),
                "file": reverse("root:data_file", args=[data.name]),
                "api": f"{API}{data.name}",
            }
            for data in DATA_SETS.values()
        ]
        return {
            **super().get_context_data(**kwargs),
            "sets": sets,
            "api": self.request.build_absolute_uri(API),
            "linked_data": [linked_data.of_data(self.request.build_absolute_uri)],
        }


class Dictionary(TemplateView):
    """Every column of every data set: its name, its words in both languages, its type and its meaning."""

    template_name = "missions/dictionary.html"

    def get_context_data(self, **kwargs):
        sets = [(data, [_told(column) for column in data.columns]) for data in DATA_SETS.values()]
        return {**super().get_context_data(**kwargs), "sets": sets}


def _told(column):
    labels = {}
    for language in LANGUAGES:
        with override(language):
            labels[language] = str(column.label)
    return {"column": column, "names": column.names, "labels": labels}


def data_file(request, name):
    """A whole data set as a file for programs."""
    if name not in DATA_SETS:
        raise Http404
    parts = data_files.lines(DATA_SETS[name], request.build_absolute_uri)
    return _download(sent_whole(request, parts, "text/csv; charset=utf-8"), f"{name}.csv")


def archive(request):
    """All data sets in one file, named by the day."""
    absolute = request.build_absolute_uri
    parts = data_files.archive(absolute, catalogues.package(absolute))
    name = f"{catalogues.NAME}-{timezone.localdate().isoformat()}.zip"
    return _download(sent_whole(request, parts, "application/zip"), name)


def package(request):
    """The files as a Data Package."""
    return JsonResponse(catalogues.package(request.build_absolute_uri), json_dumps_params={"ensure_ascii": False})


def catalogue(request):
    """The data sets as DCAT. The greatest number of the page version is the last change, in microseconds."""
    version = PageVersion.objects.aggregate(last=Max("published"))["last"]
    changed_at = version and datetime.datetime.fromtimestamp(version / 1_000_000, datetime.UTC)
    found = catalogues.catalogue(request.build_absolute_uri, changed_at)
    return JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def _download(response, name):
    response["Content-Disposition"] = f'attachment; filename="{download_name(name)}"'
    if address := terms()["url"]:
        response["Link"] = f'<{address}>; rel="license"'
    return response
