"""The history of a difficulty. The database refuses to change or delete a row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models.action import DifficultyPartQuerySet
from missions.models.base import Tidy
from missions.models.difficulty_terms import Stage
from missions.models.relay import RelayKind

# Steps that bring a difficulty to another stage, or after which it waits on somebody else.
TURNS = [
    *("file", "review", "accept", "wait", "reply", "relay", "take_over", "return_leg", "answer", "recall"),
    *("close", "reopen"),
]


class DifficultyEventQuerySet(DifficultyPartQuerySet):
    def turns(self):
        """The steps that changed whose turn it is. The last of them began the present wait, or closed the difficulty.

        A leg for information changes nothing; what the firm says does where it reopens the difficulty.
        """
        reopened = Q(step="confirm", from_stage=Stage.CLOSED) & ~Q(to_stage=Stage.CLOSED)
        return self.filter(Q(step__in=TURNS) | reopened).exclude(relay__kind=RelayKind.INFORMATION)


class DifficultyEvent(Tidy):
    """One step taken with a difficulty: by whom, when, and what it moved. Append-only, by triggers."""

    difficulty = models.ForeignKey("Difficulty", models.PROTECT, verbose_name=_("difficulty"), related_name="events")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("by"), related_name="+")
    by_name = models.CharField(_("by (name)"), max_length=150)
    step = models.CharField(_("step"), max_length=16)
    from_stage = models.CharField(_("from stage"), max_length=12, choices=Stage, blank=True)
    to_stage = models.CharField(_("to stage"), max_length=12, choices=Stage)
    from_holder = models.ForeignKey(
        "Body", models.PROTECT, verbose_name=_("from holder"), null=True, blank=True, related_name="+"
    )
    to_holder = models.ForeignKey("Body", models.PROTECT, verbose_name=_("to holder"), related_name="+")
    to_owner = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("owner afterwards"), null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), blank=True)
    relay = models.ForeignKey(
        "Relay", models.PROTECT, verbose_name=_("relay"), null=True, blank=True, related_name="events"
    )

    objects = DifficultyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        ordering = ["difficulty", "pk"]

    def __str__(self):
        return f"{self.difficulty_id} {self.step}"
