"""The files of a record at the desk: a list beside its form, a page that adds some, each file as a download.

Whoever may open the record may have its files; its page says in ``may_write_files`` who may add some. They are never
shown in the browser: what a stranger made is not opened under the desk's own name.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from missions.admin.conflicts import typed
from missions.admin.forms import WithoutPersonalNumbers
from missions.admin.widgets import WholeTexts
from missions.files import attaching, storing
from missions.files.downloads import as_download
from missions.files.names import cleaned
from missions.files.unfit import Unfit
from missions.models import FileKind

ACCEPTED = ",".join([*(f".{kind}" for kind in FileKind.values), ".jpeg"])


class SeveralFilesInput(forms.FileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs=None):
        super().__init__({"multiple": True} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        """All that was sent under the name."""
        return files.getlist(name)


class SeveralFiles(forms.FileField):
    """Several files, of which none is read here."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        """The files as they were sent. Empty ones stay: what is said of them is said by name."""
        given = data or []
        if not given:
            raise forms.ValidationError(_("Choose a file."))
        if len(given) > settings.FILES_MOST_AT_ONCE:
            most = settings.FILES_MOST_AT_ONCE
            raise forms.ValidationError(_("Choose at most %(count)d files at once.") % {"count": most})
        return given


class FilesForm(WithoutPersonalNumbers, WholeTexts, forms.Form):
    """The files, and what they are."""

    files = SeveralFiles(label=gettext_lazy("files"))
    note = forms.CharField(
        label=gettext_lazy("what they are"),
        help_text=gettext_lazy("For example: the notice of the customs office, with a translation."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["files"]
        most = {"size": filesizeformat(settings.FILE_MOST_BYTES), "count": settings.FILES_MOST_AT_ONCE}
        field.help_text = (
            _("PDF, docx, xlsx, pptx, hwp, hwpx, PNG, JPEG; up to %(size)s each, %(count)d at once.") % most
        )
        told = {"accept": ACCEPTED, "data-most": settings.FILE_MOST_BYTES, "data-all": settings.UPLOAD_MOST_BYTES}
        field.widget.attrs.update(told, **{"data-said": _("Too large to be sent:")})


def file_urls(model_admin):
    """The addresses of the files of the records of a page."""
    name, site = model_admin.opts.model_name, model_admin.admin_site
    pages = {
        f"missions_{name}_files": ("<int:pk>/files/", _adding),
        f"missions_{name}_file": ("<int:pk>/files/<int:file>/", require_safe(_download)),
        f"missions_{name}_removal": ("<int:pk>/files/<int:file>/remove/", _removal),
    }

    def of(view):
        def asked(request, pk, **kwargs):
            record = model_admin.get_object(request, str(pk))
            if not model_admin.has_view_permission(request, record):
                raise PermissionDenied
            return view(request, model_admin, record, **kwargs)

        return asked

    return [path(route, site.admin_view(of(view)), name=name) for name, (route, view) in pages.items()]


def files_beside(model_admin, request, record, may_write=None):
    """What the page of a record shows of its files. ``may_write``: whether somebody may add some, where it is known."""
    may_write = model_admin.may_write_files(request, record) if may_write is None else may_write
    rows = _files_of(record)
    present = [row for row in rows if not row.removed_at]
    may_remove = _remover(model_admin, request, record, may_write)
    return {
        "files": [(row, attaching.why_not_open(row), may_remove(row)) for row in present],
        "files_address": _address(model_admin, record, "files"),
        "may_write_files": may_write,
        "removed_files": [row for row in rows if row.removed_at],
    }


def _files_of(record):
    """The files of a record, read once for its page: the time line tells of them too."""
    if not hasattr(record, "files_shown"):
        record.files_shown = list(record.attachments.with_names())
    return record.files_shown


def _address(model_admin, record, name, *further):
    return reverse(f"admin:missions_{model_admin.opts.model_name}_{name}", args=[record.pk, *further])


def _back(model_admin, record):
    return f"{_address(model_admin, record, 'change')}#files"


def _require(model_admin, request, record):
    if not model_admin.may_write_files(request, record):
        raise PermissionDenied


def _adding(request, model_admin, record):
    """Take files, each by itself: what is fit is kept, what is not is told by its name, with what was typed."""
    _require(model_admin, request, record)
    begun = typed.take(request) or {}
    if begun:
        messages.info(request, _("No browser keeps files for later: choose them again."))
    is_sent = request.method == "POST"
    form = FilesForm(request.POST, request.FILES) if is_sent else FilesForm(initial={"note": begun.get("note", "")})
    if form.is_valid():
        kept = _kept(request, record, form)
        if kept:
            said = ngettext("%(count)d file was added: %(names)s", "%(count)d files were added: %(names)s", len(kept))
            messages.success(request, said % {"count": len(kept), "names": ", ".join(file.name for file in kept)})
        if not form.errors:
            return redirect(_back(model_admin, record))
    context = _context(request, model_admin, record, _("Add files")) | {"form": form, "is_unsaved": is_sent}
    return render(request, "admin/files.html", context)


def _kept(request, record, form):
    """The files that were taken; of each of the others the form says why not."""
    kept = []
    for file in form.cleaned_data["files"]:
        try:
            kept.append(attaching.attach(record, file, by=request.user, name=file.name, note=form.cleaned_data["note"]))
        except Unfit as unfit:
            form.add_error("files", f"{cleaned(file.name)}: {unfit}")
    if form.errors:
        form.add_error("files", _("These were not kept. Choose them again once they are mended."))
    return kept


def _context(request, model_admin, record, title):
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "record": record,
        "list_address": reverse(f"admin:missions_{model_admin.opts.model_name}_changelist"),
        "back": _back(model_admin, record),
    }


def _present(record, key):
    """A file of this record that was not removed. Raises ``Http404``."""
    found = record.attachments.present().filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _download(request, model_admin, record, file):
    """The content of a file, as a download whatever its kind."""
    attachment = _present(record, file)
    why_not, content = attaching.why_not_open(attachment), None
    if not why_not:
        try:
            content = storing.opened(attachment.stored_as)
        except FileNotFoundError:
            why_not = _("The content of this file is lost. Tell whoever runs this site.")
    if why_not:
        messages.error(request, f"{attachment.name}: {why_not}")
        return redirect(_back(model_admin, record))
    return as_download(content, attachment)


class RemovalForm(WithoutPersonalNumbers, WholeTexts, forms.Form):
    """Why a file goes."""

    because = forms.CharField(label=gettext_lazy("why it is removed"), max_length=300)


def _remover(model_admin, request, record, may_write):
    """Tells of each file whether somebody may remove it: their own, or any where the record is theirs to write."""
    if not may_write:
        return lambda attachment: False
    writes = model_admin.has_change_permission(request, record)
    return lambda attachment: writes or attachment.added_by_id == request.user.pk


def _removal(request, model_admin, record, file):
    """Ask why, and erase the content."""
    attachment = _present(record, file)
    may_write = model_admin.may_write_files(request, record)
    if not _remover(model_admin, request, record, may_write)(attachment):
        raise PermissionDenied
    begun = typed.take(request) or {}
    is_sent = request.method == "POST"
    form = RemovalForm(request.POST) if is_sent else RemovalForm(initial={"because": begun.get("because", "")})
    if form.is_valid():
        attaching.remove(attachment, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, format_html("{}: {}", attachment.name, _("The file was removed.")))
        return redirect(_back(model_admin, record))
    context = _context(request, model_admin, record, _("Remove a file"))
    return render(request, "admin/files.html", context | {"form": form, "attachment": attachment})


def entries_of(record):
    """What happened to the files of a record: moment, by whom, whether one was added, its row."""
    for row in _files_of(record):
        yield row.added_at, row.added_by, True, row
        if row.removed_at:
            yield row.removed_at, row.removed_by, False, row
