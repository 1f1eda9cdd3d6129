"""The database from which each worker of a pass gets its copy: schema, roles and programme, made once.

``tests.passes`` has it made before a pass, says its name in ``SUITE_DATABASE`` and has it dropped after. Without one,
a run of pytest makes its own.
"""

import os
import sys
from contextlib import contextmanager

import django
from django.db import connection

SOURCE = "SUITE_DATABASE"


def make():
    """Make the test database of these settings and fill it. Returns its name."""
    from missions.loading.loader import load
    from missions.roles import write_roles

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    write_roles()
    load()
    connection.close()
    return name


def drop(name):
    """Drop a database that ``make`` made in another process."""
    own, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    connection.creation.destroy_test_db(own, verbosity=0)


@contextmanager
def of_worker():
    """Give this process a test database of its own: a copy where one was made for the pass, else a fresh one."""
    creation, own = connection.creation, connection.settings_dict["NAME"]
    if source := os.environ.get(SOURCE):
        suffix = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
        connection.close()
        connection.settings_dict["NAME"] = source
        creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        connection.settings_dict.update(creation.get_test_db_clone_settings(suffix))
    else:
        make()
    try:
        yield
    finally:
        creation.destroy_test_db(own, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    if sys.argv[1:]:
        drop(sys.argv[1])
    else:
        print(make())
