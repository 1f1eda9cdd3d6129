"""The pages by which a list comes in: a file, its columns, what it would do, how far it is, and back again."""

import io

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.imports import batches, taking_back
from missions.admin.imports.template import template_book
from missions.admin.scope import visible
from missions.files.downloads import saved_as
from missions.models import GOING_ON, BatchState, Body, ImportBatch, Verdict, clocks_of
from missions.personal_data.imports import KEPT
from missions.sheets.kinds import KINDS
from missions.sheets.reading import LARGEST, MOST_ROWS, read
from missions.sheets.spelling import Unreadable
from missions.sheets.writing import XLSX

PER_PAGE = 100
SAMPLES = 3  # rows that stand beside the choice of columns
ORDER = [Verdict.WRONG, Verdict.PERHAPS, Verdict.CHANGED, Verdict.NEW, Verdict.SAME]


class FileForm(forms.Form):
    """The file, and through which body its rows come where a person works for several."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("A workbook (.xlsx) or CSV; its letters may be UTF-8 or CP949. At most 10 MB."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty. It may have been cut off on its way: send it again."),
        },
    )
    through = forms.ModelChoiceField(None, label=gettext_lazy("through which body"), empty_label=None)

    def __init__(self, *args, kind, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, bodies = kind, through(user, kind.name)
        self.fields["through"].queryset = bodies
        if bodies.count() <= 1:
            del self.fields["through"]
        self.only = bodies.first()

    def clean_file(self):
        """Read the table."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Leave out what is no row of the list, or split it.")
            )
        try:
            self.table = read(file.read(), batches.known_heads(self.kind))
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable
        return file


def may_import(model_admin, request):
    """Whether somebody may bring in records of a kind: whoever may enter one."""
    kind = KINDS.get(model_admin.opts.model_name)
    return kind is not None and kind.imported and model_admin.has_add_permission(request)


def through(user, kind):
    """The bodies by which a user may bring in records that need one: those they work for."""
    if kind not in ("difficulty", "company"):
        return Body.objects.none()
    return Body.objects.staffed_by(user) or (visible(Body, user) if kind == "company" else Body.objects.none())


def _allowed(model_admin, request):
    if not may_import(model_admin, request):
        raise PermissionDenied(_("Only those who may enter these records one by one may bring in a list of them."))
    return KINDS[model_admin.opts.model_name]


def start_page(request, model_admin):
    """Ask for the file, and show the lists that are under way. Raises ``PermissionDenied``."""
    kind = _allowed(model_admin, request)
    form = FileForm(request.POST or None, request.FILES or None, kind=kind, user=request.user)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data.get("through") or form.only
        name = form.cleaned_data["file"].name
        batch = batches.begin(kind, form.table, by=request.user, through=body, file_name=name)
        if batches.is_exact(kind, batch):  # as with the template: there is nothing to choose
            batches.match(batch, batch.places)
            batches.go_on(batch, model_admin, request)
        return redirect(_address(kind, batch))
    mine = ImportBatch.objects.visible_to(request.user).filter(kind=kind.name).with_wrong()[:10]
    context = {
        "title": _("Bring in a list"),
        "form": form,
        "mine": [(_address(kind, batch), batch, _stands(batch, batch.is_wrong)) for batch in mine],
        "zone": str(clocks_of(request.user).tzinfo),
        "most": f"{MOST_ROWS:,}",
        "template_address": reverse(f"admin:missions_{kind.name}_import_template"),
        "days": KEPT.days,
    }
    return _rendered(request, model_admin, "start", context)


def template_page(request, model_admin):
    """The workbook to fill in: heads, an example, and what each column means."""
    kind = _allowed(model_admin, request)
    name = _("%(records)s template") % {"records": kind.model._meta.verbose_name_plural}
    headers = {"Content-Disposition": saved_as(f"{name}.xlsx", f"{kind.name}-template.xlsx")}
    return FileResponse(io.BytesIO(template_book(kind, request.user)), content_type=XLSX, headers=headers)


def batch_page(request, model_admin, pk):
    """Where a list stands, and the one thing to do there. A list of others does not exist."""
    kind = _allowed(model_admin, request)
    batch = ImportBatch.objects.visible_to(request.user).filter(pk=pk, kind=kind.name).first()
    if batch is None:
        raise Http404
    if request.method == "POST":
        try:
            _act(request, model_admin, batch)
        except batches.Refused as refused:
            messages.error(request, str(refused))
        return redirect(_address(kind, batch))
    context = {"title": batch.file_name, "batch": batch, "kind": kind, "rows_in_all": batch.rows.count()}
    if batch.state == BatchState.COLUMNS or "columns" in request.GET:
        context |= _columns(kind, batch)
        return _rendered(request, model_admin, "columns", context)
    if batch.state in GOING_ON:
        return _rendered(request, model_admin, "under_way", context | _progress(batch))
    if batch.state == BatchState.CHECKED:
        context |= _columns(kind, batch)
    return _rendered(request, model_admin, "preview", context | _preview(request, model_admin, batch))


def _act(request, model_admin, batch):
    """The step that a button asks for."""
    wish = request.POST.get("do", "")
    if wish == "match":
        places, wrong = _places(request.POST, KINDS[batch.kind], batch)
        if wrong:
            raise batches.Refused(wrong)
        batches.match(batch, places)
    elif wish == "agree":
        chosen = request.POST.getlist("take")
        every = "take_all" in request.POST
        keys = batch.rows.filter(verdict=Verdict.PERHAPS).values_list("pk", flat=True)
        batches.agree(batch, [key for key in keys if every or str(key) in chosen])
    elif wish == "undo":
        taking_back.begin(batch)
    if wish in ("match", "agree", "undo", "go_on"):
        batches.go_on(batch, model_admin, request)


def _places(posted, kind, batch):
    """The columns as they were chosen, and what is wrong with that."""
    places = {}
    for column in kind.taken:
        place = posted.get(f"column_{column.name}", "")
        if place.isdecimal() and len(place) < 4 and int(place) < len(batch.heads):
            places[column.name] = int(place)
    twice = {place for place in places.values() if list(places.values()).count(place) > 1}
    if twice:
        heads = ", ".join(batch.heads[place] or _place(place) for place in sorted(twice))
        return places, _("One column of the list cannot say two things: %(heads)s.") % {"heads": heads}
    lacking = [kind.head(each) for each in kind.taken if each.needed and each.name not in places]
    if lacking and not set(kind.key) & places.keys():
        return places, _("Choose a column of the list for: %(names)s.") % {"names": ", ".join(lacking)}
    return places, ""


def _place(number):
    return _("column %(number)d") % {"number": number + 1}


def _columns(kind, batch):
    """The choice of columns, each with what stands in the first rows."""
    rows = list(batch.rows.order_by("line")[:SAMPLES])
    offered = []
    for place, head in enumerate(batch.heads):
        cells = [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place]]
        sample = " / ".join(cell[:20] for cell in cells)
        offered.append((place, f"{head or _place(place)}{f' ({sample})' if sample else ''}"))
    taken = set(batch.places.values())
    columns = [(column, kind.head(column), batch.places.get(column.name)) for column in kind.taken]
    asked = [told for told in columns if told[0].needed or told[2] is not None]
    return {
        "columns": asked,
        "others": [told for told in columns if told not in asked],
        "offered": offered,
        "matched": [(head, offered[place][1]) for _column, head, place in columns if place is not None],
        "left_out": [head or _place(place) for place, head in enumerate(batch.heads) if place not in taken],
    }


def _progress(batch):
    """How far it is."""
    if batch.state == BatchState.CHECKING:
        total, done = batch.rows.count(), batch.rows.filter(is_done=True).count()
    elif batch.state == BatchState.WRITING:
        doing = batches.to_write(batch)
        total, done = doing.count(), doing.filter(is_done=True).count()
    else:
        total = batches.to_write(batch).filter(is_done=True).count()
        done = total - batch.rows.filter(record__isnull=False).count()
    return {"total": total, "done": done, "percent": 100 * done // total if total else 100}


def _preview(request, model_admin, batch):
    """What the rows would do, or did, those first that somebody must look at."""
    counts = {verdict: batch.rows.filter(verdict=verdict).count() for verdict in ORDER}
    shown = request.GET.get("show", "")
    if shown not in counts:
        shown = next((verdict for verdict in ORDER if counts[verdict]), Verdict.NEW)
    rows = batch.rows.filter(verdict=shown).order_by("line")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return {
        "counts": [(verdict, verdict.label, counts[verdict]) for verdict in ORDER],
        "shown": shown,
        "shown_label": Verdict(shown).label,
        "page": page,
        "wrong": counts[Verdict.WRONG],
        "stands": _stands(batch, counts[Verdict.WRONG]),
        "doing": batches.to_write(batch).count(),
        "perhaps": counts[Verdict.PERHAPS],
        "change_name": f"admin:missions_{batch.kind}_change",
    }


def _stands(batch, is_wrong):
    """How far a list has come. One with a wrong row waits to be mended, not to be agreed to."""
    return _("to be mended") if is_wrong and batch.state == BatchState.CHECKED else batch.get_state_display()


def _address(kind, batch):
    return reverse(f"admin:missions_{kind.name}_import_batch", args=[batch.pk])


def _rendered(request, model_admin, name, context):
    own = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    own["start_address"] = reverse(f"admin:missions_{model_admin.opts.model_name}_import")
    own["list_address"] = reverse(f"admin:missions_{model_admin.opts.model_name}_changelist")
    return render(request, f"admin/imports/{name}.html", own | context)
