"""Filters that several lists of the desk share, or that need no question of their own."""

import datetime
import re

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from missions.admin.scope import own_bodies
from missions.fields.dates import KOREA, today_in
from missions.models import today_of
from missions.statistics.periods import FIRST_YEAR, Period

PERIOD = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?")


class ReportedFilter(admin.SimpleListFilter):
    """Narrows difficulties to those reported in a year, then in a month of it, without asking for the years there are.

    Django's own date hierarchy reads every row of a long list to find these.
    """

    title = _("reported on")
    parameter_name = "reported"

    def lookups(self, request, model_admin):
        """The years up to this one, the months of the chosen year below it."""
        today = max((today_in(body.time_zone) for body in own_bodies(request)), default=today_in(KOREA))
        chosen = (self.value() or "")[:4]
        for year in range(today.year, FIRST_YEAR - 1, -1):
            yield str(year), str(year)
            if chosen == str(year):
                months = range(1, today.month + 1 if year == today.year else 13)
                yield from ((f"{year}-{month:02}", date_format(datetime.date(year, month, 1), "F")) for month in months)

    def queryset(self, request, queryset):
        """The rows of the year or the month. An address that names neither leaves them as they are."""
        if not (named := PERIOD.fullmatch(self.value() or "")):
            return queryset
        period = Period.of(int(named[1]), f"m{named[2]}" if named[2] else "")
        return queryset.filter(period.condition("reported_on"))


class OccurringFilter(admin.RelatedFieldListFilter):
    """Offers the related rows that occur in the list of difficulties as the user sees it, and no others."""

    def field_choices(self, field, request, model_admin):
        named = model_admin.model.objects.naming(field.attname, request.user)
        return field.get_choices(include_blank=False, limit_choices_to=named)


class MineFilter(admin.SimpleListFilter):
    """Narrows a list to the rows of its reader. Subclasses name the column, and call it."""

    column = ""

    def lookups(self, request, model_admin):
        return [("me", _("Me"))]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.column: request.user}) if self.value() == "me" else queryset


class TranslationFilter(admin.SimpleListFilter):
    """Narrows texts to those that the public reads and that are to be translated."""

    title = _("English")
    parameter_name = "english"

    def lookups(self, request, model_admin):
        return [("missing", _("To be written")), ("outdated", _("To be renewed"))]

    def queryset(self, request, queryset):
        """Published rows that lack some of their English, or whose Korean was changed after it was written."""
        if self.value() == "outdated":
            return queryset.published().exclude(outdated_english="")
        return queryset.published().untranslated() if self.value() == "missing" else queryset


class QuestionFilter(admin.SimpleListFilter):
    """Narrows a list to the answer of one of its ``questions``. They stand above the rows, and the front links to them.

    Each has a name for addresses, a label, and a function of rows, user and the day it is where that person works.
    """

    template = "admin/questions.html"
    title = _("question")
    parameter_name = "ask"
    questions = {}

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _question) in self.questions.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.questions:
            return queryset
        return self.questions[self.value()][1](queryset, request.user, today_of(request.user))
