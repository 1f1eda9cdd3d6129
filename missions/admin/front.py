"""The front page of the staff desk: what waits for this person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.admin.health import remarks
from missions.admin.meetings import unminuted
from missions.admin.questions import QUESTIONS, CappedPaginator, due_soon, late, legs_to_answer
from missions.health import checkup
from missions.models import Difficulty, LocalInformation, Meeting, PublicationState, PublishedCase

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
    shown = [_awaiting(user)] if user.has_perm("missions.approve_publishedcase") else []
    if user.has_perm("missions.view_difficulty"):
        shown += [_turn(user, today), _relays(user, today), _late(user, today), _soon(user, today)]
        shown += [panel for panel in [_unowned(user, today)] if panel.rows]
    if user.has_perm("missions.view_meeting"):
        shown += [_next_meetings(user, today), _overdue(user, today), _unminuted(user, today)]
    if user.has_perm("missions.add_publishedcase"):
        shown.append(_drafts(user))
    shown += [panel for panel in _translations(user) if panel.rows]
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
        lambda record: _what_is_late(record, today),
        _("Nothing is late."),
        _list("late"),
    )


def _soon(user, today):
    return _panel(
        _("Due within a week"),
        due_soon(Difficulty.objects.visible_to(user).with_names().with_standing(), user, today).order_by(
            "due_on", "pk"
        ),
        _until,
        _("Nothing is due within a week."),
        _list("due_soon"),
    )


def _until(record):
    day = date_format(record.until(record.open_legs), "DATE_FORMAT")
    return f"{record.holder.code} · {_('until %(day)s') % {'day': day}}"


def _unowned(user, today):
    """Shown only where there is one: a posting ran out, or a case was reopened after its owner had left."""
    return _panel(
        _("Without an owner who is posted"),
        Difficulty.objects.visible_to(user).without_owner(today).with_names(),
        lambda record: f"{record.get_stage_display()} · {record.holder.code}",
        "",
        _list("unowned"),
    )


def _what_is_late(record, today):
    own = record.due_on and record.due_on < today
    late = _("due on %(day)s") % {"day": date_format(record.due_on, "DATE_FORMAT")} if own else _("a relay is late")
    return f"{record.holder.code} · {late}"


def _next_meetings(user, today):
    records = Meeting.objects.visible_to(user).upcoming().soonest_first().with_names()
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
        Meeting.objects.visible_to(user).overdue().soonest_first().with_names(),
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


def _awaiting(user):
    return _texts(
        _("Texts waiting for approval"),
        PublishedCase.objects.visible_to(user).awaiting(),
        _("No text is waiting."),
        f"state__exact={PublicationState.AWAITING}",
    )


def _drafts(user):
    return _texts(
        _("My drafts"),
        PublishedCase.objects.visible_to(user).filter(state=PublicationState.DRAFT, drafted_by=user),
        _("There is no draft of yours."),
        f"state__exact={PublicationState.DRAFT}&by=me",
    )


def _translations(user):
    """Published texts whose English is to be written, for those who may write it; shown only where there are any."""
    missing = "english=missing"
    if user.has_perm("missions.add_publishedcase"):
        cases = PublishedCase.objects.visible_to(user).published().untranslated()
        yield _texts(_("Cases to be put into English"), cases, "", missing)
    if user.has_perm("missions.change_localinformation"):
        items = LocalInformation.objects.visible_to(user).published().untranslated()
        yield _texts(_("Local information to be put into English"), items, "", missing)


def _texts(title, records, empty, which):
    return _panel(
        title,
        records.with_names(),
        lambda record: f"{record.country} · {record.body.code}",
        empty,
        reverse(f"admin:missions_{records.model._meta.model_name}_changelist") + f"?{which}",
    )


def _bodies(today):
    asked = [health for health in checkup(today) if health.warnings]
    rows = [(_change(health.body), str(health.body), " · ".join(remarks(health))) for health in asked[:SHOWN]]
    more = str(len(asked)) if len(asked) > SHOWN else ""
    return Panel(_("Bodies to ask about"), rows, _("Nothing is amiss at any body."), reverse("admin:health"), more)
