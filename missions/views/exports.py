"""Every public list as CSV, with the filters of its page."""

from zoneinfo import ZoneInfo

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from missions.fields.capped import MOST
from missions.lists.csv_files import CAP, CHUNK, csv_response
from missions.models import Organisation, telling_sources
from missions.statistics.tables import address_of_list
from missions.views.bodies import BodyList, MissionList
from missions.views.cases import CaseList
from missions.views.earlier_cases import EarlierCaseList
from missions.views.information import InformationList
from missions.views.meetings import MeetingList
from missions.views.organisations import OrganisationList

PAGE = ("page", _("Page"), None)
WORDS = 120  # characters of a condition that go along to the page that explains it


class Export:
    """A list as CSV. ``columns`` are a name, a heading and what a row says under it.

    The head of a column ends with its name in square brackets. Names and codes are the same in both languages, and
    stay: programs read files by them.
    """

    noun = ""
    columns = []

    def get(self, request, *args, **kwargs):
        """The rows; where a filter cannot be understood, the list, which explains it."""
        filterset = self.get_filterset(self.get_filterset_class())
        if filterset.is_bound and not filterset.is_valid():
            asked = {name: request.GET[name][:WORDS] for name in filterset.form.fields if name in request.GET}
            return redirect(address_of_list(self.noun, **asked))
        head = [f"{label} [{name}]" for name, label, _value in [*self.columns, PAGE]]
        rows = filterset.qs[: MOST if filterset.is_of_newest else CAP].iterator(chunk_size=CHUNK)
        return csv_response(self.noun, head, (self._line(row) for row in rows))

    def _line(self, row):
        page = self.request.build_absolute_uri(row.get_absolute_url())
        return [*(value(row) for _name, _label, value in self.columns), page]


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


def _columns(*columns):
    """Columns as tuples of a name for programs, a heading, and what a row says or the path to it; or lists of such."""
    flat = [column for each in columns for column in (each if isinstance(each, list) else [each])]
    return [(name, label, _of(value) if isinstance(value, str) else value) for name, label, value in flat]


def _choice(name, label, path="", *, code="", words=""):
    """A choice in the words of the reader, and beside it in the code that is the same in both languages.

    ``path`` is that of a field with choices; others give the paths of their ``code`` and of their ``words``.
    """
    whole, _dot, field = path.rpartition(".")
    words = words or f"{whole}{_dot}get_{field}_display"
    return [(name, label, words), (f"{name}_code", format_lazy("{} {}", label, _("(code)")), code or path)]


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


def _certainty_code(row):
    return "own_entry" if row.is_own_entry else row.certainty


CERTAINTY = _choice("certainty", _("Certainty"), code=_certainty_code, words=_certainty)


class MissionExport(Export, MissionList):
    noun = "missions"
    columns = _columns(
        ("mission", _("Mission"), "name"),
        _choice("kind", _("Kind"), "kind"),
        ("country_code", _("Country code"), "country_id"),
        ("country", _("Country"), "country.name"),
        ("subdivision", _("State or province (ISO 3166-2)"), "subdivision"),
        ("city", _("City"), "city"),
        _choice("region", _("Region"), code="country.region.key", words="country.region.name"),
        ("body", _("Body"), "body.code"),
        _choice("state", _("State"), "body.state"),
        ("telephone", _("Telephone"), "telephone"),
        ("emergency_telephone", _("Emergency telephone"), "emergency_telephone"),
        ("email", _("E-mail"), "email"),
        ("url", _("Web site"), "url"),
        CERTAINTY,
    )


class BodyExport(Export, BodyList):
    noun = "bodies"
    columns = _columns(
        ("code", _("Code"), "code"),
        ("body", _("Body"), "name"),
        _choice("scope", _("Overseas or domestic"), "scope"),
        ("country_code", _("Country code"), "country_code"),
        _choice("state", _("State"), "state"),
        ("launched_on", _("Launched"), _day("launched")),
        _choice("launched_precision", _("Precision of the day"), "launched_precision"),
        _choice("rhythm", _("Meeting rhythm"), "rhythm"),
        CERTAINTY,
    )


class MeetingExport(Export, MeetingList):
    noun = "meetings"
    columns = _columns(
        ("body", _("Body"), "body.code"),
        ("meeting", _("Meeting"), "name"),
        _choice("kind", _("Kind"), "kind"),
        ("number", _("Number"), "number"),
        ("held_on", _("Date"), _day("held")),
        _choice("held_precision", _("Precision of the day"), "held_precision"),
        ("starts_at", _("Start"), _moment("starts_at")),
        ("ends_at", _("End"), _moment("ends_at")),
        _choice("status", _("Status"), "status"),
        _choice("chaired", _("Chaired by head of mission"), "chaired"),
        ("headcount", _("Headcount"), "headcount"),
        ("venue", _("Venue"), "venue"),
        ("summary", _("Summary"), "summary"),
        CERTAINTY,
    )


class CaseExport(Export, CaseList):
    queryset = CaseList.queryset.select_related("sector")
    noun = "cases"
    columns = _columns(
        ("reference", _("case reference"), "reference"),
        ("title", _("Title"), "title"),
        ("country_code", _("Country code"), "country_id"),
        ("country", _("Country"), "country_name"),
        _choice("type", _("Type"), code="type_id", words="type_name"),
        _choice("sector", _("Sector (KSIC, 11th revision)"), code="sector_id", words="sector_name"),
        _choice("outcome", _("Outcome"), "outcome"),
        ("body", _("Body"), "body.code"),
        ("reported_month", _("Month of the report"), _month("reported_month")),
        ("closed_month", _("Month of the outcome"), _month("closed_month")),
        ("happened", _("What happened"), "happened"),
        ("done", _("What was done"), "done"),
        ("lesson", _("What to learn"), "lesson"),
        CERTAINTY,
    )


class EarlierCaseExport(Export, EarlierCaseList):
    queryset = EarlierCaseList.queryset.prefetch_related("sources")
    noun = "earlier_cases"
    columns = _columns(
        ("earlier_case", _("Earlier case"), "key"),
        ("remark", _("Remark"), lambda case: _("not of this programme")),
        ("country_code", _("Country code"), "country_id"),
        ("country", _("Country"), "place"),
        _choice("type", _("Type"), code="type_id", words="type.name"),
        ("sector", _("Sector"), "sector"),
        ("dated_on", _("When it was"), lambda case: case.dated.iso),
        _choice("dated_precision", _("Precision of the time"), "dated_precision"),
        ("happened", _("What happened"), "happened"),
        ("done", _("What was done"), "done"),
        ("by_whom", _("By whom"), "by_whom"),
        _choice("outcome", _("Outcome"), "outcome"),
        ("ending", _("How it ended"), "ending"),
        ("lesson", _("What to learn"), "lesson"),
        _choice("certainty", _("Certainty"), "certainty"),
        ("sources", _("Sources"), lambda case: " ".join(source.url for source in case.sources.all())),
    )


class InformationExport(Export, InformationList):
    queryset = InformationList.queryset.select_related("published_from")
    noun = "information"
    columns = _columns(
        ("title", _("Title"), "title"),
        ("country_code", _("Country code"), "country_id"),
        ("country", _("Country"), "country.name"),
        _choice("topic", _("Topic"), code="topic_id", words="topic.name"),
        ("body", _("Body"), "body.code"),
        ("issued_on", _("Issued on"), "issued_on"),
        ("valid_until", _("Valid until"), "valid_until"),
        ("published_on", _("Published"), _published),
        ("published_by", _("Published by"), "published_from.name"),
        ("text", _("Text"), "text"),
        CERTAINTY,
    )


class OrganisationExport(Export, OrganisationList):
    noun = "organisations"
    columns = _columns(
        ("organisation", _("Organisation"), "name"),
        _choice("kind", _("Kind"), "kind"),
        ("country_code", _("Country code"), "country_id"),
        ("country", _("Country"), "country.name"),
        ("parent", _("Part of"), "parent.name"),
        ("url", _("Web site"), "url"),
        CERTAINTY,
    )

    def get_queryset(self):
        """Without the seats, which the file does not show."""
        return telling_sources(Organisation.objects.published().named().select_related("country", "parent"))
