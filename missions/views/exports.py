"""Every public list as CSV, with the filters of its page."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from missions.capped import MOST
from missions.exports import CAP, CHUNK, csv_response
from missions.models import Organisation
from missions.tables import listed
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
            return redirect(listed(self.noun, **asked))
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
    return [(label, _of(path)) for label, path in pairs]


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
        (_("Certainty"), "get_certainty_display"),
    )


class BodyExport(Export, BodyList):
    noun = "bodies"
    columns = _columns(
        (_("Code"), "code"),
        (_("Body"), "name"),
        (_("Overseas or domestic"), "get_scope_display"),
        (_("Country code"), "country_code"),
        (_("State"), "get_state_display"),
        (_("Launched"), "launched_on"),
        (_("Precision of the day"), "get_launched_precision_display"),
        (_("Meeting rhythm"), "get_rhythm_display"),
        (_("Certainty"), "get_certainty_display"),
    )


class MeetingExport(Export, MeetingList):
    noun = "meetings"
    columns = _columns(
        (_("Body"), "body.code"),
        (_("Meeting"), "name"),
        (_("Kind"), "get_kind_display"),
        (_("Number"), "number"),
        (_("Date"), "held_on"),
        (_("Precision of the day"), "get_held_precision_display"),
        (_("Status"), "get_status_display"),
        (_("Chaired by head of mission"), "get_chaired_display"),
        (_("Headcount"), "headcount"),
        (_("Venue"), "venue"),
        (_("Summary"), "summary"),
        (_("Certainty"), "get_certainty_display"),
    )


class CaseExport(Export, CaseList):
    noun = "cases"
    columns = _columns(
        (_("case reference"), "reference"),
        (_("Title"), "title"),
        (_("Country code"), "country_id"),
        (_("Country"), "country.name"),
        (_("Type"), "type.name"),
        (_("Sector"), "sector.name"),
        (_("Outcome"), "get_outcome_display"),
        (_("Body"), "body.code"),
        (_("Month of the report"), "reported_month"),
        (_("Month of the outcome"), "closed_month"),
        (_("What happened"), "happened"),
        (_("What was done"), "done"),
        (_("What to learn"), "lesson"),
        (_("Certainty"), "get_certainty_display"),
    )


class InformationExport(Export, InformationList):
    noun = "information"
    columns = _columns(
        (_("Title"), "title"),
        (_("Country code"), "country_id"),
        (_("Country"), "country.name"),
        (_("Topic"), "topic.name"),
        (_("Body"), "body.code"),
        (_("Issued on"), "issued_on"),
        (_("Valid until"), "valid_until"),
        (_("Text"), "text"),
        (_("Certainty"), "get_certainty_display"),
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
        (_("Certainty"), "get_certainty_display"),
    )

    def get_queryset(self):
        """Without the seats, which the file does not show."""
        return Organisation.objects.published().named().select_related("country", "parent")
