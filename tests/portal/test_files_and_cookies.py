"""Files that are streamed are known by their tag as pages are, and no public answer has to do with cookies."""

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

from missions.publication import page_version
from portal import caching
from tests.portal.test_caching import still

__all__ = ["still"]
pytestmark = pytest.mark.usefixtures("programme")
FILES = ["/ko/cases.csv", "/en/meetings.csv?status=held", "/ko/statistics/times.csv", "/en/statistics/rollout.csv"]


@pytest.mark.parametrize("address", FILES)
def test_a_file_that_is_streamed_is_known_by_its_tag(client, still, address, monkeypatch):
    first = client.get(address)
    body = b"".join(first.streaming_content)
    with CaptureQueriesContext(connection) as queries:
        held = client.get(address, headers={"if-none-match": first["ETag"]})
    head = client.head(address)

    assert first["Cache-Control"] == "public, no-cache" and first["ETag"] == head["ETag"] == held["ETag"]
    assert (held.status_code, held.content, len(queries)) == (304, b"", 0) and len(body) > 100
    assert client.get(f"{address}&" if "?" in address else f"{address}?x")["ETag"] != first["ETag"]
    monkeypatch.setattr(page_version, "current", lambda: 2)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("version", [1, None])
def test_a_head_of_a_file_has_no_body_and_reads_no_row(rf, monkeypatch, version):
    monkeypatch.setattr(page_version, "current", lambda: version)

    def rows():
        raise AssertionError("a row was read")
        yield ""

    answer = caching.PublicPages(lambda request: StreamingHttpResponse(rows()))(rf.head("/ko/cases.csv"))

    assert list(answer.streaming_content) == [] and answer.status_code == 200


COOKIES = ["csrftoken=x", "sessionid=a", "sessionid=" + "a" * 32, "messages=x", "django_language=en", "\x7f=\xff"]
EVERYWHERE = ["/ko/", "/en/cases/", "/ko/cases.csv", "/ko/nowhere/", "/cases/", "/", "/robots.txt"]


@pytest.mark.parametrize("cookie", COOKIES)
def test_whatever_cookie_is_sent_no_public_answer_sets_or_follows_one(client, still, monkeypatch, cookie):
    monkeypatch.setattr(caching, "minute", lambda: 1)  # none ends between two answers
    for address in EVERYWHERE:
        plain = client.get(address)
        for method in (client.get, client.head, client.post, client.options):
            answer = method(address, HTTP_COOKIE=cookie)
            assert not answer.cookies, address
        again = client.get(address, HTTP_COOKIE=cookie)
        assert (again.get("Location"), again.get("ETag")) == (plain.get("Location"), plain.get("ETag"))
