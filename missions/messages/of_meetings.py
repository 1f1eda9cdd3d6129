"""Whom it concerns that a meeting is announced, moved, called off or deleted."""

from missions.fields.dates import Precision
from missions.messages.notices import holding, notify, posted_to
from missions.models import CALLED_OFF, Because, MeetingStatus, Notice, NoticeKind, User

DELETED = "deleted"  # the step of a notice whose meeting is gone
WHEN = {"held_on", "held_precision", "starts_at", "ends_at"}


def tell(meeting, changed, *, by, is_new):
    """Tell those posted to the body of a meeting just written; of one between the ministries, those who work there.

    ``changed``: the names of the fields that were written. Nobody is told of a day that has passed.
    """
    if meeting.has_passed() or not (meeting.held_on or meeting.status in CALLED_OFF):
        return
    if meeting.status in CALLED_OFF and "status" in changed and not is_new:
        kind, step = NoticeKind.CALLED_OFF, meeting.status
    elif meeting.status == MeetingStatus.PLANNED and (is_new or "status" in changed):
        kind, step = NoticeKind.MEETING, "announced"
    elif meeting.status == MeetingStatus.PLANNED and WHEN & set(changed):
        kind, step = NoticeKind.MEETING, "moved"
    else:
        return
    people = posted_to(meeting.body) if meeting.body else holding("oversee_difficulty")
    because = Because.POSTED if meeting.body else Because.BETWEEN
    event = f"meeting:{meeting.history.order_by('-history_id').values_list('history_id', flat=True).first()}"
    day_on = meeting.held_on if meeting.held_precision == Precision.DAY else None
    notify(kind, meeting, people, by=by, because=because, event=event, step=step, day_on=day_on)


def tell_of_deletion(meetings, *, by):
    """Tell those who were told of meetings that are about to be deleted, of which each still expects one."""
    for meeting in meetings:
        if meeting.has_passed() or not meeting.takes_place:
            continue
        notices = Notice.objects.filter(model="meeting", record=meeting.pk)
        notices.settle()
        told = notices.order_by().values("reader")
        day_on = meeting.held_on if meeting.held_precision == Precision.DAY else None
        common = {"because": Because.TOLD, "event": f"deleted:meeting:{meeting.pk}", "step": DELETED}
        notify(NoticeKind.CALLED_OFF, meeting, User.objects.filter(pk__in=told), by=by, day_on=day_on, **common)
