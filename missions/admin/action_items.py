"""Follow-ups of all meetings."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.admin.base import ScopedAdmin
from missions.admin.difficulty.questions import SOON
from missions.admin.list_filters import QuestionFilter
from missions.models import ActionItem


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

    list_display = ["what", "meeting", "organisation", "due_on", "done_on"]
    list_filter = [ActionItemQuestionFilter, "meeting__body", ("done_on", admin.EmptyFieldListFilter)]
    list_select_related = ["meeting__body", "organisation"]
    date_hierarchy = "due_on"
    search_fields = ["what"]
    autocomplete_fields = ["meeting", "organisation", "difficulty"]
