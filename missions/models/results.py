"""Counters as the ministries announced them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from missions.fields.bilingual import Bilingual, short_pair
from missions.fields.validators import validate_day
from missions.models.base import ReferenceQuerySet, telling_sources
from missions.models.source import Sourced


class ReportedResultQuerySet(ReferenceQuerySet):
    def announced(self):
        """Results that a source vouches for. The others are nobody's announcement, whoever entered them."""
        return telling_sources(self).filter(has_sources=True)


class ReportedResult(Sourced):
    """Results as announced on a day (발표 실적). Frozen: they never follow later edits of the records.

    ``counted_at`` says that the figures are those which the portal's own records gave at that moment. Such a count is
    shown as the portal's own until a source says that it was announced.
    """

    key = models.SlugField(_("key"), unique=True)
    as_of_on = models.DateField(_("as of"), validators=[validate_day])
    scope_ko, scope_en = short_pair(pgettext_lazy("what announced figures cover", "scope"))
    missions = models.PositiveIntegerField(_("missions"), null=True, blank=True)
    countries = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    meetings = models.PositiveIntegerField(_("meetings chaired by heads of mission"), null=True, blank=True)
    difficulties = models.PositiveIntegerField(_("difficulties supported"), null=True, blank=True)
    information = models.PositiveIntegerField(_("items of local information"), null=True, blank=True)
    linkages = models.PositiveIntegerField(_("linkages to support"), null=True, blank=True)

    counted_at = models.DateTimeField(_("counted at"), null=True, editable=False)
    counted_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("counted by"), null=True, related_name="+", editable=False
    )

    scope = Bilingual()
    objects = ReportedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported result")
        verbose_name_plural = _("reported results")
        ordering = ["-as_of_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="result_counted_at_with_by",
                condition=Q(counted_at=None, counted_by=None) | Q(counted_at__isnull=False, counted_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.as_of_on}, {self.scope}"
