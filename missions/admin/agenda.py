"""The page that builds the agenda of a meeting: open difficulties and unfinished follow-ups are ticked."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.scope import KnownChoices
from missions.models import ActionItem, AgendaKind, Difficulty, Meeting, MeetingStatus, Relay, WaitingOn
from missions.publication import gate
from missions.search import staff as staff_search

# What the public reads of the rows ticked: no word of theirs.
TOPICS = {
    AgendaKind.DIFFICULTY: {"topic_ko": "수출애로 논의", "topic_en": "Export difficulties"},
    AgendaKind.ORGANISATION: {"topic_ko": "지난 회의 후속조치 점검", "topic_en": "Follow-ups of earlier meetings"},
}


class AgendaForm(forms.Form):
    """What may be ticked, the urgent and the late first."""

    difficulties = KnownChoices(
        Difficulty.objects.none(),
        label=gettext_lazy("Open difficulties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    follow_ups = KnownChoices(
        ActionItem.objects.none(),
        label=gettext_lazy("Unfinished follow-ups of earlier meetings"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, meeting, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name, rows in {"difficulties": _open(meeting, user), "follow_ups": _unfinished(meeting, user)}.items():
            self.fields[name].queryset = rows

    def clean(self):
        """Refuse a page on which nothing is ticked."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Tick what is to be on the agenda."))
        return cleaned


def _open(meeting, user):
    """Open difficulties that the body of a meeting holds or is asked about; between the ministries, those they owe."""
    asked = Relay.objects.binding().filter(receiver=meeting.body_id).values("difficulty")
    concerned = Q(holder=meeting.body_id) | Q(pk__in=asked) if meeting.body_id else Q(waiting_on=WaitingOn.MINISTRY)
    rows = Difficulty.objects.visible_to(user).open().filter(concerned)
    return rows.exclude(pk__in=meeting.discussions.values("difficulty")).new_first()


def _unfinished(meeting, user):
    rows = ActionItem.objects.visible_to(user).left_to(meeting)
    return rows.exclude(pk__in=meeting.reviews.values("action_item")).with_names()


def agenda_page(request, model_admin, meeting):
    """Show the form, and put on the agenda what was ticked. Raises ``PermissionDenied`` for whoever may not."""
    if not model_admin.has_change_permission(request, meeting) or not request.user.has_perm("missions.add_discussion"):
        raise PermissionDenied
    form = AgendaForm(request.POST if request.method == "POST" else None, meeting=meeting, user=request.user)
    if meeting.status == MeetingStatus.PLANNED and form.is_valid() and _put(form, meeting):
        messages.success(request, _("What you ticked is on the agenda."))
        return redirect("admin:missions_meeting_change", meeting.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Build the agenda"),
        "opts": model_admin.opts,
        "meeting": meeting,
        "is_planned": meeting.status == MeetingStatus.PLANNED,
        "form": form,
    }
    return render(request, "admin/missions/meeting/agenda.html", context)


def _put(form, meeting):
    """Whether what is ticked was put on the agenda; where the gate refused the meeting's words, the form says so."""
    try:
        put_on_agenda(meeting, **form.cleaned_data)
    except gate.Refused as refused:
        form.add_error(None, [refusal.said for refusal in refused.refusals])
        return False
    return True


@transaction.atomic
def put_on_agenda(meeting, *, difficulties, follow_ups):
    """Note which difficulties and follow-ups a meeting has on its table, and tell the public that it has some.

    The public reads one topic for all of a kind. One that the agenda has already is not written twice, also by two at
    once. Raises ``gate.Refused`` where the meeting's public words point to a firm.
    """
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    for difficulty in difficulties:
        meeting.discussions.get_or_create(difficulty=difficulty)
    for item in follow_ups:
        meeting.reviews.get_or_create(action_item=item)
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    for rows, kind in ((follow_ups, AgendaKind.ORGANISATION), (difficulties, AgendaKind.DIFFICULTY)):
        if rows and not meeting.agenda.filter(kind=kind, topic_ko=TOPICS[kind]["topic_ko"]).exists():
            last += 1
            meeting.agenda.create(kind=kind, order=last, **TOPICS[kind])
    gate.check(meeting, *meeting.agenda.all())
    staff_search.keep(meeting)
