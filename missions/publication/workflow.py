"""How a text reaches the public: draft, awaiting approval, published, withdrawn. Two people, always."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.difficulties.references import unused
from missions.messages import of_texts
from missions.models import Body, CaseActor, CaseRemark, Difficulty, Outcome, PublicationState, PublishedCase, Stage
from missions.publication import kept
from missions.publication.authors import BY_STEP, behind_both, writers
from missions.publication.privacy import findings, fingerprint
from missions.search import staff as staff_search


class PublicationRefused(ValidationError):
    """The step is not allowed. The message is fit to show to staff."""


@dataclass(frozen=True)
class PublicationStep:
    """A move of a text towards the public or away from it. ``asks`` is the label of the remark it demands."""

    name: str
    label: str
    sources: tuple
    permission: str
    asks: str = ""


DRAFT, AWAITING = PublicationState.DRAFT, PublicationState.AWAITING
PUBLISHED, WITHDRAWN = PublicationState.PUBLISHED, PublicationState.WITHDRAWN
WRITE, BEGIN = "missions.change_publishedcase", "missions.add_publishedcase"
APPROVE = "missions.approve_publishedcase"
REQUIRED = ("title_ko", "happened_ko", "done_ko")  # without these there is nothing to approve
UNTOLD = (Outcome.WITHDRAWN, Outcome.DUPLICATE, Outcome.NOT_A_DIFFICULTY)  # outcomes that others learn nothing from
PUBLICATION_STEPS = {
    step.name: step
    for step in [
        PublicationStep("submit", gettext_lazy("Ask for approval"), (DRAFT,), WRITE),
        PublicationStep(
            "take_back", gettext_lazy("Take back"), (AWAITING,), WRITE, gettext_lazy("Why it is taken back")
        ),
        PublicationStep("approve", gettext_lazy("Approve and publish"), (AWAITING,), APPROVE),
        PublicationStep(
            "send_back", gettext_lazy("Send back"), (AWAITING,), APPROVE, gettext_lazy("What the author is to change")
        ),
        PublicationStep("revise", gettext_lazy("Write a further version"), (PUBLISHED, WITHDRAWN), BEGIN),
        PublicationStep(
            "withdraw", gettext_lazy("Withdraw"), (PUBLISHED,), APPROVE, gettext_lazy("Why it is withdrawn")
        ),
    ]
}


def publication_steps(case, user):
    """The steps this user may take with this text."""
    return [step for step in PUBLICATION_STEPS.values() if why_not(step, case, user) is None]


def why_not(step, case, user):
    """Why this user may not take a step with a text they may see, in a sentence; None where they may."""
    if not user.has_perm(step.permission):
        return _("You may not take this step.")
    if case.state not in step.sources:
        return _("This text is “%(state)s”; the step is not possible. Reload the page to see where it stands.") % {
            "state": case.get_state_display()
        }
    if step.name not in ("approve", "send_back"):
        return None
    if user.pk in (wrote := writers(case)):
        if step.name == "send_back":
            return _("You wrote some of this text yourself: take it back instead of sending it back.")
        return _("Whoever wrote a text cannot approve it. Ask a colleague.")
    if step.name == "approve" and (person := behind_both(wrote, user)):
        return _(
            "%(name)s stands behind both the account of a writer of this text and yours: each is that person’s own, "
            "or was set up or changed by them. Ask another approver."
        ) % {"name": person}
    return None


@transaction.atomic
def begin(case, *, by):
    """Begin a text with an address of its own, such as ``de-customs-7k3``. Returns the draft."""
    start = f"{case.country_id}-{case.type_id}-".lower()
    used = PublishedCase.objects.filter
    case.reference = unused(start, lambda reference: used(reference__iexact=reference).exists()).lower()
    case.drafted_by = by
    case.save()
    staff_search.keep(case)
    return case


def may_begin(difficulty, user, bodies=None):
    """Whether a user may begin the public text of a difficulty that they may see. ``bodies``: theirs, where known."""
    return _why_not_begin(difficulty, user, bodies) is None


def _why_not_begin(difficulty, user, bodies=None):
    if not user.has_perm(BEGIN) or not _writes_for(difficulty.holder, user, bodies):
        return _("You may not take this step.")
    if difficulty.stage != Stage.CLOSED:
        return _("Close the difficulty before its public text is written.")
    if difficulty.outcome in UNTOLD:
        return _("A difficulty that was closed as “%(outcome)s” gets no public text.") % {
            "outcome": difficulty.get_outcome_display()
        }
    if difficulty.case_reference:
        return _("This difficulty already has a public text.")
    return None


def _writes_for(body, user, bodies):
    if user.has_perm("missions.view_every_body"):
        return True
    return body in (Body.objects.staffed_by(user) if bodies is None else bodies)


@transaction.atomic
def begin_from(difficulty, *, by):
    """Begin the public text of a closed difficulty, with who acted and no private word. Returns the draft.

    Raises ``PublicationRefused`` where ``by`` may not write it, the difficulty is open or taught nothing, or a text
    exists.
    """
    seen = Difficulty.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=difficulty.pk).first()
    if refused := _why_not_begin(seen, by) if seen else _("You may not take this step."):
        raise PublicationRefused(refused)
    closed = seen.events.filter(step="close").order_by("-pk").first()
    case = PublishedCase(
        body=seen.holder,
        title_ko=f"{seen.country.name_ko}, {seen.type.name_ko}"[:200],
        country=seen.country,
        type=seen.type,
        sector=seen.sector,
        outcome=seen.outcome,
        reported_month=seen.reported_on.replace(day=1),
        closed_month=closed and timezone.localdate(closed.at).replace(day=1),
    )
    seen.case_reference = begin(case, by=by).reference
    CaseActor.objects.name_those_of(case, seen.actions.not_withdrawn())
    seen.save()
    return case


@transaction.atomic
def submit(case, *, by, seen=None):
    """Ask for approval. Raises ``PublicationRefused`` while Korean words are missing."""
    case = _locked("submit", case, by, seen)
    if not all(getattr(case, name) for name in REQUIRED):
        raise PublicationRefused(_("Write what happened and what was done in Korean first."))
    return _moved("submit", case, AWAITING, by)


@transaction.atomic
def take_back(case, *, by, remark, seen=None):
    """Make a text a draft again before anybody decided on it, with the reason."""
    case = _locked("take_back", case, by, seen)
    _keep_remark("take_back", case, by, remark, _("Write why the text is taken back."))
    return _moved("take_back", case, DRAFT, by)


@transaction.atomic
def approve(case, *, by, seen=None, checked=""):
    """Publish the text in place of its earlier version. Nobody may approve a text that they wrote or stand behind.

    Where the text points to its firm the approver must confirm it: ``checked`` is the ``privacy.fingerprint`` of the
    findings that they were shown. The name of a firm that does not agree to be named is refused in any case.
    """
    case = _locked("approve", case, by, seen)
    found = findings(case)
    if any(finding.forbids for finding in found):
        raise PublicationRefused([*map(str, found), _("Send the text back, so that it does not name the firm.")])
    if found and checked != fingerprint(found):
        raise PublicationRefused([*map(str, found), _("Send the text back, or confirm that it may be published so.")])
    case.approved_by, case.approved_at = by, timezone.now()
    kept.keep(case)
    for earlier in PublishedCase.objects.published().filter(reference=case.reference):
        _moved(f"replaced by {case.version}", earlier, WITHDRAWN, by)
    return _moved("approve", case, PUBLISHED, by)


@transaction.atomic
def send_back(case, *, by, remark, seen=None):
    """Return a text to its author as a draft, with a remark."""
    case = _locked("send_back", case, by, seen)
    _keep_remark("send_back", case, by, remark, _("Write what the author is to change."))
    return _moved("send_back", case, DRAFT, by)


@transaction.atomic
def withdraw(case, *, by, remark, seen=None):
    """Take a published text off the public pages, with the reason."""
    case = _locked("withdraw", case, by, seen)
    _keep_remark("withdraw", case, by, remark, _("Write why the text is withdrawn."))
    return _moved("withdraw", case, WITHDRAWN, by)


@transaction.atomic
def revise(case, *, by, seen=None):
    """Open a draft of the next version; the public keeps reading the approved one. Returns the draft."""
    case = _locked("revise", case, by, seen)
    versions = PublishedCase.objects.filter(reference=case.reference)
    if versions.filter(state__in=[DRAFT, AWAITING]).exists():
        raise PublicationRefused(_("A further version is being written already."))
    if versions.filter(version__gt=case.version).exists():
        raise PublicationRefused(_("There is a later version. Go on from that one."))
    actors, sources = list(case.actors.all()), list(case.sources.all())
    case.pk, case._state.adding = None, True
    case.version = versions.order_by("-version").first().version + 1
    case.state = DRAFT
    case.drafted_by, case.approved_by, case.approved_at = by, None, None
    kept.forget(case)
    case.save()
    case.sources.set(sources)
    for actor in actors:
        actor.pk, actor._state.adding, actor.case = None, True, case
        actor.name_ko = actor.name_en = ""
        actor.save()
    staff_search.keep(case)
    return case


def _locked(name, case, by, seen):
    """The stored row, locked. Raises ``PublicationRefused`` where the step is not allowed.

    ``seen`` is the ``fingerprint`` of the text on the page where the step was decided. The step is refused where
    the text has changed since.
    """
    case = PublishedCase.objects.select_for_update().get(pk=case.pk)
    if not PublishedCase.objects.visible_to(by).filter(pk=case.pk).exists():
        raise PublicationRefused(_("You may not take this step."))
    if seen is not None and seen != case.fingerprint:
        raise PublicationRefused(
            _("This text was changed or moved since you opened its page. Open it again, read it, then decide.")
        )
    if refused := why_not(PUBLICATION_STEPS[name], case, by):
        raise PublicationRefused(refused)
    return case


def _keep_remark(name, case, by, text, sentence):
    """Keep what was said with a step. Raises ``PublicationRefused`` with the sentence where nothing was."""
    if not (text or "").strip():
        raise PublicationRefused(sentence)
    CaseRemark.objects.create(case=case, by=by, step=name, text=text.strip())


def _moved(name, case, state, by):
    """Write a text in its state, and tell whom it concerns; the history says by which step."""
    case.state = state
    case._change_reason = f"{BY_STEP}: {name}"
    case.save()
    staff_search.keep(case)
    of_texts.tell_of_case(case, name, by=by, writers=writers(case))
    return case
