"""What belongs to a meeting and is public: its agenda, and who took part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, OutdatedEnglish, outdated_index, short_pair
from missions.models.base import OfBodiesQuerySet, Record
from missions.models.meeting import Meeting


class MeetingPartQuerySet(OfBodiesQuerySet):
    body_path = "meeting__body"


class AgendaKind(models.TextChoices):
    """What an item of an agenda is about: the programme's lines of work, and running itself."""

    INFORMATION = "information", _("information")
    DIFFICULTY = "difficulty", _("difficulties")
    LINKAGE = "linkage", _("linkage to support")
    ORGANISATION = "organisation", _("running the body")


class AgendaItem(Record):
    """A topic of a meeting (안건). Public wherever its meeting is, whatever its kind: page, search and calendars.

    What it has to do with a difficulty is in ``Discussion`` and never public.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    topic_ko, topic_en = short_pair(_("topic"), 300)
    outdated_english = OutdatedEnglish(_("English out of date"))
    kind = models.CharField(_("kind"), max_length=12, choices=AgendaKind, default=AgendaKind.ORGANISATION)

    topic = Bilingual()
    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["meeting", "order", "pk"]
        indexes = [outdated_index("agenda_item")]

    def __str__(self):
        return self.topic


class Attendance(Record):
    """An organisation that took part (참석). Public; people's names go into the minutes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="attendances")
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="attendances"
    )
    headcount = models.PositiveSmallIntegerField(_("headcount"), null=True, blank=True)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                name="attendance_once",
                violation_error_message=_("This organisation is already listed."),
            ),
        ]

    def __str__(self):
        return str(self.organisation)
