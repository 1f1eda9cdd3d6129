"""Figures of private difficulties: counts and times only, none of them small enough to point at a firm."""

from collections import Counter
from itertools import accumulate

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Subquery, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from missions.models import Difficulty, DifficultyEvent, Stage
from missions.statistics.counters import difficulties_supported, guarded_by_body
from missions.statistics.published import short
from missions.statistics.tables import SMALL, Bar, Cell, Table, blank, guarded
from missions.statistics.unions import union

ENOUGH = 5  # difficulties of which quartiles are stated: those of three tell the days of each


def supported(bodies, counts):
    """Difficulties supported and linkages by body."""
    shown = {key: parts for key, (parts, _total) in guarded_by_body(bodies.values(), counts).items()}
    head = [_("Body"), _("Difficulties supported"), _("Linkages to support")]
    small = [place for place, parts in enumerate(shown.values(), start=1) if set(parts.values()) == {guarded(0)}]
    return Table(
        "difficulties-by-body",
        _("Difficulties supported and linkages by body"),
        head,
        [
            [Cell(short(body)), Cell(shown["difficulties"][body.pk]), Cell(shown["linkages"][body.pk])]
            for body in bodies.values()
        ],
        _(
            "Counted from records that are not public. Figures under three are not stated, so that no firm can be "
            "recognised; where a sum would tell one, a further figure is left out, or the sum."
        ),
        [
            Bar(short(body), shown["difficulties"][body.pk])
            for body in bodies.values()
            if isinstance(shown["difficulties"][body.pk], int)
        ],
        sentences=tuple(
            _("%(figure)s: fewer than %(count)d for each body.") % {"figure": head[place], "count": SMALL}
            for place in small
        ),
        left_out=tuple(small),
    )


def times(bodies, counts):
    """Days from the report to the first action and to the close: the number of difficulties, and the quartiles.

    As many difficulties have a first action as all bodies support together. That number is shown only where the
    sum of the counters is.
    """
    found = {"first": Counter(), "close": Counter()}
    for name, took, count in union(_taken)():
        found[name][max(took.days, 0)] += count
    told = {
        "first": guarded_by_body(bodies.values(), counts)["difficulties"][1],
        "close": guarded(found["close"].total()),
    }
    rows, boxes = [], []
    for name, label in (("first", _("to the first action")), ("close", _("to the close"))):
        days, number = found[name], found[name].total()
        quartiles = [quantile(days, part) for part in (0.25, 0.5, 0.75)] if number >= ENOUGH else []
        rows.append([Cell(label), Cell(told[name]), *(map(Cell, quartiles) if quartiles else [blank()] * 3)])
        if number >= ENOUGH:
            boxes.append((label, *quartiles))
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
            "Half of the difficulties took the median or less. An action before the report counts as 0 days; of a "
            "difficulty closed several times, the last close counts."
        ),
    ), boxes


def _taken():
    actions = _days(difficulties_supported(), "first", F("counted_on"))
    closing = DifficultyEvent.objects.filter(difficulty=OuterRef("pk"), step="close").order_by("-pk")
    closed = Difficulty.objects.filter(stage=Stage.CLOSED).filter(Exists(closing))
    return actions, _days(closed, "close", Subquery(closing.values(day=TruncDate("at"))[:1]))


def _days(rows, name, day):
    """How often each number of days occurs, as a queryset that fits the union."""
    took = ExpressionWrapper(day - F("reported_on"), DurationField())
    return rows.order_by().annotate(took=took).values_list(Value(name), "took").annotate(Count("pk"))


def quantile(days, part):
    """A quantile of values, from how often each value occurs. Between two values it is interpolated."""
    values = sorted(days)
    ends = list(accumulate(days[value] for value in values))
    place = part * (ends[-1] - 1)
    lower, upper = (
        next(value for value, end in zip(values, ends, strict=True) if end > index)
        for index in (int(place), min(int(place) + 1, ends[-1] - 1))
    )
    found = round(lower + (upper - lower) * (place - int(place)), 1)
    return int(found) if found == int(found) else found
