"""Bodies, their members, missions, organisations."""

from django.contrib import admin
from django.db import transaction
from django.urls import path
from django.utils.translation import gettext_lazy as _

from missions.admin.base import SOURCED, ReferenceAdmin, ScopedStacked
from missions.admin.holidays import move_clocks
from missions.admin.mission_import import import_page, may_import
from missions.admin.people.forms import BodyPostingFormSet, PostingForm
from missions.admin.people.seats import MembershipFormSet
from missions.models import Body, BodyStep, District, Membership, Mission, Organisation, Posting


class DistrictInline(ScopedStacked):
    """The parts of a country that the mission serves."""

    model = District
    autocomplete_fields = ["sources"]
    fields = [("code", "order"), ("name_ko", "name_en"), ("extent_ko", "extent_en"), *SOURCED]


@admin.register(Mission)
class MissionAdmin(ReferenceAdmin):
    """Missions abroad. One that lies elsewhere than was known keeps other days: the clocks of its body follow."""

    list_display = ["name_ko", "name_en", "kind", "country", "certainty"]
    list_filter = ["kind", "country__region", "certainty"]
    list_select_related = ["country"]
    search_fields = ["name_ko", "name_en", "city_ko", "city_en", "other_names", "slug"]
    autocomplete_fields = ["country", "covers", "organisation", "sources"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *(("name_ko", "name_en"), "slug", "kind", "country", ("city_ko", "city_en")),
                    *("other_names", "covers"),
                ]
            },
        ),
        (
            _("Reaching it"),
            {
                "fields": [
                    ("address_ko", "address_en"),
                    *(("telephone", "emergency_telephone"), ("email", "url"), "contact_certainty"),
                    ("time_zone", "subdivision"),
                ]
            },
        ),
        (_("Place on the map"), {"fields": [("latitude", "longitude"), ("point_of", "point_source"), "organisation"]}),
        (_("Sources"), {"fields": SOURCED}),
    ]
    inlines = [DistrictInline]

    def get_urls(self):
        """Add the page that takes over the official list."""
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="missions_mission_import"), *super().get_urls()]

    def import_view(self, request):
        """The official list of missions: what it would change, and doing it."""
        return import_page(request, self)

    def changelist_view(self, request, extra_context=None):
        """The list, with the way to that page for those who may."""
        return super().changelist_view(request, {"may_import": may_import(request.user)} | (extra_context or {}))

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Save a mission, and move the clocks that run by where it lies."""
        super().save_model(request, obj, form, change)
        if change and {"country", "subdivision", "time_zone"} & set(form.changed_data):
            move_clocks(request, Body.objects.filter(mission=obj))


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    """Organisations that may sit on a body."""

    list_display = ["name_ko", "name_en", "kind", "country", "named", "certainty"]
    list_filter = ["kind", "named", "certainty"]
    list_select_related = ["country"]
    search_fields = ["name_ko", "name_en", "other_names", "slug"]
    autocomplete_fields = ["country", "parent", "sources"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (
            None,
            {
                "fields": [("name_ko", "name_en"), "other_names", "slug", "kind", "country", "url", "parent"],
                "description": _("What is entered here can be read by the public as soon as it is saved."),
            },
        ),
        (_("Groups"), {"fields": [("named", "counts_for")]}),
        (_("Sources"), {"fields": SOURCED}),
    ]


class BodyStepInline(ScopedStacked):
    """The dated steps of a body's state."""

    model = BodyStep
    autocomplete_fields = ["source"]
    fields = ["state", ("as_of_on", "as_of_precision"), ("detail_ko", "detail_en"), "source"]


class MembershipInline(ScopedStacked):
    """Who sits on the body; the rest of a seat is on its own page."""

    model = Membership
    formset = MembershipFormSet
    autocomplete_fields = ["organisation"]
    fields = [("organisation", "post"), ("since_on", "until_on", "certainty")]
    show_change_link = True


class PostingInline(ScopedStacked):
    """Which staff work for the body."""

    model = Posting
    form = PostingForm
    formset = BodyPostingFormSet
    autocomplete_fields = ["user"]
    fields = [("user", "since_on", "until_on")]
    show_change_link = True


@admin.register(Body)
class BodyAdmin(ReferenceAdmin):
    """Consultative bodies. The state and the day of the launch follow from the dated steps below."""

    list_display = ["code", "name_ko", "scope", "state", "launched", "rhythm", "certainty"]
    list_filter = ["scope", "state", "rhythm", "certainty"]
    search_fields = ["code", "name_ko", "name_en", "mission__name_ko", "mission__name_en"]
    autocomplete_fields = ["mission", "sources"]
    readonly_fields = ["state", "launched"]
    inlines = [BodyStepInline, MembershipInline, PostingInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "scope"),
                    "mission",
                    ("name_ko", "name_en"),
                    ("former_name_ko", "former_name_en"),
                    "state",
                    "launched",
                    "rhythm",
                ]
            },
        ),
        (_("What the public reads"), {"fields": [("purpose_ko", "purpose_en"), ("contact_ko", "contact_en")]}),
        (_("Sources"), {"fields": SOURCED}),
    ]

    @admin.display(description=_("launched on"), ordering="launched_on")
    def launched(self, body):
        """The launch, with its precision, as the first dated step says that tells of it."""
        return str(body.launched)

    def get_readonly_fields(self, request, obj=None):
        """Identity is for those who oversee all bodies."""
        own = super().get_readonly_fields(request, obj)
        return own if request.user.has_perm("missions.view_every_body") else [*own, "code", "scope", "mission"]

    def save_related(self, request, form, formsets, change):
        """Let the state follow from the latest dated step."""
        super().save_related(request, form, formsets, change)
        body, step = form.instance, form.instance.latest_step()
        if step and step.state != body.state:
            body.state = step.state
            body.save(update_fields=["state", "updated_at"])
        if any(parts.model is BodyStep and parts.has_changed() for parts in formsets):
            _follow_launch(body)


def _follow_launch(body):
    """Let the day of the launch follow from the first step that says so; a body that has none keeps what was loaded."""
    step = body.launch_step()
    if step and (step.as_of_on, step.as_of_precision) != (body.launched_on, body.launched_precision):
        body.launched_on, body.launched_precision = step.as_of_on, step.as_of_precision
        body.save(update_fields=["launched_on", "launched_precision", "updated_at"])


@admin.register(Membership)
class MembershipAdmin(ReferenceAdmin):
    """Seats of organisations on bodies."""

    list_display = ["organisation", "body", "post", "person_ko", "since_on", "until_on", "certainty"]
    list_filter = ["post", "body", "certainty"]
    list_select_related = ["organisation", "body"]
    search_fields = ["organisation__name_ko", "organisation__name_en", "person_ko", "person_en", "body__code"]
    autocomplete_fields = ["body", "organisation", "sources"]
    fieldsets = [
        (None, {"fields": ["body", "organisation", "post", ("since_on", "until_on"), ("helps_ko", "helps_en")]}),
        (_("Person: public officials only"), {"fields": [("person_ko", "person_en"), ("title_ko", "title_en")]}),
        (_("Sources"), {"fields": SOURCED}),
    ]
