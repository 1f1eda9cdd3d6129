"""Lists of the desk as files: exactly what is filtered, in the columns that were chosen, for whoever may see the rows.

Columns that say whom to contact ask for a reason, and each contact that leaves is written into the access records.
A short list is sent at once; of a long one the page says how far it is.
"""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import IS_FACETS_VAR, ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from missions.admin import export_files
from missions.admin.export_files import TYPES
from missions.admin.saved_views import PASSING
from missions.admin.typed_filters import TypedFilter
from missions.files.downloads import saved_as
from missions.models import ExportFile, ExportState, clocks_of
from missions.personal_data import exports
from missions.sheets.kinds import KINDS

OWN = ("format", "column", "reason")  # what an address asks of the file; all else narrows the list
FRUITLESS = (ValueError, OverflowError, DataError, IncorrectLookupParameters)  # of what no database can look up


class ExportForm(forms.Form):
    """Which columns, in which form, and why contacts are needed where they are among them."""

    column = forms.MultipleChoiceField(
        label=gettext_lazy("columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a column at least.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("what the contacts are needed for"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Only where a column with contacts is chosen. It is kept in the access records with each firm or recipient."
        ),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.columns = kind, []
        self.has_contacts = any(column.personal for column in kind.columns)
        contact = _("contact: with a reason")
        self.fields["column"].choices = [
            (column.name, f"{kind.head(column)} ({contact})" if column.personal else kind.head(column))
            for column in kind.columns
        ]
        if not self.has_contacts:
            del self.fields["reason"]

    def clean(self):
        """Ask for the reason where contacts leave."""
        given = super().clean()
        self.columns = [column for column in self.kind.columns if column.name in given.get("column", ())]
        if any(column.personal for column in self.columns) and not given.get("reason", "").strip():
            self.add_error("reason", _("Say what the contacts are needed for, or leave their columns out."))
        return given


def export_page(request, model_admin):
    """Ask for columns and form, or send the file. Raises ``PermissionDenied`` for those who may not view the records.

    ``?format=xlsx`` sends the usual columns of a short list at once, or those that ``column=`` names; contacts are sent
    by POST alone, which for a long list begins the file and leads to its page.
    """
    kind = _allowed(model_admin, request)
    wish = (request.POST if request.method == "POST" else request.GET).get("format", "")
    request.GET, asked = _apart(request.GET)
    try:
        found = model_admin.get_changelist_instance(request)
        rows = found.get_queryset(request)
        count = rows.order_by()[: export_files.CAP + 1].count()
    except FRUITLESS:
        return redirect("../?e=1")
    is_cut, is_long, asks_for_reason = count > export_files.CAP, count > export_files.AT_ONCE, False
    if request.method == "POST":
        form = ExportForm(request.POST, kind=kind)
        columns, reason = (form.columns, form.cleaned_data.get("reason", "")) if form.is_valid() else ([], "")
    else:
        columns, reason = _named(kind, asked.getlist("column")), ""
        form = ExportForm(kind=kind, initial={"column": [column.name for column in columns]})
        asks_for_reason = wish in TYPES and any(column.personal for column in columns)
        columns = [] if is_cut or is_long or asks_for_reason else columns  # the page says it first
    if wish in TYPES and columns:
        said = {"reason": reason.strip(), "conditions": conditions(found, request.GET), "is_cut": is_cut}
        return _taken(request, kind, columns, rows, wish, is_long=is_long, **said)
    zone = clocks_of(request.user).tzinfo
    context = {
        "title": _("Take the list away as a file"),
        "form": form,
        "count": min(count, export_files.CAP),
        "counted": f"{min(count, export_files.CAP):,}",
        "cap": f"{export_files.CAP:,}" if is_cut else None,
        "is_long": is_long,
        "filters": request.GET.urlencode(),
        "list_address": _list_address(kind, request.GET.urlencode()),
        "asks_for_reason": asks_for_reason,
        "zone": str(zone),
        "mine": [
            (_address(file), _called(file, zone)[0], file)
            for file in _mine(request, kind).defer("keys", "pieces", "told")
        ],
    }
    return _page(request, model_admin, "export", context)


def file_page(request, model_admin, pk):
    """How far a long list is, by POST some seconds further, and where it is ready. A list of others does not exist."""
    kind = _allowed(model_admin, request)
    file = _own(request, kind, pk)
    start = f"{reverse(f'admin:missions_{kind.name}_export')}?{file.narrowed}"
    if request.method == "POST":
        if request.POST.get("do") == "delete":
            exports.forget([file])
            messages.success(request, _("The file was deleted."))
            return redirect(start)
        if file.state == ExportState.MAKING:
            export_files.go_on(file, model_admin, request)
        return redirect(_address(file))
    zone = clocks_of(request.user).tzinfo
    context = {
        "title": _called(file, zone)[0],
        "file": file,
        "is_made": file.state == ExportState.MADE,
        "count": len(file.keys),
        "total": f"{len(file.keys):,}",
        "done": f"{file.done:,}",
        "percent": file.percent,
        "is_written": file.state == ExportState.MAKING and file.done == len(file.keys),
        "start": start,
        "zone": str(zone),
        "content_address": f"{_address(file)}file/",
        "list_address": _list_address(kind, file.narrowed),
    }
    return _page(request, model_admin, "export_file", context)


def content_page(request, model_admin, pk):
    """A long list that is ready, as a download."""
    kind = _allowed(model_admin, request)
    file = _own(request, kind, pk)
    if file.state == ExportState.MAKING:
        return redirect(_address(file))
    try:
        content = export_files.opened(file, model_admin, request)
    except export_files.Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse(f'admin:missions_{kind.name}_export')}?{file.narrowed}")
    export_files.log.info("%s took %d rows of %s as %s", request.user.pk, len(file.keys), kind.name, file.format)
    answer = FileResponse(content, content_type=TYPES[file.format])
    answer["Content-Disposition"] = saved_as(*_called(file, clocks_of(request.user).tzinfo))
    answer["Cache-Control"] = "no-store"
    return answer


def _allowed(model_admin, request):
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return KINDS[model_admin.opts.model_name]


def _mine(request, kind):
    return ExportFile.objects.visible_to(request.user).filter(kind=kind.name)


def _own(request, kind, pk):
    file = _mine(request, kind).filter(pk=pk).first()
    if file is None:
        raise Http404
    return file


def _apart(address):
    """The conditions of the list, and what is asked of the file."""
    narrowing, asked = address.copy(), QueryDict(mutable=True)
    for name in OWN:
        if name in narrowing:
            asked.setlist(name, narrowing.pop(name))
    return narrowing, asked


def _named(kind, names):
    """The columns of some names; the usual ones where none is named."""
    return [column for column in kind.columns if (column.name in names if names else column.usual)]


def conditions(found, address):
    """By what a list is narrowed, in the words of its filters; what none of them says, as the address says it."""
    left, told = address.copy(), []
    for name in (ORDER_VAR, IS_FACETS_VAR, *PASSING):  # they decide how the list is shown, not what it has
        left.pop(name, None)
    for spec in found.filter_specs:
        used = [name for name in spec.expected_parameters() if name in left]
        said = _told(spec, found) if used else None
        if said is not None:
            told += [f"{capfirst(label)}: {words}" for label, words in said]
            for name in used:
                del left[name]
    if sought := left.pop(SEARCH_VAR, [""])[-1]:
        told.append(f"{_('Search')}: {sought}")
    return ", ".join([*told, *(f"{name}={value}" for name, value in left.items())])


def _told(spec, found):
    """What a filter in force says, in pairs of a label and words; ``None`` where it has no words for its value."""
    if isinstance(spec, TypedFilter):
        return spec.told()
    if not getattr(spec, "narrows", True):
        return []
    chosen = [str(one["display"]) for one in spec.choices(found) if one.get("selected") and one.get("display")]
    return [(spec.title, ", ".join(chosen))] if chosen else None


def _taken(request, kind, columns, rows, wish, *, is_long, **said):
    """The file, or the page of one that is long."""
    if is_long:
        return redirect(_address(export_files.begin(request, kind, columns, rows, wish, **said)))
    content = export_files.made_at_once(request, kind, columns, rows, wish, **said)
    answer = HttpResponse(content, content_type=TYPES[wish])
    answer["Content-Disposition"] = saved_as(*export_files.called(kind, wish, clocks_of(request.user)))
    answer["Cache-Control"] = "no-store"
    return answer


def _called(file, zone):
    """What a long list is called, in the language that it is written in, with its day on the clocks of ``zone``."""
    with override(file.language):
        return export_files.called(KINDS[file.kind], file.format, file.at.astimezone(zone))


def _address(file):
    return reverse(f"admin:missions_{file.kind}_export_file", args=[file.pk])


def _list_address(kind, narrowed):
    return f"{reverse(f'admin:missions_{kind.name}_changelist')}?{narrowed}"


def _page(request, model_admin, name, context):
    own = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return render(request, f"admin/{name}.html", own | context)
