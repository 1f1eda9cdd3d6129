"""What limits the staff desk to what one may see: rows, keys, lookups in addresses, words of a history."""

from dataclasses import replace

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms import DateTimeField, ModelChoiceField, ModelMultipleChoiceField, ValidationError
from django.utils.translation import gettext as _

from missions.admin.history import Told, moved
from missions.admin.widgets import ChooseOne, ChooseSeveral, MomentInput
from missions.fields.typed_days import DayField
from missions.models import Body

ENDINGS = {"", "exact", "in", "isnull", "isempty", "year", "month", "day", "gte", "gt", "lte", "lt"}


def visible(model, user):
    """The rows of a model that a user may see. Django's own groups are no rows of the programme: all of them."""
    rows = model._default_manager
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows.all()


def own_bodies(request):
    """The bodies that whoever asks is posted to today, read once a request. Steps ask again, in their transaction."""
    if not hasattr(request, "own_bodies"):
        request.own_bodies = frozenset(Body.objects.staffed_by(request.user).select_related("mission"))
    return request.own_bodies


class KnownChoice(ModelChoiceField):
    """A choice whose posted key may hold anything: what no database can look up is simply not a choice."""

    def to_python(self, value):
        if "\0" in str(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class KnownChoices(ModelMultipleChoiceField):
    """The same for several choices."""

    def clean(self, value):
        if any("\0" in str(key) for key in value or []):
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None


class ScopedFields:
    """Base of records and of their parts: limits keys to rows the user may see, also a key that is posted by hand."""

    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 5})},
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
        models.DateTimeField: {"form_class": DateTimeField, "widget": MomentInput},
    }

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


admin.FieldListFilter.register(lambda field: bool(field.remote_field), ScopedFilter, take_priority=True)


def may_look_up(model_admin, lookup):
    """Whether an address may narrow a list by a lookup: only along its own filters and its date hierarchy.

    Django also allows every relation one step away, the reverse ones too, which tells of rows of others.
    """
    names = {getattr(item, "parameter_name", None) for item in model_admin.list_filter}
    names |= {name for item in model_admin.list_filter for name in getattr(item, "parameters", ())}
    if lookup in names - {None}:
        return True
    paths = [item[0] if isinstance(item, tuple) else item for item in model_admin.list_filter]
    paths = [path for path in [*paths, model_admin.date_hierarchy] if isinstance(path, str)]
    return any(_continues(model_admin.model, path, lookup) for path in paths)


def _continues(model, path, lookup):
    if lookup != path and not lookup.startswith(f"{path}__"):
        return False
    ending = lookup[len(path) + 2 :]
    field = admin.utils.get_fields_from_path(model, path)[-1]
    keys = {f"{field.target_field.name}__{end}" for end in ENDINGS} if field.is_relation else set()
    return ending in ENDINGS | keys


class ScopedDelta(Told):
    """Words of a history in which a row that the user may not see stays unnamed."""

    def __init__(self, model, record, user):
        super().__init__(model, record, max_displayed_delta_change_chars=400)
        self.user = user

    def context_for_delta_changes(self, delta):
        """What was edited, and what a step moved."""
        moves = moved(delta.old_record, delta.new_record)
        return super().context_for_delta_changes(replace(delta, changes=[*moves, *delta.changes]))

    def prepare_delta_change_value(self, change, value):
        """The value of a changed field, fit to show to this user."""
        if isinstance(value, models.Model) and not visible(type(value), self.user).filter(pk=value.pk).exists():
            return _("(not open to you)")
        return super().prepare_delta_change_value(change, value)


def hidden_choices(instance, fields, user):
    """Rows that many-to-many fields of a record hold and the user may not see, by field."""
    kept = {}
    for field in fields:
        model = field.related_model
        if hasattr(model._default_manager, "visible_to"):
            held = getattr(instance, field.name)
            kept[field.name] = list(held.exclude(pk__in=visible(model, user).values("pk")))
    return kept
