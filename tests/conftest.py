"""What every test may rely on: no other host answers, and nothing is left in the cache."""

import gc
from copy import copy
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.postgresql.base import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from missions.models import PageVersion
from missions.roles import write_roles
from tests import template
from tests.site import walk

pytest_plugins = ["tests.report", "tests.colleagues"]
gc.freeze()
gc.set_threshold(50_000, 50, 50)  # looking for rubbish takes a tenth of the suite otherwise


@pytest.fixture(autouse=True)
def _fresh():
    """Each test begins as after a restart: in Korean, with nothing in the cache."""
    for cache in caches.all():
        cache.clear()
    translation.activate("ko")


def flush_past_the_triggers():
    """Let a test that commits be emptied: the history refuses the DELETE of SQLite and the TRUNCATE of PostgreSQL."""
    kept = import_module("missions.migrations.0002_history_and_page_version")
    for vendor, operations in {"sqlite": SqliteOperations, "postgresql": PostgresqlOperations}.items():
        opened, closed = kept.HISTORY_OPENED[vendor], kept.HISTORY_KEPT[vendor]
        operations.sql_flush = _between(opened, operations.sql_flush, closed)


def _between(before, flush, after):
    return lambda self, *args, **kwargs: [*before, *flush(self, *args, **kwargs), *after]


flush_past_the_triggers()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database holds the roles and the programme from the start; tests add to them."""
    with django_db_blocker.unblock(), template.of_worker():
        for model in apps.get_app_config("missions").get_models(include_auto_created=True):
            if model is not PageVersion and (rows := list(model._base_manager.all())):
                LOADED[model] = rows
        with django_db_blocker.block():
            yield


@pytest.fixture
def programme(db):
    """A database with the programme in it."""


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """Every public page and file over planted records, asked for once a worker. For tests that only read."""
    with django_db_blocker.unblock():
        return walk()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits leaves the database empty: write the programme again, whatever test comes next.

    After the last one the test database is gone, and the connection leads to the developer's own.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    commits = marker and marker.kwargs.get("transaction")
    emptied = commits or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if emptied and nextitem:
        with item.config.stash[blocking_manager_key].unblock():
            _put_back()
    return result


LOADED = {}  # the rows of the programme by model, as they were loaded


def _put_back():
    """Write the rows again as they were: to load the files anew takes ten times as long."""
    write_roles()
    with transaction.atomic():
        for model, rows in LOADED.items():
            model._base_manager.bulk_create(map(copy, rows))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(LOADED)):
            cursor.execute(statement)
