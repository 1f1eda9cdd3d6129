"""The page on which a step of a public text is taken, and asking for approval along with what is typed."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.conflicts import typed
from missions.admin.forms import WithoutPersonalNumbers
from missions.admin.publication.following import led_on
from missions.models import Difficulty, PublicationState, PublishedCase, Remarked
from missions.publication import workflow as publishing
from missions.publication.kept import renames
from missions.publication.privacy import findings, fingerprint, printed_texts

ASK = "_submit_for_approval"
DECIDED = ("approve", "send_back")  # by somebody who reads the text beside the private record


def record_of(case, user):
    """The difficulty a text tells of, with what was done about it; None where the user may not open it."""
    records = Difficulty.objects.visible_to(user).filter(case_reference=case.reference)
    around = ("actions__organisation", "relays__sender", "relays__receiver")
    return records.prefetch_related(*around).first()


def readable(case):
    """All that the public page prints of words typed for a text: label, words and their language."""
    for name, label, text in printed_texts(case):
        if text:
            yield label, text, "en" if name.endswith("_en") else "ko"


def standing_of(case):
    """How far a text ``with_last_remark`` has come, and why it came back from there."""
    state = case.get_state_display()
    if case.said and case.state == PublicationState.DRAFT:
        return f"{Remarked(case.remarked).label}: {Truncator(case.said).chars(60)}"
    return (
        f"{state}: {Truncator(case.said).chars(60)}"
        if case.said and case.state == PublicationState.WITHDRAWN
        else state
    )


NOT_ASKED = gettext_lazy(
    "Saved. Approval has not been asked for yet: read below what may give the firm away, and change the text. Only "
    "where no name is among it, approval can be asked for once more."
)
NAMED = gettext_lazy("The text has words that the public may not read: it cannot be approved.")


def ask_for_approval(request, case):
    """Ask for approval of a text that was just saved, unless something in it is still to be read."""
    found = findings(case, request.user)
    if _unread(request, found) or any(finding.forbids for finding in found):
        messages.warning(request, NOT_ASKED)
        return redirect(_page(case))
    try:
        publishing.submit(case, by=request.user)
    except publishing.PublicationRefused as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Saved, and approval has been asked for."))
    return redirect(_page(case))


def warn_of_findings(request, case):
    """Tell whoever saved a text of what was found in it, unless the page showed just that."""
    found = findings(case, request.user)
    if _unread(request, found):
        messages.warning(request, _listed(found))


def _unread(request, found):
    return found and request.POST.get("_found") != fingerprint(found)


class PublicationForm(WithoutPersonalNumbers, forms.Form):
    """What a step needs: a remark, or that the text was read."""

    def __init__(self, *args, step, found, **kwargs):
        super().__init__(*args, **kwargs)
        if step.asks:
            self.fields["remark"] = forms.CharField(
                label=step.asks, max_length=2000, widget=forms.Textarea({"rows": 4})
            )
        if step.name == "approve":
            checked = gettext_lazy("I have checked this and the text may be published so.")
            read = gettext_lazy("I have read the text and it may be published.")
            untold = {"required": gettext_lazy("Read the text, then tick this box.")}
            self.fields["read"] = forms.BooleanField(label=checked if found else read, error_messages=untold)


def publication_step_page(request, site, case, name):
    """Show what a step does and needs, and take it. A refusal is shown with everything that was typed."""
    if name not in publishing.PUBLICATION_STEPS or name == "submit":
        raise Http404
    step = publishing.PUBLICATION_STEPS[name]
    why_not = publishing.why_not(step, case, request.user)
    decides = name in DECIDED and why_not is None
    found = findings(case) if decides else []
    forbidden = name == "approve" and any(finding.forbids for finding in found)
    begun = {"remark": (typed.take(request) or {}).get("remark", "")}
    form = PublicationForm(request.POST if request.method == "POST" else None, step=step, found=found, initial=begun)
    if form.is_valid():
        moved = _taken(request, case, step, form)
        if moved:
            said = _("Done. The text is “%(state)s”.") % {"state": moved.get_state_display()}
            messages.success(request, led_on(said, _following(request.user)) if name in DECIDED else said)
            return redirect(_page(moved))
    context = {
        **site.each_context(request),
        "title": step.label,
        "subtitle": str(case),
        "opts": PublishedCase._meta,
        "case": case,
        "step": step,
        "form": form,
        "findings": found,
        "findings_fingerprint": fingerprint(found),
        "seen": request.POST.get("seen", request.GET.get("seen", "")),
        "why_not": why_not if request.method == "GET" else None,
        "forbidden": forbidden,
        "renames": renames(case) if decides else [],
        "named": NAMED,
        "send_back": _way_back(case, request.user) if forbidden else None,
        "printed": list(readable(case)) if decides else [],
        "record": record_of(case, request.user) if decides else None,
    }
    return render(request, "admin/missions/publishedcase/step.html", context)


def _following(user):
    """The text that has waited longest for somebody else to approve it; None where none does."""
    waiting = PublishedCase.objects.visible_to(user).awaiting().exclude(drafted_by=user).order_by("pk")
    approve = publishing.PUBLICATION_STEPS["approve"]
    return next((case for case in waiting[:10] if publishing.why_not(approve, case, user) is None), None)


def _taken(request, case, step, form):
    """The text after a step; None where the step is refused, and the form says why."""
    values = {"remark": form.cleaned_data["remark"]} if step.asks else {}
    if step.name == "approve":
        values["checked"] = request.POST.get("checked", "")
    try:
        return getattr(publishing, step.name)(case, by=request.user, seen=request.POST.get("seen", ""), **values)
    except publishing.PublicationRefused as refused:
        form.add_error(None, refused.messages)
        # A tick holds for what it was set beside, and that was not enough.
        form.data = {key: value for key, value in request.POST.items() if key != "read"}
        return None


def _way_back(case, user):
    """The step that sends a text back to its writer, where the user may take it."""
    step = publishing.PUBLICATION_STEPS["send_back"]
    return step if publishing.why_not(step, case, user) is None else None


def _listed(found):
    """What was found in a text that was just saved, in one message."""
    return " ".join([_("This text may give the firm away:"), *map(str, found)])


def _page(case):
    return reverse("admin:missions_publishedcase_change", args=[case.pk])


def publication(case, user):
    """What the page of a text shows of its publication, to somebody who may see it."""
    approve = publishing.PUBLICATION_STEPS["approve"]
    approves = case.state in approve.sources and user.has_perm(approve.permission)
    steps = publishing.publication_steps(case, user)
    found = findings(case, None if approves else user)
    forbidden = approves and any(finding.forbids for finding in found)
    versions = PublishedCase.objects.visible_to(user).filter(reference=case.reference)
    return {
        "publication_steps": [step for step in steps if step.name != "submit" and not (forbidden and step is approve)],
        "may_submit": publishing.PUBLICATION_STEPS["submit"] in steps,
        "why_not_approve": publishing.why_not(approve, case, user) if approves else None,
        "named": NAMED if forbidden else None,
        "seen": case.fingerprint,
        "findings": found,
        "findings_fingerprint": fingerprint(found),
        "remarks": case.remarks.select_related("by"),
        "renames": renames(case),
        "later": versions.filter(version__gt=case.version).order_by("version").first(),
    }
