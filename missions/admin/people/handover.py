"""The page that ends a posting: what is open, who takes it over, a look at what will happen, and the note."""

import json

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.base import ScopedAdmin
from missions.admin.conflicts import typed
from missions.admin.forms import WithoutPersonalNumbers
from missions.admin.list_filters import QuestionFilter
from missions.admin.widgets import WholeTexts
from missions.difficulties import handover
from missions.difficulties.open_work import HORIZON, open_work
from missions.fields.typed_days import DayField
from missions.fields.validators import validate_day
from missions.models import HandoverNote, Posting, User


class HandoverForm(WithoutPersonalNumbers, WholeTexts, forms.Form):
    """The last day, a new owner for each difficulty, and what the person wants to say."""

    until_on = DayField(
        label=gettext_lazy("last day"),
        validators=[validate_day],
        help_text=gettext_lazy("The last day on which they are still posted here, at most 60 days from today."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    successor = forms.ChoiceField(
        label=gettext_lazy("new owner of all"),
        required=False,
        help_text=gettext_lazy("For every difficulty for which nobody else is chosen below."),
    )
    words = forms.CharField(
        label=gettext_lazy("in their own words"),
        help_text=gettext_lazy("What is in no record: people to call, promises made by word of mouth, advice."),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args, posting, work, user, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.posting, self.work, self.user = posting, work, user
        self.people = {str(person.pk): person for person in people}
        today, day = work.today, self.fields["until_on"]
        day.initial = min(posting.until_on or today, today + HORIZON)
        day.disabled = bool(posting.until_on and posting.until_on < today)
        names = [(key, str(person)) for key, person in self.people.items()]
        self.fields["successor"].choices = [("", _("nobody yet")), *names]
        for row in work.difficulties:
            self.fields[f"owner_{row.pk}"] = forms.ChoiceField(
                label=_("new owner of %(reference)s") % {"reference": row.reference},
                choices=[("", _("as for all")), *names],
                required=False,
            )
        if not work.difficulties:
            del self.fields["successor"]

    def rows(self):
        """Each difficulty with its chooser."""
        return [(row, row.waits_on(row.binding_legs), self[f"owner_{row.pk}"]) for row in self.work.difficulties]

    def chosen(self):
        """Each difficulty with the name of its new owner."""
        owners = self.values()["owners"]
        return [(row, owners[row.pk]) for row in self.work.difficulties]

    def clean(self):
        """Ask for an owner of each difficulty, and refuse what was decided on an older page."""
        for row in self.work.difficulties:
            name = f"owner_{row.pk}"
            if name not in self.errors and "successor" not in self.errors and not self._owner(row):
                self.add_error(name, _("Choose a new owner, here or for all."))
        if found := handover.changes(self.posting, self.work, self.seen(), self.user):
            raise ValidationError(found)

    def _owner(self, row):
        key = self.cleaned_data.get(f"owner_{row.pk}") or self.cleaned_data.get("successor")
        return self.people.get(key)

    def seen(self):
        """What the page showed on which the person decided; nothing where that cannot be read."""
        try:
            seen = json.loads(self.data.get("seen", ""))
        except (ValueError, RecursionError):
            return {}
        return seen if isinstance(seen, dict) else {}

    def values(self):
        """Keyword arguments of the verb."""
        return {
            "by": self.user,
            "until_on": self.cleaned_data["until_on"],
            "owners": {row.pk: self._owner(row) for row in self.work.difficulties},
            "words": self.cleaned_data["words"],
            "seen": self.seen(),
        }


def handover_page(request, site, posting):
    """Show what a posting would leave open; then what would happen; then end it. Nothing typed is lost on the way."""
    if not handover.may_hand_over(request.user, posting):
        raise PermissionDenied
    work = open_work(posting)
    people = User.objects.handling(posting.body).exclude(pk=posting.user_id)
    begun = (typed.take(request) or QueryDict()).dict()
    form = HandoverForm(
        request.POST or None, posting=posting, work=work, user=request.user, people=people, initial=begun
    )
    note = None
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        confirmed = "confirm" in request.POST
        note = _note(posting, form, confirmed)
        if note and confirmed:
            messages.success(request, _("The posting ends on %(day)s. The handover note is written.") % _day(note))
            return redirect(_after(note, request.user))
    has_ended = bool(posting.until_on and posting.until_on < work.today)
    context = {
        **site.each_context(request),
        "title": _("End this posting and hand over"),
        "subtitle": str(posting),
        "opts": Posting._meta,
        "posting": posting,
        "form": form,
        "work": work,
        "days": work.days(),
        "note": note,
        "seen": json.dumps(handover.fingerprint(posting, work)),
        "nobody": bool(work.difficulties) and not form.people,
        "nothing": has_ended and not work.difficulties,
        "has_ended": has_ended,
        "may_post": request.user.has_perm("missions.add_posting"),
        "notes": HandoverNote.objects.visible_to(request.user).filter(body=posting.body, user=posting.user),
    }
    return render(request, "admin/missions/posting/handover.html", context)


def _note(posting, form, confirmed):
    """The note of a handover that took place, or would; None where it is refused, and the form says why."""
    hand_over = handover.hand_over if confirmed else handover.rehearse
    try:
        return hand_over(posting, **form.values())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def _day(note):
    return {"day": date_format(note.until_on, "DATE_FORMAT")}


def _after(note, user):
    if HandoverNote.objects.visible_to(user).filter(pk=note.pk).exists():
        return reverse("admin:missions_handovernote_change", args=[note.pk])
    return reverse("admin:index")


class NoteQuestionFilter(QuestionFilter):
    """Narrows handover notes to the answer of a question."""

    questions = {
        "recent": (gettext_lazy("For me, of the last 30 days"), lambda rows, user, today: rows.recent_for(user, today))
    }


@admin.register(HandoverNote)
class HandoverNoteAdmin(ScopedAdmin):
    """Handover notes, to read and to print. They are written by ending a posting, and never changed."""

    list_display = ["user", "body", "until_on", "written_at", "written_by"]
    list_filter = [NoteQuestionFilter, "body"]
    list_select_related = ["user", "body", "written_by"]
    date_hierarchy = "until_on"
    search_fields = ["user__name", "user__username", "body__code", "body__name_ko", "facts", "words"]

    def beside_form(self, request, obj):
        """The heading of the page, which is also printed."""
        return {"title": _("Handover note")}

    def has_add_permission(self, request):
        """A note is written by ending a posting."""
        return False

    def has_change_permission(self, request, obj=None):
        """What was so that day does not change."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Whoever comes next needs it."""
        return False
