"""How a difficulty ends, and what the firm says of it."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from missions.difficulties.clocks import begin_turn
from missions.difficulties.workflow import KEPT_IN, StepRefused, lock_for_step, may_own, record_step, written
from missions.fields.text import lines
from missions.models import HELPED, Confirmation, Difficulty, Outcome, Stage, WaitingOn

WITH_REASON = {Outcome.NOT_RESOLVABLE, Outcome.WITHDRAWN, Outcome.NOT_A_DIFFICULTY}


@transaction.atomic
def close(
    difficulty,
    *,
    by,
    outcome,
    solution="",
    lesson="",
    reason="",
    referred_to=None,
    duplicate_of=None,
    seen=None,
    shown=None,
):
    """Close a difficulty with its outcome and what that outcome demands.

    * Resolved, resolved in part, work-around, advice: the solution.
    * Referred: the organisation. Duplicate: the original, which the user must be able to see.
    * Not resolvable, withdrawn, not a difficulty: the reason.

    ``shown`` are the solution and the lesson that the user saw. What somebody else wrote there since is not
    overwritten: the step is refused.
    """
    _hold(difficulty, duplicate_of)
    difficulty = lock_for_step("close", difficulty, by, seen=seen)
    if outcome not in Outcome.values:
        raise StepRefused({"outcome": _("Choose the outcome.")})
    _keep_what_was_written(difficulty, shown)
    difficulty.outcome = outcome
    difficulty.solution = (solution or "").strip() or difficulty.solution
    difficulty.lesson = (lesson or "").strip() or difficulty.lesson
    difficulty.outcome_reason = (reason or "").strip()
    _ask_for_what_is_missing(difficulty, referred_to)
    difficulty.referred_to = referred_to if outcome == Outcome.REFERRED else None
    difficulty.duplicate_of = _original(difficulty, duplicate_of, by) if outcome == Outcome.DUPLICATE else None
    difficulty.stage, difficulty.waiting_on = Stage.CLOSED, WaitingOn.NOBODY
    difficulty.due_on = difficulty.counted_from = None
    difficulty.confirmation = Confirmation.NOT_ASKED
    for report in difficulty.further_reports.exclude(confirmation=Confirmation.NOT_ASKED):
        report.confirmation = Confirmation.NOT_ASKED
        report.save()
    note = difficulty.outcome_reason or (difficulty.solution if outcome in HELPED else "")
    with override(KEPT_IN):
        note = f"{difficulty.get_outcome_display()}\n{note}".strip()
    return record_step("close", difficulty, by, note=note)


def _hold(*difficulties):
    """Lock a difficulty and its original in one order, so that two that name each other do not wait for ever."""
    keys = [row.pk for row in difficulties if row is not None]
    list(Difficulty.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _keep_what_was_written(difficulty, shown):
    stands = {"solution": difficulty.solution, "lesson": difficulty.lesson}
    other = [difficulty._meta.get_field(name) for name in stands if shown and lines(shown[name]) != lines(stands[name])]
    if other:
        said = "\n".join(f"{field.verbose_name}: {stands[field.name] or '–'}" for field in other)
        sentence = _("Somebody wrote this in the record since you opened the page. Take over what you need:\n%(said)s")
        raise StepRefused(sentence % {"said": said})


def _ask_for_what_is_missing(difficulty, referred_to):
    """Refuse an outcome without what it demands."""
    if difficulty.outcome in HELPED:
        written(difficulty.solution, _("Write what was achieved, so that others can learn from it."), "solution")
    if difficulty.outcome in WITH_REASON:
        written(difficulty.outcome_reason, _("Write the reason."), "reason")
    if difficulty.outcome == Outcome.REFERRED and referred_to is None:
        raise StepRefused({"referred_to": _("Choose the organisation the firm was referred to.")})


def _original(difficulty, original, by):
    """The difficulty that another repeats, as it stands: visible, and not itself a repetition of this one."""
    original = original and Difficulty.objects.visible_to(by).filter(pk=original.pk).first()
    if original is None:
        raise StepRefused({"duplicate_of": _("Choose the difficulty that this one repeats.")})
    passed, followed = set(), original
    while followed is not None and followed.pk not in passed:
        if followed.pk == difficulty.pk:
            raise StepRefused({"duplicate_of": _("A difficulty cannot repeat itself. Choose the original.")})
        passed.add(followed.pk)
        followed = followed.duplicate_of
    return original


@transaction.atomic
def reopen(difficulty, *, by, reason, seen=None):
    """Take a closed difficulty up again, with the reason."""
    difficulty = lock_for_step("reopen", difficulty, by, seen=seen)
    return _reopened("reopen", difficulty, by, written(reason, _("Write why it is reopened.")))


@transaction.atomic
def confirm(difficulty, *, by, confirmation, note="", report=None, seen=None):
    """Record what a firm says of the outcome. Where it disagrees, ``note`` says why, and the difficulty is reopened.

    ``report``: the ``FurtherReport`` of the firm that says so, where it is not the first one.
    """
    difficulty = lock_for_step("confirm", difficulty, by, seen=seen)
    if confirmation not in set(Confirmation.values) - {Confirmation.NOT_ASKED}:
        raise StepRefused(_("Choose what the firm said."))
    if confirmation == Confirmation.DISAGREES:
        note = written(note, _("Write why the firm does not agree."), "note")
    if report is None:
        difficulty.confirmation = confirmation
    else:
        report = difficulty.further_reports.select_for_update(of=("self",)).select_related("company").get(pk=report.pk)
        report.confirmation = confirmation
        report.save()
    with override(KEPT_IN):
        said = f"{f'{report}: ' if report else ''}{Confirmation(confirmation).label}"
    note = f"{said}\n{(note or '').strip()}".strip()
    if confirmation == Confirmation.DISAGREES:
        return _reopened("confirm", difficulty, by, note)
    return record_step("confirm", difficulty, by, note=note)


def _reopened(name, difficulty, by, note):
    difficulty.stage, difficulty.outcome, difficulty.outcome_reason = Stage.IN_PROGRESS, "", ""
    difficulty.referred_to = difficulty.duplicate_of = None
    if difficulty.owner and not may_own(difficulty.owner, difficulty.holder):
        difficulty.owner = None
    begin_turn(difficulty)
    return record_step(name, difficulty, by, note=note)
