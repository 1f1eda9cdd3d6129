"""What is done about a difficulty while it is open: actions, waiting, further firms that have it too."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.difficulties.clocks import begin_turn, next_turn
from missions.difficulties.workflow import StepRefused, lock_for_step, record_step, written
from missions.fields.dates import today_in
from missions.models import ASKED_BY_RELAY, Body, WaitingOn

PASSED = gettext_lazy("A due day cannot have passed already. Choose a later day.")


@transaction.atomic
def act(difficulty, action, *, by, seen=None):
    """Record what an organisation did. ``action``: an unsaved ``Action``, complete but for its difficulty.

    Where the holder records it, the holder has moved: a counted due day is counted anew.
    """
    difficulty = lock_for_step("act", difficulty, by, seen=seen)
    if Body.objects.staffed_by(by).filter(pk=difficulty.holder_id).exists():
        next_turn(difficulty)
    action.difficulty, action.recorded_by = difficulty, by
    action.full_clean()
    action.save()
    day = date_format(action.done_on, "DATE_FORMAT")
    return record_step("act", difficulty, by, note=f"{day} {action}: {action.what}")


@transaction.atomic
def wait(difficulty, *, by, waiting_on, note, until=None, seen=None):
    """Say whose move the difficulty waits for, why, and until which day.

    A ministry has it under its turn from then on. Of others nobody reads the portal: on that day the holder asks
    again. Where nobody is waited for it is the holder's turn, without a day until the one that its clock gives.
    """
    difficulty = lock_for_step("wait", difficulty, by, seen=seen)
    if waiting_on in ASKED_BY_RELAY:
        raise StepRefused({"waiting_on": _("Ask the body by a relay: then it has the difficulty under its turn.")})
    if waiting_on not in WaitingOn.values:
        raise StepRefused(_("Choose on whom the difficulty waits."))
    if not until and waiting_on != WaitingOn.NOBODY:
        raise StepRefused({"until": _("Say until when: a difficulty is never without a day.")})
    if until and until != difficulty.due_on and until < today_in(difficulty.holder.time_zone):
        raise StepRefused({"until": PASSED})
    difficulty.waiting_on, difficulty.due_on, difficulty.counted_from = waiting_on, until, None
    if until is None:
        begin_turn(difficulty)
    note = written(note, _("Write what exactly it waits for."))
    said = [difficulty.get_waiting_on_display(), *([date_format(until, "DATE_FORMAT")] if until else [])]
    return record_step("wait", difficulty, by, note=f"{' · '.join(said)}: {note}")


@transaction.atomic
def reply(difficulty, *, by, text, seen=None):
    """Answer for a ministry what a difficulty waits for: it is the holder's turn again."""
    difficulty = lock_for_step("reply", difficulty, by, seen=seen)
    text = written(text, _("Write the answer."))
    difficulty.waiting_on = WaitingOn.NOBODY
    begin_turn(difficulty)
    return record_step("reply", difficulty, by, note=text)


@transaction.atomic
def again(difficulty, *, by, firm, note, seen=None):
    """Add to a difficulty that another firm has it too, instead of filing it twice."""
    difficulty = lock_for_step("again", difficulty, by, seen=seen)
    firm = written(firm, _("Write which firm reports it."))
    note = written(note, _("Write what the firm says."))
    return record_step("again", difficulty, by, note=f"{firm}\n{note}")
