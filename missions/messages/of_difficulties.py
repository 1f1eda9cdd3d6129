"""Whom the steps of a difficulty concern."""

from missions.messages.notices import holding, notify
from missions.models import Because, Ending, Notice, NoticeKind, Stage, User, WaitingOn


def tell(event):
    """Tell of a step just recorded whoever it gives something to do, or an answer. A leg tells its other end."""
    if event.relay:
        _settle(event)
        _TO_THE_OTHER_END.get(event.step, _nobody)(event)
    difficulty = event.difficulty
    owner = [difficulty.owner] if difficulty.owner else []
    reopened = event.step == "confirm" and event.from_stage == Stage.CLOSED != event.to_stage
    if event.step in ("accept", "assign", "take_over", "reopen") or reopened:
        step = "reopen" if reopened else event.step
        _notify(NoticeKind.ASSIGNED, event, owner, Because.OWNER, step=step, day_on=difficulty.due_on)
        if event.step == "assign":
            _notify(NoticeKind.ASSIGNED, event, _former_owner(event), Because.FORMER, step="unassign")
    elif event.step == "close":
        _notify(NoticeKind.ASSIGNED, event, owner, Because.OWNER)
        _closed_for_others(event)
    elif event.step == "wait" and difficulty.waiting_on == WaitingOn.MINISTRY:
        staff = holding("oversee_difficulty")
        _notify(NoticeKind.ARRIVED, event, staff, Because.MINISTRY, day_on=difficulty.due_on)
    elif event.step == "reply":
        people = owner or User.objects.handling(difficulty.holder)
        why = Because.OWNER if owner else Because.HOLDER
        _notify(NoticeKind.ANSWERED, event, people, why, day_on=difficulty.due_on)


def _closed_for_others(event):
    """Tell how it ended whoever helped with it, and whoever handed it over: the firm may have come to them."""
    legs = event.difficulty.relays.select_related("sender", "receiver", "difficulty")
    for leg in legs.filter(ending=Ending.ANSWERED).exclude(receiver=event.to_holder):
        _notify(NoticeKind.ASSIGNED, event, _answering(leg), Because.RECEIVER, step="close helped")
    for leg in legs.filter(ending=Ending.TAKEN_OVER).exclude(sender=event.to_holder):
        _notify(NoticeKind.ASSIGNED, event, asking(leg), Because.SENDER, step="close handed")


def _former_owner(event):
    """Who owned a difficulty before it got another owner, where they still work for its body."""
    before = event.difficulty.events.filter(pk__lt=event.pk).order_by("-pk").values("to_owner")[:1]
    return User.objects.handling(event.to_holder).filter(pk__in=before).exclude(pk=event.to_owner_id)


def _settle(event):
    """Count that a leg arrived as read by everybody once it ended: nobody has anything to do about it any more."""
    if event.relay.ending:
        begun = event.relay.events.filter(step="relay").values_list("pk", flat=True)
        Notice.objects.filter(event__in=[f"step:{key}" for key in begun]).settle()


def _nobody(event):
    pass


def _arrived(event):
    leg = event.relay
    people = User.objects.handling(leg.receiver)
    _notify(NoticeKind.ARRIVED, event, people, Because.RECEIVER, step=f"relay {leg.kind}", day_on=leg.acknowledge_by)


def _answered(event):
    _notify(NoticeKind.ANSWERED, event, asking(event.relay), Because.SENDER)


def _returned(event):
    _notify(NoticeKind.RETURNED, event, asking(event.relay), Because.SENDER)


def _recalled(event):
    _notify(NoticeKind.RETURNED, event, User.objects.handling(event.relay.receiver), Because.RECEIVER)


_TO_THE_OTHER_END = {
    "relay": _arrived,
    "answer": _answered,
    "take_over": _answered,
    "return_leg": _returned,
    "recall": _recalled,
}


def asking(leg):
    """Who waits for what becomes of a leg: its sender where they still work there, and the owner; or all who do."""
    there = User.objects.handling(leg.sender)
    own = there.filter(pk__in=[leg.sent_by_id, leg.difficulty.owner_id])
    return own if own.exists() else there


def _answering(leg):
    """Who ended a leg at its receiver where they still work there; or all who do."""
    there = User.objects.handling(leg.receiver)
    own = there.filter(pk=leg.ended_by_id)
    return own if own.exists() else there


def _notify(kind, event, people, because, *, step=None, day_on=None):
    """Tell people who see the difficulty: they are posted to an end of its way, or oversee all bodies."""
    told = {"by": event.by, "because": because, "event": f"step:{event.pk}", "step": step or event.step}
    notify(kind, event.difficulty, people, day_on=day_on, in_sight=True, **told)
