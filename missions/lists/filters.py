"""The filters of the public lists. The address of a page holds their values; they offer only choices that occur."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from missions.lists.filter_fields import (
    Conditions,
    DayFilter,
    KeyFilter,
    KnownOrNot,
    MonthFilter,
    TextFilter,
    YearFilter,
    choice,
    spelt,
)
from missions.models import (
    Body,
    BodyState,
    BodyStep,
    Chaired,
    Country,
    DifficultyType,
    EarlierCase,
    EarlierOutcome,
    LocalInformation,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Mission,
    MissionKind,
    Organisation,
    OrganisationKind,
    Outcome,
    PublishedCase,
    Region,
    Reported,
    Scope,
    Sector,
)
from missions.search.kinds import NONE

LONGEST_KEY = 40
AT_MISSION = "body__mission__country"
NOT_STATED = {"null_value": NONE, "null_label": _("not stated")}


def _asked(request, name):
    """The key in the address, as rows spell it."""
    return spelt(name, request.GET.get(name, ""))[:LONGEST_KEY]


def _occurring(request, rows, named_by, column, name=""):
    """The rows to choose from: those that ``named_by`` refers to in a column, and the one in the address.

    ``name`` is that of the condition, where the column has another.

    The column's index answers for each row. The one in the address is offered even where nothing refers to it: a
    count of nought also leads to a list, and that list says what it is narrowed to.
    """
    named = Exists(named_by.order_by().filter(**{column: OuterRef("pk")}))
    return rows.objects.published().filter(named | Q(code=_asked(request, name or column)))


def countries_of(named_by, column="country"):
    """A function of the request that returns the countries of the rows of a list."""
    return lambda request: _occurring(request, Country, named_by, column, "country").by_name()


def bodies_of(named_by):
    """A function of the request that returns the bodies of the rows of a list."""
    return lambda request: _occurring(request, Body, named_by, "body").select_related("mission")


def types_of(named_by, column):
    """A function of the request that returns the difficulty types of the rows of a list."""
    return lambda request: _occurring(request, DifficultyType, named_by, column)


def served_countries(request):
    """The countries in which a mission lies, and those that one is known to cover."""
    missions = Mission.objects.published().order_by()
    served = Q(pk__in=missions.values("country")) | Q(pk__in=missions.exclude(covers=None).values("covers"))
    return Country.objects.published().filter(served)


def countries_found(request):
    """The countries that a mission serves, and the one in the address."""
    served = served_countries(request).order_by().values("pk")
    return Country.objects.published().filter(Q(pk__in=served) | Q(pk=_asked(request, "country")[:2])).by_name()


class MissionFilter(Conditions):
    """Which mission?"""

    q = TextFilter()
    country = KeyFilter(_("Country"), countries_found, "code", method="serve")
    region = KeyFilter(_("Region"), Region.objects.published(), "key", field_name="country__region")
    kind = choice(_("Kind"), MissionKind.choices)
    state = choice(_("State of the body"), BodyState.choices, field_name="body__state")

    class Meta:
        model = Mission
        fields = []

    def serve(self, queryset, name, value):
        """Missions in the country and those that cover it."""
        return queryset.serving(value)


class BodyFilter(Conditions):
    """Which body?"""

    q = TextFilter()
    scope = choice(_("Overseas or domestic"), Scope.choices)
    region = KeyFilter(_("Region"), Region.objects.published(), "key", field_name="mission__country__region")
    state = choice(_("State"), BodyState.choices)
    launched = DayFilter(label=_("Launched by the day"), method="launch")

    class Meta:
        model = Body
        fields = []

    def launch(self, queryset, name, value):
        """Bodies known to have been launched by a day, whatever became of them."""
        launches = BodyStep.objects.published().filter(state=BodyState.LAUNCHED, as_of_on__lte=value)
        return queryset.filter(pk__in=launches.order_by().values("body"))


class MeetingFilter(Conditions):
    """Which meeting?"""

    body = KeyFilter(
        _("Body"),
        bodies_of(Meeting.objects.published()),
        "code",
        null_value=NONE,
        null_label=_("between the ministries"),
    )
    year = YearFilter("held_on")
    kind = choice(_("Kind"), MeetingKind.choices)
    status = choice(_("Status"), MeetingStatus.choices)
    chaired = choice(_("Chaired by head of mission"), Chaired.choices)
    month = MonthFilter("held_on", label=_("Month"))
    country = KeyFilter(
        _("Country"), countries_of(Meeting.objects.published(), AT_MISSION), "code", field_name=AT_MISSION
    )

    class Meta:
        model = Meeting
        fields = []


class CaseFilter(Conditions):
    """Which case?"""

    q = TextFilter()
    country = KeyFilter(_("Country"), countries_of(PublishedCase.objects.published()), "code")
    type = KeyFilter(_("Type"), types_of(PublishedCase.objects.published(), "type"), "code")
    sector = KeyFilter(_("Sector"), Sector.objects.published(), "code", **NOT_STATED)
    outcome = KnownOrNot(label=_("Outcome"), choices=Outcome.choices, **NOT_STATED)
    body = KeyFilter(_("Body"), bodies_of(PublishedCase.objects.published()), "code")
    year = YearFilter("approved_at", _("Year of publication"))
    closed = MonthFilter("closed_month", label=_("Month of the outcome"), holds_months=True)

    class Meta:
        model = PublishedCase
        fields = []


def _countries_of_earlier_cases(request):
    """The countries of earlier cases, those that a case touches in passing among them, and the one in the address."""
    rows = EarlierCase.objects.published().order_by()
    named = Q(pk__in=rows.values("country")) | Q(pk__in=rows.values("countries_also"))
    return Country.objects.published().filter(named | Q(pk=_asked(request, "country")[:2])).by_name()


class EarlierCaseFilter(Conditions):
    """Which earlier case?"""

    q = TextFilter()
    country = KeyFilter(
        _("Country"),
        _countries_of_earlier_cases,
        "code",
        method="touch",
        null_value=NONE,
        null_label=_("European Union as a whole"),
    )
    type = KeyFilter(_("Type"), types_of(EarlierCase.objects.published(), "type"), "code")
    outcome = choice(_("Outcome"), EarlierOutcome.choices)
    year = YearFilter("dated_on")
    certainty = choice(_("Certainty"), Reported.choices)

    class Meta:
        model = EarlierCase
        fields = []

    def touch(self, queryset, name, value):
        """Cases of a country and those that touch it in passing; or those of the European Union as a whole."""
        return queryset.filter(country=None) if value == NONE else queryset.of_country(value)


class InformationFilter(Conditions):
    """Which information?"""

    q = TextFilter()
    country = KeyFilter(_("Country"), countries_of(LocalInformation.objects.published()), "code")
    topic = KeyFilter(_("Topic"), types_of(LocalInformation.objects.published(), "topic"), "code")
    body = KeyFilter(_("Body"), bodies_of(LocalInformation.objects.published()), "code")
    month = MonthFilter("issued_on", label=_("Month of issue"))
    validity = choice(_("Validity"), [("valid", _("not expired")), ("expired", _("expired"))], method="keep")

    class Meta:
        model = LocalInformation
        fields = []

    def keep(self, queryset, name, value):
        """Items that have expired, or those that have not."""
        return queryset.expired() if value == "expired" else queryset.valid()


class OrganisationFilter(Conditions):
    """Which organisation?"""

    q = TextFilter()
    kind = choice(_("Kind"), OrganisationKind.choices)
    country = KeyFilter(_("Country"), countries_of(Organisation.objects.published().named()), "code")

    class Meta:
        model = Organisation
        fields = []
