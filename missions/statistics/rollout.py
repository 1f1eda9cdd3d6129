"""How the overseas bodies came about over time, against what was planned and announced."""

import datetime
from collections import Counter

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.fields.bilingual import KoreanText
from missions.fields.dates import PreciseDay, Precision
from missions.models import BodyState, BodyStep, Certainty, Chaired, MeetingStatus, Scope, Source
from missions.statistics import private
from missions.statistics.counters import running, running_overseas
from missions.statistics.published import months, of_month, short
from missions.statistics.tables import Bar, Cell, Table, address_of_list, blank

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
    """Each day on which an overseas body began or ceased to run, how many ran then, and the source.

    Launches without a day come last; they are not counted and not drawn.
    """
    overseas = {body.pk: body for body in bodies.values() if body.scope == Scope.OVERSEAS}
    changes, undated = _changes(overseas)
    rows = [
        _line(overseas[step.body_id], step.get_state_display(), step.as_of, _running(changes, step.as_of_on), step)
        for step in changes
    ]
    launched = str(BodyState.LAUNCHED.label)
    rows += [_line(overseas[pk], launched, NO_DAY, blank(), step) for pk, step in undated.items()]
    plan = {"count": PLANNED, "month": date_format(PLANNED_UNTIL, "YEAR_MONTH_FORMAT")}
    remark = _(
        "The joint press release of 19 April 2024 expected about %(count)d bodies by %(month)s. %(known)d are known by "
        "name and shown as launched%(in_doubt)s. The chart shows how many ran at the end of each month. A day known "
        "only by a bound counts on the bound. A launch or an end without a known day is left out of the chart and of "
        "the number running."
    )
    shown = [overseas[pk] for pk in sorted({step.body_id for step in changes} | set(undated))]
    return Table(
        "rollout",
        _("Overseas bodies launched"),
        [_("Body"), _("State"), _("As of"), _("Running"), _("Certainty"), _("Source")],
        rows,
        remark % {**plan, "known": len(shown), "in_doubt": in_doubt(shown)},
        _drawn(changes),
        True,
        Bar(_("about %(count)d expected by %(month)s") % plan, PLANNED),
        folds=False,  # it tells days and sources, which the chart does not
        file_head=[
            *(_("Body"), _("State"), _("As of"), _("Precision of the day"), _("Running")),
            *(_("Certainty"), _("Source"), _("Address of the source")),
        ],
    )


def _changes(overseas):
    """The steps with which bodies began or ceased to run, by day; and the bodies whose launch has no known day.

    Each of the latter comes with the first step that says that it was launched, or with None where no step does.
    """
    changes, running, undated = [], set(), {}
    steps = BodyStep.objects.published().filter(body__in=overseas).select_related("source")
    for step in steps.order_by("as_of_on", "pk"):
        launches, runs = step.state == BodyState.LAUNCHED, step.body_id in running
        if step.as_of and launches != runs:
            changes.append(step)
            running ^= {step.body_id}
        elif launches and not step.as_of:
            undated.setdefault(step.body_id, step)
    dated = {step.body_id for step in changes}
    undated |= {pk: None for pk, body in overseas.items() if body.state == BodyState.LAUNCHED and pk not in undated}
    return changes, {pk: undated[pk] for pk in sorted(undated) if pk not in dated}


def _line(body, state, known, running, step):
    day = Cell(str(known), data=(known.on or "", Precision(known.precision).label))
    told = (Cell(state), day, running, Cell(body.told_certainty), _source(step and step.source))
    return [Cell(short(body), body.get_absolute_url()), *told]


def _running(changes, day):
    """How many bodies ran at the end of a day.

    As long as none has ended these are all that were launched by that day, and the figure leads to their list.
    """
    until = [step for step in changes if step.as_of_on <= day]
    launched = [step for step in until if step.state == BodyState.LAUNCHED]
    address = address_of_list("bodies", scope=Scope.OVERSEAS.value, launched=day.isoformat())
    return Cell(2 * len(launched) - len(until), address if launched == until else "")


def in_doubt(bodies):
    """How many of some bodies are neither verified nor their own entry, by their certainty; "" where none is.

    It stands in brackets behind the number of all of them.
    """
    found = Counter(body.certainty for body in bodies if body.is_in_doubt)
    told = [
        _("%(certainty)s: %(number)d") % {"certainty": each.label, "number": found[each]}
        for each in Certainty
        if found[each]
    ]
    return _(" (including %(listed)s)") % {"listed": ", ".join(told)} if told else ""


def _drawn(changes):
    if not changes:
        return []
    grows = [(step.as_of_on.replace(day=1), 1 if step.state == BodyState.LAUNCHED else -1) for step in changes]
    return [
        of_month(month, sum(number for since, number in grows if since <= month))
        for month in months([*(since for since, _number in grows), PLANNED_UNTIL])
    ]


def _source(source):
    if source is None:
        return Cell("–", data=("", ""))
    return Cell(KoreanText(source.publisher), source.get_absolute_url(), data=(source.publisher, source.url))


def planned_source():
    """The source of what was planned, or None where staff removed it."""
    return Source.objects.published().filter(key=PLANNED_BY).first()


def announced(bodies, results, closed, counts):
    """The counts of today, and below them the results as they were announced. ``results`` come with ``cited``.

    ``closed`` is the last closed month, ``counts`` are those of the public rows of today.
    """
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    today = running(bodies) | counts | private.sums(closed)
    rows = [
        [
            Cell(f"{day}, {_('counted here')}", data=(timezone.localdate(), _("counted here"))),
            *(_counted(name, today[name]) for name in RESULTS),
            Cell(_("Records of this site")),
        ]
    ]
    for result in results:
        is_own = bool(result.counted_at) and not result.cited
        scope = _("counted here") if is_own else result.scope
        first = Cell(f"{date_format(result.as_of_on, 'DATE_FORMAT')}, {scope}", data=(result.as_of_on, scope))
        rows.append([first, *(_stated(result, name) for name in RESULTS), _vouched(result)])
    return Table(
        "results",
        _("Announced results and today’s counts"),
        [_("As of"), *RESULTS.values(), _("Source")],
        rows,
        _(
            "Announced results stay as they were announced. Today’s counts come from the records of this site, which "
            "hold only what public sources and staff have entered: they may be lower. Today’s missions are those whose "
            "bodies are shown as running%(in_doubt)s. Meetings and information are "
            "those that are public. Difficulties and linkages are counted %(as_of)s from records that are not public: "
            "no list stands behind them, and each is the sum of the figures stated by body."
        )
        % {"as_of": private.as_of(closed), "in_doubt": in_doubt(running_overseas(bodies))},
        begins_today=True,
        file_head=[_("As of"), _("What is counted"), *RESULTS.values(), _("Source")],
    )


def _counted(name, figure):
    """A figure of today. It leads to the list of what it counts, where there is one."""
    if name in LISTS:
        noun, conditions = LISTS[name]
        return Cell(figure, address_of_list(noun, **conditions))
    return Cell(figure or _("left out")) if name in private.NAMES else Cell(figure)


def _stated(result, name):
    """A figure of a result as the public reads it. What nobody announced says nothing of private records."""
    figure = getattr(result, name)
    if figure is None:
        return blank()
    return Cell(figure if result.cited or name not in private.NAMES else _("left out"))


def _vouched(result):
    if result.cited:
        addresses = "; ".join(f"{source.publisher} {source.url}".strip() for source in result.cited)
        return Cell("", more=tuple(_source(source) for source in result.cited), data=(addresses,))
    if result.counted_at:
        day = date_format(timezone.localtime(result.counted_at), "DATE_FORMAT")
        return Cell(_("Records of this site, counted on %(day)s") % {"day": day})
    return Cell(_("not stated"))
