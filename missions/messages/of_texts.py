"""Whom the steps of public texts, and those of local information, concern."""

from missions.messages.notices import holding, notify
from missions.models import Because, Body, Notice, NoticeKind, Posting, Scope, User

DECIDED = ("approve", "publish", "send_back", "withdraw")  # steps of which the authors are told


def tell_of_case(case, step, *, by, writers):
    """Tell of a step of a public text: those who may approve it, or its ``writers``, by their keys."""
    _settle(NoticeKind.TO_APPROVE, case)
    event = f"text:{case.history.order_by('-history_id').values_list('history_id', flat=True).first()}"
    if step == "submit":
        people = holding("approve_publishedcase").exclude(pk__in=writers)
        notify(NoticeKind.TO_APPROVE, case, people, by=by, because=Because.APPROVER, event=event, step=step)
    elif step in DECIDED:
        people = User.objects.filter(pk__in=writers)
        notify(NoticeKind.TEXT_DECIDED, case, people, by=by, because=Because.AUTHOR, event=event, step=step)


def tell_of_information(event, writers):
    """Tell of a step of local information: those who may publish it, or its ``writers``, by their keys."""
    item, key = event.item, f"information:{event.pk}"
    _settle(NoticeKind.INFORMATION_SENT, item)
    common = {"by": event.by, "event": key, "step": event.step}
    if event.step == "send":
        able = holding("publish_localinformation").exclude(pk__in=writers)
        home = able.filter(pk__in=_posted(scope=Scope.DOMESTIC))
        notify(NoticeKind.INFORMATION_SENT, item, home, because=Because.HOME, **common)
        if item.is_urgent:
            seconds = able.filter(pk__in=_posted(pk=item.body_id))
            notify(NoticeKind.INFORMATION_SENT, item, seconds, because=Because.SECOND, **common)
    elif event.step in DECIDED:
        people = User.objects.filter(pk__in=writers)
        notify(NoticeKind.INFORMATION_DECIDED, item, people, because=Because.AUTHOR, **common)


def _settle(kind, record):
    """Count what was asked about a text before as read by everybody: it has moved on."""
    Notice.objects.filter(kind=kind, model=record._meta.model_name, record=record.pk).settle()


def _posted(**body):
    return Posting.objects.current().filter(body__in=Body.objects.filter(**body)).order_by().values("user")
