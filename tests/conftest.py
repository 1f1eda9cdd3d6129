"""What every test may rely on: no other host answers, and nothing is left in the cache."""

import gc
from copy import deepcopy

import pytest
from _pytest import runner
from django.core.cache import caches
from django.db import transaction
from django.template.base import Template
from django.test import TransactionTestCase
from django.utils import translation

from portal import outage
from portal.frames import with_room
from tests import template
from tests.walked import walked

pytest_plugins = ["tests.report", "tests.colleagues", "tests.racing"]
gc.freeze()
gc.set_threshold(50_000, 50, 50)  # looking for rubbish takes a tenth of the suite otherwise


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Give each test and its fixtures the room for frames that a request has in production."""
    return with_room(runner.pytest_runtest_protocol)(item, nextitem)


@pytest.fixture(autouse=True)
def _fresh():
    """Each test begins as after a restart: in Korean, with nothing in the cache, and nothing known of the database.

    A page that a browser left behind may have asked while the database of its test was taken away.
    """
    begin()


def begin():
    """Forget what came before, as a restart does."""
    for cache in caches.all():
        cache.clear()
    outage.forget()
    translation.activate("ko")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The test database holds the roles and the programme from the start; tests add to them.

    A test that commits would be followed by a flush, which the history of difficulties refuses. It is followed by a
    fresh copy, so that any test may come next.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), template.of_worker() as copy:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: copy.make())
        with django_db_blocker.block():
            yield copy


@pytest.fixture(scope="session", autouse=True)
def _no_widgets_in_contexts(django_test_environment):
    """The test client copies the context of every template that a page is made of. No test asks for those of widgets.

    A form has hundreds of them: copying took a tenth of the time of its page.
    """
    with_signal = Template._render

    def render(template, context):
        if template.name and template.name.startswith(("django/forms/", "admin/widgets/")):
            return template.nodelist.render(context)
        return with_signal(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture
def programme(db):
    """A database with the programme in it."""


@pytest.fixture(scope="module")
def kept_scene(request, django_db_setup, django_db_blocker):
    """What ``plant`` of a test file makes, once for all tests of the file, and rolled back after the last of them.

    For files of whose tests none commits.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        begin()
        made = request.module.plant()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def scene(kept_scene, db):
    """The same for one test: with rows of its own to change, and a database from which its changes go again."""
    return deepcopy(kept_scene)


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """Every public page and file over planted records, asked for once a worker. For tests that only read."""
    with django_db_blocker.unblock(), walked(django_db_setup.source) as found, django_db_blocker.block():
        yield found
