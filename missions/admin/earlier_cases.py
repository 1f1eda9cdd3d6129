"""Difficulties that others solved, before the programme and beside it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.admin.base import SOURCED, ReferenceAdmin
from missions.admin.forms import RecordForm
from missions.models import ActionKind, EarlierCase


class ActsField(forms.TypedMultipleChoiceField):
    """Kinds of action, ticked; kept as their codes in one line of text."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        return " ".join(super().clean(value))


class EarlierCaseForm(RecordForm):
    """The form of an earlier case."""

    acts = ActsField(label=_("Kinds of action"), choices=ActionKind.choices, required=False)


@admin.register(EarlierCase)
class EarlierCaseAdmin(ReferenceAdmin):
    """Difficulties that public sources tell of and that are not the programme's own."""

    form = EarlierCaseForm
    list_display = ["key", "happened_ko", "country", "type", "dated_on", "outcome", "certainty", "title_only"]
    list_filter = ["title_only", "certainty", "outcome", "type"]
    list_select_related = ["country", "type"]
    search_fields = ["key", "happened_ko", "happened_en", "done_ko", "done_en"]
    autocomplete_fields = ["sources", "country", "countries_also", "type"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "key",
                    "title_only",
                    ("country", "countries_also"),
                    "type",
                    ("sector_ko", "sector_en"),
                    ("dated_on", "dated_precision"),
                    ("dated_note_ko", "dated_note_en"),
                    ("firm_size", "firm_name"),
                ]
            },
        ),
        (
            _("Text"),
            {
                "fields": [
                    ("happened_ko", "happened_en"),
                    ("done_ko", "done_en"),
                    ("by_whom_ko", "by_whom_en"),
                    "acts",
                    "outcome",
                    ("ending_ko", "ending_en"),
                    ("lesson_ko", "lesson_en"),
                ]
            },
        ),
        (_("Sources"), {"fields": SOURCED}),
    ]
