"""What the public is told of private records: figures of months that have ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosedMonth(models.Model):
    """The figures of private records as the public reads them, as they stood at the end of a month.

    ``missions.statistics.months`` writes a row once a month and never changes one. ``figures`` holds no number that
    is too small to be told: ``{"difficulties": {body: count}, "linkages": {body: count}, "first": quartiles, "close":
    quartiles}``, where the keys of bodies are texts and ``quartiles`` are ``{"number": count, "days": [1, 4.5, 9]}``.
    """

    month = models.DateField(_("month"), unique=True)
    figures = models.JSONField(_("figures"))

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month"]
        default_permissions = ()
        constraints = [models.CheckConstraint(name="closed_month_by_its_first_day", condition=models.Q(month__day=1))]

    def __str__(self):
        return f"{self.month:%Y-%m}"
