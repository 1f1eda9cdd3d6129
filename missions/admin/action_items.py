"""Follow-ups of all meetings."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.admin.base import ScopedAdmin
from missions.admin.difficulty.questions import SOON
from missions.admin.forms import RecordForm
from missions.admin.list_filters import MineFilter, QuestionFilter
from missions.models import ActionItem, Body, User


class ActionItemForm(RecordForm):
    """A follow-up. Whoever is responsible stays so, also where they are no colleague of the reader."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "owner" in self.fields and self.instance.owner_id:
            self.fields["owner"].queryset |= User.objects.filter(pk=self.instance.owner_id)

    def clean(self):
        """Refuse to make somebody responsible who would not find the follow-up on their front page."""
        super().clean()
        owner = self.cleaned_data.get("owner")
        meeting = self.cleaned_data.get("meeting") or (self.instance.meeting if self.instance.meeting_id else None)
        if owner and "owner" in self.changed_data and not _sees(owner, meeting):
            self.add_error("owner", _("This person does not see it. Choose somebody who works for the body."))


def _sees(owner, meeting):
    bodies = Body.objects.visible_to(owner)
    return owner.has_perm("missions.view_every_body") or bool(meeting and bodies.filter(pk=meeting.body_id).exists())


class PromisedByMe(MineFilter):
    """Narrows follow-ups to those that the reader of the list is to do."""

    title = _("responsible person")
    parameter_name = column = "owner"


class ActionItemQuestionFilter(QuestionFilter):
    """Narrows follow-ups to the answer of a question."""

    questions = {
        "unfinished": (_("Unfinished"), lambda rows, user, today: rows.unfinished()),
        "late": (_("Late"), lambda rows, user, today: rows.late()),
        "due": (_("Late, or due within a week"), lambda rows, user, today: rows.due_within(SOON)),
    }


@admin.register(ActionItem)
class ActionItemAdmin(ScopedAdmin):
    """Follow-ups of all meetings."""

    form = ActionItemForm
    list_display = ["what", "kind", "meeting", "organisation", "owner", "due_on", "done_on"]
    list_filter = [
        ActionItemQuestionFilter,
        PromisedByMe,
        "kind",
        "meeting__body",
        ("done_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["meeting__body", "organisation", "owner"]
    date_hierarchy = "due_on"
    search_fields = ["what"]
    autocomplete_fields = ["meeting", "organisation", "owner", "difficulty"]
