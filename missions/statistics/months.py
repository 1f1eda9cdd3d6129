"""Closes months: works out what the public is told of private records, once a month and for good.

Whoever reads the figures again and again learns nothing of a single case (``docs/adr/0023``):

* A record counts from the moment at which it was entered, not from the day that somebody typed.
* A figure is stated once it is ``SMALL`` and from then on only anew where it has moved by ``SMALL``. What is counted
  and not stated is fewer than that, at every body and in every month.
* A sum is the sum of the figures stated, so that nothing is left over when they are subtracted.
* Quartiles are those of the difficulties that figures stated, and move with ``ENOUGH`` further ones only.
"""

import datetime
from collections import Counter
from itertools import accumulate
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from missions.fields.dates import KOREA
from missions.models import Action, ClosedMonth, DifficultyEvent, Linkage
from missions.statistics.tables import ENOUGH, SMALL

PARTS = (0.25, 0.5, 0.75)


def close(now=None):
    """Close every month that has ended in Korea and is not closed yet, the earliest first. Returns these months.

    The first one is the month of the first record, or the last month where there is none. Two that do it at once
    write the same, and one of them nothing.
    """
    ends = timezone.localdate(now).replace(day=1)
    known = ClosedMonth.objects.order_by("-month").first()
    if known and _after(known.month) >= ends:
        return []
    counted = {"difficulties": _difficulties(), "linkages": _linkages(), "close": _closes()}
    figures = known.figures if known else {}
    months = []
    month = _after(known.month) if known else _first(counted, ends)
    while month < ends:
        end = datetime.datetime.combine(_after(month), datetime.time.min, ZoneInfo(KOREA))
        until = {name: [row for row in rows if row[0] < end] for name, rows in counted.items()}
        figures = restated(figures, until)
        months.append(ClosedMonth(month=month, figures=figures))
        month = _after(month)
    with transaction.atomic():
        ClosedMonth.objects.bulk_create(months, ignore_conflicts=True)
    return [row.month for row in months]


def restated(figures, counted):
    """The figures of a month, from those of the month before it and from what is counted at its end.

    ``counted`` holds, by name, the moment, the body and the days of each record, the earliest first.
    """
    cells = {name: _cells(figures.get(name, {}), counted[name]) for name in ("difficulties", "linkages")}
    stated = dict(cells["difficulties"])
    first = []
    for _at, body, days in counted["difficulties"]:
        if stated.get(str(body), 0) > 0:
            stated[str(body)] -= 1
            first.append(days)
    times = {"first": first, "close": [days for _at, _body, days in counted["close"]]}
    return cells | {name: _quartiles(figures.get(name), days) for name, days in times.items()}


def _cells(stated, rows):
    """The figures stated, by the keys of bodies as texts. A figure that is not stated is left out."""
    counts = Counter(str(body) for _at, body, _days in rows)
    cells = {key: moved(stated.get(key, 0), counts[key]) for key in sorted({*stated, *counts})}
    return {key: count for key, count in cells.items() if count}


def moved(stated, count):
    """What is stated of a count after ``stated`` was, where 0 stands for “fewer than ``SMALL``”."""
    if abs(count - stated) < SMALL:
        return stated
    return count if count >= SMALL else 0


def _quartiles(stated, days):
    number = stated["number"] if stated else 0
    if len(days) < number + ENOUGH:
        return stated
    frequent = Counter(max(value, 0) for value in days)
    return {"number": len(days), "days": [quantile(frequent, part) for part in PARTS]}


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


def _difficulties():
    """The first action or linkage of each difficulty as it was recorded, with the body that held it or made it then.

    A difficulty of which all of these were withdrawn is left out.
    """
    acted = Action.objects.not_withdrawn().filter(difficulty=OuterRef("difficulty")).order_by("done_on", "pk")
    events = _first_of("act").filter(Exists(acted))
    columns = ("recorded_at", "body", "linked_on", "difficulty__reported_on", "difficulty")
    linked = Linkage.objects.not_withdrawn().filter(difficulty__isnull=False).values_list(*columns)
    did, first = [*_taken(events, Coalesce(Subquery(acted.values("done_on")[:1]), TruncDate("at"))), *linked], {}
    for at, body, reached, reported, difficulty in sorted(did):
        first.setdefault(difficulty, (at, body, (reached - reported).days))
    return list(first.values())


def _closes():
    """The first close of each difficulty."""
    closes = _taken(_first_of("close"), TruncDate("at"))
    return [(at, body, (reached - reported).days) for at, body, reached, reported, _difficulty in closes]


def _first_of(step):
    """The first event of each difficulty in which a step was taken; the database never changes one."""
    steps = DifficultyEvent.objects.filter(step=step).order_by()
    return DifficultyEvent.objects.filter(pk__in=steps.values("difficulty").annotate(first=Min("pk")).values("first"))


def _taken(events, day):
    rows = events.order_by("at", "pk").annotate(reached=day)
    return rows.values_list("at", "to_holder", "reached", "difficulty__reported_on", "difficulty")


def _linkages():
    """Each linkage as it was recorded, with the body that made it."""
    rows = Linkage.objects.not_withdrawn().order_by("recorded_at", "pk").values_list("recorded_at", "body")
    return [(at, body, 0) for at, body in rows.iterator()]


def _first(counted, ends):
    moments = [rows[0][0] for rows in counted.values() if rows]
    last = (ends - datetime.timedelta(days=1)).replace(day=1)
    return min([last, *(timezone.localdate(moment).replace(day=1) for moment in moments)])


def _after(month):
    return (month + datetime.timedelta(days=31)).replace(day=1)
