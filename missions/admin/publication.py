"""Texts for the public: cases and local information."""

from django.contrib import admin, messages
from django.db.models import F
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import publishing
from missions.admin.base import SOURCED, ReferenceAdmin, ScopedStacked
from missions.admin.questions import MineFilter, TranslationFilter
from missions.models import CaseActor, Difficulty, LocalInformation, PublicationState, PublishedCase
from missions.privacy import findings


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


def _given(name, posted):
    """What the form of a step adds to it."""
    return {
        "approve": {"checked": posted.get("checked") == "yes"},
        "send_back": {"remark": posted.get("remark", "")[:2000]},
    }.get(name, {})


def _is_draft(case):
    return case is None or case.state == PublicationState.DRAFT


@admin.register(PublishedCase)
class PublishedCaseAdmin(ReferenceAdmin):
    """Public texts of difficulties. Two people publish one: its author and its approver."""

    change_form_template = "admin/missions/publishedcase/change_form.html"
    list_display = ["reference", "version", "title_ko", "body", "country", "type", "state", "drafted_by", "approved_by"]
    list_filter = ["state", WrittenByMe, TranslationFilter, "type", "body", "certainty"]
    list_select_related = ["body", "country", "type", "drafted_by", "approved_by"]
    date_hierarchy = "approved_at"
    ordering = [F("approved_at").desc(nulls_last=True), "-pk"]
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

    def get_urls(self):
        """Add the address of the publication steps."""
        step = path(
            "<int:pk>/publication/",
            self.admin_site.admin_view(self.take_step),
            name="missions_publishedcase_publication",
        )
        return [step, *super().get_urls()]

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

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Offer the steps this person may take with the text."""
        if obj:
            record = Difficulty.objects.visible_to(request.user).filter(case_reference=obj.reference).first()
            context |= {
                "publication_steps": publishing.steps_for(obj, request.user),
                "findings": findings(obj, Difficulty.objects.visible_to(request.user)) if record else [],
                "record": record,
                "remarks": obj.remarks.select_related("by"),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def take_step(self, request, pk):
        """Take one publication step, and say what came of it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        case = self.get_object(request, pk)
        name = request.POST.get("step")
        try:
            if name not in publishing.STEPS:
                raise publishing.PublicationRefused(_("There is no such step. Reload the page."))
            case = getattr(publishing, name)(case, by=request.user, **_given(name, request.POST))
        except publishing.PublicationRefused as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Done. The text is “%(state)s”.") % {"state": case.get_state_display()})
        return redirect(reverse("admin:missions_publishedcase_change", args=[case.pk]))


@admin.register(LocalInformation)
class LocalInformationAdmin(ReferenceAdmin):
    """Items of host-country information."""

    list_display = ["title_ko", "title_en", "body", "country", "topic", "issued_on", "valid_until", "is_published"]
    list_filter = ["is_published", TranslationFilter, "topic", "body", "certainty"]
    list_select_related = ["body", "country", "topic"]
    date_hierarchy = "issued_on"
    search_fields = ["title_ko", "title_en", "text_ko", "text_en"]
    autocomplete_fields = ["body", "country", "topic", "sources"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "body",
                    ("country", "topic"),
                    ("title_ko", "title_en"),
                    ("text_ko", "text_en"),
                    ("issued_on", "valid_until"),
                    "distributed_on",
                    "is_published",
                ]
            },
        ),
        (gettext_lazy("Sources"), {"fields": SOURCED}),
    ]
