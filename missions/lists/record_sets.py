"""The data sets of records: missions, bodies, meetings, cases, local information, organisations."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import Precision
from missions.lists import filters
from missions.lists.columns import (
    address,
    choice,
    code,
    codes,
    columns,
    day,
    degrees,
    local_moment,
    moment,
    month,
    number,
    precise,
    text,
    words,
)
from missions.lists.shared_columns import BODY, CERTAINTY, COUNTRY_CODE, changed, country, page, region
from missions.models import (
    Body,
    BodyState,
    Certainty,
    Chaired,
    LocalInformation,
    Meeting,
    MeetingKind,
    MeetingMode,
    MeetingStatus,
    Mission,
    MissionKind,
    Organisation,
    OrganisationKind,
    Outcome,
    PointOf,
    PublishedCase,
    Rhythm,
    Scope,
    telling_sources,
)

KSIC = _("Section of the Korean Standard Industrial Classification (KSIC), 11th revision.")
PART_OF_ADDRESS = _("Part of the address of its page.")


@dataclass(frozen=True, eq=False)
class DataSet:
    """Records of one kind. ``rows`` gives the published ones with all that their columns say at hand.

    ``key`` is the column by which a record is found, and ``field`` the attribute behind it. ``paged_by`` is the column
    that orders a list which may grow to a million rows. ``page`` is the name of the list for readers, "" for none.
    Its order may follow the language or the clock; that of ``rows`` does not. ``follows`` names the clocks that a
    condition asks besides the day in Korea.
    """

    name: str
    label: str
    about: str
    columns: list
    rows: Callable
    key: str
    field: str
    conditions: type | None = None
    paged_by: str = ""
    page: str = ""
    follows: tuple = ()
    in_order_of_readers: Callable = lambda rows: rows

    @property
    def fields(self):
        """The names of a record for programs, each with its column."""
        return {name: column for column in self.columns for name in column.names}


def _published(item):
    """The day in Korea on which an item was published, where that is known."""
    return timezone.localdate(item.published_at) if item.published_at else ""


MISSIONS = DataSet(
    "missions",
    _("Missions"),
    _("Korean embassies, consulates general and other missions abroad that the programme knows."),
    columns(
        code("slug", _("Key"), about=PART_OF_ADDRESS),
        words("name", _("Mission")),
        choice("kind", _("Kind"), "kind", of_choices=MissionKind),
        country(),
        code("subdivision", _("State or province (ISO 3166-2)")),
        words("city", _("City")),
        region("country.region"),
        codes(
            "covers",
            _("Countries covered"),
            lambda row: sorted(country.pk for country in row.covers.all()),
            _("Besides its own country. Empty also where it is not known."),
        ),
        BODY,
        choice("state", _("State of the body"), "body.state", of_choices=BodyState),
        words("address", _("Address")),
        text("telephone", _("Telephone")),
        text("emergency_telephone", _("Emergency telephone")),
        text("email", _("E-mail")),
        address("url", _("Web site")),
        choice(
            "contact_certainty",
            _("Certainty of the contact details"),
            code="certainty_of_contact.value",
            in_words="certainty_of_contact.label",
            of_choices=[(each.value, each.label) for each in Certainty if each != Certainty.CONFLICT],
            about=_("Of those that are given: those on which sources disagree are left out."),
        ),
        degrees("latitude", _("Latitude")),
        degrees("longitude", _("Longitude")),
        choice("point_of", _("The coordinates are of"), "point_of", of_choices=PointOf),
        code("time_zone", _("Time zone"), about=_("Name in the time zone database of IANA.")),
        CERTAINTY,
        changed(),
        page(),
    ),
    lambda: Mission.objects.published().with_names().prefetch_related("sources", "covers"),
    key="slug",
    field="slug",
    conditions=filters.MissionFilter,
    page="missions",
    in_order_of_readers=lambda rows: rows.by_name(),
)
BODIES = DataSet(
    "bodies",
    _("Bodies"),
    _("Consultative bodies at missions, and the one at home: their state, when they began, how to reach them."),
    columns(
        code("code", _("Code")),
        words("name", _("Body")),
        choice("scope", _("Overseas or domestic"), "scope", of_choices=Scope),
        code("mission_slug", _("Key of the mission"), "mission.slug"),
        code("country_code", _("Country code"), about=COUNTRY_CODE),
        choice("state", _("State"), "state", of_choices=BodyState),
        precise("launched", _("Launched")),
        choice("launched_precision", _("Precision of the day"), "launched_precision", of_choices=Precision),
        choice("rhythm", _("Meeting rhythm"), "rhythm", of_choices=Rhythm),
        words("purpose", _("Purpose")),
        words("contact", _("Public contact")),
        CERTAINTY,
        changed(),
        page(),
    ),
    lambda: Body.objects.published().with_names().prefetch_related("sources"),
    key="code",
    field="code",
    conditions=filters.BodyFilter,
    page="bodies",
)
MEETINGS = DataSet(
    "meetings",
    _("Meetings"),
    _("Meetings of the bodies and of the two ministries: planned, held, postponed and cancelled ones."),
    columns(
        code("key", _("Key"), about=PART_OF_ADDRESS),
        BODY,
        words("name", _("Meeting")),
        choice("kind", _("Kind"), "kind", of_choices=MeetingKind),
        number("number", _("Number"), about=_("Which one it is of its body.")),
        precise("held", _("Date")),
        choice("held_precision", _("Precision of the day"), "held_precision", of_choices=Precision),
        local_moment("starts_at", _("Start")),
        local_moment("ends_at", _("End")),
        choice("mode", _("How it is held"), "mode", of_choices=MeetingMode),
        choice("status", _("Status"), "status", of_choices=MeetingStatus),
        choice("chaired", _("Chaired by head of mission"), "chaired", of_choices=Chaired),
        number("headcount", _("Headcount")),
        words("venue", _("Venue")),
        words("participants", _("Participants as published")),
        words("summary", _("Summary")),
        CERTAINTY,
        changed(),
        page(),
    ),
    lambda: Meeting.objects.published().with_names().prefetch_related("sources"),
    key="key",
    field="key",
    conditions=filters.MeetingFilter,
    page="meetings",
    in_order_of_readers=lambda rows: rows.next_first(),
)
CASES = DataSet(
    "cases",
    _("Cases"),
    _("Difficulties that firms met abroad and what was done about them, as two people approved the text."),
    columns(
        code("reference", _("case reference")),
        words("title", _("Title")),
        country("country_name"),
        choice("type", _("Type"), code="type_id", in_words="type_name"),
        choice("sector", _("Sector"), code="sector_id", in_words="sector_name", about=KSIC),
        choice("outcome", _("Outcome"), "outcome", of_choices=Outcome),
        BODY,
        month("reported_month", _("Month of the report")),
        month("closed_month", _("Month of the outcome")),
        moment("published_at", _("Published"), "approved_at"),
        words("happened", _("What happened")),
        words("done", _("What was done")),
        words("lesson", _("What to learn")),
        CERTAINTY,
        changed(),
        page(),
    ),
    lambda: PublishedCase.objects.published().with_names().select_related("sector").prefetch_related("sources"),
    key="reference",
    field="reference",
    conditions=filters.CaseFilter,
    paged_by="approved_at",
    page="cases",
)
INFORMATION = DataSet(
    "information",
    _("Local information"),
    _("What bodies tell firms of their host countries: rules, markets, deadlines."),
    columns(
        code("key", _("Key"), about=PART_OF_ADDRESS),
        words("title", _("Title")),
        country(),
        choice("topic", _("Topic"), code="topic_id", in_words="topic.name"),
        choice("sector", _("Sector"), code="sector_id", in_words="sector.name", about=KSIC),
        BODY,
        day("issued_on", _("Issued on")),
        day("valid_until", _("Valid until"), about=_("Its last day, where one is stated.")),
        day("published_on", _("Published"), _published, _("The day in Korea. Empty where it is not known.")),
        words("published_by", _("Published by"), "published_from.name"),
        words("text", _("Text")),
        CERTAINTY,
        changed(),
        page(),
    ),
    lambda: (
        LocalInformation.objects.published()
        .with_names()
        .select_related("published_from", "sector")
        .prefetch_related("sources")
    ),
    key="key",
    field="key",
    conditions=filters.InformationFilter,
    paged_by="issued_on",
    page="information",
    follows=("minute",),  # days end at another minute in each zone
)
ORGANISATIONS = DataSet(
    "organisations",
    _("Organisations"),
    _("Organisations known by name that sit on bodies, took part in meetings or acted on cases."),
    columns(
        code("slug", _("Key"), about=PART_OF_ADDRESS),
        words("name", _("Organisation")),
        choice("kind", _("Kind"), "kind", of_choices=OrganisationKind),
        country(),
        code("parent_slug", _("Key of what it is part of"), "parent.slug"),
        words("parent", _("Part of"), "parent.name"),
        address("url", _("Web site")),
        CERTAINTY,
        changed(),
        page(),
    ),
    lambda: (
        telling_sources(Organisation.objects.published().named())
        .select_related("country", "parent")
        .prefetch_related("sources")
    ),
    key="slug",
    field="slug",
    conditions=filters.OrganisationFilter,
    page="organisations",
    in_order_of_readers=lambda rows: rows.by_name(),
)
