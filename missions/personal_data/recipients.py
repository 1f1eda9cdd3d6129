"""Erases addresses and contacts of recipients that receive nothing any more. Their names and distributions stay."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from missions.models import Recipient

EMPTY = {"contact": "", "email": ""}


def due(before):
    """Recipients out of use since before a moment, with a contact or an address now or in their history."""
    known = ~Q(**EMPTY) | Exists(Recipient.history.filter(id=OuterRef("pk")).exclude(**EMPTY))
    return Recipient.objects.filter(known, is_active=False, updated_at__lt=before).order_by("pk")


@transaction.atomic
def erase(before):
    """Erase what is due, former values included. Returns the recipients."""
    rows = list(due(before).select_for_update(of=("self",)))
    keys = [row.pk for row in rows]
    Recipient.history.filter(id__in=keys).update(**EMPTY)
    Recipient.objects.filter(pk__in=keys).update(**EMPTY)
    return rows
