"""What the report of a period says: counters and the lists behind them, what is late, what was solved, what comes next.

Every figure counts the rows of ``missions.statistics.counters``, which stand in a list of the report. What is late or
long open is so at the moment of the report: of a past day the records do not tell it.
"""

import datetime
from collections import Counter as Tally
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from missions.documents.parts import Document, Part, Row
from missions.fields.dates import KOREA, today_in
from missions.models import SOLVED, Body, Difficulty, DifficultyEvent, Meeting, Stage
from missions.statistics.counters import COUNTERS, running_on
from missions.statistics.periods import PARTS, Period

LONG_OPEN = 90  # days since the report of a difficulty
LISTED = 500  # rows of one list; the counters have the others
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Listed:
    """The first rows of a list, and how many it has; of what is counted, also how many of each body."""

    rows: list
    count: int
    by_body: Tally | None = None


@dataclass(frozen=True)
class Findings:
    """What a report tells of. ``body`` is None where it is of the whole programme."""

    body: Body | None
    year: int
    part: str
    at: datetime.datetime
    bodies: list
    counted: dict
    undated: int
    running: dict | None
    late: Listed
    long_open: Listed
    solved: Listed
    meetings: list

    @property
    def period(self):
        """The days that the report counts."""
        return Period.of(self.year, self.part)


def find(user, body, year, part, at=None):
    """What a person may see of a body, or of all bodies, in a year or a part of it."""
    at, period = at or timezone.now(), Period.of(year, part)
    held = Difficulty.objects.visible_to(user).select_related("holder__mission", "country", "type")
    meetings = Meeting.objects.visible_to(user)
    if body:
        held, meetings = held.filter(holder=body), meetings.filter(body=body)
    counted = {
        key: _counted(counter, _of(counter, counter.visible_to(user, period), body))
        for key, counter in COUNTERS.items()
    }
    chaired = COUNTERS["meetings"]
    today = today_in(body.time_zone if body else KOREA, at)
    return Findings(
        body,
        year,
        part,
        at,
        [body] if body else list(Body.objects.visible_to(user).select_related("mission")),
        counted,
        _of(chaired, chaired.visible_to(user), body).filter(counted_on=None).count(),
        None if body else running_on(min(period.until, today)),
        _first(held.late(at).with_standing().soonest_first()),
        _first(
            held.open().filter(reported_on__lte=today - LONG_OPEN * DAY).with_standing().order_by("reported_on", "pk")
        ),
        _solved(held, period),
        list(meetings.upcoming(at).soonest_first().with_names()),
    )


def _of(counter, rows, body):
    return rows.filter(**{counter.body: body}) if body else rows


def _first(rows):
    """The first rows of a list: of a long one only these are fetched."""
    found = list(rows[: LISTED + 1])
    return Listed(found[:LISTED], len(found) if len(found) <= LISTED else rows.count())


def _counted(counter, rows):
    """The same of what a counter counts, the latest first."""
    found = list(counter.latest_first(rows)[: LISTED + 1])
    if len(found) > LISTED:
        by_body = Tally(counter.by_body(rows))
    else:
        by_body = Tally(getattr(row, f"{counter.body}_id") for row in found)
    return Listed(found[:LISTED], by_body.total(), by_body)


def _solved(held, period):
    """Difficulties closed in a period, by the days of their holder, such that the firm can go on."""
    closes = DifficultyEvent.objects.filter(difficulty=OuterRef("pk"), step="close").order_by("-pk")
    rows = held.filter(stage=Stage.CLOSED, outcome__in=SOLVED).annotate(closed_at=Subquery(closes.values("at")[:1]))
    near = rows.filter(closed_at__date__range=(period.since - DAY, period.until + DAY)).order_by("closed_at", "pk")
    zones = {body.pk: body.time_zone for body in Body.objects.select_related("mission")}
    keys = [
        key
        for key, holder, closed_at in near.values_list("pk", "holder", "closed_at")
        if period.since <= today_in(zones[holder], closed_at) <= period.until
    ]
    return Listed(list(near.filter(pk__in=keys[:LISTED])), len(keys))


def _closed_on(row):
    return today_in(row.time_zone, row.closed_at)


def figures(found):
    """The numbers of a report, for programs: by body, in sum, and how many bodies ran at its end."""
    by_body = {key: listed.by_body for key, listed in found.counted.items()}
    lines = [(body.code, {key: by_body[key][body.pk] for key in COUNTERS}) for body in found.bodies]
    if any(tally[None] for tally in by_body.values()):
        lines.append(("", {key: by_body[key][None] for key in COUNTERS}))
    sums = {key: listed.count for key, listed in found.counted.items()}
    if found.running and not found.running["undated"]:
        sums |= {name: found.running[name] for name in ("missions", "countries")}
    standing = {"late": found.late.count, "long_open": found.long_open.count, "solved": found.solved.count}
    return {"bodies": dict(lines), "sums": sums, **standing, "meetings_ahead": len(found.meetings)}


def document(found, stamp):
    """The report in the language in force. ``stamp`` says as what it stands: a draft, or which edition."""
    whom = str(found.body) if found.body else _("the whole programme")
    about = [f"{found.period}", stamp]
    parts = [
        _counters(found),
        *(_listed(found, counter) for counter in COUNTERS.values()),
        _open(found, _("Late on %(moment)s"), found.late, _("Nothing is late.")),
        _open(
            found,
            ngettext(
                "Open for more than %(count)d day on %%(moment)s",
                "Open for more than %(count)d days on %%(moment)s",
                LONG_OPEN,
            )
            % {"count": LONG_OPEN},
            found.long_open,
            _("No difficulty has been open for so long."),
        ),
        _solved_part(found),
        _next(found),
    ]
    title = _("Report %(period)s: %(whom)s") % {"period": period_name(found.year, found.part), "whom": whom}
    return Document(title, about, parts)


def period_name(year, part):
    """A year or a part of it in words."""
    if not part:
        return _("of %(year)d") % {"year": year}
    return _("%(part)s of %(year)d") % {"part": PARTS[part][0], "year": year}


def _counters(found):
    counted = figures(found)
    rows = [
        Row([str(body), *(found.counted[key].by_body[body.pk] for key in COUNTERS)], _page(body))
        for body in found.bodies
    ]
    if "" in counted["bodies"]:
        rows.append(Row([_("between the ministries"), *counted["bodies"][""].values()]))
    if not found.body:
        rows.append(Row([_("Total"), *(counted["sums"][key] for key in COUNTERS)]))
    texts = []
    if found.running:
        texts.append(_running(found.running))
    if found.undated:
        texts.append(
            ngettext(
                "%(count)d meeting chaired by a head of mission has no known day and counts in no period.",
                "%(count)d meetings chaired by heads of mission have no known day and count in no period.",
                found.undated,
            )
            % {"count": found.undated}
        )
    head = [_("Body"), *(str(counter.label) for counter in COUNTERS.values())]
    return Part(_("Counters"), texts=texts, head=head, rows=rows, numbers=list(range(1, len(head))))


def _running(running):
    if running["undated"]:
        return _("How many missions ran at the end is not told: the launch of some bodies has no known day.")
    return _("At the end %(missions)d bodies ran in %(countries)d countries.") % running


def _listed(found, counter):
    """The rows that a counter counted, the latest first."""
    listed, texts = found.counted[counter.key], []
    if listed.count > LISTED:
        sentence = _("The latest %(shown)d of %(count)d. The counters of the desk list all of them.")
        texts.append(sentence % {"shown": LISTED, "count": listed.count})
    lines = [_line(counter, row) for row in listed.rows]
    title = str(counter.label)
    return Part(
        f"{title[:1].upper()}{title[1:]}: {listed.count}",
        texts=texts,
        head=[pgettext("counted", "What"), _("Day"), _("Body")],
        rows=lines,
        empty=_("There is none in this period."),
    )


def _line(counter, row):
    name = f"{row.difficulty or row.company} · {row}" if counter.key == "linkages" else str(row)
    body = getattr(row, counter.body)
    day = str(row.held) if counter.key == "meetings" else _day(row.counted_on)
    return Row([name, day, body.code if body else _("between the ministries")], _page(row))


def _open(found, title, listed, empty):
    """Open difficulties, until when they are due and whose day that is."""
    lines = []
    for row in listed.rows:
        until, body, whose = row.next_due(row.open_legs)
        late = max((today_in(body.time_zone, found.at) - until).days, 0)
        due = " ".join(filter(None, [whose, _day(until)]))
        lines.append(
            Row(
                [
                    str(row),
                    row.holder.code,
                    str(row.country),
                    _day(row.reported_on),
                    row.get_stage_display(),
                    due,
                    late,
                ],
                _page(row),
            )
        )
    zone = found.body.time_zone if found.body else KOREA
    moment = date_format(today_in(zone, found.at), "DATE_FORMAT")
    head = [_("Difficulty"), _("Body"), _("Country"), _("Reported on"), _("Stage"), _("Until"), _("Days late")]
    return Part(f"{title % {'moment': moment}}: {listed.count}", head=head, rows=lines, numbers=[6], empty=empty)


def _solved_part(found):
    rows = [
        Row(
            [
                str(row),
                row.holder.code,
                str(row.country),
                str(row.type),
                row.get_outcome_display(),
                _day(_closed_on(row)),
            ],
            _page(row),
        )
        for row in found.solved.rows
    ]
    head = [_("Difficulty"), _("Body"), _("Country"), _("Type"), _("Outcome"), _("Closed on")]
    title = _("Solved")
    return Part(f"{title}: {found.solved.count}", head=head, rows=rows, empty=_("Nothing was solved in this period."))


def _next(found):
    rows = [
        Row([str(row), str(row.held), row.body.code if row.body else _("between the ministries")], _page(row))
        for row in found.meetings[:LISTED]
    ]
    head = [_("Meeting"), _("Day"), _("Body")]
    title = _("Next meetings")
    return Part(f"{title}: {len(found.meetings)}", head=head, rows=rows, empty=_("No meeting is planned."))


def _day(day):
    return date_format(day, "DATE_FORMAT") if day else ""


def _page(record):
    """The address of a record’s page at the desk."""
    return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])
