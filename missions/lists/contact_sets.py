"""The data sets of whom to ask: points of contact, official services, districts, and which mission serves a country."""

from django.db.models import F, Prefetch, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.lists.columns import address, choice, code, codes, columns, number, text, words
from missions.lists.record_sets import DataSet
from missions.lists.shared_columns import CERTAINTY, COUNTRY_CODE, country, page, reported_certainty
from missions.models import ContactKind, ContactPoint, Coverage, District, Mission, Service, telling_sources

YES_NO = [("yes", _("yes")), ("no", _("no"))]
THERE = Prefetch("country__missions", Mission.objects.published().only("slug", "country_id"), "missions_there")
COVERING = Prefetch("country__covering_missions", Mission.objects.published().only("slug"), "missions_covering")


def _organisation(contact):
    """The key of an organisation that has a page."""
    return contact.organisation.slug if contact.organisation and contact.organisation.named else ""


def _serving(attribute):
    return lambda row: sorted(mission.slug for mission in getattr(row.country, attribute))


CONTACT_POINTS = DataSet(
    "contact_points",
    _("Points of contact"),
    _("Offices and call centres, other than missions, that a firm can ask."),
    columns(
        code("key", _("Key")),
        words("name", _("Point of contact")),
        choice("kind", _("Kind"), "kind", of_choices=ContactKind),
        country(),
        words("city", _("City")),
        words("address", _("Address")),
        text("telephone", _("Telephone")),
        address("url", _("Web site")),
        code("organisation_slug", _("Key of the organisation"), _organisation),
        CERTAINTY,
        page(),
    ),
    lambda: ContactPoint.objects.published().with_names().prefetch_related("sources"),
    key="key",
    field="key",
)
SERVICES = DataSet(
    "services",
    _("Official services"),
    _("Services of public bodies for firms with some types of difficulties, as their sources tell."),
    columns(
        code("key", _("Key")),
        words("name", _("Service")),
        codes("types", _("Types of difficulties"), lambda row: sorted(type_.pk for type_ in row.types.all())),
        words("purpose", _("What for")),
        words("users", _("For whom")),
        text("telephone", _("Telephone")),
        number("telephone_year", _("Year of the telephone number"), about=_("In which its source gives it.")),
        choice(
            "telephone_confirmed",
            _("The telephone number was confirmed"),
            code=lambda row: YES_NO[not row.telephone_confirmed][0],
            in_words=lambda row: YES_NO[not row.telephone_confirmed][1],
            of_choices=YES_NO,
        ),
        text("email", _("E-mail")),
        address("url", _("Web site")),
        reported_certainty(),
        page(),
    ),
    lambda: telling_sources(Service.objects.published()).prefetch_related("sources", "types"),
    key="key",
    field="key",
)
DISTRICTS = DataSet(
    "districts",
    _("Districts"),
    _("Parts of countries that missions serve. A mission without any here: its district is not known."),
    columns(
        code("key", _("Key"), "known_by", _("The mission and the code.")),
        code("mission_slug", _("Key of the mission"), "mission.slug"),
        code("code", _("Code"), about=_("ISO 3166-2.")),
        words("name", _("District")),
        words("extent", _("Which part of it")),
        CERTAINTY,
        page("mission.get_absolute_url"),
    ),
    lambda: (
        District.objects.published()
        .with_names()
        .annotate(known_by=Concat(F("mission__slug"), Value("-"), F("code")))
        .select_related("mission")
        .prefetch_related("sources")
        .order_by("known_by")
    ),
    key="key",
    field="known_by",
)
COVERAGE = DataSet(
    "coverage",
    _("Which mission serves a country"),
    _("How it is known which mission serves a country, or that none was found."),
    columns(
        code("country_code", _("Country code"), "country_id", COUNTRY_CODE),
        words("country", _("Country"), "country.name"),
        codes("missions", _("Missions there"), _serving("missions_there"), _("Keys of missions.")),
        codes(
            "covered_by", _("Missions elsewhere that cover it"), _serving("missions_covering"), _("Keys of missions.")
        ),
        CERTAINTY,
        page(lambda row: page_of("country", row.country_id)),
    ),
    lambda: (
        telling_sources(Coverage.objects.published())
        .select_related("country")
        .prefetch_related("sources", THERE, COVERING)
    ),
    key="country_code",
    field="country_id",
)
