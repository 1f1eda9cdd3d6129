"""Filters of a list in which something is typed."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from missions.fields.typed_days import DayField
from missions.models import Company, FurtherReport

WHICH_PAGE = ("p", "all", "e")  # the page of a list, all of it, and that the list did not understand its address


class TypedFilter(admin.ListFilter):
    """Narrows a list by what is typed. ``parameters`` are the names in the address, each with its field.

    What cannot be understood is said at its field, and narrows nothing.
    """

    template = "admin/typed_filter.html"
    parameters = {}

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.user = request.user
        typed = {name: params.pop(name)[-1] for name in self.parameters if name in params}
        self.used_parameters = typed
        form = type("Typed", (forms.Form,), dict(self.parameters))
        self.form = form(typed or None, auto_id="typed-%s")
        self.form.use_required_attribute = False
        self.form.is_valid()

    def has_output(self):
        """It is always offered."""
        return True

    def expected_parameters(self):
        """The names in the address."""
        return list(self.parameters)

    def choices(self, changelist):
        """One choice: the form, and what else narrows the list, which it keeps."""
        kept = {name: value for name, value in changelist.params.items() if name not in {*self.parameters, *WHICH_PAGE}}
        yield {
            "form": self.form,
            "kept": kept,
            "without": changelist.get_query_string(remove=list(self.parameters)),
            "is_used": bool(self.used_parameters),
        }

    def told(self):
        """By what the list is narrowed, in pairs of a label and words; what was not understood narrows nothing."""
        given = getattr(self.form, "cleaned_data", {})
        is_alone, fields = len(self.parameters) == 1, self.form.fields
        labels = {name: self.title if is_alone else field.label for name, field in fields.items()}
        return [(labels[name], localize(value)) for name, value in given.items() if value]

    def queryset(self, request, queryset):
        given = getattr(self.form, "cleaned_data", {})
        return self.narrowed(queryset, given) if any(given.values()) else queryset

    def narrowed(self, queryset, given):
        """The rows that fit what was typed."""
        raise NotImplementedError


def _day(label):
    return DayField(
        label=label, required=False, widget=forms.TextInput(attrs={"size": 12, "placeholder": "2026-11-20"})
    )


class ReportedBetween(TypedFilter):
    """Narrows difficulties to those reported from one day to another, both included."""

    title = _("reported between")
    parameters = {"since": _day(_("reported from")), "until": _day(_("reported until"))}

    def narrowed(self, queryset, given):
        """The rows of these days."""
        if given.get("since"):
            queryset = queryset.filter(reported_on__gte=given["since"])
        return queryset.filter(reported_on__lte=given["until"]) if given.get("until") else queryset


class OfFirm(TypedFilter):
    """Narrows difficulties to those of firms with a text in their name, or with a registration number."""

    title = _("firm")
    parameters = {
        "firm": forms.CharField(label=_("name or registration number"), required=False, max_length=100, strip=True)
    }

    def narrowed(self, queryset, given):
        """The rows of firms that the person may see, further firms included."""
        firms = Company.objects.visible_to(self.user).matching(given["firm"]).order_by()
        further = FurtherReport.objects.filter(company__in=firms.values("pk")).values("difficulty")
        return queryset.filter(Q(company__in=firms.values("pk")) | Q(pk__in=further))
