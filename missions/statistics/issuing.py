"""Issues reports: what a report said at that moment stands from then on, and is corrected by a further edition only."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.fields.dates import KOREA, today_in
from missions.models import Body, PeriodReport, zones_of_bodies
from missions.statistics import reports
from missions.statistics.periods import Period

LANGUAGES = ("ko", "en")


class IssueRefused(ValidationError):
    """The report may not be issued. The message is fit to show to staff."""


def editions(body, year, part):
    """The editions of a report, the latest first."""
    return PeriodReport.objects.filter(body=body, year=year, part=part).order_by("-edition")


def may_issue(user, body):
    """Whether a person may issue reports of a body, or without one of the whole programme."""
    if not user.has_perm("missions.add_periodreport"):
        return False
    if user.has_perm("missions.view_every_body"):
        return True
    return body is not None and Body.objects.staffed_by(user).filter(pk=body.pk).exists()


def draft(user, body, year, part):
    """A report that nobody issued, in the language in force."""
    return reports.document(
        reports.find(user, body, year, part), _("Draft. It was not issued: its figures still move.")
    )


@transaction.atomic
def issue(body, year, part, *, by, seen, reason=""):
    """Issue a report as it stands, in both languages. ``seen``: the number of the last edition that ``by`` knew, or 0.

    Raises ``IssueRefused`` before the last day of the period has ended, where somebody else issued it meanwhile, and
    for a further edition without its reason.
    """
    if not may_issue(by, body):
        raise IssueRefused(_("You may not issue this report."))
    latest = editions(body, year, part).values_list("edition", flat=True).first() or 0
    reason = (reason or "").strip()
    if latest != seen:
        raise IssueRefused(_("Somebody issued this report meanwhile. Look at that edition first."))
    if latest and not reason:
        raise IssueRefused({"reason": _("Write what this edition corrects.")})
    now, until = timezone.now(), Period.of(year, part).until
    if until >= earliest_day(body, now):
        day = date_format(until, "DATE_FORMAT")
        raise IssueRefused(
            _("The period lasts until %(day)s. The report is issued once that day has ended.") % {"day": day}
        )
    found = reports.find(by, body, year, part, now)
    report = PeriodReport(body=body, year=year, part=part, edition=latest + 1, reason=reason if latest else "")
    report.issued_at, report.issued_by = now, by
    report.figures, report.pages = reports.figures(found), {}
    for language in LANGUAGES:
        with translation.override(language):
            report.pages[language] = reports.document(found, _stamp(report)).kept()
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        raise IssueRefused(_("Somebody issued this report meanwhile. Look at that edition first.")) from None
    return report


def earliest_day(body, now=None):
    """The day it is where a report’s days end last: at its body, or at the most western of all bodies."""
    if body:
        return today_in(body.time_zone, now)
    return min(today_in(zone, now) for zone in [*zones_of_bodies(), KOREA])


def _stamp(report):
    day = date_format(report.issued_on, "DATE_FORMAT")
    said = {"edition": report.edition, "day": day, "person": report.issued_by}
    if report.edition == 1:
        return _("Issued on %(day)s by %(person)s. Not public.") % said
    sentence = _(
        "Edition %(edition)d, issued on %(day)s by %(person)s. Not public. It corrects the one before: %(reason)s"
    )
    return sentence % {**said, "reason": report.reason}
