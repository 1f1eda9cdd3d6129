"""Tells people that something happened to a record. Each verb calls it in the transaction of its step."""

import logging

from django.apps import apps
from django.db import InternalError, OperationalError
from django.db.models import Q
from django.utils import timezone

from missions.models import AT_ONCE, Delivery, DeliveryChoice, Notice, User

log = logging.getLogger(__name__)


def notify(kind, record, readers, *, by, because, event, step, day_on=None, in_sight=False):
    """Write a notice to each reader who may see a record, save whoever did it themselves.

    ``kind``: a ``NoticeKind``; ``because``: a ``Because``; ``event``: what happened, in at most 60 characters that
    name it for good, such as ``step:17``: whoever has been told of it is not told again. ``step`` chooses the sentence
    in ``missions.messages.words``, ``day_on`` is the day it speaks of. ``by`` is None for a deadline that passed.
    ``in_sight`` spares the question who may see the record, where the choice of the readers has answered it; it is
    asked again when a notice is read and when it is sent.

    To be called in the transaction of what happened.
    """
    told = {reader.pk: reader for reader in readers if reader.is_active and not reader.is_institution}
    if by is not None:
        told.pop(by.pk, None)
    told = list(told.values()) if in_sight else who_may_see(record, told.values())
    if not told:
        return
    chosen = dict(DeliveryChoice.objects.filter(user__in=told, kind=kind).values_list("user", "delivery"))
    usual = Delivery.AT_ONCE if kind in AT_ONCE else Delivery.DIGEST
    Notice.objects.bulk_create(
        [
            Notice(
                reader=reader,
                kind=kind,
                step=step,
                because=because,
                event=event,
                model=record._meta.model_name,
                record=record.pk,
                day_on=day_on,
                by=by,
                at=timezone.now(),
                delivery=chosen.get(reader.pk, usual) if reader.email else Delivery.DESK,
            )
            for reader in told
        ],
        ignore_conflicts=True,
    )


def opened(user, model, key):
    """Note that a person opened the page of a record: what they were told of it is read.

    The page goes without, and says nothing, where the database can only be read.
    """
    notices = Notice.objects.visible_to(user).unread().filter(model=model._meta.model_name, record=key)
    try:
        if notices.exists():
            notices.mark_read()
    except (OperationalError, InternalError) as error:
        log.warning("Not marked as read: %s", type(error.__cause__ or error).__name__)


def visible_rows(model, user):
    """The rows of a model, given by its name, whose pages one person may open."""
    rows = apps.get_model("missions", model)._default_manager
    return rows.visible_to(user) if user.has_perm(f"missions.view_{model}") else rows.none()


def who_may_see(record, people):
    """Those of some people who may open the page of a record, as it stands. One query for all who see every body."""
    people = list(people)
    if not people:
        return []
    view = f"view_{record._meta.model_name}"
    wholly = set(
        holding("view_every_body", view).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True)
    )
    return [one for one in people if one.pk in wholly or may_see(record, one)]


def may_see(record, user):
    """Whether one person may open the page of a record."""
    return visible_rows(record._meta.model_name, user).filter(pk=record.pk).exists()


def holding(*permissions):
    """People at work with all of some permissions, by a role or of their own. Superusers run the portal: not they."""
    found = User.objects.filter(is_active=True, is_institution=False)
    for name in permissions:
        held = Q(groups__permissions__codename=name) | Q(user_permissions__codename=name)
        found = found.filter(pk__in=User.objects.filter(held).values("pk"))
    return found


def posted_to(body):
    """People at work who are posted to a body today."""
    return User.objects.filter(is_active=True, pk__in=body.postings.current().order_by().values("user"))
