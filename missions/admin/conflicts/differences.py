"""One difference between what a form started from, what others saved since, and what was typed into it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from missions.admin.conflicts.form_values import in_words, same

LATEST = 100


@dataclass(frozen=True)
class Difference:
    """A field, or a whole part, that is not as it was. A text of None is one that there is not."""

    label: str
    base: str | None
    theirs: str
    mine: str | None
    change: object = None
    take: str = ""
    anchor: str = ""
    remark: str = ""


def compared(asked, was, theirs, mine):
    """None where a field needs no second look; else whether the person changed it."""
    if same(asked, mine, theirs) or (was is not None and same(asked, was, theirs)):
        return None
    return was is None or not same(asked, mine, was)


def of_field(asked, was, theirs, mine, **more):
    """The difference in one field. ``mine`` is None where the person left it alone."""
    return Difference(
        base=None if was is None else in_words(asked, was),
        theirs=in_words(asked, theirs),
        mine=None if mine is None else in_words(asked, mine),
        remark=_("You did not change this. The form below has the saved value.") if mine is None else "",
        **more,
    )


def kept(model):
    """Columns whose every value the history keeps, by name."""
    return {column.name: column for column in model.history.model.tracked_fields}


class History:
    """Who gave the fields of a row the values they have, and when."""

    def __init__(self, model, key):
        self.columns = kept(model)
        rows = model.history.filter(**{model._meta.pk.attname: key}).select_related("history_user")
        self.rows = list(rows.order_by("-history_date", "-history_id")[:LATEST])

    def of(self, name=None):
        """The change that gave a field its value; of a field without history, the row's latest change."""
        if not self.rows or name not in self.columns:
            return self.rows[0] if self.rows else None
        column, found = self.columns[name].attname, self.rows[0]
        for row in self.rows[1:]:
            if getattr(row, column) != getattr(found, column):
                break
            found = row
        return found
