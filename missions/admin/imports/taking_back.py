"""How a list that was taken in is taken back: while nobody has worked with it, in steps of a few seconds.

Difficulties that the list filed are deleted with the event of their filing, which the triggers allow for a list that is
being taken back and for nothing else. Records that it changed get the values back that they had.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils.translation import gettext as _

from missions.admin.searching import forgetting
from missions.messages import of_meetings
from missions.models import (
    BatchState,
    Company,
    Difficulty,
    DifficultyEvent,
    FurtherReport,
    ImportBatch,
    ImportRow,
    Meeting,
    Membership,
)
from missions.personal_data.imports import KEPT
from missions.publication import firm_keys, gate
from missions.search import staff as staff_search
from missions.sheets.kinds import KINDS

CHUNK = 25  # rows of one transaction
NOT_NOW = (ProtectedError, IntegrityError, gate.Refused)


class Refused(Exception):
    """A step is not possible. The message says why."""


def locked(batch, *states):
    """The list, locked until the transaction ends. Raises ``Refused`` where it stands elsewhere."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in states:
        raise Refused(_("The list has gone on in the meantime. Look at where it stands."))
    return batch


@transaction.atomic
def begin(batch):
    """Begin to take a list back. Raises ``Refused`` where somebody has touched a record of it since."""
    batch = locked(batch, BatchState.WRITTEN)
    if not batch.rows.exists():
        said = _("The list was brought in more than %(days)d days ago. It can no longer be taken back.")
        raise Refused(said % {"days": KEPT.days})
    if touched := touched_since(batch):
        said = _("Somebody has worked on records of the list since: %(names)s. It can no longer be taken back.")
        raise Refused(said % {"names": ", ".join(touched[:6])})
    batch.state = BatchState.UNDOING
    batch.save()


def touched_since(batch):
    """Names of the rows whose record was changed, moved or deleted after the list had written it."""
    model = KINDS[batch.kind].model
    done = list(batch.rows.filter(record__isnull=False).values_list("record", "stamp", "name"))
    found = []
    for start in range(0, len(done), 500):
        part = done[start : start + 500]
        keys = [key for key, _stamp_then, _name in part]
        now = dict(model._default_manager.filter(pk__in=keys).values_list("pk", "updated_at"))
        moved = _moved(keys) if model is Difficulty else set()
        found += [name for key, stamp, name in part if key in moved or now.get(key) != datetime.fromisoformat(stamp)]
    return found


def _moved(keys):
    """Difficulties with which a step was taken after they had been filed."""
    later = DifficultyEvent.objects.filter(difficulty__in=keys).exclude(step="file")
    return set(later.order_by().values_list("difficulty", flat=True))


def step(batch, importer):
    """Take back the next rows, the last ones first."""
    rows = list(batch.rows.filter(record__isnull=False).order_by("-line")[:CHUNK])
    made = [row for row in rows if not row.before]
    try:
        with transaction.atomic():
            _remove(importer.kind.model, made, batch.by)
    except NOT_NOW:
        for row in made:
            _one_by_one(batch, row, _remove, importer.kind.model, [row], batch.by)
    for row in rows:
        if row.before:
            _one_by_one(batch, row, _restore, importer, row)
        row.record = row.firm = None
    ImportRow.objects.bulk_update(rows, ["record", "firm"])
    if len(rows) < CHUNK:
        batch.state = BatchState.UNDONE


def _one_by_one(batch, row, verb, *asked):
    """Take back one row; where somebody worked with it while this went on, it stays, and that is said."""
    try:
        with transaction.atomic():
            verb(*asked)
    except NOT_NOW:
        said = _("Line %(line)d could not be taken back: somebody has worked with it. Look at it by hand.")
        batch.failure = f"{batch.failure}\n{said % {'line': row.line}}".strip()


def _remove(model, rows, by):
    """Take away records that the list made, and their firms where nothing else is known of these."""
    keys = [row.record for row in rows]
    made = model._default_manager.filter(pk__in=keys)
    if model is Meeting:
        of_meetings.tell_of_deletion(made, by=by)
    if model is Difficulty:
        DifficultyEvent.objects.filter(difficulty__in=keys).delete()
    _delete(model, made)
    others = Exists(Difficulty.objects.filter(company=OuterRef("pk")))
    further = Exists(FurtherReport.objects.filter(company=OuterRef("pk")))
    firms = Company.objects.filter(pk__in=[row.firm for row in rows if row.firm])
    _delete(Company, firms.exclude(others).exclude(further))


def _delete(model, rows):
    """Delete records and their words. Only the words of seats stand in the entries of other records."""
    if model is Membership:
        with forgetting(model, rows):
            rows.delete()
    else:
        staff_search.forget(model, rows.values_list("pk", flat=True))
        rows.delete()


def _restore(importer, row):
    """Give a record back what its columns held before."""
    record = importer.kind.model._default_manager.get(pk=row.record)
    present = row.before.pop("_attendances", None)
    many = {}
    for name, value in row.before.items():
        column = record._meta.get_field(name)
        if column.many_to_many:
            many[name] = value
        else:
            setattr(record, name, column.to_python(value))
    record._change_reason = f"import {row.batch_id} undone"
    record.save()
    for name, keys in many.items():
        getattr(record, name).set(keys)
    if present is not None:
        record.attendances.exclude(organisation__in=[key for key, _count in present]).delete()
        for key, headcount in present:
            record.attendances.filter(organisation=key).update(headcount=headcount)
    if isinstance(record, Company):
        firm_keys.keep(record)
    gate.check(record)
    staff_search.keep(record)
