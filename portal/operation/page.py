"""The page “Operation” for superusers: what the probes tell, and what waits."""

import sys

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.operation import facts, work

NAMES = {
    "process": gettext_lazy("Process"),
    "database": gettext_lazy("Database"),
    "migrations": gettext_lazy("Migrations"),
    "cache": gettext_lazy("Cache"),
    "disk": gettext_lazy("Free disk space"),
}
FOLDERS = {
    "temporary": gettext_lazy("temporary files"),
    "database": gettext_lazy("database"),
    "files": gettext_lazy("files of records"),
}


def operation(request):
    """Show it. Raises ``PermissionDenied`` for all who are no superusers."""
    if not request.user.is_superuser:
        raise PermissionDenied
    facts.forget()
    found = [(NAMES[fact.name], fact) for fact in facts.readiness()]
    context = {
        "title": _("Operation"),
        "facts": found,
        "python": sys.version.split()[0],
        "free": [(FOLDERS[name], size) for _n, fact in found for name, size in fact.told.get("free", {}).items()],
        "scans": bool(settings.CLAMD_SOCKET),
        "mails": work.mails(),
        "unscanned": work.unscanned(),
        "backup": work.last_backup(),
        "purge": work.last_purge(),
        "retention": settings.RETENTION_YEARS,
        "loaded": work.loaded(),
    }
    return TemplateResponse(request, "admin/operation.html", admin.site.each_context(request) | context)
