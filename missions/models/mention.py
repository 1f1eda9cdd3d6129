"""Who was told of a note. Staff only."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from missions.models.action import DifficultyPartQuerySet
from missions.models.event import DifficultyEvent

TOLD = datetime.timedelta(days=14)


class MentionQuerySet(DifficultyPartQuerySet):
    def waiting_for(self, user, now):
        """Mentions of a person in the last fourteen days, after which they took no step with that difficulty."""
        later = DifficultyEvent.objects.filter(difficulty=OuterRef("difficulty"), by=user, pk__gt=OuterRef("event"))
        return self.visible_to(user).filter(~Exists(later), person=user, event__at__gte=now - TOLD)


class Mention(models.Model):
    """That a note told somebody by name. It stands beside the note."""

    difficulty = models.ForeignKey("Difficulty", models.PROTECT, verbose_name=_("difficulty"), related_name="mentions")
    event = models.ForeignKey(DifficultyEvent, models.PROTECT, verbose_name=_("note"), related_name="mentions")
    person = models.ForeignKey("User", models.PROTECT, verbose_name=_("person"), related_name="mentions")

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="mention_once")]

    def __str__(self):
        return str(self.person)
