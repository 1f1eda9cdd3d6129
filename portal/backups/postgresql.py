"""A PostgreSQL database in a backup: the rows of every table as of one moment, as COPY writes them.

The tables themselves are not in it: ``migrate`` makes them, with their triggers and indexes, and the rows go in while
the triggers are off.
"""

import contextlib
import gzip
import hashlib

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from portal.backups import attached, schema

SMALL = 3  # of 9: how hard rows are pressed. More costs more time than it saves room
# Whatever else a connection is told. Without row security: rows that this user may not read are an error, not absent.
ALONE = """
    SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL row_security = off; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle =
    'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'
"""
# Columns that are computed are left out. Text is ordered by its bytes, whatever a server takes for alphabetical.
TABLES = """
    SELECT c.relname,
        array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
        string_agg(quote_ident(a.attname) || CASE WHEN a.attcollation = 0 THEN '' ELSE ' COLLATE "C"' END, ', '
            ORDER BY a.attnum) FILTER (WHERE a.attnum = ANY (i.indkey))
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"
READERS = """
    SELECT DISTINCT grantee FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'missions_body' AND privilege_type = 'SELECT'
    AND grantee NOT IN (current_user, 'PUBLIC') ORDER BY 1
"""


def tables(cursor):
    """The columns of each table, and by which its rows are ordered."""
    cursor.execute(TABLES)
    return {name: (columns, order) for name, columns, order in cursor.fetchall()}


def quoted(*names):
    """Names as SQL has them."""
    return ", ".join(map(connection.ops.quote_name, names))


def read(cursor, name, columns, order, into=None):
    """Read a table in order. Returns how many rows it has and the checksum of their text."""
    count, digest = 0, hashlib.sha256()
    with cursor.copy(f"COPY (SELECT {quoted(*columns)} FROM {quoted(name)} ORDER BY {order}) TO STDOUT") as copy:  # noqa: S608
        for line in copy:
            count += 1
            digest.update(line)
            if into:
                into.write(line)
    return count, digest.hexdigest()


def save(backup):
    """Write the database into a backup. Returns what is to be told of it, and which files its rows name."""
    told = {"rows": {}, "columns": {}, "digests": {}}
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(ALONE)
        for name, (columns, order) in tables(cursor).items():
            with backup.part(part_of(name)) as part, gzip.GzipFile("", "wb", SMALL, part, 0) as packed:
                told["rows"][name], told["digests"][name] = read(cursor, name, columns, order, packed)
            told["columns"][name] = columns
        cursor.execute(SEQUENCES)  # which are of this moment, and so not behind the rows
        told["sequences"] = dict(cursor.fetchall())
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
        told["migrations"] = [name for (name,) in cursor.fetchall()]
        cursor.execute(READERS)
        told["readers"] = [name for (name,) in cursor.fetchall()]
        cursor.execute("SHOW server_version")
        told["server"] = cursor.fetchone()[0]
        named = {}
        for where, query in attached.ASKED.items():
            cursor.execute(query)
            named[where] = cursor.fetchall()
    return told, named


def part_of(name):
    """The part with the rows of a table."""
    return f"tables/{name}.copy.gz"


def must_be_empty(database=connection):
    """Raise ``CommandError`` where the database has rows."""
    with database.cursor() as cursor:
        filled = []
        for name in tables(cursor):
            cursor.execute(f"SELECT 1 FROM {quoted(name)} LIMIT 1")  # noqa: S608
            filled += [name] * len(cursor.fetchall())
    schema.must_be_empty(filled)


def make_tables(database=connection):
    """Make the tables where there are none, and take out what that wrote into them."""
    call_command("migrate", database=database.alias, verbosity=0)


@contextlib.contextmanager
def filling(cursor):
    """For rows that come from another database, in one transaction: as they are, past the triggers.

    Foreign keys are checked at the end; the rows that ``migrate`` wrote make room. Any user who owns the tables may.
    """
    cursor.execute(ALONE)
    names = list(tables(cursor))
    for name in names:
        cursor.execute(f"ALTER TABLE {quoted(name)} DISABLE TRIGGER USER")
    for name in schema.WRITTEN_BY_MIGRATE:
        cursor.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        cursor.execute(f"ALTER TABLE {quoted(name)} ENABLE TRIGGER USER")


def load(backup):
    """Put the rows of a backup into an empty database: all of them, or none. They are read back and compared."""
    told = backup.told
    make_tables()
    with transaction.atomic(durable=True), connection.cursor() as cursor, filling(cursor):
        for name, columns in told["columns"].items():
            with (
                backup.part(part_of(name)) as part,
                gzip.GzipFile(fileobj=part) as packed,
                cursor.copy(f"COPY {quoted(name)} ({quoted(*columns)}) FROM STDIN") as copy,
            ):
                while data := packed.read(1 << 16):
                    copy.write(data)
        for name, value in told["sequences"].items():
            if value is not None:
                cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, value])
        for name, (_columns, order) in tables(cursor).items():
            if read(cursor, name, told["columns"][name], order) != (told["rows"][name], told["digests"][name]):
                raise CommandError(f"{name} is not what it was when it was saved. Nothing was restored.")


def finish():
    """Have the database know what it holds now. What was restored stays, whatever comes of this."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
