"""What every test may rely on: no other host answers, and nothing is left in the cache."""

import pytest
from django.core.cache import cache

from missions.models import Body
from missions.programme import load
from missions.roles import write_roles

pytest_plugins = ["tests.report"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Each test begins as after a restart."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the roles and the programme from the start; tests add to them."""
    with django_db_blocker.unblock():
        _fill()


@pytest.fixture
def programme(db):
    """The programme, also where a test that commits has emptied the database before."""
    if not Body.objects.exists():
        _fill()


def _fill():
    write_roles()
    load()
