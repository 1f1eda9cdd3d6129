"""Figures of what the public may read, each with the public list behind it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear, LPad
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from missions.fields.bilingual import KoreanText
from missions.models import LocalInformation, Meeting, MeetingStatus, Outcome, PublishedCase
from missions.search.kinds import NONE
from missions.statistics.tables import Bar, Cell, Table, address_of_list
from missions.statistics.unions import union

BODY, TERM, CHOICE, MONTH = "body", "term", "choice", "month"


@dataclass(frozen=True)
class Grouping:
    """A way to count published rows: by which column, and with which filter of their list a reader finds them."""

    name: str
    title: str
    rows: Callable[[], QuerySet]
    list: str
    kind: str
    column: str
    head: str
    parameter: str = ""
    fixed: dict = field(default_factory=dict)
    choices: type = None
    remark: str = ""

    def counted(self):
        """One row a value: the name of the grouping, the key, its two names, the count. Fit for a union."""
        korean = english = Value("")
        if self.kind == TERM:
            korean, english = F(f"{self.column}__name_ko"), F(f"{self.column}__name_en")
        columns = [Value(self.name), self._key(), korean, english]
        texts = [Coalesce(Cast(column, CharField()), Value("")) for column in columns]
        return self.rows().order_by().values_list(*texts).annotate(Count("pk"))

    def _key(self):
        if self.kind == BODY:
            return F("body__code")
        if self.kind != MONTH:
            return F(self.column)
        number = ExtractYear(self.column) * 100 + ExtractMonth(self.column)
        return LPad(Cast(number, CharField()), 6, Value("0"))


def _cases():
    return PublishedCase.objects.published()


def _held():
    return Meeting.objects.published().held()


def _information():
    return LocalInformation.objects.published()


HELD = {"status": MeetingStatus.HELD.value}
BOUND = gettext_lazy("A meeting whose day is known only by a bound counts in the month of the bound.")
BODY_, COUNTRY, TYPE = gettext_lazy("Body"), gettext_lazy("Country"), gettext_lazy("Type")
BY_MONTH = gettext_lazy("Month")
GROUPINGS = [
    Grouping("cases-by-body", gettext_lazy("Cases by body"), _cases, "cases", BODY, "body", BODY_),
    Grouping("cases-by-country", gettext_lazy("Cases by country"), _cases, "cases", TERM, "country", COUNTRY),
    Grouping("cases-by-type", gettext_lazy("Cases by type"), _cases, "cases", TERM, "type", TYPE),
    Grouping(
        "cases-by-sector", gettext_lazy("Cases by sector"), _cases, "cases", TERM, "sector", gettext_lazy("Sector")
    ),
    Grouping(
        "cases-by-outcome",
        gettext_lazy("Cases by outcome"),
        _cases,
        "cases",
        CHOICE,
        "outcome",
        gettext_lazy("Outcome"),
        choices=Outcome,
    ),
    Grouping(
        "cases-by-month",
        gettext_lazy("Cases by month of the outcome"),
        _cases,
        "cases",
        MONTH,
        "closed_month",
        BY_MONTH,
        "closed",
    ),
    Grouping(
        "meetings-by-month",
        gettext_lazy("Meetings held by month"),
        _held,
        "meetings",
        MONTH,
        "held_on",
        BY_MONTH,
        "month",
        HELD,
        remark=BOUND,
    ),
    Grouping(
        "meetings-by-body", gettext_lazy("Meetings held by body"), _held, "meetings", BODY, "body", BODY_, fixed=HELD
    ),
    Grouping(
        "information-by-body",
        gettext_lazy("Local information by body"),
        _information,
        "information",
        BODY,
        "body",
        BODY_,
    ),
    Grouping(
        "information-by-country",
        gettext_lazy("Local information by country"),
        _information,
        "information",
        TERM,
        "country",
        COUNTRY,
    ),
    Grouping(
        "information-by-topic",
        gettext_lazy("Local information by topic"),
        _information,
        "information",
        TERM,
        "topic",
        gettext_lazy("Topic"),
    ),
    Grouping(
        "information-by-month",
        gettext_lazy("Local information by month of issue"),
        _information,
        "information",
        MONTH,
        "issued_on",
        BY_MONTH,
        "month",
    ),
]


def tables(bodies, names=None):
    """The tables, by name, in one query. ``bodies`` are by their code; ``names`` limits them to some."""
    wanted = tuple(grouping for grouping in GROUPINGS if names is None or grouping.name in names)
    if not wanted:
        return {}
    found = {grouping.name: [] for grouping in wanted}
    for name, *row in union(_counted, *(grouping.name for grouping in wanted))():
        found[name].append(row)
    return {grouping.name: _table(grouping, found[grouping.name], bodies) for grouping in wanted}


def _counted(*names):
    return [grouping.counted() for grouping in GROUPINGS if grouping.name in names]


def _table(grouping, found, bodies):
    over_time = grouping.kind == MONTH
    lines = [(key, _label(grouping, key, korean, english, bodies), count) for key, korean, english, count in found]
    lines.sort(key=lambda line: (not line[0], line[0]) if over_time else (not line[0], -line[2], str(line[1])))
    total = [
        Cell(_("Total")),
        Cell(sum(count for _key, _label, count in lines), address_of_list(grouping.list, **grouping.fixed)),
    ]
    return Table(
        grouping.name,
        grouping.title,
        [grouping.head, pgettext("how many", "Number")],
        [
            [Cell(label, data=(_month(key),) if over_time else None), Cell(count, _list(grouping, key))]
            for key, label, count in lines
        ]
        + [total],
        grouping.remark,
        _months(lines) if over_time else [Bar(label, count) for _key, label, count in lines],
        over_time,
        sentences=() if lines else (_("None so far."),),
        left_out=() if lines else (1,),
    )


def _label(grouping, key, korean, english, bodies):
    if not key:
        return _("between the ministries") if grouping.kind == BODY else _("not stated")
    if grouping.kind == BODY:
        return short(bodies[key])
    if grouping.kind == CHOICE:
        return str(grouping.choices(key).label)
    if grouping.kind == MONTH:
        return date_format(_first(key), "YEAR_MONTH_FORMAT")
    return (english or KoreanText(korean)) if get_language() == "en" else korean


def short(body):
    """A body by its code and its city, as charts and tables of figures name it."""
    place = body.mission.place if body.mission else body.get_scope_display()
    return type(place)(f"{body.code} {place}")


def _list(grouping, key):
    value = (_month(key) if grouping.kind == MONTH else key) or NONE
    return address_of_list(grouping.list, **grouping.fixed, **{grouping.parameter or grouping.column: value})


def _month(key):
    """A month as programs read it."""
    return f"{key[:4]}-{key[4:]}" if key else ""


def _first(key):
    return datetime.date(int(key[:4]), int(key[4:]), 1)


def _months(lines):
    """A row for every month from the first to the last, also for months without rows.

    Rows without a month are counted in the table, not in the chart.
    """
    known = {_first(key): count for key, _label, count in lines if key}
    return [of_month(month, known.get(month, 0)) for month in months(known)]


def of_month(month, value):
    """The column of a month, in the words of the table."""
    name, short_name, year = _named(month, get_language())
    return Bar(name, value, short_name, year)


@lru_cache(maxsize=500)
def _named(month, language):
    """A month in full and in short, and its year, in the language in force. It is kept: a chart has up to a hundred."""
    year = pgettext("below the months of a chart", "%(year)d") % {"year": month.year}
    return date_format(month, "YEAR_MONTH_FORMAT"), date_format(month, "M"), year


def months(days):
    """The first days of all months from the earliest to the latest of some days."""
    if not days:
        return []
    month, last, found = min(days).replace(day=1), max(days), []
    while month <= last:
        found.append(month)
        month = (month + datetime.timedelta(days=31)).replace(day=1)
    return found
