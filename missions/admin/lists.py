"""Lists of the desk, sorted alike on every database, and what several of them show."""

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.db.models import CharField, TextField
from django.utils.translation import gettext_lazy as _

from missions.fields.order import InOrder


@admin.display(description=_("body"), ordering="body__code")
def body_code(row):
    """The body of a row, short enough to leave its title room."""
    return row.body.code


class OrderedList(ChangeList):
    """A list whose columns of text are sorted by ``InOrder``, whichever its reader chooses."""

    def get_ordering(self, request, queryset):
        """What the rows are sorted by."""
        return [self._in_order(column) for column in super().get_ordering(request, queryset)]

    def _in_order(self, column):
        if not isinstance(column, str) or column.lstrip("-") == "pk":
            return column
        name = column.removeprefix("-")
        field = get_fields_from_path(self.model, name)[-1]
        if not isinstance(field, CharField | TextField) or field.choices:
            return column
        return InOrder(name).desc() if column.startswith("-") else InOrder(name).asc()
