"""One's own notices, and how those of each kind are delivered."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from missions.admin.site import of_the_desk
from missions.fields.validators import is_key
from missions.messages import words
from missions.models import AT_ONCE, Delivery, DeliveryChoice, Mail, MailState, Notice, NoticeKind, clocks_of

SHOWN = 50  # notices on a page


def messages_page(request):
    """The notices of whoever asks, the latest first; by POST they are marked as read."""
    own = Notice.objects.visible_to(request.user)
    if request.method == "POST":
        return _mark(request, own)
    kind = request.GET.get("kind") if request.GET.get("kind") in NoticeKind.values else ""
    unread = request.GET.get("unread") == "1"
    found = own.filter(kind=kind) if kind else own
    found = found.unread() if unread else found
    page = Paginator(found.select_related("by"), SHOWN).get_page(request.GET.get("p"))
    notices = words.with_rows(page.object_list, request.user)
    for notice in notices:
        notice.said = words.said(notice)
        notice.address = notice.row and words.address(notice)
    context = {
        "title": pgettext("to staff", "Messages"),
        "page": page,
        "notices": notices,
        "kinds": [(value, capfirst(label)) for value, label in NoticeKind.choices],
        "kind": kind,
        "zone": str(clocks_of(request.user).tzinfo),
        "only_unread": unread,
        "refused": _last_refused(request.user),
        "shows_mails": request.user.is_superuser or settings.DEBUG,
    }
    return TemplateResponse(request, "admin/messages/list.html", admin.site.each_context(request) | context)


def _mark(request, own):
    """Mark one notice as read, or all that stood on the page when it was asked for or before."""
    one, until = request.POST.get("notice", ""), request.POST.get("until", "")
    rows = own.unread().filter(pk=one) if is_key(one) else own.unread().filter(pk__lte=until) if is_key(until) else None
    done = rows.mark_read() if rows is not None else 0
    if is_key(until):
        said = ngettext("%(count)d message is marked as read.", "%(count)d messages are marked as read.", done)
        messages.success(request, said % {"count": done})
    return redirect(of_the_desk(request.POST.get("next", "") or reverse("admin:messages")))


def _last_refused(user):
    """The last mail of a person, where it was refused: their address may be wrong."""
    last = Mail.objects.filter(reader=user, state__in=[MailState.SENT, MailState.REFUSED]).order_by("-pk").first()
    return last if last and last.state == MailState.REFUSED else None


class DeliveryForm(forms.Form):
    """How one person wants to be told of each kind."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = dict(DeliveryChoice.objects.filter(user=user).values_list("kind", "delivery"))
        for kind, label in NoticeKind.choices:
            usual = Delivery.AT_ONCE if kind in AT_ONCE else Delivery.DIGEST
            self.fields[kind] = forms.ChoiceField(
                label=capfirst(label), choices=Delivery.choices, initial=chosen.get(kind, usual)
            )


def delivery_page(request):
    """The page on which everybody chooses it for themselves."""
    form = DeliveryForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for kind, delivery in form.cleaned_data.items():
                chosen = {"defaults": {"delivery": delivery}}
                DeliveryChoice.objects.update_or_create(user=request.user, kind=kind, **chosen)
        messages.success(request, _("Your choice is saved. It holds for what happens from now on."))
        return redirect("admin:messages_delivery")
    context = {"title": _("How messages reach me"), "form": form}
    return TemplateResponse(request, "admin/messages/delivery.html", admin.site.each_context(request) | context)
