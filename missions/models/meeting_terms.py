"""What a meeting is, whether it takes place, and who chaired it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class MeetingMode(models.TextChoices):
    """Where those who take part are."""

    UNKNOWN = "unknown", _("unknown")
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in person and online")


CALLED_OFF = (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED)


class Chaired(models.TextChoices):
    """Whether the head of mission chaired."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")
