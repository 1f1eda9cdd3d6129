"""Difficulties."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from missions.admin.base import ScopedAdmin, ScopedStacked
from missions.admin.difficulty.bulk import BulkSteps
from missions.admin.difficulty.filing import NEW_FIRM, DifficultyForm, FiledOnOnePage
from missions.admin.difficulty.list import ListedByStanding
from missions.admin.difficulty.receipt import Receipts
from missions.admin.difficulty.similar import SimilarHints
from missions.admin.difficulty.status import standing
from missions.admin.difficulty.steps import step_page
from missions.admin.publication.steps import standing_of
from missions.difficulties.workflow import file_difficulty
from missions.models import Action, Body, Company, Difficulty, Linkage, PublishedCase
from missions.publication import workflow as publishing


class ActionInline(ScopedStacked):
    """What organisations did; recorded as a step."""

    model = Action
    autocomplete_fields = ["organisation"]
    fields = ["organisation", ("kind", "done_on"), "what"]


class LinkageInline(ScopedStacked):
    """Support programmes the firm was linked to."""

    model = Linkage
    autocomplete_fields = ["programme"]
    fields = [("programme", "linked_on"), "result"]


ASKED_FIRST = ["country", "type", "title", "account", "report_source"]
REST = [
    (
        _("More about the firm’s situation"),
        {
            "classes": ["collapse"],
            "fields": [
                "steps_taken",
                ("reported_on", "became_aware_on"),
                "place",
                ("sector", "ntm_chapter"),
                "hs_codes",
            ],
        },
    ),
    (
        _("Urgency and value"),
        {
            "classes": ["collapse"],
            "fields": [
                ("is_urgent", "urgent_reason"),
                ("hurts_on", "hurts_how"),
                ("value_amount", "value_currency"),
                "due_on",
            ],
        },
    ),
]


MAY_FILE = _(
    "Difficulties are filed by mission officers and the domestic secretariat, each for the body they are posted to "
    "today. If that is you, ask ministry staff to enter your posting; otherwise ask the officer of the body."
)
ALIKE = (_("Similar difficulties"), {"classes": ["collapse"], "fields": ["similar"]})


@admin.register(Difficulty)
class DifficultyAdmin(ListedByStanding, BulkSteps, SimilarHints, FiledOnOnePage, Receipts, ScopedAdmin):
    """Export difficulties. Never deleted; stage, holder and outcome are never typed."""

    form = DifficultyForm
    change_form_template = "admin/missions/difficulty/change_form.html"
    search_fields = ["reference", "title", "company__name_ko", "company__name_en"]
    autocomplete_fields = ["company", "country", "type", "sector", "ntm_chapter", "similar"]
    readonly_fields = ["reference", "filed_by", "filed_through"]
    actions = ["bulk_relay", "bulk_assign"]
    inlines = [ActionInline, LinkageInline]

    def get_search_results(self, request, queryset, search_term):
        """The rows found; by a telephone number, those of firms whose contact the user may read."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        digits = re.sub(r"[-. ()+]", "", search_term)
        if not re.fullmatch(r"[0-9]{8,15}", digits):
            return found, repeats
        callers = Company.objects.visible_to(request.user).reachable_by(request.user).with_telephone(digits[-8:])
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(company__in=callers)), repeats

    def get_urls(self):
        """Add the address of the steps."""
        step = path(
            "<int:pk>/step/<slug:name>/", self.admin_site.admin_view(self.step_view), name="missions_difficulty_step"
        )
        case = path("<int:pk>/case/", self.admin_site.admin_view(self.case_view), name="missions_difficulty_case")
        return [step, case, *super().get_urls()]

    def case_view(self, request, pk):
        """Begin the public text of a difficulty, or open the one it has."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        difficulty = self.get_object(request, pk)
        try:
            case = publishing.begin_from(difficulty, by=request.user)
        except publishing.PublicationRefused as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(reverse("admin:missions_difficulty_change", args=[difficulty.pk]))
        return redirect(reverse("admin:missions_publishedcase_change", args=[case.pk]))

    def step_view(self, request, pk, name):
        """The short form of one step with a difficulty that the user may see."""
        difficulty = self.get_object(request, pk)
        if not self.has_view_permission(request, difficulty):
            raise PermissionDenied
        return step_page(request, self.admin_site, difficulty, name, request.GET.get("leg"))

    def beside_form(self, request, obj):
        """Where the difficulty stands, the steps, and what happened so far. Filing has one way to end."""
        if obj is None:
            return {"show_save_and_continue": False}
        cases = PublishedCase.objects.visible_to(request.user).filter(reference=obj.case_reference or "-")
        return {
            "standing": standing(obj, request.user),
            "cases": [(case, standing_of(case)) for case in cases.with_last_remark().order_by("-version")],
            "may_write_case": publishing.may_begin(obj, request.user),
        }

    def get_fieldsets(self, request, obj=None):
        """Filing asks for the fewest fields first; who holds it stands above everything later on."""
        if obj is None:
            several = Body.objects.staffed_by(request.user).count() > 1
            firm = (None, {"fields": [*(["filed_through"] if several else []), "company"]})
            return [firm, *NEW_FIRM, (None, {"fields": ASKED_FIRST}), ALIKE, *REST]
        return [
            (_("The difficulty"), {"fields": [("reference", "filed_through", "filed_by"), "company", *ASKED_FIRST]}),
            *REST,
            (_("Outcome"), {"classes": ["collapse"], "fields": ["solution", "lesson", "similar"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """The body it comes through is chosen once, when filing."""
        return super().get_readonly_fields(request, obj) if obj else []

    def add_view(self, request, form_url="", extra_context=None):
        """The page that files a difficulty. Whoever may not is told who may."""
        if not self.has_add_permission(request):
            raise PermissionDenied(MAY_FILE)
        return super().add_view(request, form_url, {"title": _("File a difficulty"), **(extra_context or {})})

    def has_add_permission(self, request):
        """Filing needs a body to file through."""
        return super().has_add_permission(request) and Body.objects.staffed_by(request.user).exists()

    def get_inlines(self, request, obj):
        """Filing is one page without parts."""
        return self.inlines if obj else []

    def has_change_permission(self, request, obj=None):
        """The record is the holder's to write; other bodies read it and take their steps."""
        if obj and not request.user.has_perm("missions.view_every_body"):
            return super().has_change_permission(request, obj) and obj.holder in Body.objects.staffed_by(request.user)
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Difficulties are never deleted."""
        return False

    def save_model(self, request, obj, form, change):
        """File a difficulty that is not filed yet."""
        if change:
            super().save_model(request, obj, form, change)
            return
        if not obj.filed_through_id:
            obj.filed_through = Body.objects.staffed_by(request.user).get()
        self.keep_firm(request, obj, form)
        file_difficulty(obj, by=request.user)
