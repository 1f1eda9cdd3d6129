"""Two people at one form: the second save is refused, with both people's words side by side."""

from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from missions.admin.conflicts.comparison import Comparison, FormState
from missions.admin.conflicts.gone import gone

BASE = "_base"


class LockedForms:
    """Sends out with each change form what it shows, and saves it only over exactly that.

    ``docs/adr/0007-saved-only-over-what-was-shown.md`` says why the values themselves go along.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Look again where somebody wrote the same key at the same moment: the form then says so, and keeps all."""
        if "_saveasnew" in request.POST:  # which Django follows although no form offers it
            request.POST = request.POST.copy()
            del request.POST["_saveasnew"]
        try:
            return self._changeform(request, object_id, form_url, extra_context)
        except IntegrityError:
            return self._changeform(request, object_id, form_url, extra_context)

    def _changeform(self, request, object_id, form_url, extra_context):
        """Compare a posted form with what is stored, in the transaction that saves it."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                record = self._locked_record(request, object_id)
                if self.has_change_permission(request, record):
                    extra_context = {**(extra_context or {}), **self._compare(request, record)}
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Http404:
            return gone(self, request, 404)
        except PermissionDenied:
            return gone(self, request, 403)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Send out what the form shows."""
        if change and "base" not in context and self.has_change_permission(request, obj):
            formsets = [inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission]
            sheet = self._sheet(request, context["adminform"].form, formsets)
            context["base"] = self._sealed(request, sheet)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _locked_record(self, request, object_id):
        """The row as it stands, no longer to be changed by others. Raises ``Http404`` where there is none."""
        key = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        column = key if key and self.to_field_allowed(request, key) else None
        record = self.get_object(request, unquote(object_id), column)
        _lock(self.model, pk=record.pk)
        return self.get_object(request, unquote(object_id), column)

    def _compare(self, request, record):
        """Bring what was posted up to what is stored; what the page needs to show it."""
        form = self.get_form(
            request, record, change=True, fields=flatten_fieldsets(self.get_fieldsets(request, record))
        )
        formsets = []
        for formset, inline in self.get_formsets_with_inlines(request, record):
            if inline.has_change_permission(request, record):
                _lock(formset.model, **{formset.fk.name: record})
                prefix = formset.get_default_prefix()
                formsets.append(formset(instance=record, prefix=prefix, queryset=inline.get_queryset(request)))
        sheet = self._sheet(request, form(instance=record), formsets)
        data = request.POST.copy()
        comparison = Comparison(sheet, self._opened(request, record, data.get(BASE, "")), data)
        request.POST, request.is_refused = data, comparison.refused
        return {"base": self._sealed(request, sheet), "conflict": comparison if comparison.refused else None}

    def _sheet(self, request, form, formsets):
        return FormState(form, formsets)

    def _sealed(self, request, sheet):
        return signing.dumps(sheet.base(), salt=_salt(request, sheet.record), compress=True)

    def _opened(self, request, record, text):
        """What a form showed when it was opened, or None where that cannot be trusted."""
        try:
            return signing.loads(text, salt=_salt(request, record))
        except signing.BadSignature:
            return None


def _salt(request, record):
    """Ties what was shown to one record and one person."""
    return f"missions.admin.base:{record._meta.label_lower}:{record.pk}:{request.user.pk}"


def _lock(model, **which):
    """Hold rows until the transaction ends. SQLite has no row locks: there the whole transaction waits its turn."""
    list(model._base_manager.select_for_update(no_key=True).filter(**which).order_by("pk").values_list("pk"))
