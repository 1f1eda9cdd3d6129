"""The bench on a few rows: it fills in what the portal itself would write, and asks for pages that are there.

What it measures is not looked at: that needs a machine with nothing else to do.
"""

import pytest
from django.conf import settings as configured
from django.db import connection

from missions.models import Difficulty, PublicEntry, PublishedCase
from portal import caching
from tests.bench import ratios, scale, searching, seed

pytestmark = [
    pytest.mark.postgresql,  # the bench copies rows within it
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("programme"),
]
CASES, DIFFICULTIES, SENTENCES = 1_000, 40, 200  # one of the pages is the fiftieth of the list of cases


@pytest.fixture
def filled(monkeypatch, settings):
    """The session of a member of staff, with the rows of the bench and its addresses in place."""
    monkeypatch.setattr(seed, "POOL", SENTENCES)
    monkeypatch.setattr(caching, "PRIVATE", caching.PRIVATE)  # the addresses of the bench change it
    settings.ROOT_URLCONF = "tests.bench.urls"
    settings.MIDDLEWARE = ["tests.bench.urls.CountQueries", *configured.MIDDLEWARE]
    try:
        seed.fill(CASES, DIFFICULTIES)
        yield seed.session()
    finally:
        connection.close()  # its settings and temporary tables go with it


def test_a_small_bench_holds_what_the_portal_writes_and_asks_for_pages_that_are_there(filled, client, capsys):
    assert PublishedCase.objects.filter(reference__startswith="bench-").count() == CASES
    assert PublicEntry.objects.filter(kind="publishedcase").count() >= CASES
    assert Difficulty.objects.filter(reference__startswith="BEN-").count() == DIFFICULTIES
    client.cookies["sessionid"] = filled

    public = {*ratios.PAGES.values(), *scale.PUBLIC.values()}
    for address in public | {*scale.STAFF.values()}:
        response = client.get(address, headers={"X-Count": "1"})
        assert response.status_code == 200, address
        promised = ratios.QUERIES + 1 if address in public else scale.STAFF_QUERIES
        assert int(response["X-Queries"]) <= promised, address

    searching.main()
    assert capsys.readouterr().out.count("ms") >= len(searching.ASKED)
