"""How the overseas bodies came about over time, against what was planned and announced."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.bilingual import KoreanText
from missions.counters import LISTED, PRIVATE, todays_counts
from missions.dates import PreciseDay, Precision
from missions.figures import months, of_month, short
from missions.models import BodyState, BodyStep, Chaired, MeetingStatus, Scope, Source
from missions.tables import SMALL, Bar, Cell, Table, blank, guarded, listed

# The joint press release of 19 April 2024 expected about 25 bodies by May 2024.
PLANNED, PLANNED_UNTIL, PLANNED_BY = 25, datetime.date(2024, 5, 31), "pr-0419"
LISTS = {
    "missions": ("bodies", {"scope": Scope.OVERSEAS.value, "state": BodyState.LAUNCHED.value}),
    "meetings": ("meetings", {"status": MeetingStatus.HELD.value, "chaired": Chaired.YES.value}),
    "information": ("information", {}),
}
NO_DAY = PreciseDay(None, Precision.UNKNOWN)
RESULTS = {
    "missions": gettext_lazy("Missions"),
    "countries": gettext_lazy("Countries"),
    "meetings": gettext_lazy("Meetings"),
    "difficulties": gettext_lazy("Difficulties"),
    "information": gettext_lazy("Information"),
    "linkages": gettext_lazy("Linkages"),
}


def rollout(bodies):
    """Overseas bodies launched, one a line with its day and source; what has no day comes last and is not drawn."""
    overseas = {body.pk: body for body in bodies.values() if body.scope == Scope.OVERSEAS}
    launches, ended = _launches(overseas)
    days = [step.as_of_on for _pk, step in launches if step and step.as_of]
    rows = []
    for pk, step in launches:
        is_dated = step is not None and bool(step.as_of)
        rows.append(
            [
                Cell(short(overseas[pk]), overseas[pk].get_absolute_url()),
                _day(step.as_of if is_dated else NO_DAY),
                _so_far(step.as_of_on, days) if is_dated else blank(),
                _source(step.source if step else None),
            ]
        )
    plan = {"count": PLANNED, "month": date_format(PLANNED_UNTIL, "YEAR_MONTH_FORMAT")}
    remark = _(
        "The joint press release of 19 April 2024 expected about %(count)d bodies by %(month)s. Of those "
        "launched, %(known)d are known by name. A day known only by a bound is drawn on the bound; a body without a "
        "known day is not drawn."
    )
    return Table(
        "rollout",
        _("Overseas bodies launched"),
        [_("Body"), _("Launched"), _("Launched so far"), _("Source")],
        rows,
        remark % {**plan, "known": len(rows)},
        _drawn(days, ended),
        True,
        Bar(_("about %(count)d expected by %(month)s") % plan, PLANNED),
        folds=False,  # it tells days and sources, which the chart does not
        file_head=[
            *(_("Body"), _("Launched"), _("Precision of the day"), _("Launched so far")),
            *(_("Source"), _("Address of the source")),
        ],
    )


def _so_far(day, days):
    """How many were launched by a day, leading to their list."""
    address = listed("bodies", scope=Scope.OVERSEAS.value, launched=day.isoformat())
    return Cell(sum(each <= day for each in days), address)


def _day(known):
    return Cell(str(known), data=(known.on or "", Precision(known.precision).label))


def _launches(overseas):
    """Each body launched with the earliest step that says so, by day; and the days on which bodies ended.

    A body that runs without any such step comes with None.
    """
    first, ended = {}, []
    steps = BodyStep.objects.published().filter(body__in=overseas).select_related("source")
    for step in steps.order_by("as_of_on", "pk"):
        if step.state == BodyState.LAUNCHED and not (step.body_id in first and first[step.body_id].as_of):
            first[step.body_id] = step
        elif step.state == BodyState.ENDED and step.as_of:
            ended.append(step.as_of_on)
    stepless = {pk: None for pk, body in overseas.items() if pk not in first and body.state == BodyState.LAUNCHED}
    last = datetime.date.max
    return sorted((first | stepless).items(), key=lambda item: ((item[1] and item[1].as_of_on) or last, item[0])), ended


def _drawn(launched, ended):
    if not launched:
        return []
    return [
        of_month(month, sum(_within(day, month) for day in launched) - sum(_within(day, month) for day in ended))
        for month in months([*launched, *ended, PLANNED_UNTIL])
    ]


def _within(day, month):
    return day.replace(day=1) <= month


def _source(source):
    if source is None:
        return Cell("–", data=("", ""))
    return Cell(KoreanText(source.publisher), source.get_absolute_url(), data=(source.publisher, source.url))


def planned_source():
    """The source of what was planned, or None where staff removed it."""
    return Source.objects.published().filter(key=PLANNED_BY).first()


def announced(bodies, counts, results):
    """The results as announced, each standing still, below what the records count today. ``results`` are cited."""
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    today = todays_counts(bodies, counts)
    rows = [
        [
            Cell(f"{day}, {_('counted here')}", data=(timezone.localdate(), _("counted here"))),
            *(_counted(name, today[name], counts) for name in RESULTS),
            Cell(_("Records of this portal")),
        ]
    ]
    for result in results:
        is_own = bool(result.counted_at) and not result.cited
        scope = _("counted here") if is_own else result.scope
        first = Cell(f"{date_format(result.as_of_on, 'DATE_FORMAT')}, {scope}", data=(result.as_of_on, scope))
        rows.append([first, *(_stated(result, name, is_own, today) for name in RESULTS), _vouched(result)])
    return Table(
        "results",
        _("Announced results and today’s counts"),
        [_("As of"), *RESULTS.values(), _("Source")],
        rows,
        _(
            "Announced results stay as they were announced. Today’s counts come from the records of this portal, which "
            "hold only what public sources and staff have entered: they may be lower. Difficulties and linkages are "
            "counted from records that are not public: no list stands behind them."
        ),
        begins_today=True,
        file_head=[_("As of"), _("What is counted"), *RESULTS.values(), _("Source")],
    )


def _counted(name, figure, counts):
    """A figure of today, leading to the list of what it counts; or, where not all of it is public, to how much is."""
    if name not in LISTS:
        return Cell(figure)
    noun, conditions = LISTS[name]
    address = listed(noun, **conditions)
    public = sum(counts[LISTED[name]].values()) if name in LISTED else figure
    if public == figure:
        return Cell(figure, address)
    return Cell(figure, more=(Cell(_("%(count)d of them public") % {"count": public}, address),), data=(figure,))


def _stated(result, name, is_own, today):
    """A figure of a result as the public reads it. Counts of private records are told as far as those of today are."""
    figure = getattr(result, name)
    if figure is None:
        return blank()
    if not is_own or name not in PRIVATE:
        return Cell(figure)
    return Cell(guarded(figure) if figure < SMALL or isinstance(today[name], int) else _("left out"))


def _vouched(result):
    if result.cited:
        addresses = "; ".join(f"{source.publisher} {source.url}".strip() for source in result.cited)
        return Cell("", more=tuple(_source(source) for source in result.cited), data=(addresses,))
    if result.counted_at:
        day = date_format(timezone.localtime(result.counted_at), "DATE_FORMAT")
        return Cell(_("Records of this portal, counted on %(day)s") % {"day": day})
    return Cell(_("not stated"))
