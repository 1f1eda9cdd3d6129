"""What a page says of its record to search engines, in the words of schema.org: only what the page shows, no blank."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.fields.dates import Precision
from missions.lists import catalogues
from missions.lists.csv_files import licence
from missions.lists.data_sets import DATA_SETS
from missions.models import Certainty, MeetingMode, MeetingStatus

SCHEMA = "https://schema.org"
LANGUAGES = {"ko": "en", "en": "ko"}  # each with the other
STATUS = {
    MeetingStatus.PLANNED: "EventScheduled",
    MeetingStatus.HELD: "EventScheduled",
    MeetingStatus.POSTPONED: "EventPostponed",
    MeetingStatus.CANCELLED: "EventCancelled",
}
MODE = {
    MeetingMode.IN_PERSON: "OfflineEventAttendanceMode",
    MeetingMode.ONLINE: "OnlineEventAttendanceMode",
    MeetingMode.HYBRID: "MixedEventAttendanceMode",
}


def said(kind, **values):
    """A thing of schema.org with the values that are known."""
    known = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return {"@type": kind, **known}


def whole(thing):
    """The thing as a document of its own."""
    return {"@context": SCHEMA, **thing}


def _names(record):
    other = getattr(record, f"name_{LANGUAGES[get_language()]}")
    return {"name": str(record.name), "alternateName": other if other != record.name else ""}


def of_mission(mission, absolute):
    """A mission: its names, how to reach it, and which further countries it covers."""
    # The page says beside contact details that they are unverified or inferred. Schema.org has no word for that, and
    # whoever reads this prints a number as a fact: only verified ones are told.
    is_sure = mission.certainty_of_contact == Certainty.VERIFIED
    telephone, site, street = (mission.telephone, mission.url, str(mission.address)) if is_sure else ("", "", "")
    place = said(
        "PostalAddress",
        streetAddress=street,
        addressLocality=str(mission.city),
        addressCountry=mission.country_id,
    )
    return whole(
        said(
            "GovernmentOrganization",
            **_names(mission),
            url=absolute(mission.get_absolute_url()),
            sameAs=site,
            telephone=telephone,
            address=place,
            areaServed=[said("Country", name=str(each.name), identifier=each.pk) for each in mission.covers.all()],
        )
    )


def of_body(body, absolute):
    """A body: its names, what it is for, since when, at which mission."""
    launched = body.launched
    return whole(
        said(
            "GovernmentOrganization",
            **_names(body),
            identifier=body.code,
            url=absolute(body.get_absolute_url()),
            description=str(body.purpose),
            foundingDate=launched.iso if launched.precision == Precision.DAY else "",
            parentOrganization=body.mission
            and said(
                "GovernmentOrganization",
                name=str(body.mission.name),
                url=absolute(body.mission.get_absolute_url()),
            ),
        )
    )


def of_meeting(meeting, absolute):
    """A meeting whose day is known; nothing of any other."""
    if meeting.held_precision != Precision.DAY:
        return None
    organizer = meeting.body and said(
        "GovernmentOrganization", name=str(meeting.body.name), url=absolute(meeting.body.get_absolute_url())
    )
    return whole(
        said(
            "Event",
            name=str(meeting.title),
            url=absolute(meeting.get_absolute_url()),
            startDate=_on_its_clocks(meeting, meeting.starts_at) or meeting.held_on.isoformat(),
            endDate=_on_its_clocks(meeting, meeting.ends_at),
            eventStatus=f"{SCHEMA}/{STATUS[meeting.status]}",
            eventAttendanceMode=f"{SCHEMA}/{MODE[meeting.mode]}" if meeting.mode in MODE else "",
            location=_venue(meeting),
            organizer=organizer,
            description=str(meeting.summary),
        )
    )


def _venue(meeting):
    venue = "" if meeting.mode == MeetingMode.ONLINE else str(meeting.venue)
    return venue and said("Place", name=venue, address=venue)


def _on_its_clocks(meeting, moment):
    return moment.astimezone(ZoneInfo(meeting.time_zone)).isoformat() if moment else ""


def of_site(absolute):
    """The site, and how it is searched."""
    language = get_language()
    template = absolute(reverse("missions:search")) + "?q={words}"
    return whole(
        said(
            "WebSite",
            name=str(catalogues.TITLE),
            url=absolute(reverse("missions:home")),
            inLanguage=language,
            potentialAction={
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": template},
                "query-input": "required name=words",
            },
        )
    )


def of_data(absolute):
    """All data as one data set, with its parts."""
    return whole(
        said(
            "Dataset",
            name=_("Data of the SME support bodies at missions abroad"),
            description=str(catalogues.ABOUT),
            url=absolute(reverse("missions:data")),
            inLanguage=list(LANGUAGES),
            keywords=str(catalogues.KEYWORDS).split(", "),
            isAccessibleForFree=True,
            license=settings.OPEN_LICENCE_URL,
            usageInfo="" if settings.OPEN_LICENCE_URL else str(licence()),
            creator=said("Organization", name=str(catalogues.TITLE), url=absolute(reverse("missions:home"))),
            distribution=[_download("application/zip", absolute(reverse("root:archive")))],
            hasPart=[
                said(
                    "Dataset",
                    name=str(data.label),
                    description=str(data.about),
                    license=settings.OPEN_LICENCE_URL,
                    distribution=[_download("text/csv", absolute(reverse("root:data_file", args=[data.name])))],
                )
                for data in DATA_SETS.values()
            ],
        )
    )


def _download(media, address):
    return said("DataDownload", encodingFormat=media, contentUrl=address)
