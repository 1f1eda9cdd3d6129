"""The ways by which lists of the desk leave and come as files: their addresses, and the links above a list."""

from django.urls import path, reverse

from missions.admin.exports import export_page
from missions.sheets.kinds import KINDS


def urls(model_admin):
    """The addresses of a list that leaves as a file."""
    name = model_admin.opts.model_name
    if name not in KINDS:
        return []
    wrapped = model_admin.admin_site.admin_view

    def export_view(request):
        return export_page(request, model_admin)

    return [path("export/", wrapped(export_view), name=f"missions_{name}_export")]


def ways(model_admin, request):
    """For the template of a list: the addresses of these pages that the user may open."""
    name = model_admin.opts.model_name
    if name not in KINDS:
        return {}
    narrowed = request.GET.urlencode()
    export = reverse(f"admin:missions_{name}_export")
    return {"export_address": f"{export}?{narrowed}" if narrowed else export}
