"""The data that programs read: every data set by its name.

Files, the API, the data dictionary and the descriptions for catalogues all come from here. A further set is one more
``DataSet`` in this list; a further field of a record is one more line among its columns.
"""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from missions.fields.addresses import page_of
from missions.fields.dates import CoarsePrecision, Precision
from missions.lists import filters
from missions.lists.columns import address, choice, code, codes, columns, day, number, precise, text, words
from missions.lists.contact_sets import CONTACT_POINTS, COVERAGE, DISTRICTS, SERVICES
from missions.lists.record_sets import BODIES, CASES, INFORMATION, MEETINGS, MISSIONS, ORGANISATIONS, DataSet
from missions.lists.shared_columns import CERTAINTY, ENGLISH, changed, country, page, region, reported_certainty
from missions.models import (
    ActionKind,
    Country,
    DifficultyType,
    EarlierCase,
    EarlierOutcome,
    FirmSize,
    Mission,
    ReportedResult,
    Source,
)

SLUGS = Prefetch("missions", Mission.objects.published().only("slug", "country_id"), "missions_there")
COVERING = Prefetch("covering_missions", Mission.objects.published().only("slug"), "missions_covering")


def _slugs(attribute):
    return lambda row: sorted(mission.slug for mission in getattr(row, attribute))


COUNTRIES = DataSet(
    "countries",
    _("Countries"),
    _("Countries and territories with the missions that lie in them and those that are known to cover them."),
    columns(
        code("code", _("Code"), about=_("ISO 3166-1, two letters.")),
        words("name", _("Country")),
        region("region"),
        codes("missions", _("Missions there"), _slugs("missions_there"), _("Keys of missions.")),
        codes("covered_by", _("Missions elsewhere that cover it"), _slugs("missions_covering"), _("Keys of missions.")),
        ENGLISH,
        page(lambda row: f"{page_of('missions')}?country={row.code}"),
    ),
    lambda: Country.objects.published().select_related("region").order_by("code").prefetch_related(SLUGS, COVERING),
    key="code",
    field="code",
)
TYPES = DataSet(
    "types",
    _("Types of difficulties"),
    _("Types by which difficulties and local information are sorted. No official list exists: this one is proposed."),
    columns(
        code("code", _("Code")),
        words("name", _("Type")),
        text("other_names", _("Other names"), about=_("What people call it, separated by commas.")),
        text("ntm_chapters", _("Nearest chapters of UNCTAD MAST")),
        ENGLISH,
        page(lambda row: f"{page_of('cases')}?type={row.code}"),
    ),
    DifficultyType.objects.published,
    key="code",
    field="code",
)
RESULTS = DataSet(
    "results",
    _("Announced results"),
    _("Counters as the ministries announced them. They are never changed to fit later records."),
    columns(
        code("key", _("Key")),
        day("as_of_on", _("As of")),
        words("scope", pgettext_lazy("what announced figures cover", "Scope")),
        number("missions", _("Missions")),
        number("countries", _("Countries")),
        number("meetings", _("Meetings chaired by heads of mission")),
        number("difficulties", _("Difficulties supported")),
        number("information", _("Items of local information")),
        number("linkages", _("Linkages to support")),
        CERTAINTY,
        page(lambda row: page_of("programme")),
    ),
    lambda: ReportedResult.objects.published().announced().prefetch_related("sources"),
    key="key",
    field="key",
)
SOURCES = DataSet(
    "sources",
    _("Sources"),
    _("Publications that state facts of the programme."),
    columns(
        code("key", _("Key")),
        text("publisher", _("Publisher"), about=_("In the language of the source.")),
        text("title", _("Title"), about=_("In the language of the source.")),
        precise("dated", _("Published on")),
        choice("dated_precision", _("Precision of the day"), "dated_precision", of_choices=Precision),
        address("url", _("Address of the source")),
        text("quote", _("Quotation"), about=_("One sentence at most.")),
        words("note", _("Note")),
        ENGLISH,
        page(),
    ),
    Source.objects.published,
    key="key",
    field="key",
)
EARLIER_CASES = DataSet(
    "earlier_cases",
    _("Earlier cases"),
    _("Difficulties that missions and others solved before the programme and beside it, as public sources tell."),
    columns(
        code("key", _("Key")),
        words("remark", _("Remark"), lambda row: _("not of this programme")),
        country("place"),
        codes(
            "countries_also",
            _("Further countries"),
            lambda row: sorted(other.pk for other in row.countries_also.all()),
            _("Countries that it touches in passing."),
        ),
        choice("type", _("Type"), code="type_id", in_words="type.name"),
        words("sector", _("Sector")),
        precise("dated", _("When it was")),
        choice("dated_precision", _("Precision of the time"), "dated_precision", of_choices=CoarsePrecision),
        words("happened", _("What happened")),
        words("done", _("What was done")),
        words("by_whom", _("By whom")),
        codes("acts", _("Kinds of action"), lambda row: row.acts.split(), " · ".join(ActionKind.values)),
        choice("outcome", _("Outcome"), "outcome", of_choices=EarlierOutcome),
        words("ending", _("How it ended")),
        words("lesson", _("What to learn")),
        choice("firm_size", _("Size of the firm"), "firm_size", of_choices=FirmSize),
        text("firm_name", _("Firm"), about=_("Only where a source names it for its own success.")),
        reported_certainty(),
        changed(),
        page(),
    ),
    lambda: EarlierCase.objects.published().with_names().prefetch_related("sources", "countries_also"),
    key="key",
    field="key",
    conditions=filters.EarlierCaseFilter,
    page="earlier_cases",
)
DATA_SETS = {
    one.name: one
    for one in [
        MISSIONS,
        BODIES,
        MEETINGS,
        CASES,
        INFORMATION,
        ORGANISATIONS,
        COUNTRIES,
        TYPES,
        RESULTS,
        SOURCES,
        EARLIER_CASES,
        CONTACT_POINTS,
        SERVICES,
        DISTRICTS,
        COVERAGE,
    ]
}
