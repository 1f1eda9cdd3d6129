"""The front page of the staff desk: what waits for this person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.admin.meetings import unminuted
from missions.admin.questions import QUESTIONS, CappedPaginator, late, legs_to_answer
from missions.models import Body, BodyState, Difficulty, Meeting, PublicationState, PublishedCase

SHOWN = 8


@dataclass(frozen=True)
class Panel:
    """A short list with the question it answers, and where the whole list is."""

    title: str
    rows: list
    empty: str
    link: str
    more: str = ""


def panels(user):
    """The panels one member of staff needs, each limited to what they may open."""
    today = timezone.localdate()
    shown = []
    if user.has_perm("missions.view_difficulty"):
        shown += [_turn(user, today), _relays(user, today), _late(user, today)]
    if user.has_perm("missions.view_meeting"):
        shown += [_next_meetings(user, today), _overdue(user, today), _unminuted(user, today)]
    if user.has_perm("missions.view_publishedcase"):
        shown.append(_texts(user))
    if user.has_perm("missions.view_every_body"):
        shown.append(_bodies(today))
    return shown


def _change(record):
    return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])


def _panel(title, records, text, empty, link, *, row=lambda record: record, name=str):
    found = list(records[: SHOWN + 1])
    rows = [(_change(row(record)), name(record), text(record)) for record in found[:SHOWN]]
    return Panel(title, rows, empty, link, str(CappedPaginator(records, SHOWN).count) if len(found) > SHOWN else "")


def _list(question, model="difficulty"):
    return reverse(f"admin:missions_{model}_changelist") + f"?ask={question}"


def _turn(user, today):
    records = Difficulty.objects.visible_to(user).with_names()
    question = "open" if user.has_perm("missions.view_every_body") else "my_turn"
    return _panel(
        _("Open difficulties") if question == "open" else _("My turn"),
        QUESTIONS[question][1](records, user, today).order_by("-is_urgent", "due_on", "-pk"),
        lambda record: f"{record.get_stage_display()} · {record.holder.code} · {record.country}",
        _("No difficulty is open."),
        _list(question),
    )


def _relays(user, today):
    return _panel(
        _("Relays to acknowledge or answer"),
        legs_to_answer(user).with_names().order_by("acknowledge_by", "pk"),
        lambda leg: _due(leg, today),
        _("No relay is waiting."),
        _list("relayed"),
        row=lambda leg: leg.difficulty,
        name=lambda leg: f"{leg.difficulty.reference} {leg}",
    )


def _due(leg, today):
    day = date_format(leg.due_on, "DATE_FORMAT") if leg.due_on else "–"
    return _("late since %(day)s") % {"day": day} if leg.is_late(today) else _("until %(day)s") % {"day": day}


def _late(user, today):
    return _panel(
        _("Late"),
        late(Difficulty.objects.visible_to(user).with_names(), user, today),
        lambda record: f"{record.holder.code} · {record.due_on or _('a relay is late')}",
        _("Nothing is late."),
        _list("late"),
    )


def _next_meetings(user, today):
    records = Meeting.objects.visible_to(user).upcoming(today).soonest_first().with_names()
    return _panel(
        _("Next meetings"),
        records,
        lambda record: str(record.held),
        _("No meeting is planned."),
        _list("upcoming", "meeting"),
    )


def _overdue(user, today):
    return _panel(
        _("Meetings whose result is to be recorded"),
        Meeting.objects.visible_to(user).overdue(today).soonest_first().with_names(),
        lambda record: str(record.held),
        _("Every meeting whose day has passed has its result."),
        _list("overdue", "meeting"),
    )


def _unminuted(user, today):
    records = unminuted(Meeting.objects.visible_to(user), today).with_names()
    return _panel(
        _("Meetings without minutes"),
        records,
        lambda record: str(record.held),
        _("Every meeting that was held has its minutes."),
        _list("unminuted", "meeting"),
    )


def _texts(user):
    texts = PublishedCase.objects.visible_to(user).with_names()
    if user.has_perm("missions.approve_publishedcase"):
        title, records, state = _("Texts waiting for approval"), texts.awaiting(), PublicationState.AWAITING
        empty = _("No text is waiting.")
    else:
        title, state, empty = _("My drafts"), PublicationState.DRAFT, _("There is no draft of yours.")
        records = texts.filter(state=state, drafted_by=user)
    return _panel(
        title,
        records,
        lambda record: f"{record.country} · {record.type}",
        empty,
        reverse("admin:missions_publishedcase_changelist") + f"?state__exact={state}",
    )


def _silent_for(days):
    if days is None:
        return _("no meeting with a known day")
    return ngettext("last met %(count)d day ago", "last met %(count)d days ago", days) % {"count": days}


def _bodies(today):
    return _panel(
        _("Bodies, longest silent first"),
        Body.objects.running().with_last_meeting().order_by("last_met_on", "code"),
        lambda body: _silent_for((today - body.last_met_on).days if body.last_met_on else None),
        _("No body is running."),
        reverse("admin:missions_body_changelist") + f"?state__exact={BodyState.LAUNCHED}",
    )
