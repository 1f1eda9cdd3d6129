"""Keeps the index of the public search: an entry for each published record, and none for any other.

``search.keep`` calls ``keep`` for whoever writes a record.
"""

from collections import defaultdict
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from missions.models import POSTGRESQL_INDEX, POSTGRESQL_MAKES, Organisation, PublicEntry
from missions.search.kinds import KINDS, NONE
from missions.search.other_names import also_called, known_organisations, naming
from missions.search.paths import texts_at
from missions.search.tokens import tokens, word

MARK = "q"  # begins the tokens by which a search is narrowed; those of texts have the letters a to p
BATCH = 500
AS_APPROVED = {"actors__name"}  # is found as it was approved, whatever else the organisation is called by now
FIRST_FILLING = 10  # times as many rows to be written as there are


def keep(*records):
    """Bring the index up to date with records just written, and with others that are found by their words."""
    due = defaultdict(set)
    for record in records:
        if type(record)._meta.model_name in KINDS:
            due[type(record)].add(record.pk)
        for model, path in _carriers().get(type(record), ()):
            due[model].update(model._default_manager.filter(**{path: record.pk}).values_list("pk", flat=True))
        if isinstance(record, Organisation):
            for name, key in naming(PublicEntry.objects, record):
                due[KINDS[name].model].add(key)
    for model, keys in due.items():
        keys = sorted(keys)
        for start in range(0, len(keys), BATCH):
            _write(KINDS[model._meta.model_name], keys[start : start + BATCH])


def forget(model, keys):
    """Drop the entries of records about to be deleted."""
    PublicEntry.objects.filter(kind=model._meta.model_name, record__in=list(keys)).delete()


def rebuild():
    """Write every entry anew, the newest last, and drop those of rows that are not published; readers may go on.

    Yields the model, the rows of it done so far, and how many there are.
    """
    PublicEntry.objects.exclude(kind__in=KINDS).delete()
    with _indexed_afterwards():
        for kind in KINDS.values():
            order = ([kind.day] if kind.day else []) + ["pk"]
            keys = list(kind.published().order_by(*order).values_list("pk", flat=True))
            for start in range(0, len(keys), BATCH):
                _write(kind, keys[start : start + BATCH], anew=True)
                yield kind.model, min(start + BATCH, len(keys)), len(keys)
            stale = PublicEntry.objects.filter(kind=kind.name).exclude(record__in=kind.published().values("pk"))
            stale.delete()


def condition_token(name, value):
    """The token of the records that meet a condition. Its value is a row, a choice, a month, a year, or none at all."""
    if isinstance(value, date):
        value = _day(value).strftime("%Y" if name == "year" else "%Y-%m")
    return MARK + word(f"{name}={getattr(value, 'pk', value) or NONE}")


@cache
def _carriers():
    """Models whose words stand in the entries of others: of which, and by what path these are found."""
    found = defaultdict(set)
    for kind in KINDS.values():
        for path in _paths(kind):
            *steps, column = path.split("__")
            model = kind.model
            for at, step in enumerate(steps, start=1):
                model = model._meta.get_field(step).related_model
                if (at, column) != (len(steps), "pk"):  # a key never changes
                    found[model].add((kind.model, "__".join(steps[:at])))
    return found


def _paths(kind):
    return (*kind.paths, *(path for paths in kind.conditions.values() for path in paths))


@contextmanager
def _indexed_afterwards():
    """Let PostgreSQL build its index in one go after all entries are written, where there are hardly any before.

    An index that is missing because an earlier rebuild was broken off is built as well.
    """
    if connection.vendor != "postgresql":
        yield
        return
    coming = sum(kind.published().count() for kind in KINDS.values())
    with connection.cursor() as cursor:
        if PublicEntry.objects.count() * FIRST_FILLING < coming:
            cursor.execute(f"DROP INDEX IF EXISTS {POSTGRESQL_INDEX}")
        try:
            yield
        finally:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an index is not made of rows whose triggers are to come
            for statement in POSTGRESQL_MAKES:
                cursor.execute(statement)


@transaction.atomic
def _write(kind, keys, *, anew=False):
    """Write the entries of some rows, which stay locked until their words are in the index."""
    related = {path.rpartition("__")[0] for path in _paths(kind)} - {""}
    rows = kind.published().select_for_update(of=("self",)).filter(pk__in=keys).prefetch_related(*related)
    found = {row.pk: row for row in rows}
    gone = keys if anew else [key for key in keys if key not in found]
    forget(kind.model, gone)
    organisations = known_organisations()
    PublicEntry.objects.bulk_create(
        [_entry(kind, found[key], organisations) for key in keys if key in found],
        update_conflicts=True,
        unique_fields=["kind", "record"],
        update_fields=["day", "title", "tokens"],
    )


def _entry(kind, record, organisations):
    title = tokens(*_texts(record, kind.title), *kind.more_titles(record))
    texts = [*_texts(record, kind.paths), *kind.more_texts(record)]
    written = "\n".join(_texts(record, [path for path in kind.paths if path not in AS_APPROVED]))
    conditions = {condition_token("kind", kind.name)}
    for name, paths in kind.conditions.items():
        conditions |= {condition_token(name, value) for value in _texts(record, paths) or [None]}
    return PublicEntry(
        kind=kind.name,
        record=record.pk,
        day=_day(getattr(record, kind.day)) if kind.day else None,
        title=f" {' '.join(sorted(title))} ",
        tokens=" ".join(sorted(conditions | title | tokens(*texts) | also_called(written, organisations))),
    )


def _texts(record, paths):
    return [text for path in paths for text in texts_at(record, path)]


def _day(moment):
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
