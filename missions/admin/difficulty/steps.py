"""The page on which one step is taken."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from missions.admin.conflicts import typed
from missions.admin.difficulty.status import entry_of
from missions.admin.difficulty.step_forms import STEP_FORMS
from missions.difficulties import closing, progress, relays, workflow
from missions.fields.validators import is_key
from missions.models import Difficulty

VERBS = {
    name: getattr(module, name)
    for module in (workflow, progress, relays, closing)
    for name in workflow.STEPS
    if hasattr(module, name)
}


def step_page(request, model_admin, difficulty, name, leg_key=None):
    """Show the short form of a step, and take it. A refusal is shown with everything that was typed.

    What another form posts is where the form begins; its own entries have ``seen``, the event last known. The filters
    of the list go along, so that it is still narrowed down afterwards.
    """
    if name not in workflow.STEPS:
        raise Http404
    step, kept = workflow.STEPS[name], model_admin.get_preserved_filters(request)
    leg = _leg(step, difficulty, leg_key)
    body = leg.receiver if name == "take_over" else difficulty.holder
    form_class = STEP_FORMS[name]
    given = {"difficulty": difficulty, "user": request.user, "body": body}
    given_back = typed.take(request)
    posted = request.POST if given_back is None else given_back
    is_sent = request.method == "POST" and "seen" in posted
    if is_sent:
        form = form_class(posted, **given)
    else:
        request.POST = posted
        begun = given_back.dict() if given_back and "seen" in given_back else form_class.carried(request)
        form = form_class(initial=begun, **given)
    told = posted.get("seen", "")
    seen = int(told) if is_key(told) else None
    if is_sent and seen is None:
        form.add_error(None, _("Reload the page, then try again."))
    elif is_sent and form.is_valid():
        try:
            with transaction.atomic():
                VERBS[name](leg or difficulty, by=request.user, seen=seen, **form.values())
        except ValidationError as refused:
            form.take(refused)
            difficulty.refresh_from_db()
            leg and leg.refresh_from_db()
            form.show_anew()
        else:
            messages.success(
                request, _("Done: %(step)s, %(difficulty)s") % {"step": step.label, "difficulty": difficulty}
            )
            return redirect(after(difficulty, request.user, kept))
    events = difficulty.events.order_by("-pk")
    context = {
        **model_admin.admin_site.each_context(request),
        "preserved_filters": kept,
        "title": f"{step.label} · {difficulty.reference}",
        "opts": Difficulty._meta,
        "difficulty": difficulty,
        "step": step,
        "leg": leg,
        "form": form,
        "media": form.media,
        "seen": events.values_list("pk", flat=True).first(),
        "since": [entry_of(event) for event in events.filter(pk__gt=seen)] if seen is not None else [],
        "why_not": workflow.refusal(step, difficulty, request.user, leg=leg),
        "is_unsaved": request.method == "POST" or given_back is not None,
    }
    return render(request, "admin/missions/difficulty/step.html", context)


def _leg(step, difficulty, key):
    """The leg that a step is for, of this difficulty. Raises ``Http404`` where there is none."""
    if not step.kinds:
        return None
    leg = difficulty.relays.with_names().filter(pk=key).first() if is_key(key or "") else None
    if leg is None:
        raise Http404
    return leg


def after(difficulty, user, kept=""):
    """Where to go after a step, with the filters ``kept`` of the list: back to the difficulty while it may be seen."""
    if Difficulty.objects.visible_to(user).filter(pk=difficulty.pk).exists():
        address = reverse("admin:missions_difficulty_change", args=[difficulty.pk])
        return f"{address}?{kept}" if kept else address
    return reverse("admin:index")
