"""Classifications, sources, and what the ministries agreed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.admin.base import SOURCED, ReferenceAdmin, ScopedAdmin, ScopedStacked
from missions.models import (
    Agreement,
    Commitment,
    ContactPoint,
    Country,
    Coverage,
    DifficultyType,
    Discrepancy,
    HsChapter,
    LegalProvision,
    Ministry,
    NtmChapter,
    Party,
    Region,
    Sector,
    Service,
    Source,
    SupportProgramme,
)


@admin.register(Region)
class RegionAdmin(ScopedAdmin):
    """MoFA's regional bureaus."""

    list_display = ["name_ko", "name_en", "article"]
    search_fields = ["name_ko", "name_en", "key"]
    fields = ["key", ("name_ko", "name_en"), "article", "order"]


class CoverageInline(ScopedStacked):
    """How it is known which mission serves the country, or why none does."""

    model = Coverage
    autocomplete_fields = ["sources"]
    fields = SOURCED


@admin.register(Country)
class CountryAdmin(ScopedAdmin):
    """Countries and territories."""

    list_display = ["code", "name_ko", "name_en", "region"]
    list_filter = ["region"]
    list_select_related = ["region"]
    search_fields = ["code", "name_ko", "name_en", "other_names"]
    fields = ["code", ("name_ko", "name_en"), "other_names", "region"]
    inlines = [CoverageInline]


@admin.register(DifficultyType)
class DifficultyTypeAdmin(ScopedAdmin):
    """Types of difficulty, with what firms call them."""

    list_display = ["code", "name_ko", "name_en", "other_names"]
    search_fields = ["code", "name_ko", "name_en", "other_names"]
    fields = [
        "code",
        ("name_ko", "name_en"),
        "other_names",
        ("covers_ko", "covers_en"),
        ("prepare_ko", "prepare_en"),
        "ntm_chapters",
        "order",
    ]


@admin.register(Sector, NtmChapter, HsChapter)
class TermAdmin(ScopedAdmin):
    """Terms of a classification."""

    list_display = ["code", "name_ko", "name_en"]
    search_fields = ["code", "name_ko", "name_en"]


@admin.register(Source)
class SourceAdmin(ScopedAdmin):
    """Publications that state facts of the programme."""

    list_display = ["key", "publisher", "title", "dated_on"]
    list_filter = ["dated_precision"]
    date_hierarchy = "dated_on"
    search_fields = ["key", "publisher", "title"]
    fields = ["key", "publisher", "title", ("dated_on", "dated_precision"), "url", "quote", ("note_ko", "note_en")]


@admin.register(Discrepancy)
class DiscrepancyAdmin(ScopedAdmin):
    """Points on which sources disagree."""

    list_display = ["topic_ko", "topic_en"]
    search_fields = ["topic_ko", "topic_en", "claims_ko", "claims_en"]
    autocomplete_fields = ["sources", "bodies"]
    fields = [("topic_ko", "topic_en"), ("claims_ko", "claims_en"), ("shown_ko", "shown_en"), "sources", "bodies"]


@admin.register(Ministry)
class MinistryAdmin(ReferenceAdmin):
    """The ministries that lead the programme."""

    list_display = ["name_ko", "name_en", "certainty"]
    search_fields = ["name_ko", "name_en", "key"]
    fieldsets = [
        (None, {"fields": ["key", ("name_ko", "name_en"), ("short_ko", "short_en"), "url", "order"]}),
        (_("Sources"), {"fields": SOURCED}),
    ]


class PartyInline(ScopedStacked):
    """Who signed."""

    model = Party
    autocomplete_fields = ["ministry", "organisation"]
    fields = [("ministry", "organisation"), ("person_ko", "person_en"), ("title_ko", "title_en"), "order"]


class CommitmentInline(ScopedStacked):
    """What was promised."""

    model = Commitment
    fields = ["order", ("text_ko", "text_en")]


@admin.register(Agreement)
class AgreementAdmin(ReferenceAdmin):
    """Agreements the programme rests on."""

    list_display = ["name_ko", "signed_on", "certainty"]
    date_hierarchy = "signed_on"
    search_fields = ["name_ko", "name_en", "key"]
    inlines = [PartyInline, CommitmentInline]
    fieldsets = [
        (
            None,
            {"fields": ["key", ("name_ko", "name_en"), ("signed_on", "signed_precision"), ("place_ko", "place_en")]},
        ),
        (_("Sources"), {"fields": SOURCED}),
    ]


@admin.register(SupportProgramme)
class SupportProgrammeAdmin(ReferenceAdmin):
    """Schemes that support firms."""

    list_display = ["name_ko", "name_en", "year", "opens_on", "closes_on", "certainty"]
    list_filter = ["year", "certainty"]
    search_fields = ["name_ko", "name_en", "key"]
    autocomplete_fields = ["sources", "organisations", "types"]
    fieldsets = [
        (None, {"fields": ["key", ("name_ko", "name_en"), "year", "organisations", "types", "url"]}),
        (_("Applying"), {"fields": [("opens_on", "closes_on"), ("applicants_ko", "applicants_en")]}),
        (_("Text"), {"fields": [("summary_ko", "summary_en")]}),
        (_("Sources"), {"fields": SOURCED}),
    ]


@admin.register(ContactPoint)
class ContactPointAdmin(ReferenceAdmin):
    """Offices and call centres, other than missions, that a firm can ask."""

    list_display = ["name_ko", "name_en", "kind", "country", "certainty"]
    list_filter = ["kind", "country", "certainty"]
    list_select_related = ["country"]
    search_fields = ["name_ko", "name_en", "city_ko", "city_en", "key"]
    autocomplete_fields = ["organisation", "country", "sources"]
    fieldsets = [
        (None, {"fields": ["key", ("name_ko", "name_en"), "kind", "organisation", "country", ("city_ko", "city_en")]}),
        (_("Reaching it"), {"fields": [("address_ko", "address_en"), ("telephone", "url")]}),
        (_("Sources"), {"fields": SOURCED}),
    ]


@admin.register(LegalProvision)
class LegalProvisionAdmin(ReferenceAdmin):
    """Articles of laws and regulations that the support of firms rests on, in summaries."""

    list_display = ["law_ko", "article_ko", "topic_ko", "certainty"]
    search_fields = ["key", "law_ko", "law_en", "topic_ko", "topic_en", "summary_ko", "summary_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("key", ("law_ko", "law_en"), ("article_ko", "article_en"), "order", ("topic_ko", "topic_en")),
                    ("summary_ko", "summary_en"),
                ]
            },
        ),
        (_("Sources"), {"fields": SOURCED}),
    ]


@admin.register(Service)
class ServiceAdmin(ReferenceAdmin):
    """Official services that help firms with types of difficulties."""

    list_display = ["name_ko", "telephone", "telephone_year", "telephone_confirmed", "certainty"]
    list_filter = ["types", "telephone_confirmed", "certainty"]
    search_fields = ["name_ko", "name_en", "key"]
    autocomplete_fields = ["sources", "types"]
    fieldsets = [
        (None, {"fields": ["key", ("name_ko", "name_en"), "types", "order"]}),
        (_("Text"), {"fields": [("purpose_ko", "purpose_en"), ("users_ko", "users_en")]}),
        (
            _("Contact"),
            {"fields": ["url", "email", ("telephone", "telephone_year"), "telephone_confirmed"]},
        ),
        (_("Sources"), {"fields": SOURCED}),
    ]
