"""The register of recipients of local information."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.admin.base import ScopedAdmin
from missions.models import Recipient


@admin.register(Recipient)
class RecipientAdmin(ScopedAdmin):
    """Associations, export centres and agencies that pass local information on to firms."""

    list_display = ["__str__", "email", "is_active"]
    list_filter = ["is_active", "countries", "topics", "sectors"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name_ko", "organisation__name_en", "email"]
    autocomplete_fields = ["organisation", "countries", "topics", "sectors"]
    fieldsets = [
        (None, {"fields": [("organisation", "name"), ("email", "contact"), "is_active"]}),
        (
            _("What it is interested in"),
            {
                "description": _("Leave a field empty where everything is wanted."),
                "fields": ["countries", "topics", "sectors"],
            },
        ),
    ]
