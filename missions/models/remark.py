"""What an approver says to the author of a text. Staff only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.models.case import CasePartQuerySet, PublishedCase


class CaseRemark(models.Model):
    """Why a text was sent back."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, verbose_name=_("published case"), related_name="remarks")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    text = models.TextField(_("remark"), max_length=2000)

    objects = CasePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text
