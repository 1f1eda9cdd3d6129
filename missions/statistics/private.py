"""Figures of private records as the public reads them: those of the last closed month, and nothing else.

No private table is read here. ``missions.statistics.months`` works the figures out.
"""

import json
from datetime import date

from django.db.models import Count, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from missions.models import ClosedMonth, LocalInformation
from missions.statistics.counters import meetings_chaired
from missions.statistics.published import short
from missions.statistics.tables import ENOUGH, SMALL, Bar, Cell, Table, blank, few
from missions.statistics.unions import union

NAMES = ("difficulties", "linkages")  # the counters whose rows are private


def last_closed():
    """The last closed month; one without any figure where no month has been closed yet."""
    return with_public_counts()[0]


def with_public_counts():
    """The last closed month, and how many rows of the other counters are public today, by one question."""
    found = dict(union(_told)())
    counts = {name: int(found.pop(name, 0)) for name in ("meetings", "information")}
    for month, figures in found.items():
        return ClosedMonth(month=date.fromisoformat(month), figures=json.loads(figures)), counts
    return ClosedMonth(month=None, figures={}), counts


def _told():
    counted = {"meetings": meetings_chaired().published(), "information": LocalInformation.objects.published()}
    counts = [
        rows.order_by().values_list(Value(name)).annotate(told=Cast(Count("pk"), TextField()))
        for name, rows in counted.items()
    ]
    last = Subquery(ClosedMonth.objects.order_by("-month").values("pk")[:1])
    texts = [Cast("month", TextField()), Cast("figures", TextField())]
    return [*counts, ClosedMonth.objects.filter(pk=last).order_by().values_list(*texts)]


def as_of(closed):
    """Up to when private records are counted, in words."""
    if closed.month is None:
        return _("no month closed yet")
    return _("as of the end of %(month)s") % {"month": date_format(closed.month, "YEAR_MONTH_FORMAT")}


def stated(closed, name, body):
    """The figure of a counter at a body, by its key; 0 where none is stated."""
    return closed.figures.get(name, {}).get(str(body), 0)


def sums(closed):
    """The sum of the figures stated, by counter: nothing is left over when they are subtracted from it."""
    return {name: sum(closed.figures.get(name, {}).values()) for name in NAMES}


def supported(bodies, closed):
    """Difficulties supported and linkages by body."""
    head = [_("Body"), _("Difficulties supported"), _("Linkages to support")]
    counts = {body.pk: [stated(closed, name, body.pk) for name in NAMES] for body in bodies.values()}
    untold = [place for place in (1, 2) if not any(count[place - 1] for count in counts.values())]
    return Table(
        "difficulties-by-body",
        _("Difficulties supported and linkages by body"),
        head,
        [[Cell(short(body)), *(_cell(count) for count in counts[body.pk])] for body in bodies.values()],
        _(
            "Counted from records that are not public, %(as_of)s, by the day on which they were entered, for the body "
            "that held the difficulty on that day. So that no single case can be recognised, a figure under "
            "%(count)d is not stated, and a figure is stated anew only once it has moved by at least %(count)d."
        )
        % {"as_of": as_of(closed), "count": SMALL},
        [Bar(short(body), counts[body.pk][0]) for body in bodies.values() if counts[body.pk][0]],
        sentences=tuple(
            _("%(figure)s: fewer than %(count)d for each body.") % {"figure": head[place], "count": SMALL}
            for place in untold
        ),
        left_out=tuple(untold),
    )


def _cell(count):
    return Cell(count or few())


def times(closed):
    """Days from the report to the first action and to the close: the number of difficulties, and the quartiles."""
    rows, boxes = [], []
    for name, label in (("first", _("to the first action")), ("close", _("to the close"))):
        found = closed.figures.get(name)
        if found:
            rows.append([Cell(label), Cell(found["number"]), *map(Cell, found["days"])])
            boxes.append((label, *found["days"]))
        else:
            rows.append([Cell(label), Cell(few(ENOUGH)), *[blank()] * 3])
    return Table(
        "times",
        _("Days from report to first action and to close"),
        [
            pgettext("how long", "Time"),
            pgettext("how many", "Number"),
            _("Lower quartile"),
            _("Median"),
            _("Upper quartile"),
        ],
        rows,
        _(
            "Half of the difficulties took the median or less, %(as_of)s. An action before the report counts as 0 "
            "days; of a difficulty closed several times, the first close counts. The figures are stated anew only "
            "once at least %(count)d further difficulties are in them."
        )
        % {"as_of": as_of(closed), "count": ENOUGH},
        sentences=() if boxes else (_("Fewer than %(count)d of either: no days are stated.") % {"count": ENOUGH},),
        left_out=() if boxes else (1, 2, 3, 4),
    ), boxes
