"""Two people at one form: the second save is refused, with both people's words side by side."""

from functools import partial

from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from missions.admin.conflicts.comparison import Comparison, FormState
from missions.admin.conflicts.gone import gone

BASE = "_base"


def answer(model_admin, request, object_id, view, context):
    """Answer a posted form by ``view``, Django's own page of it, which takes the context of its template.

    Where somebody wrote the same key at the same moment, look again: the form then says so, and keeps all.
    """
    if "_saveasnew" in request.POST:  # which Django follows although no form offers it
        request.POST = request.POST.copy()
        del request.POST["_saveasnew"]
    if object_id is not None:
        view = partial(_compare_and_save, model_admin, request, object_id, view)
    try:
        return view(context)
    except IntegrityError:
        return view(context)


def sealed(request, form, formsets):
    """What a form shows, as it goes out with it: only over exactly that it is saved.

    ``docs/adr/0007-saved-only-over-what-was-shown.md`` says why the values themselves go along.
    """
    return _sealed(request, FormState(form, formsets))


def _compare_and_save(model_admin, request, object_id, view, context):
    """Compare a posted form with what is stored, in the transaction that saves it."""
    try:
        with transaction.atomic():
            record = _locked_record(model_admin, request, object_id)
            if model_admin.has_change_permission(request, record):
                context = context | _compare(model_admin, request, record)
            return view(context)
    except Http404:
        return gone(model_admin, request, 404)
    except PermissionDenied:
        return gone(model_admin, request, 403)


def _locked_record(model_admin, request, object_id):
    """The row as it stands, no longer to be changed by others. Raises ``Http404`` where there is none."""
    key = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
    column = key if key and model_admin.to_field_allowed(request, key) else None
    record = model_admin.get_object(request, unquote(object_id), column)
    _lock(model_admin.model, pk=record.pk)
    return model_admin.get_object(request, unquote(object_id), column)


def _compare(model_admin, request, record):
    """Bring what was posted up to what is stored; what the page needs to show it."""
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, record))
    form = model_admin.get_form(request, record, change=True, fields=fields)
    formsets = []
    for formset, inline in model_admin.get_formsets_with_inlines(request, record):
        if inline.has_change_permission(request, record):
            _lock(formset.model, **{formset.fk.name: record})
            prefix = formset.get_default_prefix()
            formsets.append(formset(instance=record, prefix=prefix, queryset=inline.get_queryset(request)))
    form_state = FormState(form(instance=record), formsets)
    data = request.POST.copy()
    comparison = Comparison(form_state, _opened(request, record, data.get(BASE, "")), data, model_admin.moved_by_steps)
    request.POST, request.is_refused = data, comparison.refused or getattr(request, "is_given_back", False)
    return {"base": _sealed(request, form_state), "conflict": comparison if comparison.refused else None}


def _sealed(request, form_state):
    return signing.dumps(form_state.base(), salt=_salt(request, form_state.record), compress=True)


def _opened(request, record, text):
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
