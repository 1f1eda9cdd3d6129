"""What every page of the staff desk shares: rows, keys, filters and histories limited to what one may see."""

from django.contrib import admin
from django.contrib.admin.utils import flatten, unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import DataError, models
from django.forms import DateTimeField
from django.http import Http404
from django.shortcuts import redirect
from simple_history.admin import SimpleHistoryAdmin

from missions.admin.conflicts.locking import LockedForms
from missions.admin.forms import RecordForm
from missions.admin.history import with_parts
from missions.admin.scope import KnownChoice, KnownChoices, ScopedDelta, hidden_choices, may_look_up, visible
from missions.admin.searching import Searched
from missions.admin.widgets import ChooseOne, ChooseSeveral, MomentInput
from missions.models import Body

TEXT_ROWS = {"rows": 5}


def _read_what_is_visible(form, user):
    """Fetch for printing what many-to-many fields that cannot be changed hold, as far as the user may see it."""
    row = form.instance
    shown = [field for field in row._meta.many_to_many if field.name not in form.fields]
    if row.pk and shown:
        scoped = [models.Prefetch(field.name, visible(field.related_model, user)) for field in shown]
        models.prefetch_related_objects([row], *scoped)


def _without_help(model):
    return dict.fromkeys((field.name for field in [*model._meta.fields, *model._meta.many_to_many]), "")


def _open(options):
    return options | {"classes": [name for name in options.get("classes", ()) if name != "collapse"]}


class ScopedFilter(admin.RelatedFieldListFilter):
    """Offers only the related rows that the user may see."""

    def field_choices(self, field, request, model_admin):
        """Choices of the filter, as pairs of key and name."""
        rows = visible(field.related_model, request.user)
        return field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to={"pk__in": rows.values("pk")},
        )


class ScopedFields:
    """Limits foreign keys to rows the user may see, also when their key is posted by hand."""

    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs=TEXT_ROWS)},
        models.URLField: {"assume_scheme": "https"},
        models.DateTimeField: {"form_class": DateTimeField, "widget": MomentInput},
    }

    def get_queryset(self, request):
        """The rows one member of staff may open."""
        return super().get_queryset(request).visible_to(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer and accept only visible rows; a body is required of those who see some bodies only."""
        kwargs.setdefault("queryset", visible(db_field.related_model, request.user))
        kwargs.setdefault("form_class", KnownChoice)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.related_model is Body and not request.user.has_perm("missions.view_every_body"):
            field.required = True
            own = list(kwargs["queryset"][:2])
            if len(own) == 1:
                field.initial = own[0].pk
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offer and accept only visible rows."""
        kwargs.setdefault("queryset", visible(db_field.related_model, request.user))
        kwargs.setdefault("form_class", KnownChoices)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ScopedAdmin(LockedForms, Searched, ScopedFields, SimpleHistoryAdmin):
    """Base of every admin class. A row that the user may not see does not exist: 404 at any address."""

    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    object_history_list_template = "admin/_history_list.html"

    def get_urls(self):
        """Leave out the form that would rewrite the past."""
        return [url for url in super().get_urls() if not (url.name or "").endswith("_simple_history")]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, refused where others saved in between. Whoever only reads is not told how to fill it in."""
        if obj and not self.has_change_permission(request, obj):
            kwargs.setdefault("help_texts", _without_help(self.model))
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_refused = getattr(request, "is_refused", False)
        return form

    def get_object(self, request, object_id, from_field=None):
        """The row of a change or delete page. Raises ``Http404`` where there is none for this user."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def history_view(self, request, object_id, extra_context=None):
        """Who changed which field of a visible row, and when."""
        row = self.get_object(request, unquote(object_id))
        return super().history_view(request, object_id, with_parts(self, request, row) | (extra_context or {}))

    def get_historical_record_context_helper(self, request, historical_record):
        """Leave rows unnamed that the user may not see."""
        return ScopedDelta(self.model, historical_record, request.user)

    def lookup_allowed(self, lookup, value, request=None):
        """Narrow a list only by its own filters."""
        return may_look_up(self, lookup)

    def changelist_view(self, request, extra_context=None):
        """The list. A value in its address that the database cannot take is left out, and said so."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            return redirect(f"{request.path}?e=1")

    def get_readonly_fields(self, request, obj=None):
        """A key that was typed stays: changing it would make a second record."""
        own = list(super().get_readonly_fields(request, obj))
        key = self.model._meta.pk
        return own if obj is None or isinstance(key, models.AutoField) else [*own, key.name]

    def save_related(self, request, form, formsets, change):
        """Keep what many-to-many fields hold beyond what the user may see and choose."""
        many = [field for field in self.model._meta.many_to_many if field.name in form.cleaned_data]
        hidden = hidden_choices(form.instance, many, request.user)
        super().save_related(request, form, formsets, change)
        for name, rows in hidden.items():
            getattr(form.instance, name).add(*rows)

    def render_change_form(self, request, context, *args, **kwargs):
        """Offer to save, and to save and go on; a further one begins from the list. Hide nothing that was typed."""
        adminform = context["adminform"]
        form = adminform.form
        _read_what_is_visible(form, request.user)
        telling = {*form.errors, *form.changed_data} if form.is_bound else set()
        adminform.fieldsets = [
            (name, _open(options) if telling & set(flatten(options["fields"])) else options)
            for name, options in adminform.fieldsets
        ]
        return super().render_change_form(request, context | {"show_save_and_add_another": False}, *args, **kwargs)

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

    def get_formset(self, request, obj=None, **kwargs):
        """The forms. Whoever only reads is not told how to fill them in."""
        if not (self.has_change_permission(request, obj) or self.has_add_permission(request, obj)):
            kwargs.setdefault("help_texts", _without_help(self.model))
        return super().get_formset(request, obj, **kwargs)


class ReferenceAdmin(ScopedAdmin):
    """A record that states public facts: both languages side by side, then its sources."""

    autocomplete_fields = ["sources"]
    list_filter = ["certainty"]


SOURCED = ("certainty", "sources", ("note_ko", "note_en"))

admin.FieldListFilter.register(lambda field: bool(field.remote_field), ScopedFilter, take_priority=True)
