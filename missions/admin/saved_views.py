"""Views that somebody saved: a list of the desk with its conditions, counted on the front page.

A view is the query string of its list. It is asked of that list before it is kept, and again when it is counted: what
the list does not understand is refused with a sentence.
"""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.forms import WithoutPersonalNumbers
from missions.admin.lists import OrderedList
from missions.admin.typed_filters import WHICH_PAGE
from missions.fields.capped import MOST, shown
from missions.models import Body, SavedView

PASSING = (*WHICH_PAGE, "_popup", "_to_field", "_changelist_filters")  # say nothing about which rows
UNKNOWN = (IncorrectLookupParameters, DisallowedModelAdminLookup, ValidationError, ValueError, OverflowError, DataError)
ON_THE_FRONT = 8


class Counting(OrderedList):
    """A list of which only the number is asked."""

    def get_results(self, request):
        """Count no further than pages say."""
        self.result_count = self.queryset.order_by().values("pk")[: MOST + 1].count()


@dataclass(frozen=True)
class Shown:
    """A saved view as it is shown: its address, and how many rows its reader finds there; None where it fails."""

    view: SavedView
    address: str
    count: str | None
    kind: str
    is_own: bool


class ViewForm(WithoutPersonalNumbers, forms.Form):
    """What is asked to save a view. ``lists`` are the lists that the person may open, by the names of their models."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("Share with the people of"),
        required=False,
        empty_label=gettext_lazy("only me"),
    )
    of = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["body"].queryset = Body.objects.staffed_by(request.user)

    def clean(self):
        """Refuse what its list does not understand, what narrows nothing, and a second view of one name."""
        given = super().clean()
        page = page_of(self.request, given.get("of", ""))
        if page is None:
            raise ValidationError(_("There is no such list. Open the list again and save it from there."))
        given["query"] = stripped(given.get("query", ""))
        if not given["query"]:
            raise ValidationError(_("Narrow the list first: choose a condition or search for words, then save it."))
        if len(given["query"]) > SavedView._meta.get_field("query").max_length:
            raise ValidationError(_("These are too many conditions to be saved. Take some away."))
        if count(page, self.request, given["query"]) is None:
            raise ValidationError(_("The list does not understand a condition. Choose its conditions again."))
        same = SavedView.objects.filter(user=self.request.user, of=given["of"], name=given.get("name", ""))
        if same.exists():
            self.add_error("name", _("You have a view of this name already. Choose another name."))
        return given


def page_of(request, name):
    """The page that has the list of a model, by the model's name; None where this person has none."""
    pages = {model._meta.model_name: page for model, page in admin.site._registry.items()}
    page = pages.get(name)
    return page if page and page.has_view_permission(request) else None


def stripped(query):
    """A query string without what says nothing about which rows are meant."""
    given = QueryDict(query.lstrip("?"), mutable=True)
    for name in PASSING:
        given.pop(name, None)
    return given.urlencode()


def count(page, request, query):
    """How many rows a person finds by the query string of a list, as it is printed; None where the list refuses it."""
    asked = copy(request)
    asked.method, asked.GET = "GET", QueryDict(query)
    used = [item for item in page.get_list_filter(asked) if _is_used(item, asked.GET)]
    columns = page.get_list_display(asked)
    links = page.get_list_display_links(asked, columns)
    rest = (page.date_hierarchy, page.get_search_fields(asked), False, 1, 1, (), page, page.get_sortable_by(asked), "")
    try:
        return shown(Counting(asked, page.model, columns, links, used, *rest).result_count)
    except UNKNOWN:
        return None


def _is_used(item, given):
    path = item[0] if isinstance(item, tuple) else item
    if isinstance(path, str):
        return any(name == path or name.startswith(f"{path}__") for name in given)
    names = getattr(path, "parameters", None) or [path.parameter_name]
    return any(name in given for name in names)


def beside_list(request, page):
    """What a list offers besides its rows: views of it that were saved, and a form to save the present one."""
    name = page.model._meta.model_name
    views = list(SavedView.objects.visible_to(request.user).filter(of=name).with_names())
    query = stripped(request.GET.urlencode())
    rows = [Shown(view, f"?{view.query}", "", name, view.user_id == request.user.pk) for view in views]
    return {"saved_views": rows, "saved_query": query, "saved_of": name, "saved_now": query in {v.query for v in views}}


def on_the_front(request):
    """The first saved views with their counts, those of lists that the person may open."""
    return [found for found in _shown(request, ON_THE_FRONT) if found]


def _shown(request, most):
    found = []
    for view in SavedView.objects.visible_to(request.user).with_names()[:most]:
        if page := page_of(request, view.of):
            address = reverse(f"admin:missions_{view.of}_changelist") + f"?{view.query}"
            kind = capfirst(page.model._meta.verbose_name_plural)
            found.append(Shown(view, address, count(page, request, view.query), kind, view.user_id == request.user.pk))
    return found


def views_page(request):
    """List the views that a person has, save another, and take one of their own away."""
    form = None
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request)
    if request.method == "POST":
        form = ViewForm(request, request.POST)
        if form.is_valid():
            return _save(request, form.cleaned_data)
    elif "of" in request.GET:
        form = ViewForm(request, initial={"of": request.GET["of"], "query": request.GET.get("query", "")})
    context = {"title": _("Saved views"), "shown": _shown(request, 100), "form": form}
    return TemplateResponse(request, "admin/saved_views.html", admin.site.each_context(request) | context)


def _save(request, given):
    view = SavedView.objects.create(user=request.user, **given)
    messages.success(request, _("The view is saved: %(name)s. It stands on your front page.") % {"name": view.name})
    return redirect(reverse(f"admin:missions_{view.of}_changelist") + f"?{view.query}")


def _remove(request):
    """Take a view away. Raises ``Http404`` for one they have not, ``PermissionDenied`` for one that others saved."""
    key = request.POST["remove"]
    view = (
        SavedView.objects.visible_to(request.user).filter(pk=key).first() if key.isdecimal() and len(key) < 12 else None
    )
    if view is None:
        raise Http404
    if view.user_id != request.user.pk:
        raise PermissionDenied(_("Only whoever saved a view may take it away."))
    view.delete()
    messages.success(
        request, _("The view is gone: %(name)s. The records that it listed are untouched.") % {"name": view.name}
    )
    return redirect("admin:views")
