"""Days set to be free or working, and the clocks that run by them."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.admin.base import ScopedAdmin
from missions.difficulties.clocks import recompute
from missions.models import Body, PublicHoliday


def move_clocks(request, bodies):
    """Work out the open due days of some bodies anew, and say how many moved."""
    moved = recompute(bodies)
    if not moved:
        messages.info(request, _("No open due day moves because of this."))
        return
    said = ngettext(
        "%(count)d open relay or difficulty has another due day.",
        "%(count)d open relays and difficulties have other due days.",
        moved,
    )
    messages.success(request, said % {"count": moved})


def _places(rows):
    """For which countries and which offices some days are set: a pair of sets of keys."""
    pairs = list(rows.values_list("country_id", "body_id"))
    return {country for country, _body in pairs if country}, {body for _country, body in pairs if body}


@admin.register(PublicHoliday)
class PublicHolidayAdmin(ScopedAdmin):
    """Free and working days. Each change moves the open due days of the offices that keep them, and says how many."""

    list_display = ["on", "kind", "country", "body", "name_ko", "name_en"]
    list_filter = ["kind", "country", "body"]
    list_select_related = ["country", "body"]
    date_hierarchy = "on"
    search_fields = ["name_ko", "name_en", "country__name_ko", "country__name_en", "body__code"]
    autocomplete_fields = ["country", "body"]
    fields = [("on", "kind"), ("country", "body"), ("name_ko", "name_en")]

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Save a day; where it was set for others before, their clocks follow too."""
        before = _places(PublicHoliday.objects.filter(pk=obj.pk))
        super().save_model(request, obj, form, change)
        self._move(request, before, _places(PublicHoliday.objects.filter(pk=obj.pk)))

    @transaction.atomic
    def delete_model(self, request, obj):
        """Delete a day: it is again what the calendar says of it."""
        before = _places(PublicHoliday.objects.filter(pk=obj.pk))
        super().delete_model(request, obj)
        self._move(request, before)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        before = _places(queryset)
        super().delete_queryset(request, queryset)
        self._move(request, before)

    def _move(self, request, *places):
        countries, offices = (set().union(*keys) for keys in zip(*places, strict=True))
        move_clocks(request, Body.objects.keeping_days_of(countries, offices))
