"""What is recorded of a difficulty on its way: actions and their correction, waiting, notes, further firms."""

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from missions.difficulties import codes
from missions.difficulties.clocks import begin_turn, next_turn
from missions.difficulties.workflow import KEPT_IN, StepRefused, involved, lock_for_step, record_step, written
from missions.fields.dates import today_in
from missions.messages.notices import notify
from missions.models import (
    ASKED_BY_RELAY,
    Action,
    Because,
    Body,
    Company,
    FurtherReport,
    Mention,
    NoticeKind,
    Posting,
    User,
    WaitingOn,
)

PASSED = gettext_lazy("A due day cannot have passed already. Choose a later day.")


@transaction.atomic
def act(difficulty, action, *, by, seen=None):
    """Record what an organisation did. ``action``: an unsaved ``Action``, complete but for its difficulty.

    Where the holder records it, the holder has moved: a counted due day is counted anew.
    """
    difficulty = lock_for_step("act", difficulty, by, seen=seen)
    if Body.objects.staffed_by(by).filter(pk=difficulty.holder_id).exists():
        next_turn(difficulty)
    return record_step("act", difficulty, by, note=_kept(action, difficulty, by))


def _kept(action, difficulty, by):
    """Save an action of a difficulty. Returns it in words."""
    action.difficulty, action.recorded_by = difficulty, by
    action.full_clean()
    action.save()
    with override(KEPT_IN):
        return in_words(action)


def in_words(record):
    """An action or a linkage in a line."""
    on, what = (record.done_on, record.what) if isinstance(record, Action) else (record.linked_on, record.result)
    return f"{date_format(on, 'DATE_FORMAT')} {record}{what and f': {what}'}"


@transaction.atomic
def correct(difficulty, *, by, record, reason, right=None, seen=None):
    """Withdraw an action or a linkage that was recorded wrongly, with the reason. It stays, and counts nowhere.

    ``right``: an unsaved ``Action`` that takes the place of a wrong one, complete but for its difficulty.
    """
    difficulty = lock_for_step("correct", difficulty, by, seen=seen)
    rows = type(record)._default_manager.not_withdrawn().filter(difficulty=difficulty)
    wrong = rows.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if wrong is None:
        raise StepRefused({"record": _("This was withdrawn already. Reload the page to see what is recorded.")})
    if right and not isinstance(wrong, Action):
        raise StepRefused({"record": _("A linkage is only withdrawn here. Enter the right one in the record.")})
    wrong.withdrawn_because = written(reason, _("Write what was wrong."), "reason")
    wrong.withdrawn_at, wrong.withdrawn_by = timezone.now(), by
    wrong.save()
    with override(KEPT_IN):
        said = [_("Withdrawn: %(record)s") % {"record": in_words(wrong)}, wrong.withdrawn_because]
    if right:
        instead = _kept(right, difficulty, by)
        with override(KEPT_IN):
            said.append(_("Instead: %(record)s") % {"record": instead})
    return record_step("correct", difficulty, by, note="\n".join(said))


@transaction.atomic
def note(difficulty, *, by, text, tell=(), seen=None):
    """Write a note on the time line, and mention the people of ``tell`` in it. Nothing else moves."""
    difficulty = lock_for_step("note", difficulty, by, seen=seen)
    known = {person.pk for person in may_be_told(difficulty, by)}
    if unknown := [str(person) for person in tell if person.pk not in known]:
        sentence = _("Who may not see this difficulty cannot be told of it: %(people)s.")
        raise StepRefused({"tell": sentence % {"people": ", ".join(unknown)}})
    difficulty = record_step("note", difficulty, by, note=written(text, _("Write the note.")))
    event = difficulty.events.latest("pk")
    Mention.objects.bulk_create(Mention(difficulty=difficulty, event=event, person=person) for person in tell)
    why = {"because": Because.MENTIONED, "event": f"mention:{event.pk}", "step": "note"}
    notify(NoticeKind.MENTIONED, difficulty, tell, by=by, **why)
    return difficulty


def may_be_told(difficulty, by):
    """The people who may see a difficulty, whom a note on it can mention: those of its bodies, and of the ministries.

    Those at its bodies come first. Whoever only approves or audits is not asked to do anything.
    """
    posted = Posting.objects.current().filter(body__in=involved(difficulty)).values("user")
    rows = User.objects.filter(is_active=True, is_institution=False).exclude(pk=by.pk).order_by("name", "username")
    rows = rows.prefetch_related(Prefetch("postings", Posting.objects.current().select_related("body"), "seats"))
    reading = User.objects.filter(groups__permissions__codename="view_difficulty").values("pk")
    near = rows.filter(pk__in=posted).filter(pk__in=reading)
    overseeing = User.objects.filter(groups__permissions__codename="oversee_difficulty").values("pk")
    return [*near, *rows.filter(pk__in=overseeing).exclude(pk__in=posted)]


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
    with override(KEPT_IN):
        said = [str(difficulty.get_waiting_on_display()), *([date_format(until, "DATE_FORMAT")] if until else [])]
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
def code(difficulty, *, by, ends, report=None, seen=None):
    """End the status code of a report, or give the report another one, at which the one in use ends too.

    ``report``: the ``FurtherReport`` that it is for, where that is not the first one.
    """
    difficulty = lock_for_step("code", difficulty, by, seen=seen)
    report = report and difficulty.further_reports.get(pk=report.pk)
    if ends and not codes.end(difficulty, by, report):
        raise StepRefused({"ends": _("This report has no code in use that could end.")})
    if not ends:
        codes.issue(difficulty, by, report)
    with override(KEPT_IN):
        said = _("Status code ended: %(reference)s") if ends else _("Status code issued: %(reference)s")
    return record_step("code", difficulty, by, note=said % {"reference": (report or difficulty).reference})


def own_body(difficulty, user):
    """The body for which a person has to do with a difficulty: the first of several, None where there is none."""
    return Body.objects.staffed_by(user).filter(pk__in=involved(difficulty)).order_by("code").first()


@transaction.atomic
def again(difficulty, *, by, company, note, seen=None):
    """Add to a difficulty that another firm has it too, instead of filing it twice. Returns the difficulty.

    ``company``: the firm, which ``by`` can see. It gets a ``FurtherReport``, filed through a body of ``by`` that has
    to do with the difficulty.
    """
    difficulty = lock_for_step("again", difficulty, by, seen=seen)
    note = written(note, _("Write what the firm says."), "note")
    company = company and Company.objects.visible_to(by).filter(pk=company.pk).first()
    if company is None:
        raise StepRefused({"company": _("Choose the firm that reports it.")})
    known = difficulty.further_reports.filter(company=company).first()
    if known or company == difficulty.company:
        reference = known.reference if known else difficulty.reference
        raise StepRefused(
            {"company": _("This firm has reported it already: %(reference)s.") % {"reference": reference}}
        )
    latest = difficulty.further_reports.aggregate(latest=Max("number"))["latest"] or 1
    report = FurtherReport(difficulty=difficulty, number=latest + 1, company=company, account=note, filed_by=by)
    report.filed_through = own_body(difficulty, by)
    report.save()
    codes.issue(difficulty, by, report)
    with override(KEPT_IN):
        said = str(report)
    return record_step("again", difficulty, by, note=f"{said}\n{note}")
