"""One step with many difficulties: what will change and what is skipped, and why, before anything happens."""

from collections import defaultdict
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from missions.admin.conflicts import typed
from missions.admin.difficulty.step_forms import WITHHELD, RelayForm, StepForm
from missions.admin.difficulty.steps import VERBS
from missions.difficulties import workflow
from missions.fields.validators import is_key
from missions.models import Body, Difficulty, Relay, User

CAP = 200
LIST = "admin:missions_difficulty_changelist"


class BulkRelayForm(RelayForm):
    """One body and one request for all of them. A single holder is not offered itself."""

    def __init__(self, *args, holders, alone, **kwargs):
        super().__init__(*args, body=holders[0] if alone else Body(), **kwargs)

    def values(self, difficulty):
        """Keyword arguments of the verb."""
        return self.cleaned_data


class OwnersForm(StepForm):
    """One owner a holder. Where several bodies hold them, what is left empty stays as it is."""

    def __init__(self, *args, holders, alone, **kwargs):
        super().__init__(*args, body=None, **kwargs)
        for body in holders:
            choose = _("Choose an owner who is posted to %(body)s today.") % {"body": body}
            self.fields[f"owner_{body.pk}"] = forms.ModelChoiceField(
                User.objects.handling(body),
                label=_("owner at %(body)s") % {"body": body},
                required=alone,
                empty_label="---------" if alone else _("leave as it is"),
                error_messages={"required": choose, "invalid_choice": choose},
            )

    def values(self, difficulty):
        """Keyword arguments of the verb."""
        return {"owner": self.cleaned_data.get(f"owner_{difficulty.holder_id}")}


FORMS = {"relay": BulkRelayForm, "assign": OwnersForm}


@admin.action(description=gettext_lazy("Relay …"), permissions=["relay"])
def bulk_relay(model_admin, request, queryset):
    """Ask to which body, and for what."""
    return _to_page(model_admin, request, queryset, "relay")


@admin.action(description=gettext_lazy("Change owner …"), permissions=["assign"])
def bulk_assign(model_admin, request, queryset):
    """Ask for the owners."""
    return _to_page(model_admin, request, queryset, "assign")


def _to_page(model_admin, request, queryset, name):
    """An address that says which rows, so that the page may be reloaded and read in the other language."""
    keys = list(queryset.values_list("pk", flat=True)[: CAP + 1])
    asked = {"rows": ",".join(map(str, keys[:CAP]))} | ({"cut": 1} if len(keys) > CAP else {})
    kept = model_admin.get_preserved_filters(request)
    address = reverse("admin:missions_difficulty_bulk", args=[name])
    return redirect(f"{address}?{urlencode(asked, safe=',')}{kept and f'&{kept}'}")


def bulk_page(request, site, visible, name):
    """Form, preview and confirmation of one step with those of the visible rows that the address names."""
    if name not in FORMS:
        raise Http404
    step = workflow.STEPS[name]
    if not workflow.entitled(step, request.user):
        raise PermissionDenied
    back = f"{reverse(LIST)}?{request.GET.get('_changelist_filters', '')}"
    rows = _chosen(visible, request.GET.get("rows", ""))
    if not rows:
        messages.warning(request, _("Choose the difficulties first."))
        return redirect(back)
    return _page(request, site, step, rows, back)


def _chosen(visible, keys):
    """The rows an address names, in its order, each with the key of its latest event and its open legs."""
    keys = [int(key) for key in keys.split(",") if is_key(key)][:CAP]
    legs = Prefetch("relays", Relay.objects.open().with_names(), to_attr="open_legs")
    rows = visible.filter(pk__in=keys).with_names().with_latest_event().prefetch_related(legs)
    return sorted(rows, key=lambda row: keys.index(row.pk))


def _page(request, site, step, rows, back):
    wish = request.POST.get("do", "preview") if request.method == "POST" else ""
    able, refused = _sorted_out(step, rows, request.user)
    holders = sorted({row.holder for row in able}, key=lambda body: body.code)
    form = FORMS[step.name](
        request.POST if wish else None,
        initial=(typed.take(request) or QueryDict()).dict(),
        difficulty=None,
        user=request.user,
        holders=holders,
        # What moved since the preview must not make the whole form wrong: its row is skipped, and says why.
        alone=len(holders) == 1 and wish != "confirm",
    )
    changes = None
    if wish in ("preview", "confirm") and form.is_valid():
        if wish == "confirm":
            return _taken(request, step, rows, form, back)
        changes, refused = _rehearsed(step, able, refused, form, request.user)
    context = {
        **site.each_context(request),
        "title": f"{step.label} · {_('Preview')}" if changes is not None else step.label,
        "opts": Difficulty._meta,
        "step": step,
        "rows": rows,
        "able": able,
        "changes": changes,
        "skipped": dict(refused),
        "skipped_count": sum(map(len, refused.values())),
        "withheld": WITHHELD if step.name == "relay" else "",
        "form": form,
        "media": form.media,
        "cap": CAP if "cut" in request.GET else None,
        "back": back,
    }
    return render(request, "admin/missions/difficulty/bulk.html", context)


def _sorted_out(step, rows, user):
    """The rows that the table of steps allows, and the others by the sentence that refuses them."""
    bodies = set(Body.objects.staffed_by(user))
    able, refused = [], defaultdict(list)
    for row in rows:
        why = workflow.refusal(step, row, user, bodies=bodies, legs=row.open_legs)
        able.append(row) if why is None else refused[why].append(row)
    return able, refused


def _take(step, row, seen, form, user, *, rehearsal=False):
    """Take a step with one row in a transaction of its own. Returns what the verb returns, and why it refused.

    A rehearsal takes it back again: the verb alone knows its rules.
    """
    try:
        with transaction.atomic():
            taken = VERBS[step.name](row, by=user, seen=seen, **form.values(row))
            transaction.set_rollback(rehearsal)
    except ValidationError as refused:
        return None, " ".join(refused.messages)
    return taken, ""


def _rehearsed(step, able, refused, form, user):
    """What the step would change, as pairs of row and what the verb returned, and all that is refused."""
    changes = []
    for row in able:
        taken, why = _take(step, row, row.latest, form, user, rehearsal=True)
        if why:
            refused[why].append(row)
        else:
            changes.append((row, taken))
    return changes, refused


def _taken(request, step, rows, form, back):
    """Take the step with what the preview promised, row by row, and say what came of each."""
    promised = _promised(request.POST.getlist("seen"))
    done, refused = 0, defaultdict(list)
    for row in rows:
        promise = promised.get(row.pk)
        why = _take(step, row, promise or row.latest, form, request.user, rehearsal=promise is None)[1]
        if promise is None:
            why = why or _("It is possible by now, but the preview skipped it: choose it again.")
        if why:
            refused[why].append(row)
        else:
            done += 1
    if done:
        said = ngettext("%(step)s: done for %(count)d difficulty.", "%(step)s: done for %(count)d difficulties.", done)
        messages.success(request, said % {"step": step.label, "count": done})
    for why, skipped in refused.items():
        messages.warning(request, _told(why, skipped))
    return redirect(back)


def _promised(pairs):
    """Keys of the rows that the preview promised to change, with the key of the latest event it knew of."""
    read = (pair.partition("-")[::2] for pair in pairs)
    return {int(row): int(seen) for row, seen in read if is_key(row) and is_key(seen)}


def _told(why, rows):
    said = ngettext("%(count)d skipped.", "%(count)d skipped.", len(rows)) % {"count": len(rows)}
    links = ((reverse("admin:missions_difficulty_change", args=[row.pk]), row.reference) for row in rows)
    return format_html("{} {} {}", said, why, format_html_join(", ", '<a href="{}">{}</a>', links))
