"""While the database is gone kept pages are served and say so, all else says so too, and nothing typed is lost."""

import gzip
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpResponse
from django.test import Client

from missions.messages.notices import notify
from missions.models import Body, LocalInformation
from missions.publication import page_version
from portal import caching, outage
from portal.accounts import session_end
from tests import forms, make
from tests.forms import signed_in

pytestmark = pytest.mark.usefixtures("programme")
ROOT = Path(__file__).parent.parent.parent
TYPED = "통관이 늦어졌습니다. <b>\n둘째 줄"


@pytest.fixture(autouse=True)
def _asked_again(monkeypatch):
    """Seconds enough for a busy machine; each test ends as after a restart."""
    monkeypatch.setattr(outage, "LEFT_ALONE", 60)
    monkeypatch.setattr(caching, "WAIT", 30)
    yield
    outage.forget()


def refuse(*arguments, **values):
    raise OperationalError("connection refused")


@pytest.fixture
def gone(db):
    """A function after which no connection to the database can be made, as where its server was stopped."""
    with pytest.MonkeyPatch.context() as patch:

        def stop():
            patch.setattr(page_version, "current", refuse)
            patch.setattr(connection, "cursor", refuse)

        yield stop


@pytest.fixture
def still(monkeypatch):
    """Records that do not change, as far as the page version tells; the test itself is one transaction."""
    monkeypatch.setattr(page_version, "current", lambda: 1)


def test_a_kept_page_is_served_and_says_since_when(client, still, gone):
    kept = {address: client.get(address) for address in ("/ko/missions/hanoi/", "/en/programme/", "/data/dcat.jsonld")}
    gone()

    for address, before in kept.items():
        answer = client.get(address, headers={"if-none-match": before["ETag"]})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert int(answer["Age"]) < 60 and answer["Warning"].startswith("110 ") and not answer.has_header("ETag")
        if address.endswith("/"):
            page = answer.content.decode()
            assert "(한국 시각) 현재의 내용입니다." in page and "Newer content cannot be loaded" in page
            notice = page[page.index('<div class="outage"') : page.index('<header class="top">')]
            assert page.replace(notice, "") == before.content.decode()
        else:
            assert answer.content == before.content


def test_whoever_takes_gzip_gets_the_kept_page_so(client, still, gone):
    client.get("/ko/programme/")
    gone()

    packed = client.get("/ko/programme/", headers={"accept-encoding": "gzip"})
    assert "현재의 내용입니다" in gzip.decompress(packed.content).decode()


def test_the_kept_page_is_as_old_as_the_last_word_of_the_database_an_hour_at_most(client, still, gone, monkeypatch):
    now = time.time()
    monkeypatch.setattr(caching.time, "time", lambda: now)
    for address in ("/ko/programme/", "/ko/sources/"):
        client.get(address)
    now += 50 * 60
    client.get("/ko/programme/")
    gone()
    now += 50 * 60

    assert client.get("/ko/programme/")["Age"] == "3000"
    now += 11 * 60
    assert client.get("/ko/programme/").status_code == 503


@pytest.mark.parametrize("address", ["/ko/", "/en/cases/", "/", "/robots.txt", "/ko/cases.csv", "/data/all.zip"])
def test_what_was_not_kept_is_told_in_the_look_of_the_site(client, gone, address):
    client.raise_request_exception = False
    gone()
    answer = client.get(address)
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert 'class="site-name"' in page and "지금은 이용할 수 없습니다" in page
    assert "The site is not available for the moment" in page and not answer.cookies
    assert f'<html lang="{"en" if address.startswith("/en/") else "ko"}">' in page


def test_what_was_sent_to_the_desk_comes_back_and_can_be_sent_again(gone, settings):
    desk = Client(enforce_csrf_checks=True, raise_request_exception=False)
    desk.force_login(make.staff("ministry"))
    form = desk.get("/admin/missions/organisation/add/")
    sent = {
        "csrfmiddlewaretoken": str(form.context["csrf_token"]),
        "name_ko": TYPED,
        "password": "secret",
        "_save": "1",
    }
    gone()
    answer = desk.post("/admin/missions/organisation/add/?x=1", sent)

    page = answer.content.decode()
    assert answer.status_code == 503 and "저장되지 않았을 수 있습니다" in page
    assert "통관이 늦어졌습니다. &lt;b&gt;<br>둘째 줄" in page and "<b>" not in page and "secret" not in page
    assert "<dt>이름 (국문)</dt>" in page
    assert 'name="name_ko"' not in page  # with a password left out it would not be the same

    del sent["password"]
    page = desk.post("/admin/missions/organisation/add/?x=1", sent).content.decode()
    assert '<form method="post" action="/admin/missions/organisation/add/?x=1">' in page
    assert f'name="csrfmiddlewaretoken" value="{sent["csrfmiddlewaretoken"]}"' in page
    assert 'name="name_ko" value="통관이 늦어졌습니다. &lt;b&gt;\n둘째 줄"' in page


def test_what_another_site_sends_does_not_appear_on_a_page_of_this_one(gone):
    desk = Client(enforce_csrf_checks=True, raise_request_exception=False)
    desk.force_login(make.staff("ministry"))
    gone()

    assert TYPED[:5] not in desk.post("/admin/missions/organisation/add/", {"name_ko": TYPED}).content.decode()
    outage.began(OperationalError("connection refused"))
    for site, shown in {"cross-site": False, "same-origin": True}.items():
        answer = desk.post("/ko/status/", {"code": "LAX-26-7K3"}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 503 and ("LAX-26-7K3" in answer.content.decode()) is shown


def test_the_database_is_not_asked_again_by_each_request_and_asked_after_a_while(client, still, monkeypatch, caplog):
    asked = []

    def refuse():
        asked.append(1)
        raise OperationalError("connection refused")

    monkeypatch.setattr(page_version, "current", refuse)
    assert [client.get(address).status_code for address in ("/ko/", "/en/", "/admin/")] == [503] * 3
    assert len(asked) == 1 and caplog.text.count("cannot be reached") == 1 and "Traceback" not in caplog.text

    monkeypatch.setattr(page_version, "current", lambda: 1)
    outage.forget()
    assert client.get("/ko/").status_code == 200


def test_a_session_that_cannot_be_noted_is_not_called_deleted(monkeypatch):
    monkeypatch.setattr(session_end, "ROUGHLY", -1)
    desk = signed_in(make.staff("ministry"))
    desk.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("django.contrib.sessions.models.Session.save", lambda *_, **__: refuse())
        answer = desk.get("/admin/missions/region/")

    assert answer.status_code == 503
    assert desk.get("/admin/missions/region/").status_code == 200


def test_a_mistake_is_no_outage(client, still, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(caching.PublicPages, "process_view", lambda *_, **__: 1 / 0)

    assert client.get("/ko/").status_code == 500


@pytest.mark.parametrize(
    ("cause", "found"),
    [
        (psycopg.OperationalError("connection refused"), outage.GONE),
        (psycopg.errors.AdminShutdown(), outage.GONE),
        (psycopg.errors.TooManyConnections(), outage.GONE),
        (psycopg.errors.ReadOnlySqlTransaction(), outage.UNWRITABLE),
        (psycopg.errors.DiskFull(), outage.UNWRITABLE),
        (psycopg.errors.DeadlockDetected(), ""),
        (psycopg.errors.QueryCanceled(), ""),
        (psycopg.errors.UndefinedTable(), ""),
        (psycopg.errors.UniqueViolation(), ""),
    ],
)
def test_what_an_error_says_of_the_database(cause, found):
    error = OperationalError("x")
    error.__cause__ = cause
    assert outage.trouble(error) == found
    wrapped = ValueError("x")
    wrapped.__context__ = error
    assert outage.trouble(wrapped) == found and outage.trouble(ValueError("x")) == ""


def test_a_disk_without_room_for_a_file_is_one_that_cannot_be_written_to():
    assert outage.trouble(OSError(28, "No space left on device")) == outage.UNWRITABLE
    assert outage.trouble(FileNotFoundError(2, "x")) == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reason", ["read-only", "full"])
def test_where_nothing_can_be_written_reading_goes_on_and_what_was_sent_comes_back(client, monkeypatch, reason):
    monkeypatch.setattr(session_end, "ROUGHLY", -1)  # each request would note that the session is in use
    reader = make.staff("ministry")
    desk = signed_in(reader)
    record = make.information(make.body())
    page = forms.address(record)
    told = {"because": "author", "event": "information:1", "step": "publish"}
    notify("info_decided", record, [reader], by=None, **told)
    sent = forms.opened(desk, page) | {"text_ko": "긴 글 " * 3000}
    if connection.vendor == "postgresql":
        if reason == "full":
            return  # a disk of PostgreSQL is not filled here; its error is told apart above
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
    else:
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute("PRAGMA query_only = 1" if reason == "read-only" else f"PRAGMA max_page_count = {pages}")
    try:
        assert client.get("/ko/organisations/kosme/").status_code == 200
        assert desk.get("/admin/").status_code == 200
        assert desk.get("/admin/missions/organisation/").status_code == 200
        assert desk.get(page).status_code == 200  # with an unread message, which opening it would mark
        answer = desk.post(page, sent)
        page = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "지금은 읽기만 할 수 있습니다" in page and "저장되지 않았습니다" in page and page.count("긴 글 ") >= 3000
        assert "Pages can still be read." in page
    finally:
        connection.close()
    assert LocalInformation.objects.get(pk=record.pk).text_ko == record.text_ko


class Counted:
    """A page that takes a while, or until it is let go, and how often it was made."""

    def __init__(self):
        self.count, self.lock, self.let_go = 0, threading.Lock(), None

    def __call__(self, request):
        with self.lock:
            self.count += 1
        self.let_go.wait(30) if self.let_go else time.sleep(0.2)
        return HttpResponse("<p>" + "page " * 100)


def at_once(number, ask):
    """What several threads get that ask together."""
    barrier, answers = threading.Barrier(number), []

    def one():
        barrier.wait()
        answers.append(ask())

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_who_ask_for_an_expired_page_one_makes_it(rf, still):
    made = Counted()
    pages = caching.PublicPages(made)

    answers = at_once(8, lambda: pages(rf.get("/ko/x/")))

    assert made.count == 1 and {answer["ETag"] for answer in answers} == {answers[0]["ETag"]}
    assert not any(".making" in key for key in caches["pages"]._cache)


def test_whoever_waits_for_a_page_that_follows_the_clock_gets_that_of_the_minute_before(rf, still, monkeypatch):
    made = Counted()

    def view(request):
        request.follows = ("minute",)
        return made(request)

    pages = caching.PublicPages(view)
    monkeypatch.setattr(caching, "minute", lambda: 1)
    before = pages(rf.get("/ko/x/"))["ETag"]
    monkeypatch.setattr(caching, "minute", lambda: 2)
    made.let_go = threading.Event()
    tags = []

    def ask():
        tags.append(pages(rf.get("/ko/x/"))["ETag"])
        if len(tags) == 3:  # those who do not make it
            made.let_go.set()

    at_once(4, ask)
    assert made.count == 2 and tags[:3] == [before] * 3 and tags[3] != before


def test_after_a_change_nobody_gets_the_page_from_before_it(rf, monkeypatch):
    version = 1
    monkeypatch.setattr(page_version, "current", lambda: version)
    made = Counted()
    pages = caching.PublicPages(made)
    before = pages(rf.get("/ko/x/"))["ETag"]
    version = 2

    assert before not in at_once(4, lambda: pages(rf.get("/ko/x/"))["ETag"]) and made.count == 2


@pytest.mark.parametrize("address", ["/ko/bodies.csv", "/data/bodies.csv", "/data/all.zip"])
def test_a_file_that_fails_on_its_way_is_not_sent_at_all(client, still, monkeypatch, address):
    client.raise_request_exception = False
    whole = client.get(address)
    content = b"".join(whole.streaming_content)
    assert int(whole["Content-Length"]) == len(content)

    monkeypatch.setattr(Body, "name", property(lambda body: 1 / 0))
    assert client.get(address, headers={"if-none-match": '"x"'}).status_code == 500
