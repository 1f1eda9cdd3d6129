"""The log of accesses to personal data: how an entry is written, and how a month is looked through."""

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.models import Access, AccessRecord, AccessReview, Company


class Refused(Exception):
    """A month cannot be marked as looked through; the message says why and what to do."""


def record(kind, owner, *, by=None, address="", reason=""):
    """Write that somebody read or erased the contact of a firm or a recipient, or entered a number.

    ``by`` is None for a command, ``owner`` for a number that no firm has. Whoever may see the record sees every firm.
    """
    name = str(by) if by else _("by command")
    return AccessRecord.objects.create(
        kind=kind, by=by, by_name=name[:150], address=address[:45], reason=reason, **_whose(owner)
    )


def _whose(owner):
    is_firm = isinstance(owner, Company)
    name = owner.name_ko if is_firm else str(owner or "")
    return {"company": owner if is_firm else None, "company_name": name[:200]}


def record_export(owners, *, by, address, reason):
    """Write that contacts left in a file, those of each of some firms or recipients."""
    AccessRecord.objects.bulk_create(
        [
            AccessRecord(
                kind=Access.EXPORT,
                by=by,
                by_name=str(by)[:150],
                address=address[:45],
                reason=reason[:300],
                **_whose(owner),
            )
            for owner in owners
        ],
        batch_size=500,
    )


def by_person(month):
    """The accesses of a month, given its first day, by person: how many, of how many firms and recipients, when."""
    shown = Count("pk", filter=Q(kind__in=[Access.CONTACT, Access.EXPORT]))
    whose = Count("company_name", distinct=True, filter=~Q(company_name=""))
    rows = AccessRecord.objects.of_month(month).order_by().values("by", "by_name")
    return rows.annotate(shown=shown, whose=whose, first=Min("at"), last=Max("at")).order_by("-shown", "by_name", "by")


def review(month, *, by, finding):
    """Keep that a month, given by its first day, was looked through.

    Raises ``Refused`` for a month that has not ended, that was looked through before, or in which the person has
    records of their own: nobody looks through their own accesses.
    """
    today = timezone.localdate()
    if month >= today.replace(day=1):
        raise Refused(_("The month has not ended. Look it through from the first day of the next one."))
    if AccessRecord.objects.of_month(month).filter(by=by).exists():
        raise Refused(_("Some of these records are your own. Ask another person to look them through."))
    try:
        with transaction.atomic():
            return AccessReview.objects.create(month=month, by=by, finding=finding)
    except IntegrityError:
        raise Refused(_("This month was looked through already.")) from None
