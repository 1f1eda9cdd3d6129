"""The firms behind difficulties."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from missions.admin.base import ScopedAdmin
from missions.models import Body, Company, Difficulty

SHOWN = 50


@admin.register(Company)
class CompanyAdmin(ScopedAdmin):
    """Firms. Never public."""

    change_form_template = "admin/missions/company/change_form.html"
    list_display = ["name_ko", "name_en", "registration_number", "sector", "region"]
    list_filter = ["size", "sector"]
    list_select_related = ["sector"]
    search_fields = ["name_ko", "name_en", "registration_number"]  # asked by ``get_search_results``
    autocomplete_fields = ["body", "sector"]
    contact = (_("Contact"), {"fields": ["contact", "telephone", "email"]})
    fieldsets = [
        (None, {"fields": [("name_ko", "name_en"), "registration_number", "size", "region", "sector", "body"]}),
        contact,
        (_("Consents"), {"fields": ["shares_with_mission", "shares_with_organisations", "may_be_named"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """Firms by part of a name in either language, or by registration number, with hyphens or without."""
        return queryset.matching(search_term[:200]), False

    def get_fieldsets(self, request, obj=None):
        """Whom to contact there is told to other bodies only with the firm’s consent."""
        found = super().get_fieldsets(request, obj)
        if obj is None or obj.is_reachable_by(request.user):
            return found
        sentence = _("The firm has not agreed that other bodies contact it. Ask %(body)s, which registered it.")
        withheld = (_("Contact"), {"fields": [], "description": sentence % {"body": obj.body}})
        return [withheld if part is self.contact else part for part in found]

    def beside_form(self, request, obj):
        """The difficulties of the firm that the user may open."""
        if obj is None or not request.user.has_perm("missions.view_difficulty"):
            return {}
        filed = Difficulty.objects.visible_to(request.user).filter(company=obj).with_names()
        rows = list(filed[: SHOWN + 1])
        return {"filed": rows[:SHOWN], "more": len(rows) > SHOWN, "lists_filed": True}

    def history_view(self, request, object_id, extra_context=None):
        """The history holds what the page does, so it is open to the same people."""
        if not self.get_object(request, unquote(object_id)).is_reachable_by(request.user):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_readonly_fields(self, request, obj=None):
        """A firm stays with the body that registered it."""
        own = super().get_readonly_fields(request, obj)
        return own if obj is None or request.user.has_perm("missions.view_every_body") else [*own, "body"]

    def has_change_permission(self, request, obj=None):
        """A body that merely works on a firm's difficulty reads the firm; its own body keeps it."""
        if obj and not request.user.has_perm("missions.view_every_body"):
            return super().has_change_permission(request, obj) and obj.body in Body.objects.staffed_by(request.user)
        return super().has_change_permission(request, obj)
