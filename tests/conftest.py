"""What every test may rely on: no other host answers, and nothing is left in the cache."""

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

from missions.loading.loader import load
from missions.models import Body, PageVersion
from missions.roles import write_roles

pytest_plugins = ["tests.report", "tests.colleagues"]


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
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the roles and the programme from the start; tests add to them."""
    with django_db_blocker.unblock():
        _fill()


@pytest.fixture
def programme(db):
    """The programme, also where a test that commits has emptied the database before."""
    if not Body.objects.exists():
        _put_back()


LOADED = {}  # the rows of the programme by model, as they were loaded


def _fill():
    write_roles()
    load()
    for model in apps.get_app_config("missions").get_models(include_auto_created=True):
        if model is not PageVersion and (rows := list(model._base_manager.all())):
            LOADED[model] = rows


def _put_back():
    """Write the rows again as they were: to load the files anew takes ten times as long."""
    write_roles()
    with transaction.atomic():
        for model, rows in LOADED.items():
            model._base_manager.bulk_create(map(copy, rows))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(LOADED)):
            cursor.execute(statement)
