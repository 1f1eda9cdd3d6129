"""The front page of the staff desk: what waits for this person."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from missions.admin.difficulty.questions import SOON
from missions.admin.english import outdated
from missions.admin.front.health import checkup, remarks
from missions.admin.front.information import of_information
from missions.admin.front.panels import SHOWN, Panel, change_page, due, panel, question_address, remark
from missions.admin.front.waiting import of_difficulties
from missions.admin.meetings import unminuted
from missions.admin.scope import own_bodies
from missions.difficulties.workflow import HANDLE
from missions.models import (
    ActionItem,
    HandoverNote,
    LocalInformation,
    Meeting,
    PublicationState,
    PublishedCase,
    today_of,
)
from missions.publication.information import at_home


def panels(user):
    """The panels one member of staff needs, each limited to what they may open."""
    today = today_of(user)
    shown = []
    if user.has_perm("missions.approve_publishedcase"):
        shown.append(_awaiting(user))
    if user.has_perm("missions.view_difficulty"):
        shown += of_difficulties(user, today)
    if user.has_perm("missions.view_handovernote"):
        shown.append(_notes(user, today))
    if user.has_perm("missions.view_meeting"):
        shown += [_next_meetings(user), _overdue(user), _unminuted(user, today)]
    if user.has_perm("missions.view_actionitem"):
        shown += [_promises(user), _follow_ups(user)]
    if user.has_perm("missions.add_publishedcase"):
        shown.append(_drafts(user))
    if user.has_perm("missions.change_localinformation"):
        shown += of_information(user, today)
    shown += _translations(user)
    shown.append(_outdated(user))
    if user.has_perm("missions.view_every_body"):
        shown.append(_bodies())
    return [found for found in shown if found.rows or found.empty]


def unposted(request):
    """Whether somebody who handles difficulties works for no body today: they see none, and must be told why."""
    return (
        request.user.has_perm(HANDLE)
        and not request.user.has_perm("missions.view_every_body")
        and not own_bodies(request)
    )


def _notes(user, today):
    return panel(
        _("Handover notes"),
        HandoverNote.objects.visible_to(user).recent_for(user, today).select_related("user", "body"),
        lambda note: _("last day %(day)s") % {"day": date_format(note.until_on, "DATE_FORMAT")},
        "",
        question_address("recent", "handovernote"),
    )


def _next_meetings(user):
    records = Meeting.objects.visible_to(user).upcoming().soonest_first().with_names()
    return panel(
        _("Next meetings"),
        records,
        lambda record: str(record.held),
        _("No meeting is planned."),
        question_address("upcoming", "meeting"),
    )


def _overdue(user):
    return panel(
        _("Meetings whose result is to be recorded"),
        Meeting.objects.visible_to(user).overdue().soonest_first().with_names(),
        lambda record: str(record.held),
        _("Every meeting whose day has passed has its result."),
        question_address("overdue", "meeting"),
    )


def _unminuted(user, today):
    records = unminuted(Meeting.objects.visible_to(user), today).with_names()
    return panel(
        _("Meetings without minutes"),
        records,
        lambda record: str(record.held),
        _("Every meeting that was held has its minutes."),
        question_address("unminuted", "meeting"),
    )


def _promises(user):
    return panel(
        _("What I am to do after meetings"),
        ActionItem.objects.visible_to(user).unfinished().filter(owner=user).with_names(),
        lambda item: _promised(item, item.get_kind_display()),
        "",
        f"{question_address('unfinished', 'actionitem')}&owner=me",
    )


def _follow_ups(user):
    return panel(
        _("Follow-ups that are late or due within a week"),
        ActionItem.objects.visible_to(user).due_within(SOON).with_names(),
        lambda item: _promised(item, item.responsible or _("nobody named")),
        "",
        question_address("due", "actionitem"),
    )


def _promised(item, said):
    return remark(False, said, item.meeting, *due(item.due_on, item.meeting.time_zone))


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
        PublishedCase.objects.visible_to(user).filter(state=PublicationState.DRAFT, drafted_by=user).with_last_remark(),
        _("There is no draft of yours."),
        f"state__exact={PublicationState.DRAFT}&by=me",
        lambda case: case.said if case.remarked == "send_back" else "",
    )


def _translations(user):
    """Published texts whose English is to be written, for those who may write it."""
    missing = "english=missing"
    if user.has_perm("missions.add_publishedcase"):
        cases = PublishedCase.objects.visible_to(user).published().untranslated()
        yield _texts(_("Cases to be put into English"), cases, "", missing)
    if user.has_perm("missions.change_localinformation") and at_home(user):
        items = LocalInformation.objects.visible_to(user).published().untranslated()
        yield _texts(_("Local information to be put into English"), items, "", missing)


def _outdated(user):
    """English whose Korean was changed, for those who may write it."""
    found = outdated(user, SHOWN + 1)
    rows = [(entry.address, str(entry.row), entry.label) for entry in found[:SHOWN]]
    more = f"{SHOWN}+" if len(found) > SHOWN else ""
    return Panel(_("English to be renewed"), rows, "", reverse("admin:english"), more)


def _texts(title, records, empty, which, sent_back=lambda record: ""):
    return panel(
        title,
        records.with_names(),
        lambda record: _text(record, sent_back(record)),
        empty,
        reverse(f"admin:missions_{records.model._meta.model_name}_changelist") + f"?{which}",
    )


def _text(record, why):
    """Country and body of a text. One that was sent back says so first, and why."""
    back = [format_html('<strong class="late">{}</strong>', _("sent back")), Truncator(why).chars(80)] if why else []
    return remark(False, *back, record.country, record.body.code)


def _bodies():
    asked = [health for health in checkup() if health.warnings]
    rows = [(change_page(health.body), str(health.body), " · ".join(remarks(health))) for health in asked[:SHOWN]]
    more = str(len(asked)) if len(asked) > SHOWN else ""
    empty = _("There is nothing to ask any body about.")
    return Panel(_("Bodies to ask about"), rows, empty, reverse("admin:health"), more)
