"""The page that files a difficulty, and its firm where that is not known yet."""

from django.contrib import messages
from django.forms.widgets import Script
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from missions.admin.base import ScopedAdmin
from missions.admin.difficulty.fieldsets import ALIKE, ASKED_FIRST, CHOSEN, NEW_FIRM, REST
from missions.admin.difficulty.filing_form import FilingForm
from missions.difficulties.workflow import file_difficulty
from missions.models import Body, today_of
from missions.publication import firm_keys
from missions.search import staff as staff_search


class FilingAdmin(ScopedAdmin):
    """The page that files a difficulty. ``DifficultyAdmin`` shows it to those who may file, where Django adds a row."""

    form = FilingForm
    change_form_template = "admin/missions/difficulty/change_form.html"
    autocomplete_fields = CHOSEN

    class Media:
        js = [Script("similar.js", defer=True)]

    def get_fieldsets(self, request, obj=None):
        """The fewest fields first; the body only of those who work for several."""
        several = Body.objects.staffed_by(request.user).count() > 1
        firm = (None, {"fields": [*(["filed_through"] if several else []), "company"]})
        return [firm, *NEW_FIRM, (None, {"fields": ASKED_FIRST}), ALIKE, *REST]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, which asks for the firm first and tells its script where to look for similar cases."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.filer, form.filer_address = request.user, request.origin
        fields = form.base_fields
        fields["company"].help_text = _("Part of its name in Korean or English, or its registration number.")
        fields["title"].widget.attrs["data-similar"] = reverse("admin:missions_difficulty_similar")
        for name in ("company", "similar"):
            for offer in ("add", "change", "view", "delete"):
                setattr(fields[name].widget, f"can_{offer}_related", False)
        return form

    def get_changeform_initial_data(self, request):
        """Reported today, as the day is where the officer works."""
        return {"reported_on": today_of(request.user)} | super().get_changeform_initial_data(request)

    def beside_form(self, request, obj):
        """The heading. Filing has one way to end."""
        return {"title": _("File a difficulty"), "show_save_and_continue": False}

    def save_model(self, request, obj, form, change):
        """File the difficulty for its firm, which is saved where it is a new one or more is known of it."""
        if form.firm:
            obj.company = keep_firm(form.firm, obj.filed_through)
        if form.left:
            messages.warning(
                request,
                _("The record of %(firm)s stays as it is. What you typed was not taken over: %(typed)s")
                % {"firm": obj.company, "typed": ", ".join(form.left)},
            )
        for doubt in doubts(obj):
            messages.warning(request, doubt)
        file_difficulty(obj, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        """Go to the difficulty that was filed, where the next steps are, and offer its receipt."""
        receipt = reverse("admin:missions_difficulty_receipt", args=[obj.pk])
        filed = _("Filed: %(reference)s.") % {"reference": obj.reference}
        link = format_html('<a href="{}">{}</a>', receipt, _("Open the receipt to hand to the firm"))
        messages.success(request, format_html("{} {}", filed, link))
        return redirect(reverse("admin:missions_difficulty_change", args=[obj.pk]))


def doubts(difficulty):
    """What may be a slip in a difficulty about to be filed, in sentences. It is filed all the same."""
    if difficulty.company is None:
        yield _("No firm was named. Choose it below as soon as it is known.")
    day = difficulty.hurts_on
    if day and day < difficulty.reported_on:
        sentence = _(
            "The deadline that hurts the firm was before the day of the report: %(day)s. Correct it if it is a slip."
        )
        yield sentence % {"day": date_format(day, "DATE_FORMAT")}


def keep_firm(firm, body):
    """Save a firm and what it is found by; a new one is registered by the body. Returns it."""
    if firm.pk is None:
        firm.body = body
    firm.save()
    firm_keys.keep(firm)
    staff_search.keep(firm)
    return firm
