"""The bodies' health, for those who see every body: what is late, missing or about to end, with a link to each."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.admin.front.health import ENDING, checkup


def health(request):
    """A table of all running bodies. Raises ``PermissionDenied`` for staff of single bodies."""
    if not request.user.has_perm("missions.view_every_body"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Health of the bodies"),
        "bodies": checkup(timezone.localdate()),
        "days": ENDING.days,
    }
    return TemplateResponse(request, "admin/health.html", context)


def silence(health):
    """How long ago a body last met, in words."""
    if health.silent_days is None:
        return _("no meeting with a known day")
    days = health.silent_days
    return ngettext("last met %(count)d day ago", "last met %(count)d days ago", days) % {"count": days}


def remarks(health):
    """What there is to ask a body about, a few words each."""
    said = [silence(health)] if health.rhythm_kept is False or health.silent_days is None else []
    if health.late_legs:
        said.append(
            ngettext("%(count)d late relay", "%(count)d late relays", health.late_legs) % {"count": health.late_legs}
        )
    if ends := len(health.ending):
        said.append(ngettext("%(count)d seat ends soon", "%(count)d seats end soon", ends) % {"count": ends})
    if health.missing:
        said.append(_("no seat recorded: %(kinds)s") % {"kinds": ", ".join(map(str, health.missing))})
    return said
