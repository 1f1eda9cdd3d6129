"""Databases of the suite: one is made and filled a pass, and each worker has a copy of it.

``tests.passes`` has the first one made before a pass, says its name in ``SUITE_DATABASE`` and has it dropped after.
Without a name a run of pytest makes its own.
"""

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connection

SOURCE = "SUITE_DATABASE"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def make():
    """Make the test database of these settings and fill it with roles and programme. Returns its name."""
    from missions.loading.loader import load
    from missions.roles import write_roles

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    write_roles()
    load()
    connection.close()
    return name


def drop(name):
    """Drop a database that was made here or in another process."""
    connection.close()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        return
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def copy(source, name):
    """Make a database anew as a copy of another, and lead the connection to it."""
    drop(name)
    if connection.vendor == "sqlite":
        shutil.copy(source, name)
    else:
        quote = connection.ops.quote_name
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(source)}")
    connection.settings_dict["NAME"] = name


class Copy:
    """The database of one worker: a copy that is made anew after each test that commits."""

    def __init__(self, source):
        self.source, self.name = source, f"{source}_{WORKER}"

    def make(self):
        """Take a fresh copy, and lead the connection to it."""
        copy(self.source, self.name)


@contextmanager
def led_to(name):
    """Lead the connection to another database for a while."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@contextmanager
def beside(source, what):
    """One more copy beside that of the worker, for a while. The connection leads to it meanwhile."""
    name = f"{source}_{what}_{WORKER}"
    with led_to(name):
        try:
            copy(source, name)
            yield name
        finally:
            drop(name)


@contextmanager
def of_worker():
    """Give this process a copy to test with; yields it."""
    own, given = connection.settings_dict["NAME"], os.environ.get(SOURCE)
    copied = Copy(given or make())
    copied.make()
    try:
        yield copied
    finally:
        drop(copied.name)
        if not given:
            drop(copied.source)
        connection.settings_dict["NAME"] = own


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    if sys.argv[1:]:
        drop(sys.argv[1])
    else:
        print(make())
