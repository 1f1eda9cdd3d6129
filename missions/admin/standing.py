"""Where a difficulty stands: who must act, until when, what this person may do, and all that happened."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from missions import workflow
from missions.models import Relay, WaitingOn


@dataclass(frozen=True)
class Entry:
    """One line of the time line."""

    at: datetime | date
    who: str
    what: str
    detail: str = ""
    link: str = ""


def standing(difficulty, user):
    """What the page of a difficulty shows above its record."""
    legs = list(Relay.objects.open().filter(difficulty=difficulty).with_names())
    today = timezone.localdate()
    binding = [leg for leg in legs if leg.needs_answer]
    due = min((leg.due_on for leg in binding), default=difficulty.due_on)
    last = difficulty.events.order_by("pk").last()
    return {
        "legs": [(leg, leg.is_late(today)) for leg in legs],
        "waits_on": _waits_on(difficulty, binding),
        "since": last and last.at,
        "until": due,
        "is_late": due is not None and due < today and difficulty.stage != "closed",
        "steps": [(step, leg, _address(difficulty, step, leg)) for step, leg in workflow.steps_for(difficulty, user)],
        "timeline": timeline(difficulty),
    }


def _waits_on(difficulty, binding):
    if binding:
        return ", ".join(str(leg.receiver) for leg in binding)
    return "" if difficulty.waiting_on == WaitingOn.NOBODY else difficulty.get_waiting_on_display()


def _address(difficulty, step, leg):
    address = reverse("admin:missions_difficulty_step", args=[difficulty.pk, step.name])
    return f"{address}?leg={leg.pk}" if leg else address


def timeline(difficulty):
    """Everything that happened to a difficulty, the latest first: steps, meetings that discussed it."""
    entries = [_step(event) for event in difficulty.events.select_related("relay__sender", "relay__receiver")]
    for discussion in difficulty.discussions.select_related("meeting__body"):
        meeting = discussion.meeting
        if meeting.held_on:
            day = datetime.combine(meeting.held_on, datetime.min.time(), ZoneInfo(meeting.time_zone))
            link = reverse("admin:missions_meeting_change", args=[meeting.pk])
            entries.append(Entry(day, str(meeting.body or ""), _("On the table of a meeting"), str(meeting), link))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _step(event):
    label = workflow.STEPS[event.step].label if event.step in workflow.STEPS else _("Filed")
    leg = f"{event.relay}" if event.relay else ""
    return Entry(event.at, event.by_name, str(label), "\n".join(filter(None, [leg, event.note])))
