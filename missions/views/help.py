"""Help by type of difficulty: what it covers, what to prepare, who can help, and what is known of it."""

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import JSONObject
from django.views.generic import DetailView, TemplateView

from missions.fields.dates import KOREA, today_in
from missions.lists.view import FEW
from missions.models import (
    HELPED,
    CaseActor,
    Country,
    DifficultyType,
    EarlierCase,
    LocalInformation,
    Membership,
    OrganisationKind,
    PublishedCase,
    Service,
    SupportProgramme,
    cite,
    telling_sources,
)
from missions.search.other_names import split
from missions.search.tokens import has_every, terms
from missions.statistics import helped
from missions.views.countries import AT_HOME, numbers_at_home, rows_at_home, told_at_home

MOST_CASES, MOST_HELPED = 100, 8  # cases looked through for who acted; organisations told
MOST_SEATS = 300  # looked through for what their organisations help with
KINDS = {  # kinds of organisation that firms ask with a type of difficulty besides public agencies
    "contract_dispute": [OrganisationKind.LAW_FIRM],
    "trade_fraud": [OrganisationKind.LAW_FIRM],
    "payment": [OrganisationKind.LAW_FIRM, OrganisationKind.BANK],
    "ip": [OrganisationKind.LAW_FIRM],
    "visa_hr": [OrganisationKind.LAW_FIRM],
    "incorporation_site": [
        OrganisationKind.LAW_FIRM,
        OrganisationKind.ACCOUNTING_FIRM,
        OrganisationKind.LOCAL_GOVERNMENT,
    ],
    "tax": [OrganisationKind.ACCOUNTING_FIRM],
    "finance_fx": [OrganisationKind.BANK],
    "buyer_marketing": [OrganisationKind.ASSOCIATION, OrganisationKind.LARGE_FIRM],
    "information": [OrganisationKind.ASSOCIATION, OrganisationKind.RESEARCH],
    "procurement": [OrganisationKind.LOCAL_GOVERNMENT],
    "regulation_licensing": [OrganisationKind.LAW_FIRM],
    "export_control": [OrganisationKind.LAW_FIRM],
    "data_platform": [OrganisationKind.LAW_FIRM],
}
ALWAYS = [OrganisationKind.MISSION, OrganisationKind.AGENCY, OrganisationKind.AGENCY_OFFICE]
OFFERED = {
    Service: [
        *("key", "name_ko", "name_en", "purpose_ko", "purpose_en", "users_ko", "users_en", "url", "telephone"),
        *("telephone_year", "telephone_confirmed", "email", "certainty", "note_ko", "note_en", "order"),
    ],
    SupportProgramme: [
        *("key", "name_ko", "name_en", "summary_ko", "summary_en", "year", "url", "certainty", "note_ko", "note_en"),
    ],
}


class HelpTypes(TemplateView):
    """Every type of difficulty, and all official services."""

    template_name = "missions/help_types.html"

    def get_context_data(self, **kwargs):
        services = list(telling_sources(Service.objects.published()))
        cite(services)
        return {
            **super().get_context_data(**kwargs),
            "types": DifficultyType.objects.published(),
            "services": services,
            "countries": Country.objects.published().to_choose_from(),
            "numbers_at_home": numbers_at_home(),
        }


class HelpType(DetailView):
    """One type of difficulty. Whom to call stands at its end."""

    follows = ("minute",)  # information expires at another minute in each zone
    queryset = DifficultyType.objects.published()
    slug_field = slug_url_kwarg = "code"
    template_name = "missions/help_type.html"
    context_object_name = "type"

    def get_context_data(self, **kwargs):
        type_ = self.object
        offered = _offered(type_)
        earlier = list(EarlierCase.objects.published().filter(type=type_).with_names()[:FEW])
        cite(offered[Service], offered[SupportProgramme], earlier)
        for record in [*offered[Service], *offered[SupportProgramme]]:
            record.has_sources = bool(record.cited)
        countries = list(_countries(type_))
        cases = list(PublishedCase.objects.published().filter(type=type_).with_names()[:MOST_CASES])
        return {
            **super().get_context_data(**kwargs),
            "prepare": [line for line in type_.prepare.splitlines() if line.strip()],
            "also": ", ".join(split(type_.other_names)),
            "services": offered[Service],
            "programmes": offered[SupportProgramme],
            "seats": _helping(type_),
            "kinds": [*ALWAYS, *KINDS.get(type_.pk, [])],
            "cases": cases[:FEW],
            "helped": _helped(cases),
            "earlier_cases": earlier,
            "information": LocalInformation.objects.published().filter(topic=type_).with_names()[:FEW],
            "occurred": [country for country in countries if country.occurred],
            "countries": countries,
            "numbers_at_home": offered[AT_HOME],
        }


def _offered(type_):
    """The official services and the support programmes of a type, and whom to ring at home, by one question."""
    rows = [
        model.objects.published()
        .filter(types=type_)
        .order_by()
        .values_list(
            Value(model.__name__, output_field=TextField()), JSONObject(pk="pk", **{name: name for name in columns})
        )
        for model, columns in OFFERED.items()
    ]
    answer = list(rows[0].union(rows[1], *rows_at_home(), all=True))
    found = {AT_HOME: told_at_home(answer)}
    for model in OFFERED:
        found[model] = [model(**values) for name, values in answer if name == model.__name__]
    found[Service].sort(key=lambda service: (service.order, service.pk))
    found[SupportProgramme].sort(key=lambda programme: (-(programme.year or 0), programme.pk))
    return found


def _helped(cases):
    """Organisations that acted in those of some published cases that ended well; these are counted in months."""
    solved = {case.pk: helped.Case(case, _months(case)) for case in cases if case.outcome in ("", *HELPED)}
    actors = CaseActor.objects.filter(case__in=solved).select_related("organisation") if solved else []
    told = [(actor.case_id, actor.organisation, "") for actor in actors if actor.organisation.named]
    return helped.gathered(solved, told)[:MOST_HELPED]


def _months(case):
    """Months from the report of a case to its end; None where one of the two is not known."""
    began, ended = case.reported_month, case.closed_month
    return (ended.year - began.year) * 12 + ended.month - began.month if began and ended else None


def _helping(type_):
    """Seats on bodies that say that their organisation helps with a type, by any of its names."""
    names = [*type_.name_ko.split("·"), type_.name_en, *split(type_.other_names)]
    asked = [wanted for name in names if len(name) > 1 and (wanted := terms(name))]
    seats = Membership.objects.published().current(today_in(KOREA)).exclude(helps_ko="", helps_en="").with_names()
    told = seats.select_related("organisation", "body__mission")[:MOST_SEATS]
    return [seat for seat in told if any(has_every(wanted, seat.helps_ko, seat.helps_en) for wanted in asked)]


def _countries(type_):
    """All countries: whether something of a type is known to have occurred in each."""
    cases = PublishedCase.objects.published().order_by().filter(type=type_, country=OuterRef("pk"))
    earlier = EarlierCase.objects.published().order_by().filter(type=type_)
    of_country = earlier.filter(country=OuterRef("pk"))
    passing = EarlierCase.countries_also.through.objects.filter(
        earliercase__in=earlier.values("pk"), country=OuterRef("pk")
    )
    items = LocalInformation.objects.published().order_by().filter(topic=type_, country=OuterRef("pk"))
    rows = Country.objects.published()
    return rows.annotate(occurred=Exists(cases) | Exists(of_country) | Exists(passing) | Exists(items)).by_name()
