"""Notices of days: a due day that passed, a posting that is about to end. Made by a command, each once."""

import datetime

from django.db.models import Q
from django.utils import timezone

from missions.fields.dates import today_in
from missions.messages.notices import notify, posted_to
from missions.messages.of_difficulties import asking
from missions.models import Because, Difficulty, Notice, NoticeKind, Posting, Relay, User

LOOK_BACK = datetime.timedelta(days=30)  # of days that passed before, nobody is told any more
AHEAD = datetime.timedelta(days=14)  # so long before its last day a posting is told of


def tell(now=None):
    """Write the notices of all days that have passed where they are kept. Whoever was told is not told again."""
    now = now or timezone.now()
    _late_relays(now)
    _late_difficulties(now)
    _ending_postings(now)


def _new(rows, event):
    """The rows of whose event nobody has been told, each with the event; in one query."""
    found = [(event(row), row) for row in rows]
    known = Notice.objects.filter(event__in=[key for key, _row in found]).values_list("event", flat=True)
    known = set(known.distinct())
    return [(key, row) for key, row in found if key not in known]


def _passed(leg, now):
    """The day of a leg that passed last, and whether it was the one of the answer."""
    answers = leg.answer_by is not None and leg.answer_by < today_in(leg.receiver.time_zone, now)
    return (leg.answer_by, True) if answers or leg.acknowledged_at else (leg.acknowledge_by, False)


def _late_relays(now):
    since = timezone.localdate(now) - LOOK_BACK
    rows = Relay.objects.late(now).filter(Q(acknowledge_by__gte=since) | Q(answer_by__gte=since))
    rows = rows.select_related("difficulty", "sender", "receiver__mission")
    for event, leg in _new(rows, lambda leg: f"late:relay:{leg.pk}:{_passed(leg, now)[0]}"):
        day, answers = _passed(leg, now)
        for people, because, step in [
            (User.objects.handling(leg.receiver), Because.RECEIVER, "respond" if answers else "acknowledge"),
            (asking(leg), Because.SENDER, "unanswered" if answers else "unacknowledged"),
        ]:
            told = {"because": because, "event": event, "step": step, "day_on": day}
            notify(NoticeKind.LATE, leg.difficulty, people, by=None, **told)


def _late_difficulties(now):
    since = timezone.localdate(now) - LOOK_BACK
    rows = Difficulty.objects.late(now).filter(due_on__gte=since).select_related("holder__mission", "owner")
    rows = [row for row in rows if row.due_on < today_in(row.holder.time_zone, now)]
    for event, row in _new(rows, lambda row: f"late:difficulty:{row.pk}:{row.due_on}"):
        there = User.objects.handling(row.holder)
        owner = there.filter(pk=row.owner_id)
        people, because = (owner, Because.OWNER) if owner else (there, Because.HOLDER)
        told = {"because": because, "event": event, "step": "due", "day_on": row.due_on}
        notify(NoticeKind.LATE, row, people, by=None, **told)


def _ending_postings(now):
    today = timezone.localdate(now)
    around = (today - datetime.timedelta(days=1), today + AHEAD)
    rows = Posting.objects.filter(until_on__range=around).select_related("user", "body__mission")
    rows = [row for row in rows if row.until_on >= today_in(row.body.time_zone, now)]
    for event, row in _new(rows, lambda row: f"ends:posting:{row.pk}:{row.until_on}"):
        for people, because, step in [
            ([row.user], Because.OWN_POSTING, "own"),
            (posted_to(row.body).exclude(pk=row.user_id), Because.COLLEAGUE, "colleague"),
        ]:
            told = {"because": because, "event": event, "step": step, "day_on": row.until_on}
            notify(NoticeKind.POSTING_ENDS, row, people, by=None, **told)
