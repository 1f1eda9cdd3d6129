"""Who changed a row, and its parts: its agenda, its minutes, its seats. They have no history page of their own."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise, zip_longest

from django.core.exceptions import ObjectDoesNotExist
from django.forms.models import _get_foreign_key
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.models import ModelChange
from simple_history.template_utils import HistoricalRecordContextHelper

from missions.models import clocks_of
from missions.publication.authors import BY_STEP

SHOWN = 200


class Told(HistoricalRecordContextHelper):
    """Words for what a version of a row changed, as the form has them: of choices, of days, of what is ticked."""

    def prepare_delta_change_value(self, change, value):
        """The value of a changed field, fit to show."""
        value = super().prepare_delta_change_value(change, value)
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT")
        choices = dict(self.model._meta.get_field(change.field).flatchoices)
        return choices.get(value, value) if choices else value


def told(versions):
    """The versions of a row, the latest first, without those in which nothing changed that a reader is told.

    Each knows the version before it, and why it was made where that was no step.
    """
    versions = list(versions)
    for version, before in zip_longest(versions, versions[1:]):
        reason = version.history_change_reason or ""
        version.before, version.why = before, "" if reason.partition(":")[0] == BY_STEP else reason
    return [version for version in versions if version.history_type != "~" or version.why or _differs(version)]


def _differs(version):
    """Whether any column moved since the version before; without one, nobody knows."""
    fields = [field for field in version.tracked_fields if not getattr(field, "auto_now", False)]
    before = version.before
    return before is None or any(getattr(before, each.attname) != getattr(version, each.attname) for each in fields)


def zone_of(row, user):
    """The time zone in which the history of a row is told: where the row belongs, or else where its reader works."""
    around = (row, getattr(row, "body", None))
    return next(filter(None, (getattr(each, "time_zone", "") for each in around)), "") or str(clocks_of(user).tzinfo)


def moved(old, new):
    """What steps changed between two versions of a row, in columns that no form edits: a difference leaves them out."""
    for field in new.tracked_fields:
        by_itself = field.primary_key or getattr(field, "auto_now", False)
        if not field.editable and not by_itself and getattr(old, field.attname) != getattr(new, field.attname):
            yield ModelChange(field.name, _related(old, field), _related(new, field))


def _related(record, field):
    try:
        return getattr(record, field.name)
    except ObjectDoesNotExist:
        return None


@dataclass(frozen=True)
class PartChange:
    """One change of one part. ``kind`` is “+”, “~” or “-”."""

    at: datetime
    who: object
    part: str
    kind: str
    changes: list


def with_parts(model_admin, request, row):
    """What the history page of a row shows besides its own history, as template context.

    The row must be visible to the user: its parts are reached through it alone. What a part says of a
    further row that the user may not see is left out.
    """
    found = []
    for inline in model_admin.get_inline_instances(request, row):
        if hasattr(inline.model, "history") and inline.has_view_permission(request, row):
            found += _changes(inline, row, request.user)
    found.sort(key=lambda change: change.at, reverse=True)
    return {"title": _("Change history: %s") % row, "part_changes": found[:SHOWN]}


def _changes(inline, row, user):
    model = inline.model
    parent = _get_foreign_key(inline.parent_model, model, fk_name=inline.fk_name)
    past = model.history.filter(**{parent.attname: row.pk}).select_related("history_user")
    records = list(past.order_by("history_date", "history_id"))
    known = {parent: {row.pk: row}} | _known(model, parent, records, user)
    lines = {}
    for record in records:
        lines.setdefault(getattr(record, model._meta.pk.attname), [None]).append(record)
    for line in lines.values():
        for before, record in pairwise(line):
            hidden = _hidden_fields(known, [record, before] if before else [record])
            changes = _fields(model, before, record, hidden)
            if before and record.history_type == "~" and not changes:
                continue
            name = _name(model, record, hidden, known)
            yield PartChange(record.history_date, record.history_user, name, record.history_type, changes)


def _fields(model, before, record, hidden):
    if before is None or record.history_type == "-":
        return []
    delta = record.diff_against(before, foreign_keys_are_objs=True, excluded_fields={*hidden, "updated_at"})
    moves = [change for change in moved(before, record) if change.field not in hidden]
    return Told(model, record).context_for_delta_changes(replace(delta, changes=[*moves, *delta.changes]))


def _name(model, record, hidden, known):
    kind = str(model._meta.verbose_name)
    if hidden:
        return kind
    part = record.instance
    for field, rows in known.items():
        if (around := rows.get(getattr(record, field.attname))) is not None:
            setattr(part, field.name, around)
    try:
        return f"{kind}: {part}"
    except ObjectDoesNotExist:
        return kind


def _known(model, parent, records, user):
    """The rows that the user may see and keys of some records lead to, by field and key."""
    known = {}
    for field in model._meta.fields:
        if field.many_to_one and field != parent and hasattr(field.related_model._default_manager, "visible_to"):
            keys = {getattr(record, field.attname) for record in records} - {None}
            known[field] = field.related_model._default_manager.visible_to(user).in_bulk(keys)
    return known


def _hidden_fields(known, records):
    """Names of the keys that lead to a row the user may not see."""
    keys = [(field, getattr(record, field.attname)) for field in known for record in records]
    return {field.name for field, key in keys if key is not None and key not in known[field]}
