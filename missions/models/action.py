"""What organisations did about a difficulty. Staff only."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import validate_day
from missions.models.base import Record
from missions.models.difficulty import Difficulty
from missions.models.local_days import clocks_of


class DifficultyPartQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Parts of the difficulties the user may open."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.filter(difficulty__in=Difficulty.objects.visible_to(user))


class WithdrawableQuerySet(DifficultyPartQuerySet):
    def not_withdrawn(self):
        """Rows that no correction took back: those that count."""
        return self.filter(withdrawn_at=None)


class Withdrawable(Record):
    """A part of a difficulty that is never deleted: recorded wrongly, it is withdrawn with the reason."""

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("withdrawn by"), null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_because = models.TextField(
        _("why withdrawn"), max_length=2000, blank=True, default="", db_default="", editable=False
    )

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        abstract = True


def withdrawn_with_reason(name):
    """The constraint that a withdrawn row says by whom and why."""
    return models.CheckConstraint(
        name=f"{name}_withdrawn_at_with_by_and_reason",
        condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
        | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
    )


class ActionKind(models.TextChoices):
    """What was done. The first three are MoFA's own terms for what missions do.

    Public texts tell of linkages too. At the desk one is a ``Linkage``, with its scheme, and no action.
    """

    HOST_AUTHORITY = "host_authority", _("met an authority of the host country")
    LETTER = "official_letter", _("official letter")
    BRIEFING = "briefing", _("briefing")
    ADVICE = "advice", _("advice")
    ON_SITE = "on_site_support", _("on-site support")
    LINKAGE = "linkage", _("linkage to support")
    OTHER = "other", _("other")


class Action(Withdrawable):
    """Something an organisation did about a difficulty (조치)."""

    difficulty = models.ForeignKey(Difficulty, models.CASCADE, verbose_name=_("difficulty"), related_name="actions")
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="actions"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=ActionKind)
    done_on = models.DateField(_("done on"), validators=[validate_day], default=timezone.localdate)
    what = models.TextField(_("what was done"), max_length=5000)
    recorded_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("recorded by"), related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["done_on", "pk"]
        constraints = [
            withdrawn_with_reason("action"),
            models.CheckConstraint(
                name="action_is_no_linkage",
                condition=~Q(kind=ActionKind.LINKAGE),
                violation_error_message=_("Record a linkage to support as such, with its scheme: only that counts."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_kind_display()}"

    def clean(self):
        """Refuse an action in the future of whoever records it, and one about what had not been reported.

        Where it was reported in another zone, the day before is taken too: it may be evening still where they act.
        """
        clocks = clocks_of(self.recorded_by) if self.recorded_by_id else timezone.localtime()
        if self.done_on and self.done_on > clocks.date():
            raise ValidationError({"done_on": _("An action cannot have been done in the future.")})
        early = (self.difficulty.reported_on - self.done_on).days if self.done_on and self.difficulty_id else 0
        if early > 1 or (early == 1 and str(clocks.tzinfo) == self.difficulty.filed_through.time_zone):
            day = date_format(self.difficulty.reported_on, "DATE_FORMAT")
            sentence = _("The difficulty was reported on %(day)s, after this day. Correct one of the two.")
            raise ValidationError({"done_on": sentence % {"day": day}})
