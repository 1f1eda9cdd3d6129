"""Public holidays that the library does not know, and the clocks that run by them."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.admin.base import ScopedAdmin
from missions.difficulties.clocks import recompute
from missions.models import PublicHoliday


@admin.register(PublicHoliday)
class PublicHolidayAdmin(ScopedAdmin):
    """Further public holidays. Each change moves the open due days there, and says how many."""

    list_display = ["on", "country", "name_ko", "name_en"]
    list_filter = ["country"]
    list_select_related = ["country"]
    date_hierarchy = "on"
    search_fields = ["name_ko", "name_en", "country__name_ko", "country__name_en"]
    autocomplete_fields = ["country"]
    fields = [("country", "on"), ("name_ko", "name_en")]

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Save a holiday; where it changed country, both countries' clocks follow."""
        countries = {obj.country_id}
        if change:
            countries |= set(PublicHoliday.objects.filter(pk=obj.pk).values_list("country_id", flat=True))
        super().save_model(request, obj, form, change)
        self._recompute(request, countries)

    @transaction.atomic
    def delete_model(self, request, obj):
        """Delete a holiday: its day is a working day again."""
        super().delete_model(request, obj)
        self._recompute(request, {obj.country_id})

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        countries = set(queryset.values_list("country_id", flat=True))
        super().delete_queryset(request, queryset)
        self._recompute(request, countries)

    def _recompute(self, request, countries):
        moved = recompute(countries)
        if not moved:
            messages.info(request, _("No open due day moves because of this."))
            return
        said = ngettext(
            "%(count)d open relay or difficulty has another due day.",
            "%(count)d open relays and difficulties have other due days.",
            moved,
        )
        messages.success(request, said % {"count": moved})
