"""Columns that several data sets have: country, region, body, certainty with its sources, page."""

from django.utils.translation import gettext_lazy as _

from missions.lists.columns import PAGE, SOURCES, Column, choice, code, codes, moment, of, words
from missions.models import Certainty, Reported

COUNTRY_CODE = _("ISO 3166-1, two letters.")
BODY_CODE = _("By it the body is found among the bodies.")


def _certainty_code(row):
    return "own_entry" if row.is_own_entry else row.certainty


def _source(source):
    dated = source.dated_on and (source.dated.iso or source.dated_on.isoformat())
    told = {name: getattr(source, name) or None for name in ("key", "publisher", "title", "url")}
    return {**told, "dated_on": dated or None, "dated_precision_code": source.dated_precision}


def sources_of(row):
    """The sources that the page of a record names."""
    return [_source(source) for source in row.told_sources]


def changed():
    """When the words that the public reads last changed."""
    return moment("changed_at", _("Public words last changed"), "reworded_at")


ABOUT_PAGE = _("Where people read the record on this site.")
OWN_ENTRY = ("own_entry", _("entered by the support body itself"))
SOURCES_OF_RECORD = Column(
    "sources", _("Sources"), SOURCES, sources_of, _("By their keys they are found among the sources.")
)
ENGLISH = codes(
    "english_out_of_date",
    _("English out of date"),
    lambda row: row.outdated_english.split(),
    _("Names of the texts whose Korean was changed after their English was written."),
)
CERTAINTY = [
    *choice(
        "certainty",
        _("Certainty"),
        code=_certainty_code,
        in_words="told_certainty",
        of_choices=[*Certainty.choices, OWN_ENTRY],
        about=_("How well the record as a whole is established."),
    ),
    words("note", _("Note")),
    SOURCES_OF_RECORD,
    ENGLISH,
]


def reported_certainty():
    """How certain a record is that lies outside the programme."""
    return [
        *choice("certainty", _("Certainty"), "certainty", of_choices=Reported),
        words("note", _("Note")),
        SOURCES_OF_RECORD,
        ENGLISH,
    ]


def page(value="get_absolute_url"):
    """The address of the page where people read the record."""
    return Column("page", _("Page"), PAGE, of(value) if isinstance(value, str) else value, ABOUT_PAGE)


BODY = code("body_code", _("Code of the body"), "body.code", BODY_CODE)


def country(name="country.name"):
    """The country of a record."""
    return [
        code("country_code", _("Country code"), "country_id", COUNTRY_CODE),
        words("country", _("Country"), name),
    ]


def region(path):
    """The regional bureau that a country belongs to."""
    return choice(
        "region",
        _("Region"),
        code=f"{path}.key",
        in_words=f"{path}.name",
        about=_("Regional bureau of the Ministry of Foreign Affairs."),
    )
