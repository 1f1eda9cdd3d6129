"""The register of recipients of local information."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.admin import contacts
from missions.admin.base import ScopedAdmin
from missions.models import Recipient


@admin.register(Recipient)
class RecipientAdmin(ScopedAdmin):
    """Associations, export centres and agencies that pass local information on to firms."""

    change_form_template = "admin/missions/recipient/change_form.html"
    list_display = ["__str__", "masked_email", "is_active"]
    list_filter = ["is_active", "countries", "topics", "sectors"]
    list_select_related = ["organisation"]
    search_fields = [
        "name",
        "organisation__name_ko",
        "organisation__name_en",
    ]  # contacts would be guessed
    autocomplete_fields = ["organisation", "countries", "topics", "sectors"]
    contact = (_("Contact"), {"fields": ["email", "contact"]})
    fieldsets = [
        (None, {"fields": [("organisation", "name"), "is_active"]}),
        contact,
        (
            _("What it is interested in"),
            {
                "description": _("Leave a field empty where everything is wanted."),
                "fields": ["countries", "topics", "sectors"],
            },
        ),
    ]
    masked_contact, masked_email = contacts.masked_contact, contacts.masked_email

    def get_fieldsets(self, request, obj=None):
        """The contact is masked to whoever did not ask for it."""
        found = super().get_fieldsets(request, obj)
        return found if obj is None or contacts.is_shown(request, obj) else contacts.masked_fieldsets(self, found)

    def get_readonly_fields(self, request, obj=None):
        """What is masked is read only."""
        return [*super().get_readonly_fields(request, obj), *contacts.masked_columns(self)]

    def beside_form(self, request, obj):
        """Whether there is a contact to be shown."""
        return contacts.beside_form(self, request, obj)

    def get_urls(self):
        """Add the address that shows a contact."""
        return [*contacts.urls(self), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form, with the contact as long as somebody writes."""
        contacts.keep_open(self, request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_historical_record_context_helper(self, request, historical_record):
        """What the contact was is masked as the contact is."""
        return contacts.delta(self, request, historical_record)
