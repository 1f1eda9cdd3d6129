"""A list on its way in: begun, matched, checked, taken in, taken back; each in steps of a few seconds.

A step is a transaction that locks the list, so that two windows, or a window sent twice, do nothing twice. What was
written when a step fails stays known row by row: all of it is taken back by the same way.
"""

import time

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from missions.admin.imports import taking_back
from missions.admin.imports.kinds import IMPORTERS
from missions.admin.imports.taking_back import CHUNK, Refused, locked
from missions.models import (
    BatchState,
    ImportBatch,
    ImportRow,
    Verdict,
)
from missions.personal_data.imports import forget_old
from missions.publication import gate
from missions.sheets.kinds import KINDS
from missions.sheets.reading import letters

SECONDS = 5  # of one step; whoever waits sees how far it is


class Moved(Exception):
    """A row would do something else by now than what was agreed to."""


def known_heads(kind):
    """Everything that the columns of a kind are called, as heads are compared."""
    return {letters(head) for column in kind.columns for head in kind.heads(column)}


def matched(kind, heads):
    """At which place each column stands: by its heads in both languages, and by what lists call it."""
    places, names_of = {}, kind.own_heads if _left_the_desk(kind, heads) else kind.heads
    for whole in (True, False):  # what stands in brackets may tell two columns apart: the Korean and the English name
        called = [letters(head, whole=whole) for head in heads]
        for column in kind.taken:
            names = [letters(head, whole=whole) for head in names_of(column)]
            free = [place for place, head in enumerate(called) if head in names and place not in places.values()]
            if column.name not in places and any(called[place] for place in free):
                places[column.name] = min(free, key=lambda place: names.index(called[place]))
    return places


def is_exact(kind, batch):
    """Whether each head of a list is exactly that of the column it was matched with, and none is lacking."""
    own = {column.name: {letters(head, whole=True) for head in kind.own_heads(column)} for column in kind.taken}
    called = {name: letters(batch.heads[place], whole=True) for name, place in batch.places.items()}
    is_whole = {column.name for column in kind.taken if column.needed} <= called.keys()
    return is_whole and len(called) == len(batch.heads) and all(head in own[name] for name, head in called.items())


def _left_the_desk(kind, heads):
    """Whether a list left the desk: it has columns that only the desk writes. Then its words mean what they do here."""
    called = {letters(head) for head in heads}
    also = {letters(word) for column in kind.taken for word in column.also.split()}
    written = {letters(head) for each in kind.columns if not each.taken for head in kind.own_heads(each)}
    return bool(called & (written - also))


@transaction.atomic
def begin(kind, table, *, by, through, file_name):
    """Keep a list that was read. Old ones of everybody are forgotten on this occasion."""
    forget_old()
    batch = ImportBatch.objects.create(
        kind=kind.name,
        by=by,
        through=through,
        file_name=file_name[-200:],
        heads=table.heads,
        places=matched(kind, table.heads),
        remarks=table.remarks,
    )
    rows = [ImportRow(batch=batch, line=row.line, cells=row.cells, odd=_keyed(row.odd)) for row in table.rows]
    ImportRow.objects.bulk_create(rows, batch_size=500)
    return batch


def _keyed(odd):
    return {str(place): said for place, said in odd.items()}


@transaction.atomic
def match(batch, places):
    """Take the columns as somebody mended them, and look at the rows anew."""
    batch = locked(batch, BatchState.COLUMNS, BatchState.CHECKED, BatchState.UNDONE)
    batch.places, batch.state, batch.failure = places, BatchState.CHECKING, ""
    batch.rows.update(
        verdict="", said=[], changes=[], fingerprint="", take=False, is_done=False, record=None, firm=None, stamp=""
    )
    batch.save()


@transaction.atomic
def agree(batch, take):
    """Begin to write. ``take``: keys of rows that are taken in although they may be there already."""
    batch = locked(batch, BatchState.CHECKED)
    if batch.rows.filter(verdict=Verdict.WRONG).exists():
        raise Refused(_("Nothing is taken in as long as a row is wrong."))
    batch.rows.filter(verdict=Verdict.PERHAPS, pk__in=take).update(take=True)
    batch.state = BatchState.WRITING
    batch.save()


def go_on(batch, model_admin, request):
    """Do what a list in motion has to do next, for some seconds. Returns the list as it stands."""
    step = {BatchState.CHECKING: _check, BatchState.WRITING: _write, BatchState.UNDOING: taking_back.step}
    until = time.monotonic() + SECONDS
    importer = IMPORTERS[batch.kind](model_admin, request, batch, KINDS[batch.kind])
    while True:
        try:
            with transaction.atomic():
                batch = _alone(batch)
                if batch.state not in step:
                    return batch
                importer.batch = batch
                step[batch.state](batch, importer)
                batch.save()
        except (Moved, gate.Refused, ValidationError, IntegrityError, ProtectedError) as failed:
            _fail(batch, failed)
        if time.monotonic() > until:
            return batch


def _alone(batch):
    """The list, locked until the transaction ends, with all others that are being taken in.

    What two lists say of one firm or one difficulty is so written by one and met by the other. Taking a list back
    waits for them in the same way.
    """
    written = ImportBatch.objects.filter(models.Q(pk=batch.pk) | models.Q(state=BatchState.WRITING))
    return {row.pk: row for row in written.select_for_update().order_by("pk")}[batch.pk]


def _check(batch, importer):
    rows = list(batch.rows.filter(is_done=False).order_by("line")[:CHUNK])
    for row in rows:
        outcome = importer.outcome(row)
        row.verdict, row.said, row.changes = outcome.verdict, outcome.said, outcome.changes
        row.name, row.fingerprint, row.is_done = outcome.name, outcome.fingerprint, True
    ImportRow.objects.bulk_update(rows, ["verdict", "said", "changes", "name", "fingerprint", "is_done"])
    if len(rows) < CHUNK:
        batch.rows.update(is_done=False)
        batch.state = BatchState.CHECKED


def to_write(batch):
    """The rows that would do something."""
    doing = models.Q(verdict__in=[Verdict.NEW, Verdict.CHANGED]) | models.Q(verdict=Verdict.PERHAPS, take=True)
    return batch.rows.filter(doing)


def _write(batch, importer):
    rows = list(to_write(batch).filter(is_done=False).order_by("line")[:CHUNK])
    for row in rows:
        outcome = importer.outcome(row)
        if outcome.promise != [row.verdict, row.changes]:
            why = " ".join(" ".join(part) for part in outcome.said)
            raise Moved(
                _("Line %(line)d would do something else by now than what you agreed to. %(why)s")
                % {"line": row.line, "why": why}
            )
        if outcome.form.instance.pk:
            row.before = _values(importer, outcome.form)
        written = importer.write(outcome)
        row.record, row.is_done = written.pk, True
        row.firm = outcome.firm.pk if outcome.firm is not None else None
        row.stamp = _stamp(type(written), written.pk)
    ImportRow.objects.bulk_update(rows, ["record", "firm", "before", "stamp", "is_done"])
    if len(rows) < CHUNK:
        batch.state = BatchState.WRITTEN


def _values(importer, form):
    """What the columns of a record hold in the database, before they are written over."""
    row = importer.kind.model._default_manager.get(pk=form.instance.pk)
    values = {}
    for name, column in importer.fields.items():
        held = getattr(row, name) if column.many_to_many else getattr(row, column.attname)
        values[column.attname] = list(held.values_list("pk", flat=True)) if column.many_to_many else held
    if importer.kind.name == "meeting":
        values["_attendances"] = list(row.attendances.values_list("organisation", "headcount"))
    return _as_json(values)


def _as_json(values):
    encode = DjangoJSONEncoder().default
    plain = str | int | float | bool | list | None
    return {name: value if isinstance(value, plain) else encode(value) for name, value in values.items()}


def _stamp(model, key):
    moment = model._default_manager.filter(pk=key).values_list("updated_at", flat=True).first()
    return moment.isoformat() if moment else ""


def _fail(batch, why):
    """Note why a list cannot be taken in, and take back what was written of it."""
    said = " ".join(why.messages) if isinstance(why, ValidationError) else str(why)
    if isinstance(why, DatabaseError):
        said = _("A record of the list was entered by somebody else a moment ago.")
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        batch.failure = said
        batch.state = BatchState.UNDOING if batch.state != BatchState.CHECKING else BatchState.COLUMNS
        batch.save()
