"""Where a difficulty stands: who must act, until when, what this person may do, and all that happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.difficulty.questions import legs_replied
from missions.admin.files import entries_of
from missions.difficulties import relays, workflow
from missions.difficulties.clocks import how_counted, turn_counted
from missions.fields.dates import PreciseDay, today_in
from missions.models import (
    Body,
    CaseRemark,
    Difficulty,
    Meeting,
    MeetingStatus,
    Mention,
    PublicationState,
    PublishedCase,
    Relay,
    Stage,
)

DRAFT, AWAITING = PublicationState.DRAFT, PublicationState.AWAITING
PUBLISHED, WITHDRAWN = PublicationState.PUBLISHED, PublicationState.WITHDRAWN
SENT_BACK = (AWAITING, DRAFT)
MOVES = {
    (None, DRAFT): gettext_lazy("Public text begun"),
    (DRAFT, AWAITING): gettext_lazy("Approval of the public text asked for"),
    SENT_BACK: gettext_lazy("Public text sent back"),
    (AWAITING, PUBLISHED): gettext_lazy("Public text approved and published"),
    (PUBLISHED, WITHDRAWN): gettext_lazy("Public text withdrawn"),
}
AT_MEETINGS = {  # one that was put off or called off has nothing on its table
    MeetingStatus.HELD: gettext_lazy("On the table of a meeting"),
    MeetingStatus.PLANNED: gettext_lazy("To be on the table of a meeting"),
}
BY_STEP, REPLACED = "step: ", "replaced by "  # as ``missions.publication.workflow`` notes them in the history


@dataclass(frozen=True)
class Entry:
    """One line of the time line."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    link: str = ""
    day: PreciseDay | None = None  # where no more than the day is known: ``at`` then only sorts
    zone: str = ""  # of the place where it happened, where that is another than the holder's


@dataclass(frozen=True)
class OpenLeg:
    """An open leg: whether it is late, why perhaps nobody reads it, when its receiver had it, how its days count."""

    leg: Relay
    is_late: bool
    unattended: str
    sent_on: date
    days: list


def _open_leg(leg):
    return OpenLeg(leg, leg.is_late(), relays.unattended(leg.receiver), *how_counted(leg))


def standing(difficulty, user, bodies=None):
    """What the page of a difficulty shows above its record.

    ``bodies`` are those of the user, where the caller knows them.
    """
    bodies = set(Body.objects.staffed_by(user)) if bodies is None else bodies
    legs = list(Relay.objects.open().filter(difficulty=difficulty).with_names())
    until, body, _whose = difficulty.next_due(legs)
    last = difficulty.events.turns().order_by("pk").last()
    original = difficulty.duplicate_of
    allowed = workflow.steps_for(difficulty, user, bodies, legs)
    steps = [(step, leg, _address(difficulty, step, leg)) for step, leg in allowed]
    names = {step.name for step, _leg in allowed}
    return {
        "legs": [_open_leg(leg) for leg in legs],
        "replies": _replies(difficulty, user),
        "waits_on": difficulty.waits_on(legs),
        "owner_left": _owner_left(difficulty, user, bodies),
        "original": original,
        "further_reports": difficulty.further_reports.select_related("company", "filed_through"),
        "duplicates": difficulty.duplicates.visible_to(user).order_by("pk"),
        "original_is_open": bool(original) and Difficulty.objects.visible_to(user).filter(pk=original.pk).exists(),
        "since": last and last.at,
        "until": until,
        "turn": turn_counted(difficulty),
        "is_late": until is not None and until < today_in(body.time_zone),
        "not_closed_for": _keep_from_closing(difficulty, user, bodies, legs),
        "follow_ups": _follow_ups(difficulty, user),
        "steps": steps,
        "to_begin": {"review", "accept"} & names,
        "serving": _serving(difficulty, legs, names),
        "timeline": timeline(difficulty, user),
    }


def _replies(difficulty, user):
    """Legs of this person's bodies that came back, and nobody there acted upon yet; the latest first."""
    legs = legs_replied(user, timezone.localdate()).filter(difficulty=difficulty)
    return legs.select_related("receiver", "ended_by").order_by("-ended_at", "-pk")


def _owner_left(difficulty, user, bodies):
    """Whether a difficulty has an owner who may own it no longer."""
    if difficulty.owner_id == user.pk:
        return not (workflow.may_handle(user) and difficulty.holder in bodies)
    return bool(difficulty.owner) and not workflow.may_own(difficulty.owner, difficulty.holder)


def _follow_ups(difficulty, user):
    """What meetings that the user may open asked for about a difficulty; what is still to be done comes first."""
    rows = difficulty.action_items.visible_to(user).with_names()
    return rows.order_by(F("done_on").asc(nulls_first=True), "due_on", "pk")


def _serving(difficulty, legs, steps):
    """The bodies that serve the country of an open difficulty while none of them has it, each with its relay's address.

    The address is empty where this person may not relay it as it stands.
    """
    serving = list(Body.objects.serving(difficulty.country_id).order_by("code"))
    at_work = {difficulty.holder, *(leg.receiver for leg in legs)}
    if difficulty.stage == Stage.CLOSED or at_work & set(serving):
        return []
    address = _address(difficulty, workflow.STEPS["relay"], None) if "relay" in steps else ""
    return [(body, address and f"{address}?to={body.pk}") for body in serving]


def _keep_from_closing(difficulty, user, bodies, legs):
    """The open legs without which this user could close the difficulty."""
    binding = [leg for leg in legs if leg.needs_answer]
    may_close = binding and workflow.refusal(workflow.STEPS["close"], difficulty, user, bodies=bodies, legs=[]) is None
    return binding if may_close else []


def _address(difficulty, step, leg):
    address = reverse("admin:missions_difficulty_step", args=[difficulty.pk, step.name])
    return f"{address}?leg={leg.pk}" if leg else address


def timeline(difficulty, user):
    """Everything that happened to a difficulty, the latest first: steps, meetings the user may open, publication."""
    around = ["relay__sender", "relay__receiver", "from_holder", "to_holder"]
    told = Prefetch("mentions", Mention.objects.select_related("person"), to_attr="told")
    entries = [entry_of(event) for event in difficulty.events.select_related(*around).prefetch_related(told)]
    entries += _publication(difficulty, user)
    entries += _linkages(difficulty)
    entries += [_of_file(*told) for told in entries_of(difficulty)]
    meetings = Meeting.objects.visible_to(user).values("pk")
    for discussion in difficulty.discussions.filter(meeting__in=meetings).select_related("meeting__body"):
        meeting = discussion.meeting
        if meeting.held_on and meeting.status in AT_MEETINGS:
            at = datetime.combine(meeting.held_on, datetime.min.time(), ZoneInfo(meeting.time_zone))
            link = reverse("admin:missions_meeting_change", args=[meeting.pk])
            told = (str(meeting.body or ""), str(AT_MEETINGS[meeting.status]), str(meeting), link)
            day = None if meeting.starts_at else meeting.held
            entries.append(Entry(meeting.starts_at or at, *told, day, meeting.time_zone))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _of_file(at, by, is_added, file):
    what = _("File added") if is_added else _("File removed")
    told = [file.name, file.note if is_added else file.removed_because]
    return Entry(at, str(by or ""), what, "\n".join(filter(None, told)))


def _linkages(difficulty):
    """The linkages of a difficulty, also those withdrawn later, which a correction tells of."""
    rows = difficulty.linkages.select_related("programme", "organisation", "body", "recorded_by")
    return [
        Entry(
            row.recorded_at,
            str(row.recorded_by or row.body),
            _("Linked to a support programme"),
            "\n".join(filter(None, [f"{row.programme} · {row.made_by}", row.result])),
            reverse("admin:missions_linkage_change", args=[row.pk]),
        )
        for row in rows
    ]


def _publication(difficulty, user):
    """The moments of the public texts that a user may see: as their histories changed state, with the remarks."""
    if not difficulty.case_reference:
        return []
    texts = PublishedCase.objects.visible_to(user).filter(reference=difficulty.case_reference)
    remarks = defaultdict(list)
    for remark in CaseRemark.objects.filter(case__in=texts).select_related("by").order_by("pk"):
        remarks[remark.case_id, remark.step].append(remark)
    before, entries = {}, []
    past = PublishedCase.history.filter(id__in=texts.values("pk")).exclude(history_type="-")
    for row in past.select_related("history_user", "drafted_by", "approved_by").order_by("history_date", "history_id"):
        move, before[row.id] = (before.get(row.id), row.state), row.state
        if move in MOVES:
            step = (row.history_change_reason or "").removeprefix(BY_STEP)
            what = str(MOVES[move])
            if step == "take_back":
                what = _("Request for approval of the public text taken back")
            elif move == SENT_BACK:
                step = "send_back"
            elif step.startswith(REPLACED):
                what = _("Public text replaced by version %(number)s") % {"number": step.removeprefix(REPLACED)}
            said = remarks[row.id, step]
            remark = said.pop(0) if said else None
            who = (remark and remark.by) or row.history_user or _signer(row)
            detail = [_("version %(number)d") % {"number": row.version}, remark.text if remark else ""]
            link = reverse("admin:missions_publishedcase_change", args=[row.id])
            entries.append(Entry(row.history_date, str(who or ""), what, "\n".join(filter(None, detail)), link))
    return entries


def _signer(row):
    """Who stands on the text itself, where its history names nobody."""
    return {PublicationState.DRAFT: row.drafted_by, PublicationState.PUBLISHED: row.approved_by}.get(row.state)


def entry_of(event):
    """A step of the history, with the stage and the holder it moved."""
    label = workflow.STEPS[event.step].label if event.step in workflow.STEPS else _("Filed")
    moved = []
    if event.from_stage and event.from_stage != event.to_stage:
        moved.append(f"{event.get_from_stage_display()} → {event.get_to_stage_display()}")
    if event.from_holder_id and event.from_holder_id != event.to_holder_id:
        moved.append(f"{event.from_holder.code} → {event.to_holder.code}")
    leg = f"{event.relay}" if event.relay else ""
    told = ", ".join(f"@{mention}" for mention in getattr(event, "told", ()))
    detail = "\n".join(filter(None, [" · ".join(moved), leg, event.note, told]))
    return Entry(event.at, event.by_name, str(label), detail)
