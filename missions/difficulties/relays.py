"""The verbs of relays: a body sends a leg, its receiver answers it in one of four ways, or the sender recalls it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.difficulties.clocks import begin_turn, due_days, end_of_turn, next_turn
from missions.difficulties.workflow import StepRefused, lock_for_step, posted_owner, record_step, written
from missions.models import AT_WORK, Body, Ending, Relay, RelayKind, WaitingOn


def unattended(body):
    """Why a relay to a body may be left lying there, in a sentence; empty where staff of a body at work read it."""
    if body.state not in AT_WORK:
        return _("%(body)s is not at work: %(state)s.") % {"body": body, "state": body.get_state_display()}
    if not Body.objects.staffed().filter(pk=body.pk).exists():
        return _("Nobody is posted to %(body)s today: nobody there is told.") % {"body": body}
    return ""


@transaction.atomic
def relay(difficulty, *, by, to, kind, asked, seen=None):
    """Open a leg to another body and start its clocks. Returns the leg.

    A counted due day of the holder moves behind the answer: until then it is the receiver's turn.
    """
    difficulty = lock_for_step("relay", difficulty, by, seen=seen)
    if to is None or to == difficulty.holder:
        raise StepRefused(_("Choose another body to relay the difficulty to."))
    if kind not in RelayKind.values:
        raise StepRefused(_("Choose what the other body is to do."))
    asked = written(asked, _("Write what the other body is to do."))
    _no_tangle(difficulty, to, kind)
    leg = Relay(difficulty=difficulty, sender=difficulty.holder, receiver=to, kind=kind, asked=asked, sent_by=by)
    leg.sent_at = timezone.now()
    leg.acknowledge_by, leg.answer_by = due_days(leg, leg.sent_at)
    leg.save()
    if leg.needs_answer and difficulty.counted_from:
        difficulty.due_on = end_of_turn(difficulty)
    record_step("relay", difficulty, by, note=asked, leg=leg)
    return leg


def _no_tangle(difficulty, to, kind):
    """Keep open legs unambiguous: one hand-over and nothing beside it, or help of each body once."""
    open_legs = difficulty.relays.binding()
    if kind == RelayKind.HAND_OVER and open_legs.exists():
        raise StepRefused(_("Another relay is still open. Wait for its answer or recall it first."))
    if kind == RelayKind.HELP and open_legs.filter(kind=RelayKind.HAND_OVER).exists():
        raise StepRefused(_("The difficulty is being handed over. Recall that relay first."))
    if kind == RelayKind.HELP and open_legs.filter(receiver=to).exists():
        raise StepRefused(_("This body has already been asked for help."))


@transaction.atomic
def acknowledge(leg, *, by, seen=None):
    """Say that a leg has arrived. That is all a leg for information needs: it ends."""
    difficulty, leg = lock_for_step("acknowledge", leg.difficulty, by, leg=leg, seen=seen)
    _acknowledge(leg, by)
    if leg.kind == RelayKind.INFORMATION:
        _end(leg, Ending.NOTED, by)
    leg.save()
    return record_step("acknowledge", difficulty, by, leg=leg)


@transaction.atomic
def take_over(leg, *, by, owner=None, seen=None):
    """Become the holder. The owner is a person of the receiver: the one who takes over, unless another is named.

    The sender's wait ends, and with it the due day that belonged to the wait. A due day that somebody chose otherwise
    stays while it lies ahead; without one the clock of the receiver gives the next.
    """
    difficulty, leg = lock_for_step("take_over", leg.difficulty, by, leg=leg, seen=seen)
    owner = posted_owner(owner or by, leg.receiver)
    _acknowledge(leg, by)
    _end(leg, Ending.TAKEN_OVER, by)
    leg.save()
    difficulty.holder, difficulty.owner = leg.receiver, owner
    if difficulty.waiting_on != WaitingOn.NOBODY:
        difficulty.waiting_on = WaitingOn.NOBODY
        begin_turn(difficulty)
    next_turn(difficulty)
    return record_step("take_over", difficulty, by, note=str(owner), leg=leg)


@transaction.atomic
def return_leg(leg, *, by, reason, seen=None):
    """Give a leg back to its sender, with the reason."""
    return _close_leg("return_leg", leg, by, Ending.RETURNED, reason, _("Write why it is returned."), seen)


@transaction.atomic
def answer(leg, *, by, text, seen=None):
    """Answer a request for help."""
    return _close_leg("answer", leg, by, Ending.ANSWERED, text, _("Write the answer."), seen)


@transaction.atomic
def recall(leg, *, by, reason, seen=None):
    """Take a leg back before its receiver has ended it, with the reason."""
    return _close_leg("recall", leg, by, Ending.RECALLED, reason, _("Write why it is recalled."), seen)


def _close_leg(name, leg, by, ending, text, sentence, seen):
    difficulty, leg = lock_for_step(name, leg.difficulty, by, leg=leg, seen=seen)
    leg.reply = written(text, sentence)
    if ending != Ending.RECALLED:
        _acknowledge(leg, by)
    _end(leg, ending, by)
    leg.save()
    if leg.needs_answer:
        next_turn(difficulty)
    return record_step(name, difficulty, by, note=leg.reply, leg=leg)


def _acknowledge(leg, by):
    if not leg.acknowledged_at:
        leg.acknowledged_at, leg.acknowledged_by = timezone.now(), by


def _end(leg, ending, by):
    leg.ending, leg.ended_at, leg.ended_by = ending, timezone.now(), by
