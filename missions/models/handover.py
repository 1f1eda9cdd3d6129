"""What a person leaves behind when their posting ends. Staff only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.models.base import OfBodiesQuerySet, Record
from missions.validators import validate_day


class HandoverNote(Record):
    """A handover (인수인계서): what was open as it stood that day, who took it over, and the person's own words.

    Written once, by ``missions.handover``. It is in Korean, whatever language the writer works in.
    """

    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="handover_notes")
    user = models.ForeignKey("User", models.PROTECT, verbose_name=_("handed over by"), related_name="handover_notes")
    until_on = models.DateField(_("last day"), validators=[validate_day])
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("written by"), related_name="+")
    facts = models.TextField(_("open at the handover"))
    words = models.TextField(_("in their own words"), max_length=5000, blank=True)

    objects = OfBodiesQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover note")
        verbose_name_plural = _("handover notes")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.user} · {self.body.code} · {self.until_on:%Y-%m-%d}"
