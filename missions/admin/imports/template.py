"""The workbook to fill in: heads, an example row, and a sheet that says what each column takes."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField
from django.utils.translation import gettext as _

from missions.admin.scope import visible
from missions.sheets.columns import named
from missions.sheets.writing import Sheet, workbook

MOST_NAMED = 60  # rows of another record that are listed; beyond these the name is enough


def template_book(kind, user):
    """The bytes of the workbook. The example is a row of its own sheet, so that nobody brings it in by mistake."""
    taken = kind.taken
    heads = [kind.head(column) for column in taken]
    needed = {number for number, column in enumerate(taken) if column.needed}
    notes = [
        [kind.head(column), _("needed") if column.needed else _("may stay empty"), _note(kind, column), column.example]
        for column in taken
    ]
    about = [_("Column"), _("Needed"), _("What it takes"), _("Example")]
    known = [[_("Column"), _("May be written")], *_known(kind, taken, user)]
    return workbook(
        Sheet(str(kind.model._meta.verbose_name_plural), heads, [], needed),
        Sheet(_("Notes"), about, notes),
        Sheet(_("Example"), heads, [[column.example for column in taken]]),
        Sheet(_("Words"), known[0], known[1:]),
    )


def _field(kind, column):
    try:
        return kind.model._meta.get_field(column.name)
    except FieldDoesNotExist:
        return None


def _note(kind, column):
    """What a column takes: its own note, else the help text of the field."""
    field = _field(kind, column)
    if column.note:
        return str(column.note)
    return str(field.help_text) if field is not None else ""


def _known(kind, taken, user):
    """The words that may be written in columns of choices and of few records."""
    for column in taken:
        field = _field(kind, column)
        if field is None:
            continue
        if isinstance(field, BooleanField):
            yield from ([kind.head(column), word] for word in (_("yes"), _("no")))
        elif field.choices:
            yield from ([kind.head(column), str(label)] for value, label in field.flatchoices if value)
        elif field.is_relation:
            rows = list(visible(field.related_model, user)[: MOST_NAMED + 1])
            if len(rows) <= MOST_NAMED:
                yield from ([kind.head(column), named(row)] for row in rows)
