"""What is said with a step of a public text, such as why it is sent back. Staff only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.models.base import Tidy
from missions.models.case import CasePartQuerySet, PublishedCase


class Remarked(models.TextChoices):
    """The steps with which something is said, as they read afterwards. ``missions.publication.workflow`` takes them."""

    TAKEN_BACK = "take_back", _("Taken back")
    SENT_BACK = "send_back", _("Sent back")
    WITHDRAWN = "withdraw", _("Withdrawn")


class CaseRemark(Tidy):
    """Why a text was sent back to its author, taken back by them, or withdrawn."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, verbose_name=_("published case"), related_name="remarks")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    step = models.CharField(_("step"), max_length=10, choices=Remarked, default=Remarked.SENT_BACK)
    text = models.TextField(_("remark"), max_length=2000)

    objects = CasePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text
