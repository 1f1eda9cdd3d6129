"""What a table of records says: its columns, how they are headed, and what a row has in each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from missions.models import Body, Company

BETWEEN = "; "  # stands between several values in one cell


class Reader:
    """Whoever reads a table: whom they may call."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def _bodies(self):
        return set(Body.objects.staffed_by(self.user).values_list("pk", flat=True))

    def reaches(self, firm):
        """Whether they may read whom to contact at a firm or a recipient, as ``is_reachable_by`` of it says."""
        if not isinstance(firm, Company):
            return firm.is_reachable_by(self.user)
        everywhere = firm.shares_with_mission or self.user.has_perm("missions.view_every_body")
        return everywhere or firm.body_id in self._bodies


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``name``: that of a field of the record, or one of its own. ``head``: as it is called; left empty, as the field is.
    ``said``: what a row has there, asked with the row and the ``Reader``; left out, what the field has. An import takes
    the column where ``taken``, knows it by the words of ``also`` too, and its template explains it with ``note`` and
    ``example``. ``personal``: whom to contact; ``usual``: among those chosen at first.
    """

    name: str
    head: object = ""
    said: Callable | None = None
    also: str = ""
    note: object = ""
    example: str = ""
    needed: bool = False
    taken: bool = True
    personal: bool = False
    usual: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of record that leaves and comes as a table.

    ``key``: the column by which a record is known again, or several together. ``fetched`` are related rows that its
    columns read, ``gathered`` those of which there are several. ``annotated`` adds to the rows what columns need
    besides. ``imported``: whether it comes in; ``whose``: from a row to the firm or the name whose contact it tells.
    """

    model: type
    columns: tuple
    key: tuple = ()
    fetched: Iterable = ()
    gathered: Iterable = ()
    annotated: Callable = field(default=lambda rows: rows)
    imported: bool = True
    whose: Callable | None = None

    @property
    def name(self):
        """As addresses call it."""
        return self.model._meta.model_name

    def column(self, name):
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)

    def head(self, column):
        """How a column is headed, in the language of the reader."""
        words = column.head or self.model._meta.get_field(column.name).verbose_name
        return str(words)[:1].upper() + str(words)[1:]

    def heads(self, column):
        """Everything that a column is called: by its name, in both languages, and by what lists call it."""
        return [*self.own_heads(column), *column.also.split()]

    def own_heads(self, column):
        """How a column is headed where the list left the desk."""
        found = [column.name]
        for language in ("ko", "en"):
            with override(language):
                found.append(self.head(column))
        return found

    @property
    def taken(self):
        """The columns that an import takes."""
        return [column for column in self.columns if column.taken]

    def cells(self, row, columns, reader):
        """What a row has in some columns."""
        return [self.value(row, column, reader) for column in columns]

    def value(self, row, column, reader):
        """What a row has in a column: a text, a number, a day, or None."""
        return column.said(row, reader) if column.said else field_value(row, self.model._meta.get_field(column.name))


def field_value(row, of):
    """What a field of a row holds, as a spreadsheet shows it."""
    if of.many_to_many:
        return BETWEEN.join(sorted(named(each) for each in getattr(row, of.name).all()))
    if of.is_relation:
        held = getattr(row, of.name)
        return None if held is None else named(held)
    value = getattr(row, of.attname)
    if isinstance(of, models.BooleanField):
        return _("yes") if value else _("no")
    if of.choices:
        return str(dict(of.flatchoices).get(value, value))
    return value


def named(row):
    """A record in a cell: a body by its code, any other by its name."""
    if isinstance(row, Body):
        return row.code
    if hasattr(row, "name_ko"):
        return row.name_en if get_language() == "en" and row.name_en else row.name_ko
    return str(row)
