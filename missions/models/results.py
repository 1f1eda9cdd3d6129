"""Counters as the ministries announced them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.bilingual import Bilingual, short_pair
from missions.models.base import ReferenceQuerySet
from missions.models.source import Sourced
from missions.validators import validate_day


class ReportedResult(Sourced):
    """Results as announced on a day (발표 실적). Frozen: they never follow later edits of the records."""

    key = models.SlugField(_("key"), unique=True)
    as_of_on = models.DateField(_("as of"), validators=[validate_day])
    scope_ko, scope_en = short_pair(_("scope"))
    missions = models.PositiveIntegerField(_("missions"), null=True, blank=True)
    countries = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    meetings = models.PositiveIntegerField(_("meetings chaired by heads of mission"), null=True, blank=True)
    difficulties = models.PositiveIntegerField(_("difficulties supported"), null=True, blank=True)
    information = models.PositiveIntegerField(_("items of local information"), null=True, blank=True)
    linkages = models.PositiveIntegerField(_("linkages to support"), null=True, blank=True)

    scope = Bilingual()
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported result")
        verbose_name_plural = _("reported results")
        ordering = ["-as_of_on", "-pk"]

    def __str__(self):
        return f"{self.as_of_on}, {self.scope}"
