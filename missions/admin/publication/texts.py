"""Public texts of difficulties."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.base import SOURCED, ReferenceAdmin, ScopedStacked
from missions.admin.forms import RecordForm
from missions.admin.list_filters import MineFilter, TranslationFilter
from missions.admin.lists import body_code
from missions.admin.publication.steps import (
    ASK,
    ask_for_approval,
    publication,
    publication_step_page,
    record_of,
    standing_of,
    warn_of_findings,
)
from missions.admin.widgets import MonthInput
from missions.fields.typed_days import FirstOfMonthField
from missions.models import CaseActor, PublicationState, PublishedCase
from missions.publication import workflow as publishing


class CaseActorInline(ScopedStacked):
    """Which organisations acted."""

    model = CaseActor
    autocomplete_fields = ["organisation"]
    fields = [("organisation", "order"), ("what_ko", "what_en")]

    def has_change_permission(self, request, obj=None):
        """Only a draft is written."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        """Only a draft is written."""
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Only a draft is written."""
        return _is_draft(obj) and super().has_delete_permission(request, obj)


class WrittenByMe(MineFilter):
    """Narrows texts to those that the reader of the list began."""

    title = gettext_lazy("drafted by")
    parameter_name = "by"
    column = "drafted_by"


def _is_draft(case):
    return case is None or case.state == PublicationState.DRAFT


def _with_months(fieldsets):
    names = {("reported_month", "closed_month"): ("month_reported", "month_closed")}
    return [
        (title, options | {"fields": [names.get(field, field) for field in options["fields"]]})
        for title, options in fieldsets
    ]


class CaseForm(RecordForm):
    """A text as its author writes it, with all that approval needs where approval is asked for."""

    class Meta:
        field_classes = {"reported_month": FirstOfMonthField, "closed_month": FirstOfMonthField}
        help_texts = {
            "reported_month": "",
            "closed_month": "",
            "certainty": gettext_lazy(
                "Stays as it is where your body itself did this: the page then says that the body entered it."
            ),
        }
        widgets = {"reported_month": MonthInput, "closed_month": MonthInput}

    def clean(self):
        """Demand the Korean words of a draft whose approval is asked for."""
        given = super().clean()
        for name in publishing.REQUIRED if self.instance.pk and ASK in self.data else []:
            if name not in self.errors and not given.get(name):
                self.add_error(name, _("Approval is not asked for without these words."))
        return given


@admin.register(PublishedCase)
class PublishedCaseAdmin(ReferenceAdmin):
    """Public texts of difficulties. Two people publish one: its author and its approver."""

    form = CaseForm
    change_form_template = "admin/missions/publishedcase/change_form.html"
    list_display = [
        "reference",
        "version",
        "title_ko",
        body_code,
        "country",
        "type",
        "standing",
        "drafted_by",
        "approved_by",
    ]
    list_filter = ["state", WrittenByMe, TranslationFilter, "type", "body", "certainty"]
    list_select_related = ["body", "country", "type", "drafted_by", "approved_by"]
    date_hierarchy = "approved_at"
    ordering = [F("approved_at").desc(nulls_first=True), "-pk"]  # what nobody has approved yet stands first
    search_fields = ["reference", "title_ko", "title_en", "happened_ko", "happened_en"]
    autocomplete_fields = ["body", "country", "type", "sector", "sources"]
    readonly_fields = ["reference", "version", "state", "drafted_by", "drafted_at", "approved_by", "approved_at"]
    inlines = [CaseActorInline]
    fieldsets = [
        (None, {"fields": ["body", ("country", "type"), ("sector", "outcome")]}),
        (
            gettext_lazy("What the public reads"),
            {
                "fields": [
                    ("title_ko", "title_en"),
                    ("happened_ko", "happened_en"),
                    ("done_ko", "done_en"),
                    ("lesson_ko", "lesson_en"),
                    ("reported_month", "closed_month"),
                ]
            },
        ),
        (gettext_lazy("Sources"), {"fields": SOURCED}),
        (
            gettext_lazy("Publication"),
            {
                "fields": [
                    ("reference", "version"),
                    "state",
                    ("drafted_by", "drafted_at"),
                    ("approved_by", "approved_at"),
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        """The texts one may open, with what was said of each last."""
        return super().get_queryset(request).with_last_remark()

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, case):
        """How far it has come, and why it came back from there."""
        return standing_of(case)

    @admin.display(description=gettext_lazy("month of the report"))
    def month_reported(self, case):
        """The month, for those who only read it."""
        return case.reported_month and date_format(case.reported_month, "YEAR_MONTH_FORMAT")

    @admin.display(description=gettext_lazy("month of the outcome"))
    def month_closed(self, case):
        """The month, for those who only read it."""
        return case.closed_month and date_format(case.closed_month, "YEAR_MONTH_FORMAT")

    def get_fieldsets(self, request, obj=None):
        """Months are read as months where they cannot be written."""
        found = super().get_fieldsets(request, obj)
        return found if obj is None or self.has_change_permission(request, obj) else _with_months(found)

    def get_urls(self):
        step = path(
            "<int:pk>/publication/<slug:name>/",
            self.admin_site.admin_view(self.step_view),
            name="missions_publishedcase_publication",
        )
        return [step, *super().get_urls()]

    def step_view(self, request, pk, name):
        """The page of one publication step with a text that the user may see."""
        case = self.get_object(request, pk)
        if not self.has_view_permission(request, case):
            raise PermissionDenied
        return publication_step_page(request, self.admin_site, case, name)

    def has_change_permission(self, request, obj=None):
        """Only a draft is written; other texts move by the steps."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Published texts are withdrawn, never deleted."""
        return obj is not None and _is_draft(obj) and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Begin a text, or note who goes on writing it."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            publishing.begin(obj, by=request.user)

    def response_change(self, request, obj):
        """Ask for approval, where that was chosen, within the transaction that saved the words."""
        if ASK in request.POST:
            return ask_for_approval(request, obj)
        if "_continue" not in request.POST:
            warn_of_findings(request, obj)
        return super().response_change(request, obj)

    def beside_form(self, request, obj):
        """The private record beside the text, and the steps that this person may take with it."""
        return {"record": record_of(obj, request.user), **publication(obj, request.user)} if obj else {}
