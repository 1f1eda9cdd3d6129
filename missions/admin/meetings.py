"""Meetings, with all that belongs to them."""

import datetime

from django.contrib import admin, messages
from django.db import models
from django.forms import modelform_factory
from django.urls import path
from django.utils.translation import gettext_lazy as _

from missions.admin.action_items import ActionItemForm
from missions.admin.agenda import agenda_page
from missions.admin.base import SOURCED, ReferenceAdmin, ScopedStacked
from missions.admin.files import file_urls, files_beside
from missions.admin.forms import RecordForm
from missions.admin.list_filters import QuestionFilter
from missions.admin.local_time import MomentThere, MomentThereInput
from missions.admin.meeting_form import MeetingForm
from missions.admin.scope import ScopedFilter
from missions.messages import of_meetings
from missions.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Discussion,
    Meeting,
    MeetingStatus,
    Minutes,
    OnlineRoom,
)

MOST = 50  # follow-ups beside a meeting
OVERDUE = _(
    "The day of this meeting has passed, and it is still planned. Set its status: held, or postponed or cancelled if "
    "it did not take place."
)


class AgendaInline(ScopedStacked):
    """Topics."""

    model = AgendaItem
    form = modelform_factory(
        AgendaItem,
        RecordForm,
        fields="__all__",
        help_texts={"topic_ko": _("Public with its meeting, whatever its kind. Name no firm.")},
    )
    fields = [("order", "kind"), ("topic_ko", "topic_en")]


class AttendanceInline(ScopedStacked):
    """Organisations that took part."""

    model = Attendance
    autocomplete_fields = ["organisation"]
    fields = [("organisation", "headcount")]


class DiscussionInline(ScopedStacked):
    """Difficulties on the table; staff only."""

    model = Discussion
    autocomplete_fields = ["difficulty"]


class OnlineRoomInline(ScopedStacked):
    """How to join online; staff only."""

    model = OnlineRoom


class MinutesInline(ScopedStacked):
    """What was said; staff only."""

    model = Minutes


class ActionItemInline(ScopedStacked):
    """What was decided, and what someone is to do; staff only."""

    model = ActionItem
    form = ActionItemForm
    autocomplete_fields = ["organisation", "owner", "difficulty"]
    fields = ["what", "kind", ("organisation", "owner"), "difficulty", ("due_on", "done_on")]


def unminuted(rows, today):
    """Meetings of bodies held within a year that have no minutes; older ones are told by their sources."""
    return rows.held().filter(minutes=None, held_on__gte=today - datetime.timedelta(days=365)).exclude(body=None)


class MeetingQuestionFilter(QuestionFilter):
    """Narrows meetings to the answer of a question."""

    questions = {
        "upcoming": (_("To come"), lambda rows, user, today: rows.upcoming()),
        "overdue": (_("Result to be recorded"), lambda rows, user, today: rows.overdue()),
        "unminuted": (_("Without minutes, of the last year"), lambda rows, user, today: unminuted(rows, today)),
    }


class MeetingBodyFilter(ScopedFilter):
    """Narrows meetings to those of a body, or to those that are of none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("between the ministries")


@admin.register(Meeting)
class MeetingAdmin(ReferenceAdmin):
    """Meetings of the bodies and of the ministries. The form has three parts: what is planned, held and minuted."""

    form = MeetingForm
    formfield_overrides = ReferenceAdmin.formfield_overrides | {
        models.DateTimeField: {"form_class": MomentThere, "widget": MomentThereInput}
    }

    list_display = ["__str__", "body", "kind", "held_day", "status", "chaired", "is_published"]
    list_filter = [
        MeetingQuestionFilter,
        "status",
        "kind",
        ("body", MeetingBodyFilter),
        "chaired",
        "is_published",
        "certainty",
    ]
    list_select_related = ["body"]
    date_hierarchy = "held_on"
    search_fields = ["label_ko", "label_en", "venue_ko", "venue_en", "body__code", "body__name_ko"]
    autocomplete_fields = ["body", "sources"]
    inlines = [AgendaInline, DiscussionInline, OnlineRoomInline, AttendanceInline, MinutesInline, ActionItemInline]
    fieldsets = [
        (
            _("1. Plan"),
            {
                "fields": [
                    "body",
                    ("kind", "number"),
                    ("label_ko", "label_en"),
                    ("held_on", "held_precision"),
                    ("starts_at", "ends_at"),
                    "mode",
                    ("venue_ko", "venue_en"),
                ]
            },
        ),
        (
            _("2. Hold"),
            {"fields": ["status", ("chaired", "headcount"), ("participants_ko", "participants_en")]},
        ),
        (_("3. Minute and publish"), {"fields": [("summary_ko", "summary_en"), "is_published"]}),
        (_("Sources"), {"fields": SOURCED}),
    ]

    def get_urls(self):
        """Add the page that builds the agenda."""
        view = self.admin_site.admin_view(self.agenda_view)
        agenda = path("<int:pk>/agenda/", view, name="missions_meeting_agenda")
        return [agenda, *file_urls(self), *super().get_urls()]

    def may_write_files(self, request, obj):
        """Files are added by whoever writes the meeting."""
        return self.has_change_permission(request, obj)

    def agenda_view(self, request, pk):
        """Open difficulties and unfinished follow-ups, to be ticked."""
        return agenda_page(request, self, self.get_object(request, str(pk)))

    def save_related(self, request, form, formsets, change):
        """Tell those who take part where the meeting was announced, moved or called off.

        Whoever leaves one planned whose day has passed is reminded: such a meeting counts nowhere.
        """
        super().save_related(request, form, formsets, change)
        if form.instance.is_overdue():
            messages.warning(request, OVERDUE)
        of_meetings.tell(form.instance, form.changed_data, by=request.user, is_new=not change)

    def delete_model(self, request, obj):
        """Tell those who were told of the meeting, and delete it."""
        of_meetings.tell_of_deletion([obj], by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """The same for several."""
        of_meetings.tell_of_deletion(queryset, by=request.user)
        super().delete_queryset(request, queryset)

    def beside_form(self, request, obj):
        """Its files and what is reviewed in it; beside one to be held also what earlier ones have left to it."""
        if obj is None:
            return {}
        items = ActionItem.objects.visible_to(request.user)
        beside = {"reviewed": items.filter(reviews__meeting=obj).with_names()[:MOST]}
        if obj.status == MeetingStatus.PLANNED:
            may = self.has_change_permission(request, obj) and request.user.has_perm("missions.add_discussion")
            beside |= {"may_build": may, "left": items.left_to(obj).with_names()[:MOST]}
        return beside | files_beside(self, request, obj)

    @admin.display(description=_("date"), ordering="held_on")
    def held_day(self, meeting):
        """The day, with its precision."""
        return str(meeting.held)
