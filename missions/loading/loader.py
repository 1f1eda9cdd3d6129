"""Loads the programme's data files into the records, without treading on what staff have edited.

Each cell is known three times: in the file, in the record, and as it was last loaded. A cell that
only the file changed is corrected in the record; one that staff changed stays, unless the load refreshes.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from missions.loading.files import FILE_OF, FILES, FOLDER, BrokenFile, as_text, as_value, read
from missions.models import CaseActor, LoadedRow, PublicationState, PublishedCase, User
from missions.publication import gate, kept
from missions.search import staff as staff_search

AUTHOR = ("programme-data", "공개 자료 편집")
APPROVER = ("joint-announcement", "양 부처 공동 발표")


@dataclass(frozen=True)
class Change:
    """What a load does to one field of a record, or to a record as a whole (no field)."""

    file: str
    key: str
    column: str
    old: str
    new: str
    kept: bool = False

    def __str__(self):
        if not self.column:
            return f"{self.file} {self.key}: {self.new}"
        verb = "kept as staff wrote it" if self.kept else f"→ {self.new!r}"
        return f"{self.file} {self.key}, {self.column}: {self.old!r} {verb}"


@transaction.atomic
def load(*, refresh=False, write=True, folder=FOLDER):
    """Load every file, and return the list of changes made and edits kept.

    ``refresh`` also overwrites what staff edited and restores what they deleted. Without ``write``
    the changes are only worked out. Raises ``BrokenFile`` with nothing written.
    """
    rows = read(folder)
    loader = _Loader(refresh)
    for file in FILES:
        loader.load(file, [row for row in rows if row.file is file])
    loader.ask_gate()
    loader.remember()
    staff_search.keep(*(record for _row, record in loader.saved))
    if not write:
        transaction.set_rollback(True)
    return loader.changes


class _Loader:
    def __init__(self, refresh):
        self.refresh = refresh
        self.changes = []
        self.saved = []  # pairs of line and record
        self.read = []  # each line with its record, and how it was loaded last
        self.keys = {file.name: {} for file in FILES}  # primary key → key of the row, to read records as text
        self.records = {file.name: {} for file in FILES}  # key of the row → primary key, to write them

    def load(self, file, rows):
        loaded = {row.key: row for row in LoadedRow.objects.filter(file=file.name)}
        found = self._found(file, rows, loaded)
        for row in rows:
            record = found.get(row.key)
            last = loaded.get(row.key)
            if record is None and last is not None and not self.refresh:
                continue  # staff deleted it
            if record is None:
                record = self._create(row)
            else:
                self._update(row, record, last.values if last else {})
            self.read.append((row, record, last))

    def ask_gate(self):
        """Raise ``BrokenFile`` with every line that would tell the public what it may not read."""
        mistakes = [
            row.mistake(name, refusal.said)
            for row, record in self.saved
            for refusal in gate.refusals(record)
            for _model, name, _text in refusal.places
        ]
        if mistakes:
            raise BrokenFile(mistakes)

    def _found(self, file, rows, loaded):
        """Records by the key of their row: those loaded before, else those that carry the key themselves."""
        many = [field.name for field in file.model._meta.many_to_many]
        every = file.model._default_manager.all().prefetch_related(*many)
        by_pk = {str(record.pk): record for record in every}
        by_key = {getattr(record, file.key): record for record in every} if file.natural else {}
        found = {}
        for row in rows:
            last = loaded.get(row.key)
            record = by_pk.get(last.record) if last else by_key.get(row.key)
            if record is not None:
                found[row.key] = record
                self._index(file, row.key, record)
        return found

    def _index(self, file, key, record):
        self.keys[file.name][record.pk] = key
        self.records[file.name][key] = record.pk

    def _create(self, row):
        record = row.file.model()
        for column, cell in row.cells.items():
            self._set(row, record, column, cell)
        if isinstance(record, PublishedCase):
            _published_already(record)
        self._save(row, record)
        for column, cell in row.cells.items():
            self._set_many(row, record, column, cell)
        self._index(row.file, row.key, record)
        self.changes.append(Change(row.file.name, row.key, "", "", "added"))
        return record

    def _update(self, row, record, last):
        columns = []
        for column, cell in row.cells.items():
            current = self._text(row.file, record, column)
            if cell == current:
                continue
            loaded = last.get(column, _blank(record, column)) if last else None
            by_staff = current != loaded
            if by_staff and not self.refresh:
                if cell != loaded:
                    self.changes.append(Change(row.file.name, row.key, column, current, cell, kept=True))
                continue
            self.changes.append(Change(row.file.name, row.key, column, current, cell))
            self._set(row, record, column, cell)
            columns.append(column)
        if columns:
            self._save(row, record)
        for column in columns:
            self._set_many(row, record, column, row.cells[column])

    def _text(self, file, record, column):
        """A field of a record in the form of its cell."""
        field = record._meta.get_field(column)
        if not field.is_relation:
            return as_text(field, getattr(record, column))
        keys = self.keys[FILE_OF[field.related_model].name]
        if field.many_to_many:
            return as_text(field, [keys.get(other.pk, "?") for other in getattr(record, column).all()])
        pk = getattr(record, field.attname)
        return "" if pk is None else keys.get(pk, "?")

    def _set(self, row, record, column, cell):
        field = record._meta.get_field(column)
        if field.many_to_many:
            return
        if field.is_relation:
            target = self.records[FILE_OF[field.related_model].name]
            if cell and cell not in target:
                raise BrokenFile([row.mistake(column, f"“{cell}” was deleted by staff; load with --refresh")])
            setattr(record, field.attname, target[cell] if cell else None)
        else:
            setattr(record, column, as_value(field, cell))

    def _set_many(self, row, record, column, cell):
        field = record._meta.get_field(column)
        if field.many_to_many:
            target = self.records[FILE_OF[field.related_model].name]
            getattr(record, column).set([target[key] for key in cell.split() if key in target])

    def _save(self, row, record):
        try:
            record.full_clean()
        except ValidationError as error:
            details = error.message_dict.items()
            raise BrokenFile([row.mistake(column.strip("_"), " ".join(texts)) for column, texts in details]) from error
        record.save()
        self.saved.append((row, record))

    def remember(self):
        """Keep what was loaded, and the names in its cases. The gate is asked before: from now on it is public."""
        cases = {record.pk for _row, record in self.saved if isinstance(record, PublishedCase)}
        cases |= {record.case_id for _row, record in self.saved if isinstance(record, CaseActor)}
        kept.keep_announced(cases)
        for row, record, last in self.read:
            if last is None:
                LoadedRow.objects.create(file=row.file.name, key=row.key, record=str(record.pk), values=row.cells)
            elif last.values != row.cells or last.record != str(record.pk):
                last.values, last.record = row.cells, str(record.pk)
                last.save()


def _blank(record, column):
    """The cell of a column that the files did not have when the record was loaded, as it is until somebody fills it."""
    field = record._meta.get_field(column)
    return "" if field.is_relation else as_text(field, field.get_default())


def _published_already(case):
    """Mark a case that the ministries announced themselves: their announcement is its approval.

    Author and approver are accounts of the two institutions' own publication; nobody can sign in with them.
    """
    author, approver = (_institution(*account) for account in (AUTHOR, APPROVER))
    case.drafted_by, case.approved_by = author, approver
    case.approved_at = timezone.now()
    case.state = PublicationState.PUBLISHED


def _institution(username, name):
    user, created = User.objects.get_or_create(
        username=username, defaults={"name": name, "is_active": False, "is_institution": True}
    )
    if created:
        user.set_unusable_password()
        user.save()
    return user
