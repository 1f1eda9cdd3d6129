"""The legs of a difficulty's way from body to body. Staff only."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import today_in
from missions.models.action import DifficultyPartQuerySet
from missions.models.base import Record
from missions.models.local_days import on_local_day


class RelayKind(models.TextChoices):
    """What the sender of a leg wants of its receiver."""

    HAND_OVER = "hand_over", _("hand over")
    HELP = "help", _("ask for help")
    INFORMATION = "information", _("for information")


class Ending(models.TextChoices):
    """How a leg ended."""

    TAKEN_OVER = "taken_over", _("taken over")
    RETURNED = "returned", _("returned")
    ANSWERED = "answered", _("answered")
    NOTED = "noted", _("noted")
    RECALLED = "recalled", _("recalled")


DUE = Case(When(acknowledged_at=None, then=F("acknowledge_by")), default=F("answer_by"))  # ``due_on`` of an open leg


class RelayQuerySet(DifficultyPartQuerySet):
    def open(self):
        """Legs that have not ended."""
        return self.filter(ended_at=None)

    def binding(self):
        """Open legs that somebody must still answer: a difficulty with one cannot be closed."""
        return self.open().exclude(kind=RelayKind.INFORMATION)

    def late(self, now=None):
        """Open legs whose receiver has let a day pass: it has ended there."""

        def passed(today):
            return Q(acknowledged_at=None, acknowledge_by__lt=today) | Q(answer_by__lt=today)

        return self.open().filter(on_local_day(passed, "receiver", now))

    def due_within(self, time):
        """Open legs whose ``due_on`` is today at their receiver's, or lies less than ``time`` after it."""

        def near(today):
            days = (today, today + time)
            unseen = Q(acknowledged_at=None, acknowledge_by__range=days)
            return unseen | Q(acknowledged_at__isnull=False, answer_by__range=days)

        return self.open().filter(on_local_day(near, "receiver"))

    def soonest_first(self):
        """Open legs by ``due_on``."""
        return self.order_by(DUE, "pk")

    def replied(self):
        """Legs that their receiver took over, returned or answered."""
        return self.filter(ending__in=[Ending.TAKEN_OVER, Ending.RETURNED, Ending.ANSWERED])

    def with_names(self):
        """Fetch what a list prints beside each leg."""
        return self.select_related("difficulty", "sender", "receiver__mission", "sent_by")


class Relay(Record):
    """One leg (이관): what one body asks of another about a difficulty, until when, and how it ended."""

    difficulty = models.ForeignKey("Difficulty", models.PROTECT, verbose_name=_("difficulty"), related_name="relays")
    sender = models.ForeignKey("Body", models.PROTECT, verbose_name=_("sender"), related_name="relays_sent")
    receiver = models.ForeignKey("Body", models.PROTECT, verbose_name=_("receiver"), related_name="relays_received")
    kind = models.CharField(_("kind"), max_length=11, choices=RelayKind)
    asked = models.TextField(_("what is asked"), max_length=5000)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("sent by"), related_name="+")
    acknowledge_by = models.DateField(_("acknowledge by"))
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("acknowledged by"), null=True, blank=True, related_name="+"
    )
    ending = models.CharField(_("ending"), max_length=10, choices=Ending, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("ended by"), null=True, blank=True, related_name="+"
    )
    reply = models.TextField(_("reply"), max_length=5000, blank=True)

    objects = RelayQuerySet.as_manager()

    class Meta:
        verbose_name = _("relay")
        verbose_name_plural = _("relays")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="relay_to_another_body", condition=~Q(sender=F("receiver"))),
            models.UniqueConstraint(
                fields=["difficulty"],
                condition=Q(kind=RelayKind.HAND_OVER, ended_at=None),
                name="relay_one_open_hand_over",
            ),
            models.CheckConstraint(
                name="relay_acknowledged_at_with_by",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="relay_ended_at_with_by_and_ending",
                condition=Q(ended_at=None, ended_by=None, ending="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ending__in=Ending.values),
            ),
            models.CheckConstraint(
                name="relay_answer_day_unless_for_information",
                condition=Q(kind=RelayKind.INFORMATION, answer_by=None)
                | ~Q(kind=RelayKind.INFORMATION) & Q(answer_by__isnull=False, answer_by__gte=F("acknowledge_by")),
            ),
        ]

    def __str__(self):
        return f"{self.sender.code} → {self.receiver.code}, {self.get_kind_display()}"

    @property
    def needs_answer(self):
        """Whether the receiver must do more than take note."""
        return self.kind != RelayKind.INFORMATION

    @property
    def due_on(self):
        """The day by which the receiver must take its next step; None once the leg has ended."""
        if self.ended_at:
            return None
        return self.answer_by if self.acknowledged_at else self.acknowledge_by

    def is_late(self, now=None):
        """Whether the receiver has let its day pass: it has ended there."""
        return self.due_on is not None and self.due_on < today_in(self.receiver.time_zone, now)
