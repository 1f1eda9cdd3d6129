"""Every public list as CSV, with the filters of its page."""

from zoneinfo import ZoneInfo

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.capped import MOST
from missions.lists.csv_files import CAP, CHUNK, csv_response
from missions.models import Organisation, telling_sources
from missions.statistics.tables import address_of_list
from missions.views.bodies import BodyList, MissionList
from missions.views.cases import CaseList
from missions.views.information import InformationList
from missions.views.meetings import MeetingList
from missions.views.organisations import OrganisationList

WORDS = 120  # characters of a condition that go along to the page that explains it


class Export:
    """A list as CSV. ``columns`` are pairs of a heading and what a row says under it."""

    noun = ""
    columns = []

    def get(self, request, *args, **kwargs):
        """The rows; where a filter cannot be understood, the list, which explains it."""
        filterset = self.get_filterset(self.get_filterset_class())
        if filterset.is_bound and not filterset.is_valid():
            asked = {name: request.GET[name][:WORDS] for name in filterset.form.fields if name in request.GET}
            return redirect(address_of_list(self.noun, **asked))
        head = [*(label for label, _value in self.columns), _("Page")]
        rows = filterset.qs[: MOST if filterset.is_of_newest else CAP].iterator(chunk_size=CHUNK)
        return csv_response(self.noun, head, (self._line(row) for row in rows))

    def _line(self, row):
        page = self.request.build_absolute_uri(row.get_absolute_url())
        return [*(value(row) for _label, value in self.columns), page]


def _of(path):
    """What a row says by the path of an attribute, nothing where the path ends early."""

    def value(row):
        for name in path.split("."):
            row = getattr(row, name, None)
            if row is None:
                return ""
            row = row() if callable(row) else row
        return row

    return value


def _columns(*pairs):
    return [(label, _of(value) if isinstance(value, str) else value) for label, value in pairs]


def _day(name):
    """A day or month as precisely as it is known, in ISO 8601; the column beside it says how a day is to be read."""
    return lambda row: getattr(row, name).iso or getattr(row, f"{name}_on")


def _month(column):
    """A month, kept as its first day."""

    def value(row):
        first = getattr(row, column)
        return f"{first:%Y-%m}" if first else ""

    return value


def _moment(column):
    """A moment on the clocks of the meeting's place, with their distance from UTC."""

    def value(row):
        moment = getattr(row, column)
        return moment.astimezone(ZoneInfo(row.time_zone)).isoformat(timespec="minutes") if moment else ""

    return value


def _published(item):
    """The day in Korea on which an item was published, where that is known."""
    return timezone.localdate(item.published_at) if item.published_at else ""


def _certainty(row):
    """How certain a record is, in the sense of its page."""
    return _("entered by the support body itself") if row.is_own_entry else row.get_certainty_display()


class MissionExport(Export, MissionList):
    noun = "missions"
    columns = _columns(
        (_("Mission"), "name"),
        (_("Kind"), "get_kind_display"),
        (_("Country code"), "country_id"),
        (_("Country"), "country.name"),
        (_("City"), "city"),
        (_("Region"), "country.region.name"),
        (_("Body"), "body.code"),
        (_("State"), "body.get_state_display"),
        (_("Telephone"), "telephone"),
        (_("Web site"), "url"),
        (_("Certainty"), _certainty),
    )


class BodyExport(Export, BodyList):
    noun = "bodies"
    columns = _columns(
        (_("Code"), "code"),
        (_("Body"), "name"),
        (_("Overseas or domestic"), "get_scope_display"),
        (_("Country code"), "country_code"),
        (_("State"), "get_state_display"),
        (_("Launched"), _day("launched")),
        (_("Precision of the day"), "get_launched_precision_display"),
        (_("Meeting rhythm"), "get_rhythm_display"),
        (_("Certainty"), _certainty),
    )


class MeetingExport(Export, MeetingList):
    noun = "meetings"
    columns = _columns(
        (_("Body"), "body.code"),
        (_("Meeting"), "name"),
        (_("Kind"), "get_kind_display"),
        (_("Number"), "number"),
        (_("Date"), _day("held")),
        (_("Precision of the day"), "get_held_precision_display"),
        (_("Start"), _moment("starts_at")),
        (_("End"), _moment("ends_at")),
        (_("Status"), "get_status_display"),
        (_("Chaired by head of mission"), "get_chaired_display"),
        (_("Headcount"), "headcount"),
        (_("Venue"), "venue"),
        (_("Summary"), "summary"),
        (_("Certainty"), _certainty),
    )


class CaseExport(Export, CaseList):
    queryset = CaseList.queryset.select_related("sector")
    noun = "cases"
    columns = _columns(
        (_("case reference"), "reference"),
        (_("Title"), "title"),
        (_("Country code"), "country_id"),
        (_("Country"), "country_name"),
        (_("Type"), "type_name"),
        (_("Sector"), "sector_name"),
        (_("Outcome"), "get_outcome_display"),
        (_("Body"), "body.code"),
        (_("Month of the report"), _month("reported_month")),
        (_("Month of the outcome"), _month("closed_month")),
        (_("What happened"), "happened"),
        (_("What was done"), "done"),
        (_("What to learn"), "lesson"),
        (_("Certainty"), _certainty),
    )


class InformationExport(Export, InformationList):
    queryset = InformationList.queryset.select_related("published_from")
    noun = "information"
    columns = _columns(
        (_("Title"), "title"),
        (_("Country code"), "country_id"),
        (_("Country"), "country.name"),
        (_("Topic"), "topic.name"),
        (_("Body"), "body.code"),
        (_("Issued on"), "issued_on"),
        (_("Valid until"), "valid_until"),
        (_("Published"), _published),
        (_("Published by"), "published_from.name"),
        (_("Text"), "text"),
        (_("Certainty"), _certainty),
    )


class OrganisationExport(Export, OrganisationList):
    noun = "organisations"
    columns = _columns(
        (_("Organisation"), "name"),
        (_("Kind"), "get_kind_display"),
        (_("Country code"), "country_id"),
        (_("Country"), "country.name"),
        (_("Part of"), "parent.name"),
        (_("Web site"), "url"),
        (_("Certainty"), _certainty),
    )

    def get_queryset(self):
        """Without the seats, which the file does not show."""
        return telling_sources(Organisation.objects.published().named().select_related("country", "parent"))
