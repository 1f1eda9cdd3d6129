"""What is done about a difficulty while it is open: actions, waiting, further firms that have it too."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.difficulties.workflow import StepRefused, lock_for_step, record_step, written
from missions.models import WaitingOn

PASSED = gettext_lazy("A due day cannot have passed already. Choose a later day, or leave it empty.")


@transaction.atomic
def act(difficulty, action, *, by, seen=None):
    """Record what an organisation did. ``action``: an unsaved ``Action``, complete but for its difficulty."""
    difficulty = lock_for_step("act", difficulty, by, seen=seen)
    action.difficulty, action.recorded_by = difficulty, by
    action.full_clean()
    action.save()
    day = date_format(action.done_on, "DATE_FORMAT")
    return record_step("act", difficulty, by, note=f"{day} {action}: {action.what}")


@transaction.atomic
def wait(difficulty, *, by, waiting_on, note, until=None, seen=None):
    """Say whose move the difficulty waits for, why, and until which day; without one it has none."""
    difficulty = lock_for_step("wait", difficulty, by, seen=seen)
    if waiting_on not in WaitingOn.values:
        raise StepRefused(_("Choose on whom the difficulty waits."))
    if until and until != difficulty.due_on and until < timezone.localdate():
        raise StepRefused({"until": PASSED})
    difficulty.waiting_on, difficulty.due_on = waiting_on, until
    note = written(note, _("Write what exactly it waits for."))
    said = [difficulty.get_waiting_on_display(), *([date_format(until, "DATE_FORMAT")] if until else [])]
    return record_step("wait", difficulty, by, note=f"{' · '.join(said)}: {note}")


@transaction.atomic
def again(difficulty, *, by, firm, note, seen=None):
    """Add to a difficulty that another firm has it too, instead of filing it twice."""
    difficulty = lock_for_step("again", difficulty, by, seen=seen)
    firm = written(firm, _("Write which firm reports it."))
    note = written(note, _("Write what the firm says."))
    return record_step("again", difficulty, by, note=f"{firm}\n{note}")
