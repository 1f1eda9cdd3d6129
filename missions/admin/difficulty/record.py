"""Difficulties."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from missions.admin import limits
from missions.admin.base import ScopedAdmin, ScopedStacked
from missions.admin.difficulty.bulk import bulk_assign, bulk_page, bulk_relay
from missions.admin.difficulty.case_file import case_file_page
from missions.admin.difficulty.fieldsets import ASKED_FIRST, CHOSEN, REST
from missions.admin.difficulty.filing import FilingAdmin
from missions.admin.difficulty.filing_form import DifficultyForm
from missions.admin.difficulty.helped import what_helped
from missions.admin.difficulty.list import COLUMNS, FILTERS, ChosenColumns, StandingList
from missions.admin.difficulty.questions import CappedPaginator
from missions.admin.difficulty.receipt import receipt_page
from missions.admin.difficulty.similar import earlier, hints
from missions.admin.difficulty.status import standing
from missions.admin.difficulty.steps import step_page
from missions.admin.files import file_urls, files_beside
from missions.admin.publication.steps import standing_of
from missions.admin.scope import own_bodies
from missions.difficulties import clocks, workflow
from missions.models import ALREADY, Action, Company, Difficulty, FurtherReport, Linkage, PublishedCase, Stage
from missions.publication import workflow as publishing


class ActionInline(ScopedStacked):
    """What organisations did; recorded, and corrected, by a step."""

    model = Action
    autocomplete_fields = ["organisation"]
    fields = ["organisation", ("kind", "done_on"), "what"]

    def get_queryset(self, request):
        """Those that no correction took back; the time line tells of the others."""
        return super().get_queryset(request).not_withdrawn()


class LinkageFormSet(BaseInlineFormSet):
    """Linkages of a difficulty: they count for the body that holds it when they are recorded."""

    by = None

    def save_new(self, form, commit=True):
        """Note for which body and by whom one is recorded."""
        form.instance.body, form.instance.recorded_by = self.instance.holder, self.by
        return super().save_new(form, commit=commit)

    def clean(self):
        """Refuse one scheme twice."""
        super().clean()
        named = set()
        for form in self.forms:
            scheme = getattr(form, "cleaned_data", {}).get("programme")
            if scheme and scheme in named:
                form.add_error("programme", ALREADY)
            named.add(scheme)


class LinkageInline(ScopedStacked):
    """Support programmes the firm was linked to."""

    model = Linkage
    formset = LinkageFormSet
    autocomplete_fields = ["programme", "organisation"]
    fields = [("programme", "linked_on"), "organisation", "result"]

    def get_formset(self, request, obj=None, **kwargs):
        """The forms, which know who records a linkage."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset

    def get_queryset(self, request):
        """Those that no correction took back; the time line tells of the others."""
        return super().get_queryset(request).not_withdrawn()


MAY_FILE = _(
    "Difficulties are filed by mission officers and the domestic secretariat, each for the body they are posted to "
    "today. If that is you, ask ministry staff to enter your posting; otherwise ask the officer of the body."
)


@admin.register(Difficulty)
class DifficultyAdmin(ScopedAdmin):
    """The record of an export difficulty, and its list. Never deleted; stage, holder and outcome are never typed."""

    form = DifficultyForm
    change_form_template = "admin/missions/difficulty/change_form.html"
    list_display = COLUMNS
    list_filter = FILTERS
    list_select_related = ["holder__mission", "owner", "country"]
    paginator = CappedPaginator
    actions = [bulk_relay, bulk_assign]
    search_fields = ["reference", "title", "company__name_ko", "company__name_en"]
    autocomplete_fields = CHOSEN
    readonly_fields = ["reference", "filed_by", "filed_through"]
    moved_by_steps = ("due_on",)
    inlines = [ActionInline, LinkageInline]
    fieldsets = [
        (_("The difficulty"), {"fields": [("reference", "filed_through", "filed_by"), "company", *ASKED_FIRST]}),
        *REST,
        (_("Outcome"), {"classes": ["collapse"], "fields": ["solution", "lesson", "similar"]}),
    ]

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.filing = FilingAdmin(model, admin_site)

    def get_urls(self):
        """Add the pages that the list and the record lead to."""
        pages = {
            "similar": ("similar/", self.similar_view),
            "bulk": ("bulk/<slug:name>/", self.bulk_view),
            "step": ("<int:pk>/step/<slug:name>/", self.step_view),
            "case": ("<int:pk>/case/", self.case_view),
            "receipt": ("<int:pk>/receipt/", self.receipt_view),
            "case_file": ("<int:pk>/case-file/", self.case_file_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"missions_difficulty_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*own, *file_urls(self), *super().get_urls()]

    def may_write_files(self, request, obj):
        """Files are added by whoever may add a note: those at every end of its way, and the ministries."""
        return workflow.refusal(workflow.STEPS["note"], obj, request.user, bodies=own_bodies(request)) is None

    def add_view(self, request, form_url="", extra_context=None):
        """The page that files a difficulty. Whoever may not is told who may."""
        if not self.has_add_permission(request):
            raise PermissionDenied(MAY_FILE)
        return self.filing.add_view(request, form_url, extra_context)

    def similar_view(self, request):
        """Cases like the one being filed, as JSON, asked by POST: a firm's words belong in no address and in no log."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        refused = limits.refused(request, "similar")
        return refused or JsonResponse(hints(request.POST, request.user, own_bodies(request)))

    def bulk_view(self, request, name):
        """One step with several difficulties that the user may see."""
        return bulk_page(request, self.admin_site, self.get_queryset(request), name)

    def step_view(self, request, pk, name):
        """The short form of one step."""
        return step_page(request, self, self._shown(request, pk), name, request.GET.get("leg"))

    def receipt_view(self, request, pk):
        """The receipt to hand to the firm, or to a further one whose report the address names."""
        return receipt_page(request, self.admin_site, self._shown(request, pk), request.GET.get("report"))

    def case_file_view(self, request, pk):
        """The case file: all that this person may see of a difficulty."""
        return case_file_page(request, self.admin_site, self._shown(request, pk))

    def case_view(self, request, pk):
        """Begin the public text of a difficulty, or open the one it has."""
        difficulty = self._shown(request, pk)
        if request.method != "POST":  # sent back here after signing in
            return redirect(reverse("admin:missions_difficulty_change", args=[difficulty.pk]))
        try:
            case = publishing.begin_from(difficulty, by=request.user)
        except publishing.PublicationRefused as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(reverse("admin:missions_difficulty_change", args=[difficulty.pk]))
        return redirect(reverse("admin:missions_publishedcase_change", args=[case.pk]))

    def _shown(self, request, pk):
        """A difficulty that the user may see. Raises ``Http404`` or ``PermissionDenied`` for any other."""
        difficulty = self.get_object(request, pk)
        if not self.has_view_permission(request, difficulty):
            raise PermissionDenied
        return difficulty

    def beside_form(self, request, obj):
        """Where the difficulty stands, the steps, and what happened so far."""
        stands = standing(obj, request.user, own_bodies(request))
        may_note = any(step.name == "note" for step, _leg, _address in stands["steps"])
        cases = PublishedCase.objects.visible_to(request.user).filter(reference=obj.case_reference or "-")
        return {
            "standing": stands,
            "earlier": () if obj.outcome else earlier(f"{obj.title}\n{obj.account}", obj.country, obj.type_id),
            "helped": what_helped(obj, request.user),
            "cases": [(case, standing_of(case)) for case in cases.with_last_remark().order_by("-version")],
            "may_write_case": publishing.may_begin(obj, request.user, own_bodies(request)),
        } | files_beside(self, request, obj, may_write=may_note)

    def get_readonly_fields(self, request, obj=None):
        """What is closed has no due day."""
        own = super().get_readonly_fields(request, obj)
        return [*own, "due_on"] if obj and obj.stage == Stage.CLOSED else own

    def save_model(self, request, obj, form, change):
        """Count the due day where none was chosen, and anew where it became urgent or no longer is."""
        if "due_on" in form.changed_data and obj.due_on:
            obj.counted_from = None
        elif "due_on" in form.changed_data:
            clocks.begin_turn(obj)
        elif "is_urgent" in form.changed_data and obj.counted_from:
            obj.due_on = clocks.end_of_turn(obj)
        super().save_model(request, obj, form, change)

    def get_list_display(self, request):
        """The columns that the address of the list asks for."""
        return [ChosenColumns.columns[name][0] for name in ChosenColumns.chosen(request)]

    def get_changelist(self, request, **kwargs):
        """The list, with where each row stands."""
        return StandingList

    def get_search_results(self, request, queryset, search_term):
        """The rows found; by a telephone number, those of firms whose contact the user may read."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        digits = re.sub(r"[-. ()+]", "", search_term)
        if not re.fullmatch(r"[0-9]{8,15}", digits):
            return found, repeats
        callers = Company.objects.visible_to(request.user).reachable_by(request.user).with_telephone(digits[-8:])
        further = FurtherReport.objects.filter(company__in=callers).values("difficulty")
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(company__in=callers) | Q(pk__in=further)), repeats

    def has_add_permission(self, request):
        """Filing needs a body to file through."""
        return super().has_add_permission(request) and bool(own_bodies(request))

    def has_change_permission(self, request, obj=None):
        """The record is the holder's to write; other bodies read it and take their steps."""
        if obj and not request.user.has_perm("missions.view_every_body"):
            return super().has_change_permission(request, obj) and obj.holder in own_bodies(request)
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Difficulties are never deleted."""
        return False

    def has_relay_permission(self, request):
        """Whether the list offers relays."""
        return workflow.entitled(workflow.STEPS["relay"], request.user)

    def has_assign_permission(self, request):
        """Whether the list offers owners."""
        return workflow.entitled(workflow.STEPS["assign"], request.user)
