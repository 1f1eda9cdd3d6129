"""How a difficulty moves. Only this module, ``relays`` and ``closing`` beside it write stage, holder and owner.

``STEPS`` is the one table: buttons, checks and tests read it. Each verb locks the difficulty, checks the
step, writes the change and one ``DifficultyEvent`` in one transaction, or raises ``StepRefused``.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.difficulties import codes
from missions.difficulties.clocks import begin_turn, next_turn
from missions.difficulties.references import make_reference
from missions.messages import of_difficulties
from missions.models import Body, Difficulty, DifficultyEvent, Posting, Relay, RelayKind, Stage, User, WaitingOn
from missions.search import staff as staff_search

OPEN = (Stage.RECEIVED, Stage.IN_REVIEW, Stage.IN_PROGRESS)
MOVING = (Stage.IN_REVIEW, Stage.IN_PROGRESS)
KEPT_IN = "ko"  # the language of the history, which is written once and read in every language
HANDLE, OVERSEE = "missions.handle_difficulty", "missions.oversee_difficulty"


class StepRefused(ValidationError):
    """The move is not allowed. The message is fit to show to staff."""


@dataclass(frozen=True)
class Step:
    """A move that staff may make with a difficulty.

    ``who``: the body whose staff may take it (holder, helper: a body asked for help, receiver or sender
    of a leg, involved: whoever filed it, holds it or was ever at an end of a leg), or ministry. ``kinds``: the
    kinds of leg it is for; none for steps without a leg.
    """

    name: str
    label: str
    sources: tuple
    who: tuple
    kinds: tuple = ()


HAND_OVER, HELP, INFORMATION = RelayKind.HAND_OVER, RelayKind.HELP, RelayKind.INFORMATION
STEPS = {
    step.name: step
    for step in [
        Step("review", gettext_lazy("Begin review"), (Stage.RECEIVED,), ("holder",)),
        Step("accept", gettext_lazy("Accept"), (Stage.RECEIVED, Stage.IN_REVIEW), ("holder",)),
        Step("assign", gettext_lazy("Change owner"), OPEN, ("holder", "ministry")),
        Step("act", gettext_lazy("Record an action"), (Stage.IN_PROGRESS,), ("holder", "helper")),
        Step("wait", gettext_lazy("Set what it waits on"), (Stage.IN_PROGRESS,), ("holder",)),
        Step("reply", gettext_lazy("Reply for the ministry"), (Stage.IN_PROGRESS,), ("ministry",)),
        Step("relay", gettext_lazy("Relay"), MOVING, ("holder",)),
        Step("acknowledge", gettext_lazy("Acknowledge"), tuple(Stage), ("receiver",), tuple(RelayKind)),
        Step("take_over", gettext_lazy("Take over"), MOVING, ("receiver",), (HAND_OVER,)),
        Step("return_leg", gettext_lazy("Return"), MOVING, ("receiver",), (HAND_OVER, HELP)),
        Step("answer", gettext_lazy("Answer"), MOVING, ("receiver",), (HELP,)),
        Step("recall", gettext_lazy("Recall"), tuple(Stage), ("sender",), tuple(RelayKind)),
        Step("again", gettext_lazy("Add another report of it"), OPEN, ("involved",)),
        Step("code", gettext_lazy("Issue or end a status code"), tuple(Stage), ("involved",)),
        Step("correct", gettext_lazy("Correct what was recorded"), tuple(Stage), ("holder", "ministry")),
        Step("note", gettext_lazy("Add a note"), tuple(Stage), ("involved", "ministry")),
        Step("close", gettext_lazy("Close the difficulty"), OPEN, ("holder",)),
        Step("reopen", gettext_lazy("Reopen"), (Stage.CLOSED,), ("holder", "ministry")),
        Step("confirm", gettext_lazy("Record what the firm says"), (Stage.CLOSED,), ("holder",)),
    ]
}
# Steps that write nothing in which the staff's search looks, so that what it holds of the difficulty stays as it is.
WITHOUT_WORDS = {"review", "accept", "assign", "wait", "acknowledge", "code", "confirm"}


def steps_for(difficulty, user, bodies=None, legs=None):
    """The moves this user may make with this difficulty, as pairs of step and leg (None without one).

    ``bodies`` and ``legs`` are the user's bodies and the open legs with their names, where the caller knows them.
    """
    legs = list(difficulty.relays.open().with_names()) if legs is None else legs
    bodies, ends = set(Body.objects.staffed_by(user)) if bodies is None else bodies, involved(difficulty)
    return [
        (step, leg)
        for step in STEPS.values()
        for leg in (legs if step.kinds else [None])
        if refusal(step, difficulty, user, leg=leg, bodies=bodies, legs=legs, ends=ends) is None
    ]


def refusal(step, difficulty, user, *, leg=None, bodies=None, legs=None, ends=None):
    """Why this user may not take a step, in a sentence; None where they may.

    ``bodies``, ``legs`` and ``ends`` spare their queries where the caller knows the user's bodies, the open legs and
    who is involved.
    """
    bodies = set(Body.objects.staffed_by(user)) if bodies is None else bodies
    if legs is None and ("helper" in step.who or step.name == "close"):
        legs = list(difficulty.relays.open())
    if step.kinds and (found := _leg_refusal(step, difficulty, leg)):
        return found
    if not _may(step, difficulty, user, leg, {body.pk for body in bodies}, legs, ends):
        return _("This step is for somebody else: the difficulty is held by %(body)s.") % {"body": difficulty.holder}
    if difficulty.stage not in step.sources:
        return _stage_refusal(step, difficulty)
    if step.name == "acknowledge" and leg.acknowledged_at:
        return _("This relay has been acknowledged already.")
    if step.name == "reply" and difficulty.waiting_on != WaitingOn.MINISTRY:
        return _("The difficulty does not wait on a ministry.")
    if step.name == "correct" and not any(rows.not_withdrawn().exists() for rows in recorded(difficulty)):
        return _("No action and no linkage is recorded that could be corrected.")
    if step.name == "close" and any(open_leg.needs_answer for open_leg in legs):
        return _("A relay is still open. Wait for its answer or recall it, then close.")
    return None


def recorded(difficulty):
    """What a correction may withdraw: the actions and the linkages of a difficulty."""
    return difficulty.actions, difficulty.linkages


def _leg_refusal(step, difficulty, leg):
    if leg is None or leg.ended_at or leg.difficulty_id != difficulty.pk:
        return _("This relay has ended already. Reload the page to see where the difficulty stands.")
    if leg.kind not in step.kinds:
        return _("This step does not fit the kind of relay.")
    return None


def _stage_refusal(step, difficulty):
    if step.name == "again" and difficulty.stage == Stage.CLOSED:
        return _(
            "The difficulty is closed: a further report added to it would be left lying. File the report on its own "
            "and link this one as similar, or reopen this one."
        )
    return _("The difficulty is in the stage “%(stage)s”; this step is not possible there.") % {
        "stage": difficulty.get_stage_display()
    }


def entitled(step, user):
    """Whether a user's role allows a step at all, wherever a difficulty stands."""
    return user.has_perm(HANDLE) or ("ministry" in step.who and user.has_perm(OVERSEE))


def _may(step, difficulty, user, leg, bodies, legs, ends):
    if "ministry" in step.who and user.has_perm(OVERSEE):
        return True
    if not user.has_perm(HANDLE):
        return False
    if "involved" in step.who and ends is None:
        ends = involved(difficulty)
    acting = {
        "holder": {difficulty.holder_id},
        "helper": {open_leg.receiver_id for open_leg in legs or () if open_leg.kind == HELP},
        "receiver": {leg.receiver_id} if leg else set(),
        "sender": {leg.sender_id} if leg else set(),
        "involved": ends,
        "ministry": set(),
    }
    return any(acting[who] & bodies for who in step.who)


def involved(difficulty):
    """Keys of the bodies that filed a difficulty, hold it or were ever at an end of a leg."""
    ends = difficulty.relays.values_list("sender", "receiver")
    return {difficulty.holder_id, difficulty.filed_through_id, *(key for pair in ends for key in pair)}


def lock_for_step(name, difficulty, by, *, leg=None, seen=None):
    """Lock a difficulty (and its leg) for a step, as they stand; to be called in a transaction.

    ``seen``: key of the latest event the user knew of. Raises ``StepRefused`` where something happened
    since, or the step is not allowed.
    """
    try:
        difficulty = Difficulty.objects.visible_to(by).select_for_update(of=("self",)).get(pk=difficulty.pk)
        leg = leg and Relay.objects.select_for_update().get(pk=leg.pk)
    except (Difficulty.DoesNotExist, Relay.DoesNotExist):
        raise StepRefused(_("You may not take this step.")) from None
    latest = difficulty.events.order_by("-pk").values_list("pk", flat=True).first()
    if seen is not None and seen != latest:
        raise StepRefused(_("Somebody took a step since you opened this page. Look at what changed, then try again."))
    if (why := refusal(STEPS[name], difficulty, by, leg=leg)) is not None:
        raise StepRefused(why)
    difficulty.before = (difficulty.stage, difficulty.holder_id)
    return (difficulty, leg) if leg else difficulty


def record_step(name, difficulty, by, *, note="", leg=None):
    """Write a difficulty and the event of the step taken with it, and tell whom it concerns. Returns the difficulty.

    ``note``: what was typed, and around it words of the house, which are in ``KEPT_IN`` whoever takes the step.
    """
    stage, holder = getattr(difficulty, "before", ("", None))
    difficulty.save()
    event = DifficultyEvent.objects.create(
        difficulty=difficulty,
        at=timezone.now(),
        by=by,
        by_name=str(by),
        step=name,
        from_stage=stage,
        to_stage=difficulty.stage,
        from_holder_id=holder,
        to_holder=difficulty.holder,
        to_owner_id=difficulty.owner_id,
        note=note,
        relay=leg,
    )
    if name not in WITHOUT_WORDS:
        staff_search.keep(difficulty)
    of_difficulties.tell(event)
    return difficulty


def written(text, sentence, field=None):
    """A text that must not be empty, stripped. Raises ``StepRefused`` with the sentence, of a field where one is."""
    text = (text or "").strip()
    if not text:
        raise StepRefused({field: sentence} if field else sentence)
    return text


def may_own(user, body):
    """Whether a person may own difficulties of a body: posted there today, and with the right to handle them."""
    return may_handle(user) and body in Body.objects.staffed_by(user)


def may_handle(user):
    """Whether a person's account and role allow them to handle difficulties, wherever they are posted."""
    return user.is_active and user.has_perm(HANDLE)


def posted_owner(owner, body):
    """A person who may own difficulties of a body; their account and posting stay so until the transaction ends."""
    owner = owner and User.objects.select_for_update(no_key=True).filter(pk=owner.pk).first()
    list(Posting.objects.select_for_update(no_key=True).filter(user=owner, body=body))
    if owner is None or not may_own(owner, body):
        raise StepRefused(_("Choose an owner who is posted to %(body)s today.") % {"body": body})
    return owner


@transaction.atomic
def file_difficulty(difficulty, *, by):
    """File a filled-in difficulty: it gets its reference, and the body it came through holds it.

    That body must take it up by a day that its clock gives, unless one was chosen. The firm gets a status code.
    Raises ``StepRefused`` where ``by`` does not work for that body.
    """
    through = difficulty.filed_through
    if not may_own(by, through):
        raise StepRefused(_("You are not posted to %(body)s. Choose your own body.") % {"body": through})
    difficulty.reference = make_reference(
        through.code, lambda reference: Difficulty.objects.filter(reference=reference).exists()
    )
    difficulty.filed_by = by
    difficulty.holder = through
    difficulty.stage = Stage.RECEIVED
    if difficulty.due_on is None:
        begin_turn(difficulty)
    record_step("file", difficulty, by)
    codes.issue(difficulty, by)
    return difficulty


@transaction.atomic
def review(difficulty, *, by, seen=None):
    """Begin to look into a difficulty."""
    difficulty = lock_for_step("review", difficulty, by, seen=seen)
    difficulty.stage = Stage.IN_REVIEW
    next_turn(difficulty)
    return record_step("review", difficulty, by)


@transaction.atomic
def accept(difficulty, *, by, owner, seen=None):
    """Take a difficulty up, with somebody of the holder as its owner."""
    difficulty = lock_for_step("accept", difficulty, by, seen=seen)
    difficulty.owner = posted_owner(owner, difficulty.holder)
    difficulty.stage = Stage.IN_PROGRESS
    next_turn(difficulty)
    return record_step("accept", difficulty, by, note=str(owner))


@transaction.atomic
def assign(difficulty, *, by, owner, seen=None):
    """Give a difficulty another owner of the same body."""
    difficulty = lock_for_step("assign", difficulty, by, seen=seen)
    if posted_owner(owner, difficulty.holder) == difficulty.owner:
        raise StepRefused(_("%(owner)s is the owner already.") % {"owner": owner})
    difficulty.owner = owner
    return record_step("assign", difficulty, by, note=str(owner))
