"""The words in which a difficulty is described."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a difficulty stands. ``missions.difficulties.workflow`` says how it moves between these."""

    RECEIVED = "received", _("received")
    IN_REVIEW = "in_review", _("in review")
    IN_PROGRESS = "in_progress", _("in progress")
    CLOSED = "closed", _("closed")


class Outcome(models.TextChoices):
    """How a difficulty ended."""

    RESOLVED = "resolved", _("resolved in full")
    IN_PART = "resolved_in_part", _("resolved in part")
    WORKAROUND = "workaround", _("work-around found")
    ADVICE = "advice", _("advice given")
    REFERRED = "referred", _("referred")
    NOT_RESOLVABLE = "not_resolvable", _("not resolvable")
    WITHDRAWN = "withdrawn", _("withdrawn by the firm")
    DUPLICATE = "duplicate", _("duplicate")
    NOT_A_DIFFICULTY = "not_a_difficulty", _("not a difficulty")


SOLVED = (Outcome.RESOLVED, Outcome.IN_PART, Outcome.WORKAROUND)  # the firm can go on
HELPED = (*SOLVED, Outcome.ADVICE)  # the firm was helped: somebody wrote down how


class WaitingOn(models.TextChoices):
    """Whose move an open difficulty waits for. A body is asked by a relay, which says so by itself."""

    NOBODY = "nobody", _("nobody")
    OVERSEAS_BODY = "overseas_body", _("an overseas body")
    DOMESTIC_BODY = "domestic_body", _("the domestic body")
    MINISTRY = "ministry", _("a ministry")
    HOST_AUTHORITY = "host_authority", _("an authority of the host country")
    COMPANY = "company", _("the company")
    ORGANISATION = "organisation", _("a member organisation")


ASKED_BY_RELAY = (WaitingOn.OVERSEAS_BODY, WaitingOn.DOMESTIC_BODY)  # set by no step, found in old histories
OUTSIDE = (WaitingOn.HOST_AUTHORITY, WaitingOn.COMPANY, WaitingOn.ORGANISATION)  # nobody there reads the portal


class Confirmation(models.TextChoices):
    """What the firm says of the outcome."""

    NOT_ASKED = "not_asked", _("not asked")
    ASKED = "asked", _("asked")
    AGREES = "agrees", _("agrees")
    DISAGREES = "disagrees", _("disagrees")
    NO_REPLY = "no_reply", _("no reply")


class ReportSource(models.TextChoices):
    """Who brought the difficulty to the programme."""

    FIRM = "firm", _("small firm")
    ASSOCIATION = "association", _("association")
    EXPORT_CENTRE = "export_centre", _("regional export centre")
    MISSION = "mission", _("mission abroad")
    AGENCY = "agency", _("public agency")
    MEETING = "meeting", _("meeting of a body")
    HOTLINE = "hotline", _("hotline")
