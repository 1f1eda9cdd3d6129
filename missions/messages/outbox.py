"""The way of a mail: notices are packed into it, one sender claims it, and what became of it is written down.

Each mail is handed over at most once unless a server refused it. ``docs/adr/0048-mails-are-sent-once.md`` says why.
"""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from missions.fields.dates import KOREA
from missions.models import Delivery, Mail, MailState, Notice, Posting

MORNING = datetime.time(8)  # of a digest, on the clocks where its reader works
PACKED = 500  # notices in one transaction
MINUTES = [1, 5, 15, 30, 60, 180, 360, 720]  # pauses before the next try
MOST_REFUSALS = len(MINUTES)  # after so many answers of “not now” a mail is given up
KEPT = datetime.timedelta(days=365)  # notices that were read
STALE = datetime.timedelta(minutes=15)  # longer than any conversation with a server lasts


def pack(now=None):
    """Put what is to be sent into mails: each notice at once into one of its own, the others into those of mornings."""
    now = now or timezone.now()
    while _pack_at_once(now) == PACKED:
        pass
    waiting = Notice.objects.unsent(Delivery.DIGEST).order_by().values_list("reader").annotate(Min("at"))
    oldest = dict(waiting)
    zones = zones_of(oldest)
    for reader, at in oldest.items():
        morning = last_morning(now, zones[reader])
        if at < morning:
            _pack_digest(reader, morning, now)


@transaction.atomic
def _pack_at_once(now):
    notices = Notice.objects.unsent(Delivery.AT_ONCE).select_for_update(skip_locked=True).order_by("pk")[:PACKED]
    notices = list(notices)
    mails = [Mail(reader_id=notice.reader_id, made_at=now, next_at=now) for notice in notices]
    _put(zip(notices, Mail.objects.bulk_create(mails), strict=True))
    return len(notices)


@transaction.atomic
def _pack_digest(reader, morning, now):
    """Make the digest of a morning. What is written late for it, after it was made, waits for the next."""
    mail = {"made_at": now, "next_at": now}
    mail, is_new = Mail.objects.get_or_create(reader_id=reader, digest_on=morning.date(), defaults=mail)
    if is_new:
        notices = Notice.objects.unsent(Delivery.DIGEST).filter(reader=reader, at__lt=morning)
        _put((notice, mail) for notice in notices.select_for_update().order_by("pk"))


def _put(pairs):
    notices = []
    for notice, mail in pairs:
        notice.mail = mail
        notices.append(notice)
    Notice.objects.bulk_update(notices, ["mail"], batch_size=PACKED)


def last_morning(now, zone):
    """The latest moment at which it was eight in the morning in a time zone."""
    there = timezone.localtime(now, ZoneInfo(zone))
    morning = datetime.datetime.combine(there.date(), MORNING, ZoneInfo(zone))
    if morning > there:
        morning = datetime.datetime.combine(there.date() - datetime.timedelta(days=1), MORNING, ZoneInfo(zone))
    return morning


def zones_of(readers):
    """The time zone where each of some people works, by key: of several the most advanced, Korea's without any."""
    found = dict.fromkeys(readers, KOREA)
    seats = (
        Posting.objects.current()
        .filter(user__in=readers)
        .order_by("pk")
        .values_list("user", "body__mission__time_zone")
    )
    at_work = {}
    for reader, zone in seats:
        at_work.setdefault(reader, []).append(zone or KOREA)
    moment = timezone.now()
    for reader, zones in at_work.items():
        found[reader] = max(zones, key=lambda zone: moment.astimezone(ZoneInfo(zone)).utcoffset())
    return found


@transaction.atomic
def claim(now=None):
    """The next mail that is due, for this sender alone; None where there is none."""
    now = now or timezone.now()
    rows = Mail.objects.due(now).select_for_update(skip_locked=True, of=("self",)).select_related("reader")
    mail = rows.order_by("next_at", "pk").first()
    if mail is not None:
        mail.state, mail.claimed_at, mail.tries = MailState.SENDING, now, mail.tries + 1
        mail.address = mail.reader.email
        mail.save(update_fields=["state", "claimed_at", "tries", "address"])
    return mail


def _settle(mail, state, reason="", **values):
    """Write what became of a claimed mail. Nothing is written where somebody else has decided on it meanwhile."""
    own = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, claimed_at=mail.claimed_at)
    own.update(state=state, reason=reason[:300], **values)


def sent(mail):
    """A server has taken it."""
    _settle(mail, MailState.SENT, sent_at=timezone.now())


def empty(mail):
    """There is nothing in it that its reader may see, or nobody to send it to."""
    _settle(mail, MailState.EMPTY)


def refused(mail, reason):
    """A server will not have it, whenever it is asked."""
    _settle(mail, MailState.REFUSED, reason)


def uncertain(mail, reason):
    """A server was lost while it was being handed over: it may have arrived, so it is not sent again."""
    _settle(mail, MailState.UNCERTAIN, reason)


def not_yet(mail, reason):
    """A server will not have it at present: it is sent after a pause, or given up after too many."""
    if mail.refusals + 1 >= MOST_REFUSALS:
        refused(mail, reason)
    else:
        pause = datetime.timedelta(minutes=MINUTES[mail.refusals])
        _settle(mail, MailState.WAITING, reason, refusals=mail.refusals + 1, next_at=timezone.now() + pause)


def unsent(mail, reason):
    """The server was lost before it was asked to take this mail: it waits with all others."""
    _settle(mail, MailState.WAITING, reason)


def no_server(reason, now=None):
    """No server answers: all that is due waits, longer each time, and is never given up for that."""
    now = now or timezone.now()
    due = Mail.objects.due(now)
    first = due.order_by("next_at", "pk").first()
    if first is not None:
        pause = datetime.timedelta(minutes=MINUTES[min(first.tries, 4)])
        due.update(tries=F("tries") + 1, next_at=now + pause, reason=reason[:300])


def clear(now=None):
    """Delete notices that were read and are older than a year, and the mails that carry none any more."""
    before = (now or timezone.now()) - KEPT
    Notice.objects.exclude(read_at=None).filter(at__lt=before).delete()
    done = [MailState.SENT, MailState.EMPTY, MailState.SETTLED]
    Mail.objects.filter(state__in=done, made_at__lt=before, notices=None).delete()


def look_for_lost(now=None):
    """Mails that a sender claimed and said nothing more of: it was stopped. Returns how many."""
    lost = Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=(now or timezone.now()) - STALE)
    return lost.update(state=MailState.UNCERTAIN)
