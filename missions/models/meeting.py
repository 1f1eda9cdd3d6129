"""Meetings of the bodies and of the ministries: what the public may read of them."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from missions.fields.addresses import page_of
from missions.fields.bilingual import Bilingual, joined, long_pair, outdated_index, short_pair
from missions.fields.dates import KOREA, PreciseDate, Precision, kept_precise, precise_day, today_in
from missions.fields.keys import public_key
from missions.fields.stamps import PublicStamp
from missions.fields.validators import YEARS, validate_day
from missions.models.meeting_queries import MeetingQuerySet
from missions.models.meeting_terms import Chaired, MeetingKind, MeetingMode, MeetingStatus
from missions.models.source import Sourced


class Meeting(Sourced):
    """A meeting (회의) of a body, or of the two ministries where it has no body."""

    key = public_key()
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
        _("number"), null=True, blank=True, help_text=_("The 3 in “3rd meeting”. Empty when not known.")
    )
    label_ko, label_en = short_pair(_("label"), blank=True)
    held_on, held_precision = precise_day(_("date"))
    starts_at = models.DateTimeField(
        _("starts at"),
        validators=[validate_day],
        null=True,
        blank=True,
        help_text=_("On the clocks of the place where it is held."),
    )
    ends_at = models.DateTimeField(_("ends at"), validators=[validate_day], null=True, blank=True)
    mode = models.CharField(
        _("how it is held"),
        max_length=9,
        choices=MeetingMode,
        default=MeetingMode.UNKNOWN,
        db_default=MeetingMode.UNKNOWN,
    )
    venue_ko, venue_en = short_pair(_("venue"), 300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    chaired = models.CharField(_("chaired by head of mission"), max_length=7, choices=Chaired, default=Chaired.UNKNOWN)
    headcount = models.PositiveSmallIntegerField(_("headcount"), null=True, blank=True)
    participants_ko, participants_en = long_pair(
        _("participants as published"), 1000, help_text=_("Public officials and organisations only. Public.")
    )
    summary_ko, summary_en = long_pair(_("public summary"), 5000)
    is_published = models.BooleanField(_("published"), default=False)
    reworded_at = PublicStamp(_("public words last changed"))

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
        indexes = [outdated_index("meeting")]
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
        return page_of("meeting", self.key)

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
        return joined(" · ", [self.body.short_name, self.name])

    @property
    def where(self):
        """How and where it is held, as far as that is known: “online”, “in person and online” and a venue."""
        how = "" if self.mode == MeetingMode.UNKNOWN else self.get_mode_display()
        return [part for part in (how, self.venue) if part]

    @property
    def time_zone(self):
        """IANA name of the zone in which the meeting takes place."""
        return self.body.time_zone if self.body else KOREA

    @property
    def takes_place(self):
        """Whether it was held or is still planned, neither postponed nor cancelled."""
        return self.status in (MeetingStatus.PLANNED, MeetingStatus.HELD)

    def has_passed(self):
        """Whether it is over where it takes place: its end, or its start where no end is known.

        Without a time it is over with its day; one known by its month, with the whole month.
        """
        if self.starts_at:
            return (self.ends_at or self.starts_at) <= timezone.now()
        today = today_in(self.time_zone)
        first = today.replace(day=1) if self.held_precision == Precision.MONTH else today
        return self.held_on is not None and self.held_on < first

    def is_overdue(self):
        """Whether this planned meeting belongs to ``overdue()`` at present."""
        return self.status == MeetingStatus.PLANNED and self.has_passed()

    def is_to_come(self):
        """Whether this meeting belongs to ``upcoming()`` at present."""
        return self.status == MeetingStatus.PLANNED and not self.is_overdue()

    def is_ahead(self):
        """Whether readers wait for it: its day has not passed, whether it is planned, postponed or cancelled.

        A cancelled meeting stays among those ahead for people who noted its day; one without a day does not.
        """
        if self.status == MeetingStatus.CANCELLED and self.held_on is None:
            return False
        return self.status != MeetingStatus.HELD and not self.has_passed()

    def clean(self):
        """Refuse a held meeting in the future, and a start on another day than the date."""
        today = today_in(self.time_zone)
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
