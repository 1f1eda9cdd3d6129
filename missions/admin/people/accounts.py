"""Accounts and postings."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.urls import path
from django.utils.translation import gettext_lazy as _

from missions.admin.base import ScopedAdmin, ScopedStacked
from missions.admin.people import keys
from missions.admin.people.forms import NewStaffForm, PostingForm, StaffForm, StaffPostingFormSet, objection
from missions.admin.people.handover import handover_page
from missions.difficulties.handover import may_end, may_hand_over
from missions.models import Posting, User
from missions.roles import ROLES

admin.site.unregister(Group)  # roles are written by ``missions.roles``; a form would be a second writer


class StaffPostingInline(ScopedStacked):
    """Where this person works."""

    model = Posting
    autocomplete_fields = ["body"]
    fields = [("body", "since_on", "until_on")]
    form = PostingForm
    formset = StaffPostingFormSet
    show_change_link = True


@admin.register(Posting)
class PostingAdmin(ScopedAdmin):
    """Which staff work for which body, from when until when."""

    list_display = ["user", "body", "since_on", "until_on"]
    list_filter = ["body"]
    list_select_related = ["user", "body"]
    date_hierarchy = "since_on"
    search_fields = ["user__username", "user__name", "body__code", "body__name_ko"]
    autocomplete_fields = ["user", "body"]
    form = PostingForm

    def get_urls(self):
        page = path("<int:pk>/handover/", self.admin_site.admin_view(self.handover), name="missions_posting_handover")
        return [page, *super().get_urls()]

    def handover(self, request, pk):
        """End a posting that the user may see, and hand over what it leaves open."""
        return handover_page(request, self.admin_site, self.get_object(request, pk))

    def beside_form(self, request, obj):
        """The way to that page."""
        return {"may_hand_over": bool(obj) and may_hand_over(request.user, obj)}

    def get_deleted_objects(self, objs, request):
        """Refuse to delete a posting whose person still owns open difficulties there."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *filter(None, map(objection, objs))]


class RoleFilter(admin.SimpleListFilter):
    """Narrows accounts to one role, by its label."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(role.name, role.label) for role in ROLES.values()]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


def _with_labels(fields):
    """The fields of an account, its roles by their labels instead of as a choice."""
    return ["roles" if field == "groups" else field for field in fields]


@admin.register(User)
class StaffAdmin(ScopedAdmin, UserAdmin):
    """Staff accounts. Only a superuser may change a superuser."""

    form = StaffForm
    add_form = NewStaffForm
    list_display = ["username", "name", "email", "is_active", "last_login"]
    list_filter = ["is_active", RoleFilter]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()
    inlines = [StaffPostingInline]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "language"]}),
        (_("Access"), {"fields": ["is_active", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "usable_password", "password1", "password2", "groups"]}),
    ]

    def has_change_permission(self, request, obj=None):
        """Keep superusers out of the reach of others, and accounts that stand for institutions out of everyone's."""
        if obj and (obj.is_institution or (obj.is_superuser and not request.user.is_superuser)):
            return False
        return super().has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        """Whoever may not change an account reads no password, and the roles by their labels."""
        found = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            own = obj is not None and obj.pk == request.user.pk
            return [
                (name, options | {"fields": _with_labels(options["fields"])}) if own else (name, options)
                for name, options in found
            ]
        read = {"password": None, "groups": "roles"}
        return [
            (name, options | {"fields": list(filter(None, (read.get(field, field) for field in options["fields"])))})
            for name, options in found
        ]

    @admin.display(description=_("roles"))
    def roles(self, user):
        """What this person may do, by the labels of the roles."""
        names = user.groups.order_by("pk").values_list("name", flat=True)
        return ", ".join(str(ROLES[name].label) for name in names if name in ROLES)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "groups":
            field.queryset = field.queryset.filter(name__in=ROLES)
            field.label = _("roles")
            field.help_text = _("What this person may do. What they see follows from their postings below.")
            field.label_from_instance = lambda group: str(ROLES[group.name].label)
        return field

    def beside_form(self, request, obj):
        """The way to the pages that end this person's postings."""
        if obj is None:
            return {}
        postings = Posting.objects.visible_to(request.user).current().filter(user=obj).select_related("body")
        return {"leaving": [row for row in postings if may_end(request.user, row)]}

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives a role to themselves, or takes one."""
        own = super().get_readonly_fields(request, obj)
        return [*own, "roles"] if obj and obj.pk == request.user.pk else own

    def save_model(self, request, obj, form, change):
        """Every account made here may enter the admin."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Keep which roles were given and taken, and by whom."""
        before = set(form.instance.groups.values_list("name", flat=True))
        super().save_related(request, form, formsets, change)
        keys.keep(form.instance, before, by=request.user)
