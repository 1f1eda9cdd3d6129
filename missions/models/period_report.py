"""Reports of what the bodies did in a month, a quarter or a year. Staff only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import KOREA, today_in
from missions.models.base import OfBodiesQuerySet, Tidy


class PeriodReport(Tidy):
    """A report (실적 보고서) as it was issued: of a body, or without one of the whole programme.

    The database refuses to change or delete one, by triggers: a correction is the next edition, with the reason.
    ``part`` is a key of ``missions.statistics.periods.PARTS``, empty for the whole year. ``figures`` are its numbers,
    ``pages`` its words by language, as ``missions.documents.parts`` keeps them.
    """

    body = models.ForeignKey(
        "Body", models.PROTECT, verbose_name=_("body"), null=True, blank=True, related_name="reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    part = models.CharField(_("part of the year"), max_length=3, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    reason = models.TextField(_("why it was issued anew"), max_length=2000, blank=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("issued by"), related_name="+")
    figures = models.JSONField(_("figures"))
    pages = models.JSONField(_("pages"))

    objects = OfBodiesQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a period")
        verbose_name_plural = _("reports of periods")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "part", "edition"], name="report_edition_once"),
            models.UniqueConstraint(
                fields=["year", "part", "edition"], condition=Q(body=None), name="report_of_programme_edition_once"
            ),
            models.CheckConstraint(
                name="report_reason_for_further_editions",
                condition=Q(edition=1, reason="") | Q(edition__gt=1) & ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.body.code if self.body_id else '–'} {self.year} {self.part} {self.edition}".replace("  ", " ")

    @property
    def issued_on(self):
        """The day it was issued where its body works, in Korea for the whole programme."""
        return today_in(self.body.time_zone if self.body_id else KOREA, self.issued_at)

    @property
    def file_name(self):
        """What its files are called, without an ending: ``report-HAN-2026-q3-1``."""
        whose = self.body.code if self.body_id else "programme"
        return f"report-{whose}-{self.year}-{self.part or 'year'}-{self.edition}"
