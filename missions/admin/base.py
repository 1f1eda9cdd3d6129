"""What every page of the staff desk shares: rows, keys, filters and histories limited to what one may see."""

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.admin.utils import flatten, unquote
from django.db import DataError, models
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from missions.admin import exchange
from missions.admin.conflicts import locking, typed
from missions.admin.forms import RecordForm
from missions.admin.history import told, with_parts, zone_of
from missions.admin.lists import OrderedList
from missions.admin.publication.contacts import warn_of_contacts
from missions.admin.saved_views import beside_list
from missions.admin.scope import ScopedDelta, ScopedFields, hidden_choices, may_look_up, visible
from missions.admin.searching import forgetting
from missions.admin.widgets import read_together
from missions.fields.validators import is_key
from missions.messages.notices import opened
from missions.models import clocks_of
from missions.publication import gate
from missions.search import staff as staff_search


def _read_what_is_visible(form, user):
    """Fetch for printing what many-to-many fields that cannot be changed hold, as far as the user may see it."""
    row = form.instance
    shown = [field for field in row._meta.many_to_many if field.name not in form.fields]
    if row.pk and shown:
        scoped = [models.Prefetch(field.name, visible(field.related_model, user)) for field in shown]
        models.prefetch_related_objects([row], *scoped)


def _public_parts(row, formsets):
    """The parts of a row, as they were just written, that the public reads on its page."""
    public = [each for each in formsets if each.model in gate.PUBLIC]
    return [part for each in public for part in each.model._default_manager.filter(**{each.fk.name: row})]


def _without_help(model):
    return dict.fromkeys((field.name for field in [*model._meta.fields, *model._meta.many_to_many]), "")


def _open(options):
    return options | {"classes": [name for name in options.get("classes", ()) if name != "collapse"]}


class ScopedAdmin(ScopedFields, SimpleHistoryAdmin):
    """Base of every admin class. A row that the user may not see does not exist: 404 at any address."""

    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    object_history_list_template = "admin/_history_list.html"
    moved_by_steps = ()  # fields that steps move while a form is open; see ``missions.admin.conflicts``

    def get_urls(self):
        """Leave out the form that would rewrite the past; add the pages by which lists leave and come as files."""
        kept = [url for url in super().get_urls() if not (url.name or "").endswith("_simple_history")]
        return [*exchange.urls(self), *kept]

    def get_queryset(self, request):
        """The rows one member of staff may open."""
        return super().get_queryset(request).visible_to(request.user)

    def get_changelist(self, request, **kwargs):
        """The list, in the same order on every database."""
        return OrderedList

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, refused where others saved in between. Whoever only reads is not told how to fill it in."""
        if obj and not self.has_change_permission(request, obj):
            kwargs.setdefault("help_texts", _without_help(self.model))
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_refused = getattr(request, "is_refused", False)
        form.refusals = getattr(request, "refusals", ())
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form of a row, which is saved only over exactly what it showed.

        What was typed when a session ended is shown as a form that was refused, which nothing saves.
        """
        view = partial(super().changeform_view, request, object_id, form_url)
        if (given_back := typed.take(request)) is not None:
            typed.as_if_posted(request, given_back)
        if request.method != "POST":
            return view(extra_context)
        try:
            return locking.answer(self, request, object_id, view, extra_context or {})
        except gate.Refused as refused:
            request.refusals = refused.refusals
            return locking.answer(self, request, object_id, view, extra_context or {})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a row. Whoever opens it has read what they were told of it."""
        answer = super().change_view(request, object_id, form_url, extra_context)
        key = unquote(object_id)
        if request.method == "GET" and answer.status_code == 200 and is_key(key):
            opened(request.user, self.model, key)
        return answer

    def get_object(self, request, object_id, from_field=None):
        """The row of a change or delete page. Raises ``Http404`` where there is none for this user."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        zone = zone_of(row, request.user)
        with timezone.override(ZoneInfo(zone)):
            beside = with_parts(self, request, row) | {"zone": zone}
            return super().history_view(request, object_id, beside | (extra_context or {}))

    def get_history_queryset(self, *args, **kwargs):
        """The versions that tell of a change."""
        return told(super().get_history_queryset(*args, **kwargs))

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Say of each version what it changed, also of the last on a page."""
        for version in historical_records:
            if version.before is not None:
                delta = version.diff_against(version.before, foreign_keys_are_objs=foreign_keys_are_objs)
                words = self.get_historical_record_context_helper(request, version)
                version.history_delta_changes = words.context_for_delta_changes(delta)

    def get_historical_record_context_helper(self, request, historical_record):
        """Leave rows unnamed that the user may not see."""
        return ScopedDelta(self.model, historical_record, request.user)

    def lookup_allowed(self, lookup, value, request=None):
        """Narrow a list only by its own filters."""
        return may_look_up(self, lookup)

    def changelist_view(self, request, extra_context=None):
        """The list. A value in its address that the database cannot take is left out, and said so."""
        try:
            beside = exchange.ways(self, request) | beside_list(request, self)
            return super().changelist_view(request, beside | (extra_context or {}))
        except (ValueError, OverflowError, DataError):
            return redirect(f"{request.path}?e=1")

    def get_search_results(self, request, queryset, search_term):
        """The rows found, the best first unless a column was chosen to sort by; without an index, in some fields."""
        if self.model in staff_search.INDEXED:
            return staff_search.find(queryset, search_term, ranked="o" not in request.GET), False
        if self.model in staff_search.FEW:
            return staff_search.find_among_few(queryset, search_term, self.search_fields), False
        return super().get_search_results(request, queryset, search_term[:200])

    def get_readonly_fields(self, request, obj=None):
        """A key that was typed stays: changing it would make a second record."""
        own = list(super().get_readonly_fields(request, obj))
        key = self.model._meta.pk
        return own if obj is None or isinstance(key, models.AutoField) else [*own, key.name]

    def save_related(self, request, form, formsets, change):
        """Keep what many-to-many fields hold beyond what the user may see and choose, and index what was written.

        Nothing of it is written where the public would read what it may not. Raises ``gate.Refused`` then.
        """
        many = [field for field in self.model._meta.many_to_many if field.name in form.cleaned_data]
        hidden = hidden_choices(form.instance, many, request.user)
        super().save_related(request, form, formsets, change)
        for name, rows in hidden.items():
            getattr(form.instance, name).add(*rows)
        gate.check(form.instance, *_public_parts(form.instance, formsets))
        warn_of_contacts(request, form.instance, form)
        staff_search.keep(form.instance)

    def delete_model(self, request, obj):
        """Delete a row and its words."""
        with forgetting(self.model, [obj]):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Delete several rows and their words."""
        with forgetting(self.model, queryset):
            super().delete_queryset(request, queryset)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Offer to save, and to save and go on; a further one begins from the list. Hide nothing that was typed.

        What the form shows goes out with it.
        """
        adminform = context["adminform"]
        form = adminform.form
        _read_what_is_visible(form, request.user)
        telling = {*form.errors, *form.changed_data} if form.is_bound else set()
        adminform.fieldsets = [
            (name, _open(options) if telling & set(flatten(options["fields"])) else options)
            for name, options in adminform.fieldsets
        ]
        context |= {"show_save_and_add_another": False} | self.beside_form(request, obj)
        for inline in context["inline_admin_formsets"]:
            read_together(inline.formset.forms)
        context["utc_offset"] = int(clocks_of(request.user).utcoffset().total_seconds())
        if change and "base" not in context and self.has_change_permission(request, obj):
            formsets = [inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission]
            context["base"] = locking.sealed(request, form, formsets)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def beside_form(self, request, obj):
        """What the template of the form shows besides it, as context; ``obj`` is None where a row is added."""
        return {}

    def view_on_site(self, obj):
        """The public page of a row, where the public may read it."""
        if not hasattr(obj, "get_absolute_url"):
            return None
        public = type(obj)._default_manager.published().filter(pk=obj.pk)
        return obj.get_absolute_url() if public.exists() else None


class ScopedStacked(ScopedFields, admin.StackedInline):
    """Parts of a row, one under another."""

    form = RecordForm
    extra = 0

    def get_queryset(self, request):
        """The parts one member of staff may see, with the rows that name them."""
        around = [field.name for field in self.model._meta.fields if field.many_to_one]
        return super().get_queryset(request).visible_to(request.user).select_related(*around)

    def get_formset(self, request, obj=None, **kwargs):
        """The forms. Whoever only reads is not told how to fill them in."""
        if not (self.has_change_permission(request, obj) or self.has_add_permission(request, obj)):
            kwargs.setdefault("help_texts", _without_help(self.model))
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.refusals, formset.form.is_part = getattr(request, "refusals", ()), True
        return formset


class ReferenceAdmin(ScopedAdmin):
    """A record that states public facts: both languages side by side, then its sources."""

    autocomplete_fields = ["sources"]
    list_filter = ["certainty"]


SOURCED = ("certainty", "sources", ("note_ko", "note_en"))
