"""What programs read is asked for with anything at all, and never breaks."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.crawl import beside

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.both_databases]
VALUES = ["", "%00", "%ff%fe", "'%20OR%201=1--", "%F0%9F%99%82", "-1", "9" * 5000, "%E2%80%AE"]
NAMES = ["body", "country", "p", "x[]"]


def test_no_query_string_breaks_a_calendar_a_feed_or_the_sitemap_or_costs_more(client):
    body = make.body()
    make.case(body)
    addresses = {address.split("?")[0] for address in beside(body, make.meeting(body))}
    queries = [f"{name}={value}" for name in NAMES for value in VALUES] + ["&" * 500, "=" * 500, "%", "body"]
    for bare, query in itertools.product(sorted(addresses), queries):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"{bare}?{query}")
        assert response.status_code in (200, 400, 404), (bare, query)
        most = 9 if bare == "/sitemap.xml" else 6  # the index of the sitemap counts each of its sections
        assert len(asked) <= most, (bare, query)
        if response.status_code != 200:
            assert 'class="site-name"' in response.content.decode(), (bare, query)
