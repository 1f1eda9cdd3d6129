"""What a notice says, in the language in force. No word of it is taken from a text that somebody typed."""

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from missions.messages.notices import visible_rows
from missions.messages.of_meetings import DELETED
from missions.models import Meeting, NoticeKind, Posting, PublishedCase

SAID = {
    ("arrived", "relay hand_over"): gettext_lazy("This difficulty is relayed to your body, to be taken over."),
    ("arrived", "relay help"): gettext_lazy("This difficulty is relayed to your body, which is asked for help."),
    ("arrived", "relay information"): gettext_lazy("This difficulty is relayed to your body for information."),
    ("arrived", "wait"): gettext_lazy("This difficulty waits for the answer of a ministry."),
    ("answered", "answer"): gettext_lazy("The body that was asked for help has answered."),
    ("answered", "take_over"): gettext_lazy("The body that was asked has taken the difficulty over."),
    ("answered", "reply"): gettext_lazy("A ministry has answered: it is your turn again."),
    ("returned", "return_leg"): gettext_lazy("The body that was asked has returned the relay. Read its reason."),
    ("returned", "recall"): gettext_lazy("The relay to your body is recalled: nothing is to be answered."),
    ("late", "acknowledge"): gettext_lazy("A relay to your body is late: nobody has acknowledged it."),
    ("late", "respond"): gettext_lazy("A relay to your body is late: nobody has answered it."),
    ("late", "unacknowledged"): gettext_lazy("A relay that your body sent is late: nobody has acknowledged it."),
    ("late", "unanswered"): gettext_lazy("A relay that your body sent is late: nobody has answered it."),
    ("late", "due"): gettext_lazy("The due day of this difficulty has passed."),
    ("assigned", "accept"): gettext_lazy("The difficulty is accepted, and you are its owner."),
    ("assigned", "assign"): gettext_lazy("You are the owner of this difficulty from now on."),
    ("assigned", "take_over"): gettext_lazy("Your body has taken this difficulty over, and you are its owner."),
    ("assigned", "reopen"): gettext_lazy("This difficulty is open again, and you are its owner."),
    ("assigned", "close"): gettext_lazy("This difficulty, whose owner you are, is closed. Read its outcome."),
    ("assigned", "close helped"): gettext_lazy("A difficulty that your body helped with is closed. Read its outcome."),
    ("assigned", "close handed"): gettext_lazy("A difficulty that your body handed over is closed. Read its outcome."),
    ("assigned", "unassign"): gettext_lazy("Somebody else is the owner of this difficulty from now on."),
    ("mentioned", "note"): gettext_lazy("A note on this difficulty mentions you."),
    ("to_approve", "submit"): gettext_lazy("This public text awaits approval."),
    ("text_decided", "approve"): gettext_lazy("This public text is approved and published."),
    ("text_decided", "send_back"): gettext_lazy("This public text is sent back. Read what to change."),
    ("text_decided", "withdraw"): gettext_lazy("This public text is withdrawn. Read the reason."),
    ("info_sent", "send"): gettext_lazy("This local information was sent home and is to be published or sent back."),
    ("info_decided", "publish"): gettext_lazy("This local information is published."),
    ("info_decided", "send_back"): gettext_lazy("This local information is sent back. Read what to change."),
    ("info_decided", "withdraw"): gettext_lazy("This local information is withdrawn. Read the reason."),
    ("meeting", "announced"): gettext_lazy("A meeting is announced."),
    ("meeting", "moved"): gettext_lazy("A meeting takes place at another time than announced."),
    ("called_off", "postponed"): gettext_lazy("A meeting is postponed."),
    ("called_off", "cancelled"): gettext_lazy("A meeting is cancelled."),
    ("called_off", "deleted"): gettext_lazy("A meeting that you were told of is deleted from the desk."),
    ("infected", "infected"): gettext_lazy(
        "A virus was found in a file of this record, which nobody gets any more. Remove the file, and ask for it again."
    ),
    ("posting_ends", "own"): gettext_lazy("Your posting ends soon. Hand over what is open before it does."),
    ("posting_ends", "colleague"): gettext_lazy("The posting of a colleague ends soon."),
}
HAPPENED = {
    ("arrived", "relay hand_over"): gettext_lazy("handed over to your body"),
    ("arrived", "relay help"): gettext_lazy("your body is asked for help"),
    ("arrived", "relay information"): gettext_lazy("shared with your body"),
    ("arrived", "wait"): gettext_lazy("a ministry is to answer"),
    ("answered", "answer"): gettext_lazy("answered"),
    ("answered", "take_over"): gettext_lazy("taken over"),
    ("answered", "reply"): gettext_lazy("a ministry has answered"),
    ("returned", "return_leg"): gettext_lazy("relay returned"),
    ("returned", "recall"): gettext_lazy("relay recalled"),
    ("late", "acknowledge"): gettext_lazy("not acknowledged in time"),
    ("late", "respond"): gettext_lazy("not answered in time"),
    ("late", "unacknowledged"): gettext_lazy("not acknowledged in time"),
    ("late", "unanswered"): gettext_lazy("not answered in time"),
    ("assigned", "accept"): gettext_lazy("you are its owner"),
    ("assigned", "assign"): gettext_lazy("you are its owner"),
    ("assigned", "take_over"): gettext_lazy("you are its owner"),
    ("assigned", "reopen"): gettext_lazy("open again"),
    ("assigned", "close"): pgettext_lazy("what happened", "closed"),
    ("assigned", "close helped"): pgettext_lazy("what happened", "closed"),
    ("assigned", "close handed"): pgettext_lazy("what happened", "closed"),
    ("assigned", "unassign"): gettext_lazy("it has another owner"),
    ("text_decided", "approve"): gettext_lazy("approved and published"),
    ("text_decided", "send_back"): gettext_lazy("sent back"),
    ("text_decided", "withdraw"): pgettext_lazy("what happened", "withdrawn"),
    ("info_decided", "publish"): pgettext_lazy("what happened", "published"),
    ("info_decided", "send_back"): gettext_lazy("sent back"),
    ("info_decided", "withdraw"): pgettext_lazy("what happened", "withdrawn"),
    ("meeting", "announced"): gettext_lazy("announced"),
    ("meeting", "moved"): gettext_lazy("at another time"),
    ("called_off", "postponed"): pgettext_lazy("what happened", "postponed"),
    ("called_off", "cancelled"): pgettext_lazy("what happened", "cancelled"),
    ("called_off", "deleted"): pgettext_lazy("what happened", "deleted"),
}
RELAYED = gettext_lazy("to be acknowledged by %(day)s")
DAYS = {
    NoticeKind.ARRIVED: gettext_lazy("by %(day)s"),
    NoticeKind.ANSWERED: gettext_lazy("by %(day)s"),
    NoticeKind.LATE: gettext_lazy("it was %(day)s"),
    NoticeKind.ASSIGNED: gettext_lazy("due day: %(day)s"),
    NoticeKind.MEETING: gettext_lazy("on %(day)s"),
    NoticeKind.CALLED_OFF: gettext_lazy("it was to be on %(day)s"),
    NoticeKind.POSTING_ENDS: gettext_lazy("last day: %(day)s"),
}
BESIDE = {"meeting": ["body"], "localinformation": ["body"], "posting": ["body", "user"], "publishedcase": []}


def said(notice):
    """What happened, in a sentence, with the day it speaks of."""
    sentence = SAID.get((notice.kind, notice.step)) or capfirst(notice.get_kind_display())
    if notice.day_on is None or notice.kind not in DAYS:
        return str(sentence)
    form = RELAYED if notice.step.startswith("relay ") else DAYS[notice.kind]
    day = form % {"day": date_format(notice.day_on, "DATE_FORMAT")}
    return f"{sentence} ({day})"


def happened(notice):
    """What happened, in the few words of a subject. A kind in which one thing alone can happen says it by itself."""
    return str(HAPPENED.get((notice.kind, notice.step)) or notice.get_kind_display())


def with_rows(notices, reader):
    """The notices as a list, each with ``row``, its record where the reader may still see it. A query a model."""
    notices = list(notices)
    found = {}
    for model in sorted({notice.model for notice in notices}):
        keys = {notice.record for notice in notices if notice.model == model}
        found[model] = visible_rows(model, reader).filter(pk__in=keys).select_related(*BESIDE.get(model, [])).in_bulk()
    for notice in notices:
        notice.row = found[notice.model].get(notice.record)
    if gone := [notice for notice in notices if notice.row is None and notice.step == DELETED]:
        last = _deleted({notice.record for notice in gone}, reader)
        for notice in gone:
            notice.row = last.get(notice.record)
    return notices


def _deleted(keys, reader):
    """Meetings as they were when they were deleted, where the reader might open them if they were still there."""
    if not reader.has_perm("missions.view_meeting"):
        return {}
    rows = Meeting.history.filter(id__in=keys, history_type="-").select_related("body__mission")
    if not reader.has_perm("missions.view_every_body"):
        rows = rows.filter(body__in=reader.posted_bodies())
    found = {row.id: row.instance for row in rows}
    for row in rows:
        found[row.id].body = row.body
    return found


def reference(row: Model):
    """How a mail names a record: by its reference, or by its body, what it is and a number. Never by its words."""
    if isinstance(row, PublishedCase):
        return f"{capfirst(row._meta.verbose_name)} {row.reference}"
    if isinstance(row, Posting):
        return f"{row.body.code} · {row.user}"
    if hasattr(row, "reference"):
        return row.reference
    if isinstance(row, Meeting):
        name, whose = row.get_kind_display(), row.body.code if row.body else _("between the ministries")
        if row.number:
            name = _("%(kind)s no. %(number)s") % {"kind": name, "number": row.number}
        return f"{whose} · {name}"
    return f"{row.body.code} · {capfirst(row._meta.verbose_name)} {row.pk}"


def address(notice):
    """Where a notice leads at the desk: to its record, of a deleted one to the list."""
    if notice.step == DELETED:
        return reverse(f"admin:missions_{notice.model}_changelist")
    page = reverse(f"admin:missions_{notice.model}_change", args=[notice.record])
    return f"{page}#files" if notice.kind == NoticeKind.INFECTED else page
