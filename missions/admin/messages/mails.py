"""Mails that did not arrive, for superusers; on a development machine the mails themselves."""

import email
from email import policy
from pathlib import Path

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.fields.validators import is_key
from missions.models import Mail, MailState

SHOWN = 200  # mails that were not delivered
FILES = 20  # mails of a development machine
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # as Django's file backend writes it


def mails_page(request):
    """List what was not delivered, and send it again or put it away. Raises ``PermissionDenied`` for most."""
    if not (request.user.is_superuser or (settings.DEBUG and request.method == "GET")):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request)
    undelivered = Mail.objects.undelivered() if request.user.is_superuser else Mail.objects.none()
    waiting = Mail.objects.filter(state=MailState.WAITING).order_by("made_at")
    context = {
        "title": _("E-mails"),
        "undelivered": undelivered.select_related("reader")[:SHOWN],
        "waiting": waiting.count(),
        "oldest": waiting.first(),
        "files": list(_files(request.user)) if settings.DEBUG else [],
        "is_debug": settings.DEBUG,
    }
    return TemplateResponse(request, "admin/messages/mails.html", admin.site.each_context(request) | context)


def _decide(request):
    """Send the ticked mails again, or put them away."""
    ticked = [key for key in request.POST.getlist("mail") if is_key(key)]
    rows = Mail.objects.undelivered().filter(pk__in=ticked)
    if "again" in request.POST:
        done = rows.update(state=MailState.WAITING, tries=0, refusals=0, next_at=timezone.now(), reason="")
        said = ngettext("%(count)d e-mail is sent again.", "%(count)d e-mails are sent again.", done)
    else:
        done = rows.update(state=MailState.SETTLED)
        said = ngettext("%(count)d e-mail is put away.", "%(count)d e-mails are put away.", done)
    messages.success(request, said % {"count": done}) if done else messages.warning(request, _("Tick an e-mail first."))
    return redirect("admin:messages_mails")


def _files(user):
    """The latest mails that were written into files: those to this person, or all for a superuser."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "/nowhere")
    shown = 0
    for path in sorted(folder.glob("*.log"), reverse=True)[: FILES * 5]:
        for written in reversed(path.read_bytes().split(BETWEEN)):
            if not written.strip() or shown >= FILES:
                continue
            message = email.message_from_bytes(written.lstrip(), policy=policy.default)
            if user.is_superuser or (user.email and user.email in str(message["To"])):
                shown += 1
                yield message, _text(message)


def _text(message):
    body = message.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""
