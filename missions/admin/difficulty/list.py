"""The list of difficulties: whose turn each of them is, since when, until when."""

from operator import attrgetter

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from missions.admin.difficulty.questions import DifficultyQuestionFilter
from missions.admin.list_filters import MineFilter, OccurringFilter, ReportedFilter
from missions.admin.lists import OrderedList
from missions.admin.typed_filters import OfFirm, ReportedBetween
from missions.fields.dates import today_in
from missions.models import Stage


class OwnedByMe(MineFilter):
    """Narrows difficulties to those that the reader of the list owns."""

    title = _("owner")
    parameter_name = column = "owner"


class StandingList(OrderedList):
    """A list that shows where each difficulty stands."""

    def get_results(self, request):
        """Fetch it for the rows of the page."""
        self.queryset = self.queryset.with_standing()
        super().get_results(request)


def _short(day):
    return date_format(day, "SHORT_DATE_FORMAT")


@admin.display(description=_("holder"), ordering="holder__code")
def holder_code(difficulty):
    """The holder, short enough for a phone."""
    return difficulty.holder.code


@admin.display(description=_("title"), ordering="title")
def headline(difficulty):
    """The title, and a word where it is urgent."""
    urgent = format_html(' <span class="urgent">{}</span>', _("urgent")) if difficulty.is_urgent else ""
    return format_html("{}{}", difficulty.title, urgent)


@admin.display(description=_("waits on"))
def waits(difficulty):
    """Whose move it waits for: bodies by their codes, the holder's where nobody else must act before."""
    own = "" if difficulty.stage == Stage.CLOSED else difficulty.holder.code
    return difficulty.waits_on(difficulty.open_legs, attrgetter("code")) or own


@admin.display(description=_("until"))
def until(difficulty):
    """The day by which the next move is due, and whether it has passed."""
    day, body, _whose = difficulty.next_due(difficulty.open_legs)
    late = day and day < today_in(body.time_zone)
    words = day and _short(day)
    return format_html('<span class="day">{}</span> <span class="late">{}</span>', words, _("Late")) if late else words


@admin.display(description=_("since"))
def since(difficulty):
    """The day since which it waits on the same; of a closed one, the day of its close."""
    return difficulty.since and _short(today_in(difficulty.holder.time_zone, difficulty.since))


@admin.display(description=_("reported on"), ordering="reported_on")
def reported(difficulty):
    """The day on which it was reported."""
    return _short(difficulty.reported_on)


class ChosenColumns(admin.SimpleListFilter):
    """Chooses which columns the list shows. It narrows nothing; a saved view keeps it.

    ``columns`` are by their names in the address: what the list takes, and what it is called. The first always stands.
    """

    title = _("columns")
    template = "admin/columns_filter.html"
    narrows = False
    parameter_name = "cols"
    columns = {
        "reference": ("reference", _("reference")),
        "title": (headline, _("title")),
        "stage": ("stage", _("stage")),
        "holder": (holder_code, _("holder")),
        "owner": ("owner", _("owner")),
        "waits": (waits, _("waits on")),
        "until": (until, _("until")),
        "since": (since, _("since")),
        "country": ("country", _("country")),
        "reported": (reported, _("reported on")),
    }

    def lookups(self, request, model_admin):
        self.request = request
        return [(name, label) for name, (_column, label) in self.columns.items()][1:]

    def queryset(self, request, queryset):
        return queryset

    @classmethod
    def chosen(cls, request):
        """The names of the columns that an address asks for; all of them where it names none that is known."""
        asked = request.GET.get(cls.parameter_name, "").split(",")
        first, *rest = cls.columns
        chosen = [name for name in rest if name in asked]
        return [first, *(chosen or rest)]

    def choices(self, changelist):
        """Each column with the address that shows or hides it. The order of the list falls back to its own."""
        shown = self.chosen(self.request)
        everything = list(self.columns)
        for name, label in self.lookup_choices:
            then = [each for each in everything[1:] if (each in shown) != (each == name)]
            query = changelist.get_query_string({self.parameter_name: ",".join(then)}, ["o", "p"])
            if not then or then == everything[1:]:
                query = changelist.get_query_string(remove=[self.parameter_name, "o", "p"])
            yield {"selected": name in shown, "query_string": query, "display": label}


COLUMNS = [column for column, _label in ChosenColumns.columns.values()]
FILTERS = [
    DifficultyQuestionFilter,
    OwnedByMe,
    "stage",
    "is_urgent",
    ("holder", OccurringFilter),
    ("country", OccurringFilter),
    "type",
    "outcome",
    ("sector", OccurringFilter),
    OfFirm,
    ReportedFilter,
    ReportedBetween,
    "report_source",
    ChosenColumns,
]
