"""How a text reaches the public: draft, awaiting approval, published, withdrawn. Two people, always."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import search
from missions.models import Body, CaseActor, CaseRemark, Difficulty, PublicationState, PublishedCase, Stage
from missions.privacy import findings
from missions.references import unused


class PublicationRefused(ValidationError):
    """The step is not allowed. The message is fit to show to staff."""


@dataclass(frozen=True)
class PublicationStep:
    """A move of a text towards the public or away from it."""

    name: str
    label: str
    sources: tuple
    permission: str


SHOWN_ONCE = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
BY_STEP = "step"  # the history's reason for a change that a step made, not a writer
STEPS = {
    step.name: step
    for step in [
        PublicationStep(
            "submit", gettext_lazy("Ask for approval"), (PublicationState.DRAFT,), "missions.change_publishedcase"
        ),
        PublicationStep(
            "approve",
            gettext_lazy("Approve and publish"),
            (PublicationState.AWAITING,),
            "missions.approve_publishedcase",
        ),
        PublicationStep(
            "send_back", gettext_lazy("Send back"), (PublicationState.AWAITING,), "missions.approve_publishedcase"
        ),
        PublicationStep("revise", gettext_lazy("Write a further version"), SHOWN_ONCE, "missions.add_publishedcase"),
        PublicationStep(
            "withdraw", gettext_lazy("Withdraw"), (PublicationState.PUBLISHED,), "missions.approve_publishedcase"
        ),
    ]
}


def steps_for(case, user):
    """The steps this user may take with this text."""
    return [
        step
        for step in STEPS.values()
        if case.state in step.sources
        and user.has_perm(step.permission)
        and not (step.name == "approve" and _wrote(case, user))
    ]


@transaction.atomic
def begin(case, *, by):
    """Begin a text with an address of its own, such as ``de-customs-7k3``. Returns the draft."""
    start = f"{case.country_id}-{case.type_id}-".lower()
    used = PublishedCase.objects.filter
    case.reference = unused(start, lambda reference: used(reference__iexact=reference).exists()).lower()
    case.drafted_by = by
    case.save()
    search.keep(case)
    return case


@transaction.atomic
def begin_from(difficulty, *, by):
    """Begin the public text of a closed difficulty, without any of its private words. Returns the draft.

    Raises ``PublicationRefused`` where ``by`` may not write it, the difficulty is open, or a text exists.
    """
    seen = Difficulty.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=difficulty.pk).first()
    holding = seen and by.has_perm("missions.add_publishedcase") and seen.holder in Body.objects.visible_to(by)
    if not holding:
        raise PublicationRefused(_("You may not take this step."))
    if seen.stage != Stage.CLOSED:
        raise PublicationRefused(_("Close the difficulty before its public text is written."))
    if seen.case_reference:
        raise PublicationRefused(_("This difficulty already has a public text."))
    neutral = {"country": seen.country, "type": seen.type, "sector": seen.sector, "outcome": seen.outcome}
    month = {"reported_month": seen.reported_on.replace(day=1)}
    title = f"{seen.country.name_ko}, {seen.type.name_ko}"[:200]
    case = begin(PublishedCase(body=seen.holder, title_ko=title, **neutral, **month), by=by)
    seen.case_reference = case.reference
    seen.save()
    return case


@transaction.atomic
def submit(case, *, by):
    """Ask for approval. Raises ``PublicationRefused`` while Korean words are missing."""
    case = _locked("submit", case, by)
    if not (case.title_ko and case.happened_ko and case.done_ko):
        raise PublicationRefused(_("Write what happened and what was done in Korean first."))
    return _moved(case, PublicationState.AWAITING)


@transaction.atomic
def approve(case, *, by, checked=False):
    """Publish the text in place of its earlier version. Whoever wrote any of it is refused.

    Where the text points to its firm the approver must say that they have ``checked`` it.
    """
    case = _locked("approve", case, by)
    if _wrote(case, by):
        raise PublicationRefused(_("Whoever wrote a text cannot approve it. Ask a colleague."))
    if by.history.filter(history_user__in=_writers(case)).exists():
        raise PublicationRefused(_("An account that the author set up cannot approve the author’s text."))
    if not checked and (found := findings(case)):
        raise PublicationRefused([*found, _("Send the text back, or confirm that it may be published so.")])
    for earlier in PublishedCase.objects.published().filter(reference=case.reference):
        _moved(earlier, PublicationState.WITHDRAWN)
    case.approved_by, case.approved_at = by, timezone.now()
    return _moved(case, PublicationState.PUBLISHED)


@transaction.atomic
def send_back(case, *, by, remark):
    """Return a text to its author as a draft, with a remark."""
    case = _locked("send_back", case, by)
    if not (remark or "").strip():
        raise PublicationRefused(_("Write what the author is to change."))
    CaseRemark.objects.create(case=case, by=by, text=remark.strip())
    return _moved(case, PublicationState.DRAFT)


@transaction.atomic
def withdraw(case, *, by):
    """Take a published text off the public pages."""
    return _moved(_locked("withdraw", case, by), PublicationState.WITHDRAWN)


@transaction.atomic
def revise(case, *, by):
    """Open a draft of the next version; the public keeps reading the approved one. Returns the draft."""
    case = _locked("revise", case, by)
    versions = PublishedCase.objects.filter(reference=case.reference)
    if versions.filter(state__in=[PublicationState.DRAFT, PublicationState.AWAITING]).exists():
        raise PublicationRefused(_("A further version is being written already."))
    if versions.filter(version__gt=case.version).exists():
        raise PublicationRefused(_("There is a later version. Go on from that one."))
    actors, sources = list(case.actors.all()), list(case.sources.all())
    case.pk, case._state.adding = None, True
    case.version = versions.order_by("-version").first().version + 1
    case.state = PublicationState.DRAFT
    case.drafted_by, case.approved_by, case.approved_at = by, None, None
    case.save()
    case.sources.set(sources)
    for actor in actors:
        actor.pk, actor._state.adding, actor.case = None, True, case
        actor.save()
    search.keep(case)
    return case


def _locked(name, case, by):
    """The row as it stands, locked; raises ``PublicationRefused`` where the step is not allowed."""
    step = STEPS[name]
    case = PublishedCase.objects.select_for_update().get(pk=case.pk)
    if not by.has_perm(step.permission) or not PublishedCase.objects.visible_to(by).filter(pk=case.pk).exists():
        raise PublicationRefused(_("You may not take this step."))
    if case.state not in step.sources:
        raise PublicationRefused(
            _("This text is “%(state)s”; the step is not possible. Reload the page to see where it stands.")
            % {"state": case.get_state_display()}
        )
    return case


def _wrote(case, user):
    return user.pk in _writers(case)


def _writers(case):
    """Keys of all who wrote any version of a text or of its acting organisations, from their histories."""
    versions = PublishedCase.objects.filter(reference=case.reference)
    writers = set(versions.values_list("drafted_by", flat=True))
    texts = PublishedCase.history.filter(reference=case.reference).exclude(history_change_reason=BY_STEP)
    parts = CaseActor.history.filter(case_id__in=versions.values("pk"))
    for rows in (texts, parts):
        writers.update(rows.exclude(history_user=None).values_list("history_user", flat=True))
    return writers


def _moved(case, state):
    case.state = state
    case._change_reason = BY_STEP
    case.save()
    search.keep(case)
    return case
