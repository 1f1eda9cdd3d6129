"""What was typed into the form of a record that is gone by then, or no longer one’s own: shown, not lost."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from missions.admin.conflicts.form_values import in_words


def gone(model_admin, request, status):
    """The page that says that nothing was saved, with every text that was posted. It tells nothing of the record."""
    opts = model_admin.opts
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": opts,
        "words": list(_typed(model_admin, request)),
        "list": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
    }
    return render(request, "admin/gone.html", context, status=status)


def _typed(model_admin, request):
    """Pairs of a field’s label and what was posted for it, parts included, in the order of the form."""
    fields = dict(_fields(model_admin, request))
    for name, texts in request.POST.lists():
        # Parts are numbered: linkages-0-result is the field “linkages-result”.
        asked = fields.get(name) or fields.get("-".join(part for part in name.split("-") if not part.isdigit()))
        if asked and any(texts) and (said := in_words(asked, texts)):
            yield capfirst(asked.label), said


def _fields(model_admin, request):
    yield from _of_columns(model_admin, request)
    for part in model_admin.inlines:
        inline = part(model_admin.model, model_admin.admin_site)
        prefix = inline.get_formset(request).get_default_prefix()
        for name, field in _of_columns(inline, request):
            yield f"{prefix}-{name}", field


def _of_columns(model_admin, request):
    columns = [*model_admin.opts.fields, *model_admin.opts.many_to_many]
    asked = ((column.name, model_admin.formfield_for_dbfield(column, request)) for column in columns if column.editable)
    return [(name, field) for name, field in asked if field]
