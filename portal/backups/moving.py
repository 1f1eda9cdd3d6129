"""From SQLite to PostgreSQL, row by row.

Rows go through the fields of the models, which know what each database makes of a value.
"""

import datetime
import hashlib
import json
from itertools import islice

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import JSONField
from psycopg.types.json import Jsonb

from portal.backups import postgresql, schema, sqlite

AT_ONCE = 2000  # rows


def move(target):
    """Write all rows into the empty database of this connection, and compare both. Returns rows by table.

    Nobody writes to SQLite meanwhile: its lock is held. Raises ``CommandError``, and then the target is as it was, but
    for its tables.
    """
    postgresql.must_be_empty(target)
    postgresql.make_tables(target)
    with transaction.atomic(durable=True), transaction.atomic(target.alias, durable=True), target.cursor() as cursor:
        _must_be_of_these_sources()
        with postgresql.filling(cursor):
            for model in schema.models().values():
                _copy(model, target, cursor)
            _carry_on_migrations(cursor)
            _carry_on_numbers(cursor)
            found = {table: _compared(model, target) for table, model in schema.models().items()}
    with target.cursor() as cursor:
        cursor.execute("ANALYZE")
    return found


def _must_be_of_these_sources():
    with connection.cursor() as cursor:
        columns = {
            table: [column.name for column in connection.introspection.get_table_description(cursor, table)]
            for table in connection.introspection.table_names(cursor)
        }
    applied = [f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()]
    if other := schema.difference(applied, columns):
        raise CommandError(f"The database is not of these sources: {other}. Bring it up to date first.")
    sqlite_has = sqlite.rows(connection.connection)
    if strange := sqlite_has.keys() - schema.models().keys() - {"django_migrations"}:
        raise CommandError(f"The database has a table that is not of these sources: {min(strange)}.")


def _rows(model, alias):
    """The rows of a table in Python, in the order of their keys."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    return model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(AT_ONCE)


def _copy(model, target, cursor):
    fields = model._meta.local_concrete_fields
    columns = postgresql.quoted(*(field.column for field in fields))
    rows = _rows(model, connection.alias)
    with cursor.copy(f"COPY {postgresql.quoted(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_prepared(field, value, target) for field, value in zip(fields, row, strict=True)])


def _prepared(field, value, target):
    if value is None and isinstance(field, JSONField) and not field.null:
        return Jsonb(None)  # the null of JSON, not the absence of a value
    return field.get_db_prep_save(value, target)


def _carry_on_migrations(cursor):
    applied = MigrationRecorder(connection).migration_qs.order_by("pk").values_list("app", "name", "applied")
    with cursor.copy("COPY django_migrations (app, name, applied) FROM STDIN") as copy:
        for row in applied:
            copy.write_row(row)


def _carry_on_numbers(cursor):
    """Let each table count on where SQLite was: a number that was given once is not given again."""
    models = schema.models()
    for table, last in connection.connection.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0").fetchall():
        if table in models:
            column = models[table]._meta.pk.column
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, last])


def _compared(model, target):
    """How many rows a table has. Raises ``CommandError`` where any is another on the other side."""
    (count, here), there = _digest(model, connection.alias), _digest(model, target.alias)
    if (count, here) != there:
        raise CommandError(f"{model._meta.db_table} has other rows on PostgreSQL. Nothing was moved.")
    return count


def _digest(model, alias):
    """How many rows, and a number that follows from all of them in whatever order."""
    total, count, rows = 0, 0, _rows(model, alias)
    while some := list(islice(rows, AT_ONCE)):
        count += len(some)
        for row in some:
            total += int.from_bytes(hashlib.sha256(repr([*map(_plain, row)]).encode()).digest())
    return count, total


def _plain(value):
    """A value in one spelling, to the microsecond."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value
