"""The programme as a whole, and where what is known comes from."""

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.views.generic import TemplateView

from missions.counters import has_invented_rows, todays_counts
from missions.models import Agreement, Body, Discrepancy, Ministry, Party, ReportedResult, Source, SupportProgramme
from missions.tables import guarded


class Programme(TemplateView):
    """What was agreed, what was announced, and what the records count."""

    template_name = "missions/programme.html"
    follows = ("counted",)

    def get_context_data(self, **kwargs):
        """Add agreements, announced results and the counts of the day."""
        counts = todays_counts()
        parties = Prefetch("parties", Party.objects.select_related("ministry", "organisation"))
        return {
            **super().get_context_data(**kwargs),
            "agreements": Agreement.objects.published().prefetch_related("sources", "commitments", parties),
            "ministries": Ministry.objects.published(),
            "results": ReportedResult.objects.published().prefetch_related("sources"),
            "counts": counts | {"difficulties": guarded(counts["difficulties"])},
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
