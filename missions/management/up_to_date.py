"""Brings a database to the state that the sources ask for: what ``prepare`` and ``release`` have in common.

Each step is left out where neither the sources that it follows from nor the migrations applied are others than when it
was done last. That is remembered in the database, so that it holds whichever machine does it.
"""

import fcntl
import hashlib
import time
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps as django_apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from missions.models import LoadedRow
from missions.statistics import months

# What is to be done, in this order, and the sources that it follows from. Migrations may write rows past the portal.
RECORDS = ["missions/models/**/*.py", "missions/fields/**/*.py", "missions/migrations/*.py"]
COMMANDS = {
    "migrate": [*RECORDS, "portal/**/*.py", "requirements.txt"],
    "sync_roles": [*RECORDS, "missions/roles.py"],
    "rebuild_firm_keys": [*RECORDS, "missions/publication/*.py"],
    "load_programme": [*RECORDS, "missions/publication/*.py", "missions/loading/*.py", "missions/data/**/*.csv"],
    "rebuild_search": [*RECORDS, "missions/search/**/*.py", "portal/locale/**/*.po"],
}
REMEMBERED = "prepare"  # in the table of what was loaded, so that both go together
LOCK = 0x706F7274616C  # a number for “bringing this database up to date”, which nothing else locks
WAITS, TRIES = "3s", 20  # how long a migration stands in the way of readers, and how often it tries


def bring_up_to_date(say):
    """Do each step that is due and say so; returns whether any was. What failed is tried again the next time.

    Raises ``CommandError``, with nothing changed, for a database that other sources made.
    """
    before = remembered()
    if not (due := [name for name in COMMANDS if before.get(name) != fingerprint(name)]):
        months.close()
        return False
    if unknown := unknown_to_the_sources():
        raise CommandError(
            f"The database was made by other sources: {unknown}. Use those, or make the database anew: delete "
            "var/portal.sqlite3*, or empty what DATABASE_URL names, and start again. To go back to the release before, "
            "start its processes: it runs on the database as it is."
        )
    for name in COMMANDS:
        # A migration makes everything due, and an undone one too.
        if name in due or before.get(name) != fingerprint(name):
            _do(name, say)
            found = {"values": {"fingerprint": fingerprint(name)}}
            LoadedRow.objects.update_or_create(file=REMEMBERED, key=name, defaults=found)
        else:
            say(f"{name}: nothing has changed.")
    months.close()
    return True


def _do(name, say):
    if name == "migrate":
        say(f"{name}: {_migrated()} migrations applied.")
    else:
        call_command(name, stdout=_Lines(lambda line: say(f"{name}: {line}")), verbosity=0)


def _migrated():
    """Migrate, and never let readers wait long for it: a lock that is not had soon is asked for later."""
    before = len(MigrationRecorder(connection).applied_migrations())
    for left in reversed(range(TRIES)):
        try:
            with _short_waits():
                call_command("migrate", verbosity=0, interactive=False)
            break
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03" or not left:
                raise
            time.sleep(1)
    return len(MigrationRecorder(connection).applied_migrations()) - before


@contextmanager
def _short_waits():
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{WAITS}'")
        yield
        cursor.execute("RESET lock_timeout")


class _Lines:
    """A file that hands each line to a function."""

    def __init__(self, say):
        self.say = say

    def write(self, text):
        for line in filter(None, text.split("\n")):
            self.say(line)


@contextmanager
def alone(say):
    """Let one process at a time bring this database up to date, on whichever machine. The others wait."""
    with (_alone_on_postgresql if connection.vendor == "postgresql" else _alone_on_sqlite)(
        lambda: say("Another process brings this database up to date; waiting for it.")
    ):
        yield


@contextmanager
def _alone_on_postgresql(wait):
    """In a transaction of a connection of its own, which a pooler does not share either."""
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                wait()
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
    finally:
        other.close()


@contextmanager
def _alone_on_sqlite(wait):
    name = Path(connection.settings_dict["NAME"])
    if not name.parent.is_dir():  # in memory
        yield
        return
    with name.with_name(f"{name.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fingerprint(name):
    """A short name for the sources that a step follows from, and for the migrations that the database has had."""
    paths = sorted({path for pattern in COMMANDS[name] for path in settings.BASE_DIR.glob(pattern)})
    made_of = [sorted(MigrationRecorder(connection).applied_migrations())]
    made_of += [(str(path.relative_to(settings.BASE_DIR)), path.read_bytes()) for path in paths]
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def remembered():
    """The fingerprint of each step when it was done last; nothing in a database that is new."""
    if LoadedRow._meta.db_table not in connection.introspection.table_names():
        return {}
    return {row.key: row.values["fingerprint"] for row in LoadedRow.objects.filter(file=REMEMBERED)}


def unknown_to_the_sources():
    """Say what the database has or lacks that no migration of these sources explains; empty where there is nothing.

    Until the first release the first migration is made anew under its old name: then a table lacks a column.
    """
    loader = MigrationLoader(connection)
    applied = {key for key in loader.applied_migrations if key[0] == "missions"}
    known = {key for key in loader.disk_migrations if key[0] == "missions"}
    if applied - known:
        return f"these have no migration {max(applied - known)[1]}"
    return f"it has no {lacking}" if applied == known and (lacking := _first_missing_column()) else ""


def _first_missing_column():
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in django_apps.get_app_config("missions").get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed:
                continue
            found = connection.introspection.get_table_description(cursor, table) if table in tables else []
            lacking = {field.column for field in model._meta.local_concrete_fields} - {column.name for column in found}
            if lacking:
                return f"{table}.{min(lacking)}"
    return ""
