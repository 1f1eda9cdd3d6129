"""The kinds of filters that public lists are narrowed by."""

import datetime
import re
from dataclasses import dataclass

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import KoreanText
from missions.fields.typed_days import DayField, month
from missions.fields.validators import YEARS
from missions.search.kinds import KINDS, NONE
from missions.search.public import is_of_newest, narrow
from missions.search.tokens import LONGEST_QUERY

ALL = _("All")
YEAR = _("Year")
WORDS = "q"  # the name of the filter by words
IN_CAPITALS = ("country", "body", "sector")  # conditions whose values are codes in capital letters
SELECTED, KOREAN = " selected", ' lang="ko"'
SAYS = {"error_messages": {"invalid_choice": _("Choose one of the values in the list.")}}


def spelt(name, value):
    """A value of a condition as its rows spell it: whoever writes vn means VN."""
    return value.upper() if name in IN_CAPITALS and value.isascii() and value != NONE else value


@dataclass(frozen=True)
class Month:
    """A month in an address. Without a first day it stands for rows whose day is not known."""

    first: datetime.date | None

    def __str__(self):
        return date_format(self.first, "YEAR_MONTH_FORMAT") if self.first else str(_("not known"))


class MonthField(forms.Field):
    """Reads “2024-04” or “2024년 4월”, and “none” for what has no known day."""

    widget = forms.TextInput({"placeholder": "2024-04", "maxlength": 7, "autocomplete": "off"})

    def to_python(self, value):
        """The month, or None where nothing is asked. Raises ``ValidationError`` for what is no month."""
        if value in self.empty_values:
            return None
        if value == NONE:
            return Month(None)
        first = month(value)
        if first is None or first.year not in YEARS:
            raise ValidationError(_("Write a month as 2024-04."))
        return Month(first)


class MonthFilter(filters.Filter):
    """Keeps the rows whose day lies in a month. ``holds_months``: the column holds only first days of months."""

    field_class = MonthField

    def __init__(self, field_name, *, holds_months=False, **kwargs):
        super().__init__(field_name, **kwargs)
        self.holds_months = holds_months

    def filter(self, queryset, value):
        if not value:
            return queryset
        first = value.first
        if first is None or self.holds_months:
            return queryset.filter(**{self.field_name: first})
        return queryset.filter(**{f"{self.field_name}__year": first.year, f"{self.field_name}__month": first.month})


class DayFilter(filters.DateFilter):
    """Reads a day as people type it, such as 2024-04-17."""

    field_class = DayField

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **kwargs)


class KnownOrNot(filters.ChoiceFilter):
    """Chooses one of fixed choices in a column of text, or what is not stated."""

    def __init__(self, **kwargs):
        super().__init__(empty_label=ALL, widget=Select, **SAYS, **kwargs)

    def filter(self, queryset, value):
        return queryset.filter(**{self.field_name: ""}) if value == NONE else super().filter(queryset, value)


class TextFilter(filters.CharFilter):
    """Finds words as the public search does, whatever the language of the page."""

    def __init__(self):
        super().__init__(label=_("Keywords"), max_length=LONGEST_QUERY)

    def filter(self, queryset, value):
        return narrow(queryset, value or "", self.parent.chosen)


class Select(forms.Select):
    """A list to choose from, written at once: Django's runs a template for every option."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen, listed = set(self.format_value(value)), []
        for key, label in self.choices:
            said = SELECTED if str(key) in chosen else ""
            said += KOREAN if isinstance(label, KoreanText) else ""
            listed.append(f'<option value="{escape(key)}"{said}>{escape(label)}</option>')
        attributes = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return SafeString(f"<select{flatatt(attributes)}>{''.join(listed)}</select>")


class _Rows(ModelChoiceIterator):
    def __iter__(self):
        yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        yield from map(self.choice, self.field.rows)


class KeyField(filters.fields.ModelChoiceField):
    """Reads its rows once: for the choices, for what was chosen, and for the chip."""

    iterator = _Rows

    @cached_property
    def rows(self):
        """The rows offered."""
        return list(self.queryset)

    @property
    def accepted(self):
        """Every value that it takes: rows that nothing refers to are not offered, but may be asked for."""
        nothing = [] if self.null_label is None else [self.null_value]
        keys = self.queryset.model.objects.published().order_by(self.to_field_name)
        return [*nothing, *keys.values_list(self.to_field_name, flat=True)]

    def label_from_instance(self, row):
        """A row as a list to choose from names it."""
        return getattr(row, "choice_name", None) or str(row)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if self.null_label is not None and value == self.null_value:
            return value
        for row in self.rows:
            if str(getattr(row, self.to_field_name)) == value:
                return row
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


class KeyFilter(filters.ModelChoiceFilter):
    """Chooses one related row by its public key."""

    field_class = KeyField

    def __init__(self, label, rows, key, **kwargs):
        super().__init__(
            label=label, queryset=rows, to_field_name=key, empty_label=ALL, widget=Select, **SAYS, **kwargs
        )


class YearFilter(filters.ChoiceFilter):
    """Chooses one of the years between the first and the last day in a column, or the one asked for."""

    def __init__(self, column, label=YEAR):
        super().__init__(field_name=column, lookup_expr="year", label=label, empty_label=ALL, widget=Select, **SAYS)

    @property
    def field(self):
        """The form field, which offers the years of the rows. Only the first and the last day are read for it."""
        if "choices" not in self.extra:
            ends = self.parent.queryset.order_by().aggregate(first=Min(self.field_name), last=Max(self.field_name))
            years = {*_years(**ends), *self._asked()}
            self.extra["choices"] = [(str(year), str(year)) for year in sorted(years, reverse=True)]
        field = super().field
        field.accepted = [str(year) for year in YEARS]
        return field

    def _asked(self):
        """The year of the address, if it is one in which something can have been."""
        text = next(self.parent.data.get(name, "") for name, one in self.parent.filters.items() if one is self)
        return [int(text)] if re.fullmatch(r"[0-9]{4}", text) and int(text) in YEARS else []


def _years(first, last):
    """The years from one day or moment to another."""
    if first is None:
        return []
    ends = [timezone.localtime(end) if hasattr(end, "tzinfo") else end for end in (first, last)]
    return range(ends[0].year, ends[1].year + 1)


class Conditions(filters.FilterSet):
    """The filters of a list."""

    def __init__(self, data=None, *args, **kwargs):
        given = {name: data[name] for name in IN_CAPITALS if name in (data or ())}
        if any(value != spelt(name, value) for name, value in given.items()):
            data = data.copy()
            for name, value in given.items():
                data[name] = spelt(name, value)
        super().__init__(data, *args, **kwargs)

    @classmethod
    def of(cls, query, rows, request):
        """Those that a query names, over some rows: no other asks the database for choices that nobody sees."""
        found = cls(query, queryset=rows, request=request)
        found.filters = {name: one for name, one in found.filters.items() if name in query}
        return found

    @property
    def chosen(self):
        """The values of the conditions in force, but for the words: rows, choices, and first days of months."""
        given = getattr(self.form, "cleaned_data", {})
        known = {name: value for name, value in given.items() if value and name != WORDS}
        return {name: value.first if isinstance(value, Month) else value for name, value in known.items()}

    @property
    def is_of_newest(self):
        """Whether the list ends with the newest that were found."""
        kind = KINDS.get(self._meta.model._meta.model_name)
        return is_of_newest(kind, getattr(self.form, "cleaned_data", {}).get(WORDS) or "", self.chosen)


def choice(label, choices, **kwargs):
    """A filter on one of fixed choices."""
    return filters.ChoiceFilter(label=label, choices=choices, empty_label=ALL, widget=Select, **SAYS, **kwargs)
