"""Meetings of the bodies and of the ministries: what the public may read of them."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from missions.bilingual import Bilingual, KoreanText, long_pair, short_pair
from missions.dates import PreciseDate, Precision, kept_precise, precise_day
from missions.models.base import OfBodiesQuerySet, telling_sources
from missions.models.source import Sourced
from missions.validators import YEARS, validate_day


class MeetingKind(models.TextChoices):
    """What a meeting is."""

    REGULAR = "regular", _("regular meeting")
    LAUNCH = "launch", _("launch ceremony")
    ROUND_TABLE = "round_table", _("round table")
    POLICY_COUNCIL = "policy_council", _("policy council")
    STRATEGY = "strategy_meeting", _("strategy meeting")
    HEADS_OF_MISSION = "heads_of_mission", _("meeting with heads of mission")
    OTHER = "other", _("other")


class MeetingStatus(models.TextChoices):
    """Whether a meeting takes place."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


CALLED_OFF = (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED)


class Chaired(models.TextChoices):
    """Whether the head of mission chaired."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")


def _passed(today=None):
    """The condition that the day of a meeting lies before today in Korea; one known by its month, the whole month."""
    today = today or timezone.localdate()
    by_month = Q(held_precision=Precision.MONTH)
    return ~by_month & Q(held_on__lt=today) | by_month & Q(held_on__lt=today.replace(day=1))


class MeetingQuerySet(OfBodiesQuerySet):
    def published(self):
        """Meetings the public may read. Public pages start here and nowhere else."""
        return self.filter(is_published=True)

    def held(self):
        """Meetings that took place."""
        return self.filter(status=MeetingStatus.HELD)

    def upcoming(self, today=None):
        """Planned meetings whose day has not passed, and those whose day is still to be fixed."""
        return self.filter(status=MeetingStatus.PLANNED).exclude(_passed(today))

    def overdue(self, today=None):
        """Planned meetings whose day has passed: whether they were held is still to be recorded."""
        return self.filter(_passed(today), status=MeetingStatus.PLANNED)

    def dated(self):
        """Meetings known to the day, which a calendar can show."""
        return self.filter(held_precision=Precision.DAY)

    def undated(self):
        """Meetings that a calendar cannot show: no day is known, or only a bound or a month."""
        return self.exclude(held_precision=Precision.DAY)

    def soonest_first(self):
        """By day, those without a day last."""
        return self.order_by(F("held_on").asc(nulls_last=True), "pk")

    def next_first(self, today=None):
        """Meetings whose day is ahead, the soonest first; then the others, the latest first."""
        day_fixed = Q(status__in=[MeetingStatus.PLANNED, *CALLED_OFF], held_on__isnull=False) & ~_passed(today)
        ahead = day_fixed | Q(status__in=[MeetingStatus.PLANNED, MeetingStatus.POSTPONED], held_on=None)
        return self.order_by(
            Case(When(ahead, then=0), default=1),
            Case(When(ahead, then=F("held_on"))).asc(nulls_last=True),
            F("held_on").desc(nulls_last=True),
            "-pk",
        )

    def with_names(self):
        """Fetch what a list prints beside each meeting."""
        return telling_sources(self.select_related("body__mission__country"))

    def for_calendar(self):
        """Fetch what a calendar says of each meeting."""
        return self.select_related("body__mission").prefetch_related("agenda")


class Meeting(Sourced):
    """A meeting (회의) of a body, or of the two ministries where it has no body."""

    body = models.ForeignKey(
        "Body",
        models.PROTECT,
        verbose_name=_("body"),
        null=True,
        blank=True,
        related_name="meetings",
        help_text=_("Empty for meetings between the ministries."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind, default=MeetingKind.REGULAR)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("The n in “제n차 회의”. Empty when not known.")
    )
    label_ko, label_en = short_pair(_("label"), blank=True)
    held_on, held_precision = precise_day(_("date"))
    starts_at = models.DateTimeField(
        _("starts at"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("In Korean time. Readers see the local time as well."),
    )
    ends_at = models.DateTimeField(_("ends at"), validators=[validate_day], null=True, blank=True)
    venue_ko, venue_en = short_pair(_("venue"), 300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    chaired = models.CharField(_("chaired by head of mission"), max_length=7, choices=Chaired, default=Chaired.UNKNOWN)
    headcount = models.PositiveSmallIntegerField(_("headcount"), null=True, blank=True)
    participants_ko, participants_en = long_pair(
        _("participants as published"), 1000, help_text=_("Public officials and organisations only. Public.")
    )
    summary_ko, summary_en = long_pair(_("public summary"), 5000)
    is_published = models.BooleanField(_("published"), default=False)

    label = Bilingual()
    venue = Bilingual()
    participants = Bilingual()
    summary = Bilingual()
    held = PreciseDate()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = [F("held_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"],
                name="meeting_number_once_a_body",
                violation_error_message=_("This body already has a meeting with this number."),
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(body=None),
                name="meeting_number_once_a_kind_between_ministries",
                violation_error_message=_("There is already a meeting of this kind with this number."),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message=_("A meeting with an end needs a start, and ends after it."),
            ),
            kept_precise("meeting", "held"),
        ]

    def __str__(self):
        return f"{self.body.code} {self.name}" if self.body else self.name

    def get_absolute_url(self):
        return reverse("missions:meeting", args=[self.pk])

    @property
    def name(self):
        """“제3차 회의”, “3rd meeting”, its label, or its kind."""
        if self.label:
            return self.label
        if not self.number:
            return self.get_kind_display()
        if get_language() == "en":
            return f"{_ordinal(self.number)} meeting"
        return f"제{self.number}차 회의"

    @property
    def title(self):
        """Its name behind the short one of its body, as it is told apart from all others."""
        if not self.body:
            return self.name
        names = [self.body.short_name, self.name]
        return (KoreanText if any(isinstance(name, KoreanText) for name in names) else str)(" · ".join(names))

    @property
    def time_zone(self):
        """IANA name of the zone in which the meeting takes place."""
        return self.body.time_zone if self.body else "Asia/Seoul"

    @property
    def takes_place(self):
        """Whether it was held or is still planned, neither postponed nor cancelled."""
        return self.status in (MeetingStatus.PLANNED, MeetingStatus.HELD)

    def has_passed(self):
        """Whether its day lies before today in Korea; one known by its month, the whole month."""
        today = timezone.localdate()
        first = today.replace(day=1) if self.held_precision == Precision.MONTH else today
        return self.held_on is not None and self.held_on < first

    def is_overdue(self):
        """Whether this planned meeting belongs to ``overdue()`` today."""
        return self.status == MeetingStatus.PLANNED and self.has_passed()

    def is_to_come(self):
        """Whether this meeting belongs to ``upcoming()`` today."""
        return self.status == MeetingStatus.PLANNED and not self.is_overdue()

    def is_ahead(self):
        """Whether readers wait for its day: planned, or called off with its day, or the choice of one, to come.

        Whoever noted the day of a meeting finds it there with its mark until that day has passed.
        """
        if self.status == MeetingStatus.CANCELLED and self.held_on is None:
            return False
        return self.status != MeetingStatus.HELD and not self.has_passed()

    def clean(self):
        """Refuse a held meeting in the future, and a start on another day than the date."""
        today = timezone.localdate()
        was_held = self.status == MeetingStatus.HELD
        if was_held and self.held_on and self.held_on > today:
            raise ValidationError({"held_on": _("A meeting that was held cannot lie in the future.")})
        if self.starts_at is None or self.starts_at.year not in YEARS:
            return
        if self.held_precision != Precision.DAY:
            raise ValidationError({"held_precision": _("A meeting with a time needs a date known to the day.")})
        day = self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()
        if self.held_on and day != self.held_on:
            raise ValidationError(
                {
                    "starts_at": _("Where the meeting takes place this is on %(day)s, which is not its date.")
                    % {"day": date_format(day, "DATE_FORMAT")}
                }
            )
        if was_held and self.starts_at > timezone.now():
            raise ValidationError({"starts_at": _("A meeting that was held cannot lie in the future.")})


def _ordinal(number):
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
