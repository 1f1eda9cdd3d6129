"""The ways by which lists of the desk leave and come as files: their addresses, and the links above a list."""

from functools import partial, update_wrapper

from django.urls import path, reverse

from missions.sheets.kinds import KINDS


def urls(model_admin):
    """The addresses of a list that leaves or comes as a file."""
    from missions.admin.exports import content_page, export_page, file_page
    from missions.admin.imports.pages import batch_page, start_page, template_page

    name = model_admin.opts.model_name
    if name not in KINDS:
        return []
    pages = {
        "export/": ("export", export_page),
        "export/<int:pk>/": ("export_file", file_page),
        "export/<int:pk>/file/": ("export_content", content_page),
    }
    if KINDS[name].imported:
        pages |= {
            "import/": ("import", start_page),
            "import/template/": ("import_template", template_page),
            "import/<int:pk>/": ("import_batch", batch_page),
        }
    return [
        path(route, _of_desk(view, model_admin), name=f"missions_{name}_{ending}")
        for route, (ending, view) in pages.items()
    ]


def _of_desk(view, model_admin):
    bound = update_wrapper(partial(view, model_admin=model_admin), view)
    return model_admin.admin_site.admin_view(bound)


def ways(model_admin, request):
    """For the template of a list: the addresses of these pages. Lists come in by whoever may enter a record."""
    name = model_admin.opts.model_name
    if name not in KINDS:
        return {}
    narrowed = request.GET.urlencode()
    export = reverse(f"admin:missions_{name}_export")
    found = {"export_address": f"{export}?{narrowed}" if narrowed else export}
    if KINDS[name].imported:
        found["import_address"] = reverse(f"admin:missions_{name}_import")
    return found
