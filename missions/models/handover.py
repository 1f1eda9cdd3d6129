"""What a person leaves behind when their posting ends. Staff only."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import validate_day
from missions.models.base import OfBodiesQuerySet, Record

TOLD = datetime.timedelta(days=30)


class HandoverNoteQuerySet(OfBodiesQuerySet):
    def recent_for(self, user, today):
        """Notes that others left at the bodies a person is posted to, for thirty days.

        They count from the moment at which a note was written, or the last day of whoever left if that is later.
        ``today`` is the day where the person works.
        """
        recent = models.Q(written_at__gte=timezone.now() - TOLD) | models.Q(until_on__gte=today - TOLD)
        return self.filter(recent, body__in=user.posted_bodies()).exclude(user=user)


class HandoverNote(Record):
    """A handover (인수인계서): what was open as it stood that day, who took it over, and the person's own words.

    Written once, by ``missions.difficulties.handover``. It is in Korean, whatever language the writer works in.
    """

    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="handover_notes")
    user = models.ForeignKey("User", models.PROTECT, verbose_name=_("handed over by"), related_name="handover_notes")
    until_on = models.DateField(_("last day"), validators=[validate_day])
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("written by"), related_name="+")
    facts = models.TextField(_("open at the handover"))
    words = models.TextField(_("in their own words"), max_length=5000, blank=True)

    objects = HandoverNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover note")
        verbose_name_plural = _("handover notes")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.user} · {self.body.code} · {self.until_on:%Y-%m-%d}"
