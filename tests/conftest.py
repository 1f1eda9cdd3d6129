"""What every test may rely on: no other host answers, and nothing is left in the cache."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.report"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Each test begins as after a restart."""
    cache.clear()
