"""The programme as a whole, and where what is known comes from."""

from django.db.models import DateField, F, Prefetch, Value
from django.db.models.functions import JSONObject
from django.views.generic import TemplateView

from missions.models import (
    Agreement,
    Body,
    BodyState,
    Discrepancy,
    LegalProvision,
    Party,
    ReportedResult,
    Source,
    SupportProgramme,
    cite,
)
from missions.statistics import private, rollout


class Programme(TemplateView):
    """What was agreed, what was announced, and what the records count."""

    template_name = "missions/programme.html"

    def get_context_data(self, **kwargs):
        parties = Prefetch("parties", Party.objects.select_related("ministry", "organisation"))
        agreements = list(Agreement.objects.published().prefetch_related("commitments", parties))
        results = list(ReportedResult.objects.published())
        schemes, provisions = _together(SupportProgramme, LegalProvision)
        schemes.sort(key=lambda scheme: (-(scheme.year or 0), scheme.pk))
        provisions.sort(key=lambda provision: (provision.order, provision.pk))
        cite(agreements, results, schemes, provisions)
        bodies = list(Body.objects.published().with_names().order_by(F("launched_on").asc(nulls_last=True), "code"))
        signed = {party.ministry for agreement in agreements for party in agreement.parties.all() if party.ministry}
        return {
            **super().get_context_data(**kwargs),
            "agreements": agreements,
            "ministries": sorted(signed, key=lambda ministry: ministry.order),
            "results": rollout.announced(bodies, results, *private.with_public_counts()),
            "launches": [body for body in bodies if body.state == BodyState.LAUNCHED],
            "schemes": schemes,
            "provisions": provisions,
        }


def _together(*tables):
    """The published rows of small tables of texts, numbers and days, a list of each, in one query."""
    named = [
        table.objects.published()
        .order_by()
        .values_list(
            Value(number),
            JSONObject(**{field.attname: field.attname for field in table._meta.fields if field.name != "updated_at"}),
        )
        for number, table in enumerate(tables)
    ]
    found = [[] for _table in tables]
    for number, values in named[0].union(*named[1:], all=True):
        days = {field.attname: field.to_python(values[field.attname]) for field in _days(tables[number])}
        found[number].append(tables[number](**values | days))
    return found


def _days(table):
    """The columns of days of a table, which JSON gives as texts."""
    return [field for field in table._meta.fields if type(field) is DateField]


class SourceList(TemplateView):
    """Every source, and where sources disagree."""

    template_name = "missions/sources.html"

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "discrepancies": Discrepancy.objects.published().prefetch_related("sources", "bodies__mission"),
            "sources": Source.objects.published(),
        }
