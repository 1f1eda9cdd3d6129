"""Lists of the desk as files: exactly what is filtered, in the columns that were chosen, for whoever may see the rows.

Columns that say whom to contact ask for a reason, and each contact that leaves is written into the access records.
"""

import logging

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.personal_data import accesses
from missions.sheets.columns import Reader
from missions.sheets.kinds import KINDS
from missions.sheets.writing import XLSX, Sheet, csv_text, workbook

CAP = 10_000  # rows of a file
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
OWN = ("format", "column", "reason")  # what an address asks of the file; all else narrows the list
FRUITLESS = (ValueError, OverflowError, DataError, IncorrectLookupParameters)  # of what no database can look up

log = logging.getLogger("missions.exports")


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

    ``?format=xlsx`` sends the usual columns at once, or those that ``column=`` names; contacts are sent by POST alone.
    """
    kind = KINDS[model_admin.opts.model_name]
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    wish = (request.POST if request.method == "POST" else request.GET).get("format", "")
    request.GET, asked = _apart(request.GET)
    try:
        found = model_admin.get_changelist_instance(request)
        rows = found.get_queryset(request)
        count = rows.order_by()[: CAP + 1].count()
    except FRUITLESS:
        return redirect("../?e=1")
    is_cut, asks_for_reason = count > CAP, False
    if request.method == "POST":
        form = ExportForm(request.POST, kind=kind)
        columns, reason = (form.columns, form.cleaned_data.get("reason", "")) if form.is_valid() else ([], "")
    else:
        columns, reason = _named(kind, asked.getlist("column")), ""
        form = ExportForm(kind=kind, initial={"column": [column.name for column in columns]})
        asks_for_reason = wish in TYPES and any(column.personal for column in columns)
        columns = [] if is_cut or asks_for_reason else columns  # the page says it first
    if wish in TYPES and columns:
        narrowed = ", ".join(conditions(found, request.GET))
        return _file(request, kind, columns, rows, wish, reason=reason, is_cut=is_cut, narrowed=narrowed)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Take the list away as a file"),
        "opts": model_admin.opts,
        "form": form,
        "count": min(count, CAP),
        "cap": CAP if is_cut else None,
        "filters": request.GET.urlencode(),
        "list_address": f"{reverse(f'admin:missions_{kind.name}_changelist')}?{request.GET.urlencode()}",
        "asks_for_reason": asks_for_reason,
    }
    return render(request, "admin/export.html", context)


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
    for spec in found.filter_specs:
        used = [name for name in spec.expected_parameters() if name in left]
        choices = spec.choices(found) if used else []
        chosen = [str(one["display"]) for one in choices if one.get("selected") and one.get("display")]
        if chosen:
            told.append(f"{capfirst(spec.title)}: {', '.join(chosen)}")
            for name in used:
                del left[name]
    if sought := left.pop(SEARCH_VAR, [""])[-1]:
        told.append(f"{_('Search')}: {sought}")
    return [*told, *(f"{name}={value}" for name, value in left.items())]


def _file(request, kind, columns, rows, wish, *, reason, is_cut, narrowed):
    reader = Reader(request.user)
    rows = kind.annotated(rows).select_related(*kind.fetched).prefetch_related(*kind.gathered)
    found = list(rows[:CAP])
    if any(column.personal for column in columns):
        _record(request, kind, reader, found, reason)
    cells = [kind.cells(row, columns, reader) for row in found]
    title = str(kind.model._meta.verbose_name_plural)
    sheet = Sheet(title, [kind.head(column) for column in columns], cells)
    content = (
        workbook(sheet, _about(request, title, len(found), is_cut, narrowed)) if wish == "xlsx" else csv_text(sheet)
    )
    log.info("%s took %d rows of %s as %s", request.user.pk, len(found), kind.name, wish)
    answer = HttpResponse(content, content_type=TYPES[wish])
    name = f"{kind.name}-{timezone.localdate():%Y%m%d}.{wish}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _record(request, kind, reader, rows, reason):
    """Write down whose contacts leave, each once."""
    owners = {owner.pk: owner for owner in map(kind.whose, rows) if owner is not None}.values()
    told = [owner for owner in owners if owner.has_contact and reader.reaches(owner)]
    accesses.record_export(told, by=request.user, address=request.origin, reason=reason.strip())


def _about(request, title, count, is_cut, narrowed):
    """The second table of a workbook: what it is, and when it was made."""
    lines = [
        [_("List"), title],
        [_("Made at"), timezone.now()],
        [_("Made by"), str(request.user)],
        [_("Conditions of the list"), narrowed or "–"],
        [_("Rows"), count],
    ]
    if is_cut:
        lines.append([_("Cut off"), cut_off()])
    return Sheet(_("About this file"), [], lines)


def cut_off():
    """The sentence for a list that is longer than a file may be."""
    return _(
        "The list has more than %(cap)s rows. The file has the first %(cap)s in its order; narrow the list to reach "
        "the others."
    ) % {"cap": localize(CAP)}
