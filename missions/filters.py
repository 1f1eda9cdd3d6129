"""The filters of the public lists. Their state is the address; choices offer only what there is."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models import (
    Body,
    BodyState,
    Country,
    DifficultyType,
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
    Scope,
    Sector,
)

ALL = _("All")


class TextFilter(filters.CharFilter):
    """Finds a text in several columns; every word must occur in one of them."""

    def __init__(self, *columns, **kwargs):
        self.columns = columns
        super().__init__(label=_("Words"), max_length=100, **kwargs)

    def filter(self, queryset, value):
        """Keep the rows that have every word."""
        for word in (value or "").split():
            anywhere = Q()
            for column in self.columns:
                anywhere |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset


class KeyFilter(filters.ModelChoiceFilter):
    """Chooses one related row by its public key."""

    def __init__(self, label, rows, key, **kwargs):
        super().__init__(label=label, queryset=rows, to_field_name=key, empty_label=ALL, **kwargs)


class YearFilter(filters.ChoiceFilter):
    """Chooses one of the years that occur in a column of days."""

    def __init__(self, column):
        super().__init__(field_name=column, lookup_expr="year", label=_("Year"), empty_label=ALL)

    @property
    def field(self):
        """The form field, offering the years of the rows to be filtered."""
        if "choices" not in self.extra:
            days = self.parent.queryset.order_by().dates(self.field_name, "year", order="DESC")
            self.extra["choices"] = [(str(day.year), str(day.year)) for day in days if day]
        return super().field


def choice(label, choices, **kwargs):
    """A filter on one of fixed choices."""
    return filters.ChoiceFilter(label=label, choices=choices, empty_label=ALL, **kwargs)


def countries_of(model, column="country"):
    """A queryset function: countries in which published rows of a model lie."""

    def rows(request):
        return Country.objects.published().filter(pk__in=model.objects.published().order_by().values(column))

    return rows


def bodies_of(model):
    """A queryset function: bodies that have published rows of a model."""

    def rows(request):
        return Body.objects.published().filter(pk__in=model.objects.published().order_by().values("body"))

    return rows


def types_of(model, column):
    """A queryset function: difficulty types that occur in published rows of a model."""

    def rows(request):
        return DifficultyType.objects.published().filter(pk__in=model.objects.published().order_by().values(column))

    return rows


def served_countries(request):
    """Countries in which a mission lies or which one is known to cover."""
    missions = Mission.objects.published().order_by()
    return Country.objects.published().filter(
        Q(pk__in=missions.values("country")) | Q(pk__in=missions.exclude(covers=None).values("covers"))
    )


class MissionFilter(filters.FilterSet):
    """Which mission?"""

    q = TextFilter("name_ko", "name_en", "city_ko", "city_en", "country__name_ko", "country__name_en")
    country = KeyFilter(_("Country"), served_countries, "code", method="serve")
    region = KeyFilter(_("Region"), Region.objects.published(), "key", field_name="country__region")
    kind = choice(_("Kind"), MissionKind.choices)
    state = choice(_("State of the body"), BodyState.choices, field_name="body__state")

    class Meta:
        model = Mission
        fields = []

    def serve(self, queryset, name, value):
        """Missions in the country and those that cover it."""
        return queryset.serving(value)


class BodyFilter(filters.FilterSet):
    """Which body?"""

    q = TextFilter("code", "name_ko", "name_en", "mission__city_ko", "mission__city_en")
    scope = choice(_("Overseas or domestic"), Scope.choices)
    region = KeyFilter(_("Region"), Region.objects.published(), "key", field_name="mission__country__region")
    state = choice(_("State"), BodyState.choices)

    class Meta:
        model = Body
        fields = []


class MeetingFilter(filters.FilterSet):
    """Which meeting?"""

    body = KeyFilter(_("Body"), bodies_of(Meeting), "code")
    year = YearFilter("held_on")
    kind = choice(_("Kind"), MeetingKind.choices)
    status = choice(_("Status"), MeetingStatus.choices)

    class Meta:
        model = Meeting
        fields = []


class CaseFilter(filters.FilterSet):
    """Which case?"""

    q = TextFilter("title_ko", "title_en", "happened_ko", "happened_en", "done_ko", "done_en")
    country = KeyFilter(_("Country"), countries_of(PublishedCase), "code")
    type = KeyFilter(_("Type"), types_of(PublishedCase, "type"), "code")
    sector = KeyFilter(_("Sector"), Sector.objects.published(), "code")
    outcome = choice(_("Outcome"), Outcome.choices)
    body = KeyFilter(_("Body"), bodies_of(PublishedCase), "code")
    year = YearFilter("approved_at")

    class Meta:
        model = PublishedCase
        fields = []


class InformationFilter(filters.FilterSet):
    """Which information?"""

    q = TextFilter("title_ko", "title_en", "text_ko", "text_en")
    country = KeyFilter(_("Country"), countries_of(LocalInformation), "code")
    topic = KeyFilter(_("Topic"), types_of(LocalInformation, "topic"), "code")
    body = KeyFilter(_("Body"), bodies_of(LocalInformation), "code")

    class Meta:
        model = LocalInformation
        fields = []


class OrganisationFilter(filters.FilterSet):
    """Which organisation?"""

    q = TextFilter("name_ko", "name_en")
    kind = choice(_("Kind"), OrganisationKind.choices)
    country = KeyFilter(_("Country"), countries_of(Organisation), "code")

    class Meta:
        model = Organisation
        fields = []
