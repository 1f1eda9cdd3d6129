"""Reports of further firms that have a difficulty which was filed before. Staff only."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models.action import DifficultyPartQuerySet
from missions.models.base import Record
from missions.models.difficulty_terms import Confirmation


class FurtherReport(Record):
    """The report of a further firm (추가 접수), with a receipt and a confirmation of its own."""

    difficulty = models.ForeignKey(
        "Difficulty", models.PROTECT, verbose_name=_("difficulty"), related_name="further_reports"
    )
    number = models.PositiveSmallIntegerField(_("number of the report"))
    company = models.ForeignKey("Company", models.PROTECT, verbose_name=_("company"), related_name="further_reports")
    account = models.TextField(_("what the firm says"), max_length=5000)
    filed_at = models.DateTimeField(_("filed at"), default=timezone.now)
    filed_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("filed by"), related_name="+")
    filed_through = models.ForeignKey("Body", models.PROTECT, verbose_name=_("filed through"), related_name="+")
    confirmation = models.CharField(
        _("company’s confirmation"), max_length=10, choices=Confirmation, default=Confirmation.NOT_ASKED
    )

    objects = DifficultyPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("further report")
        verbose_name_plural = _("further reports")
        ordering = ["difficulty", "number"]
        constraints = [
            models.UniqueConstraint(fields=["difficulty", "number"], name="further_report_number_once"),
            models.UniqueConstraint(fields=["difficulty", "company"], name="further_report_of_a_firm_once"),
        ]

    def __str__(self):
        return f"{self.reference} {self.company}"

    @property
    def reference(self):
        """The reference of the difficulty with the number of the report: the difficulty itself is the first."""
        return f"{self.difficulty.reference}-{self.number}"
