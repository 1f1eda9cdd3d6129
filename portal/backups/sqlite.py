"""A SQLite database in a backup: the whole file, as SQLite itself copies it while others write."""

import contextlib
import gzip
import shutil
import sqlite3
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from portal.backups import attached, schema

PART = "database.sqlite3.gz"
TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
SMALL = 3  # of 9: how hard it is pressed. More costs more time than it saves room


def rows(database):
    """How many rows each table has."""
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in database.execute(TABLES).fetchall()
    }


@contextlib.contextmanager
def beside():
    """A database file beside that of the portal, on the same disk and as well guarded; gone afterwards."""
    home = Path(connection.settings_dict["NAME"]).parent
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home) as folder:
        path = Path(folder) / "copy.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as copy:
            yield path, copy


def save(backup):
    """Write the database into a backup. Returns what is to be told of it, and which files its rows name."""
    connection.ensure_connection()
    with beside() as (path, copy):
        connection.connection.backup(copy)
        copy.execute("PRAGMA ignore_check_constraints = ON")  # which call functions of Django
        if (found := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise CommandError(f"SQLite finds the database damaged, so that it was not saved: {found}")
        told = {
            "rows": rows(copy),
            "columns": {
                name: [column for (column,) in copy.execute("SELECT name FROM pragma_table_info(?)", [name])]
                for (name,) in copy.execute(TABLES).fetchall()
            },
            "migrations": [
                f"{app}.{name}" for app, name in copy.execute("SELECT app, name FROM django_migrations ORDER BY id")
            ],
            "server": sqlite3.sqlite_version,
        }
        named = {where: copy.execute(query).fetchall() for where, query in attached.ASKED.items()}
        copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file
        with (
            backup.part(PART) as part,
            gzip.GzipFile("", "wb", SMALL, part, mtime=0) as packed,
            path.open("rb") as file,
        ):
            shutil.copyfileobj(file, packed, 1 << 20)
    return told, named


def must_be_empty():
    """Raise ``CommandError`` where the database has rows."""
    connection.ensure_connection()
    schema.must_be_empty(name for name, count in rows(connection.connection).items() if count)


def load(backup):
    """Put the database of a backup in place of the empty one: whole, or not at all."""
    with beside() as (path, copy):
        with backup.part(PART) as part, gzip.GzipFile(fileobj=part) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
        if rows(copy) != backup.told["rows"]:
            raise CommandError("The backup has other numbers of rows than its manifest says.")
        connection.ensure_connection()
        copy.backup(connection.connection)


def finish():
    """Bring what was restored into the one file. It stays, whatever comes of this."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
