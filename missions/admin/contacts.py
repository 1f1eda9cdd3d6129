"""Contacts of firms and of recipients: masked until somebody asks to see one, which is written down.

The page of such a record names in ``contact`` the part of its form that has it, and asks these functions in its hooks.
"""

import time
from functools import partial

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from missions.admin.scope import ScopedDelta
from missions.models import Access
from missions.personal_data import accesses, masking

SHOWN_FOR = 10 * 60  # seconds
KEPT = "contacts_shown"  # in the session: until when, by kind and key of whose they are


def _name(owner):
    return f"{owner._meta.model_name}-{owner.pk}"


def is_shown(request, owner):
    """Whether this person asked for this contact a short while ago."""
    until = request.session.get(KEPT, {}).get(_name(owner), 0)
    return until > time.time() and owner.is_reachable_by(request.user)


def may_show(request, owner):
    """Whether the contact is masked for somebody who may read it."""
    return owner.is_reachable_by(request.user) and not is_shown(request, owner)


def show(request, *owners):
    """Show contacts for ten minutes, and write down who saw them, when and from where: a record each."""
    now = time.time()
    still = {key: until for key, until in request.session.get(KEPT, {}).items() if until > now}
    for owner in owners:
        accesses.record(Access.CONTACT, owner, by=request.user, address=request.origin)
        still[_name(owner)] = now + SHOWN_FOR
    request.session[KEPT] = still


def masked_columns(page):
    """The columns of the form of a page while the contact is masked. All are read only."""
    return [f"masked_{name}" for name in page.contact[1]["fields"]]


def masked_fieldsets(page, found):
    """The parts of a form with the contact masked."""
    masked = (page.contact[0], {"fields": masked_columns(page)})
    return [masked if part is page.contact else part for part in found]


def beside_form(page, request, owner):
    """Whether there is a contact to be shown, and by what address, as context of the template."""
    if owner is None:
        return {}
    address = reverse(f"admin:missions_{page.opts.model_name}_contact", args=[owner.pk])
    return {"may_show_contact": owner.has_contact and may_show(request, owner), "contact_address": address}


def urls(page):
    """The address that shows a contact."""
    view = page.admin_site.admin_view(partial(_show_contact, page))
    return [path("<path:object_id>/contact/", view, name=f"missions_{page.opts.model_name}_contact")]


def _show_contact(page, request, object_id):
    """Show a contact for a while, and write down that it was shown. Only by POST."""
    owner = page.get_object(request, unquote(object_id))
    if not (page.has_view_permission(request, owner) and owner.is_reachable_by(request.user)):
        raise PermissionDenied
    if request.method == "POST":
        show(request, owner)
    return redirect(f"admin:missions_{page.opts.model_name}_change", owner.pk)


def keep_open(page, request, object_id):
    """A form that was open with the contact is still that form when the time, or the session, has run out."""
    sent = getattr(request, "typed", None) or request.POST
    if object_id and not sent.keys().isdisjoint(page.contact[1]["fields"]):
        owner = page.get_object(request, unquote(object_id))
        if may_show(request, owner):
            show(request, owner)


class MaskedDelta(ScopedDelta):
    """Words of a history in which contacts are masked."""

    def prepare_delta_change_value(self, change, value):
        """The value of a changed field, fit to show."""
        value = super().prepare_delta_change_value(change, value)
        return masking.MASKED[change.field](str(value)) if change.field in masking.MASKED else value


def delta(page, request, version):
    """Words of a version in a history, which masks what the contact was as the page masks the contact."""
    masks = not is_shown(request, page.get_object(request, str(version.id)))
    return (MaskedDelta if masks else ScopedDelta)(page.model, version, request.user)


@admin.display(description=_("contact person"))
def masked_contact(page, owner):
    """The contact person, told apart and no more."""
    return masking.masked_name(owner.contact)


@admin.display(description=_("telephone"))
def masked_telephone(page, owner):
    """The telephone, told apart and no more."""
    return masking.masked_telephone(owner.telephone)


@admin.display(description=_("e-mail"))
def masked_email(page, owner):
    """The e-mail address, told apart and no more."""
    return masking.masked_email(owner.email)
