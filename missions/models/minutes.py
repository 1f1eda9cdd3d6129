"""What only staff read of a meeting. Tables of their own: the public side never touches them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import Precision, latest_day, today_in
from missions.fields.validators import validate_day
from missions.models.agenda import MeetingPartQuerySet
from missions.models.base import Record
from missions.models.difficulty import Difficulty
from missions.models.local_days import on_local_day
from missions.models.meeting import Meeting


class OnlineRoom(Record):
    """How staff and members join a meeting online."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, verbose_name=_("meeting"), primary_key=True, related_name="online_room"
    )
    link = models.URLField(_("online link"), max_length=500)
    access = models.CharField(_("access note"), max_length=200, blank=True)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("online room")
        verbose_name_plural = _("online room")

    def __str__(self):
        return self.link


class Minutes(Record):
    """The minutes of a meeting (회의록), with the names of those who came."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, verbose_name=_("meeting"), primary_key=True, related_name="minutes"
    )
    people = models.TextField(_("people present"), max_length=2000, blank=True)
    text = models.TextField(_("text"), max_length=50_000)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self):
        return str(self.meeting)


class TableQuerySet(MeetingPartQuerySet):
    """Parts of a meeting that name a difficulty."""

    def visible_to(self, user):
        """Parts of the user's meetings, unless they name a difficulty that the user may not open."""
        own = super().visible_to(user)
        if user.has_perm("missions.view_every_body"):
            return own
        return own.filter(Q(difficulty=None) | Q(difficulty__in=Difficulty.objects.visible_to(user)))


class ActionItemQuerySet(TableQuerySet):
    def unfinished(self):
        """Follow-ups still to be done."""
        return self.filter(done_on=None)

    def late(self):
        """Follow-ups still to be done whose day has passed where the meeting took place."""
        return self.unfinished().filter(on_local_day(lambda today: Q(due_on__lt=today), "meeting__body"))

    def due_within(self, time):
        """Follow-ups to be done before ``time`` is over there, the late ones too."""
        return self.unfinished().filter(on_local_day(lambda today: Q(due_on__lte=today + time), "meeting__body"))

    def left_to(self, meeting):
        """What earlier meetings of the same body have left to one that is still to be held."""
        before = meeting.held_on or today_in(meeting.time_zone)
        rows = self.unfinished().filter(meeting__body=meeting.body_id, meeting__held_on__lte=before)
        return rows.exclude(meeting=meeting)

    def with_names(self):
        """Fetch what a list prints beside each."""
        return self.select_related("meeting__body__mission", "organisation", "owner", "difficulty")


class ActionItemKind(models.TextChoices):
    """Whether a meeting decided it or only asked for it."""

    FOLLOW_UP = "follow_up", _("follow-up")
    DECISION = "decision", _("decision")


class ActionItem(Record):
    """What a meeting asked someone to do (후속조치), or decided: a decision has somebody responsible and a day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="action_items")
    kind = models.CharField(
        _("kind"),
        max_length=9,
        choices=ActionItemKind,
        default=ActionItemKind.FOLLOW_UP,
        db_default=ActionItemKind.FOLLOW_UP,
    )
    what = models.CharField(_("what is to be done"), max_length=500)
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("responsible"), null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        "User",
        models.PROTECT,
        verbose_name=_("responsible person"),
        null=True,
        blank=True,
        related_name="promises",
        help_text=_("Somebody who works at the desk: it stands on that person’s front page."),
    )
    due_on = models.DateField(_("due on"), validators=[validate_day], null=True, blank=True)
    done_on = models.DateField(_("done on"), validators=[validate_day], null=True, blank=True)
    difficulty = models.ForeignKey(
        "Difficulty",
        models.PROTECT,
        verbose_name=_("difficulty"),
        null=True,
        blank=True,
        related_name="action_items",
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="actionitem_decision_with_owner_and_day",
                condition=~Q(kind=ActionItemKind.DECISION)
                | Q(due_on__isnull=False) & (Q(organisation__isnull=False) | Q(owner__isnull=False)),
                violation_error_message=_("A decision needs a day, and an organisation or a person responsible."),
            ),
        ]

    def __str__(self):
        return self.what

    def clean(self):
        """Refuse what was done in the future where the meeting took place, or before the meeting asked for it."""
        if not self.meeting_id or self.done_on is None:
            return
        if self.done_on > latest_day(self.meeting.time_zone):
            raise ValidationError({"done_on": _("It cannot have been done in the future.")})
        if self.meeting.held_precision == Precision.DAY and self.done_on < self.meeting.held_on:
            raise ValidationError({"done_on": _("It cannot have been done before the meeting that asked for it.")})

    @property
    def responsible(self):
        """The person and the organisation who are to do it, in words; empty where nobody is named."""
        return " · ".join(str(name) for name in (self.owner, self.organisation) if name)

    def is_late(self):
        """Whether its day has passed where the meeting took place, and it is still to be done."""
        return self.done_on is None and self.due_on is not None and self.due_on < today_in(self.meeting.time_zone)


class FollowUpReview(Record):
    """A follow-up of an earlier meeting that a meeting has on its table."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="reviews")
    action_item = models.ForeignKey(ActionItem, models.CASCADE, verbose_name=_("follow-up"), related_name="reviews")

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up reviewed")
        verbose_name_plural = _("follow-ups reviewed")
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "action_item"], name="followupreview_once")]

    def __str__(self):
        return str(self.action_item)


class Discussion(Record):
    """A difficulty that a meeting had on its table."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="discussions")
    difficulty = models.ForeignKey(
        "Difficulty", models.PROTECT, verbose_name=_("difficulty"), related_name="discussions"
    )

    objects = TableQuerySet.as_manager()

    class Meta:
        verbose_name = _("difficulty discussed")
        verbose_name_plural = _("difficulties discussed")
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "difficulty"], name="discussion_once")]

    def __str__(self):
        return str(self.difficulty)
