"""The figures of the programme, each with its table, its list and its file."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from missions.lists.csv_files import csv_response
from missions.models import Body, ReportedResult, cite, telling_sources
from missions.statistics import private, published, rollout


def _bodies():
    return {body.code: body for body in telling_sources(Body.objects.published()).select_related("mission__country")}


class Statistics(TemplateView):
    """Charts with their tables."""

    template_name = "missions/statistics.html"

    def get_context_data(self, **kwargs):
        bodies, (closed, counts) = _bodies(), private.with_public_counts()
        public = published.tables(bodies)
        durations, boxes = private.times(closed)
        started = [rollout.rollout(bodies), _results(bodies, closed, counts)]
        return {
            **super().get_context_data(**kwargs),
            "sections": [
                ("bodies", _("Bodies and results"), started),
                ("cases", _("Published cases"), _of(public, "cases")),
                ("meetings", _("Meetings held"), _of(public, "meetings")),
                ("information", _("Local information"), _of(public, "information")),
                ("difficulties", _("Difficulties"), [private.supported(bodies, closed), durations]),
            ],
            "boxes": boxes,
            "planned": rollout.planned_source(),
            "as_of": private.as_of(closed),
            "today": timezone.localdate(),
        }


def _results(bodies, closed, counts):
    results = list(ReportedResult.objects.published())
    cite(results)
    return rollout.announced(bodies.values(), results, closed, counts)


def _of(tables, noun):
    return [table for name, table in tables.items() if name.startswith(f"{noun}-by-")]


class StatisticsTable(View):
    """One table as CSV."""

    def get(self, request, name):
        """The figures of the page, with days, months and sources as programs read them."""
        table = _table(name)
        if table is None:
            raise Http404
        return csv_response(request, name, *table.file)


def _table(name):
    bodies = _bodies()
    others = {
        "rollout": lambda: rollout.rollout(bodies),
        "results": lambda: _results(bodies, *private.with_public_counts()),
        "difficulties-by-body": lambda: private.supported(bodies, private.last_closed()),
        "times": lambda: private.times(private.last_closed())[0],
    }
    return others[name]() if name in others else published.tables(bodies, {name}).get(name)
