"""Public pages that did not change are not made again, and changed ones show at once."""

import gzip

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from missions.models import Body, Organisation, PublishedCase, Source
from missions.publication import page_version
from portal import caching
from tests import make
from tests.forms import change, signed_in

pytestmark = pytest.mark.usefixtures("programme")
committing = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def one_minute(monkeypatch):
    """A minute that does not end between two requests."""
    monkeypatch.setattr(caching, "minute", lambda: 1)


@pytest.fixture
def still(monkeypatch):
    """Records that do not change, as far as the page version tells; the test itself is one transaction."""
    monkeypatch.setattr(page_version, "current", lambda: 1)


def cost(client, address, **headers):
    """A response, and how many queries it took besides that for the page version."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers=headers)
    return response, len([query for query in queries if "missions_pageversion" not in query["sql"]])


def text(response):
    return response.content.decode()


ADDRESSES = ["/ko/", "/en/cases/?country=DE", "/ko/missions/hanoi/", "/en/programme/", "/ko/privacy/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_page_is_made_once(client, still, address):
    first, _ = cost(client, address)
    again, queries = cost(client, address)
    held, asked = cost(client, address, if_none_match=first["ETag"])

    assert (first.status_code, again.status_code, held.status_code) == (200, 200, 304)
    assert again.content == first.content and again["ETag"] == first["ETag"] == held["ETag"]
    assert queries == asked == 0 and held.content == b""


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers_are_the_same_however_a_page_is_answered(client, still, address):
    first = client.get(address, headers={"accept-encoding": "gzip"})
    again = client.get(address, headers={"accept-encoding": "gzip"})
    held = client.get(address, headers={"if-none-match": first["ETag"]})
    head = client.head(address, headers={"accept-encoding": "gzip"})

    assert dict(first.headers) == dict(again.headers) == dict(head.headers)
    assert head.content == b""
    assert first["Cache-Control"] == "public, no-cache" and first["Vary"] == "Accept-Encoding"
    assert int(first["Content-Length"]) == len(first.content)
    kept = set(first.headers) - {"Content-Type", "Content-Length", "Content-Encoding", "Content-Language"}
    assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"} <= kept
    assert {name: held.get(name) for name in kept} == {name: first[name] for name in kept}
    assert not any(response.cookies for response in (first, again, held, head))


def test_a_page_is_compressed_for_those_who_take_it(client, still):
    plain = client.get("/ko/")
    packed = client.get("/ko/", headers={"accept-encoding": "br, gzip"})
    refused = client.get("/ko/", headers={"accept-encoding": "gzip;q=0"})

    assert packed["Content-Encoding"] == "gzip" and len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert "Content-Encoding" not in plain and int(plain["Content-Length"]) == len(plain.content)


def test_the_desk_is_neither_kept_nor_compressed(still):
    desk = signed_in(make.staff(is_superuser=True)).get("/admin/", headers={"accept-encoding": "gzip"})

    assert desk.status_code == 200
    assert "ETag" not in desk and "Content-Encoding" not in desk and "no-store" in desk["Cache-Control"]


def test_staff_read_the_public_pages_that_everyone_reads(client, still):
    of_everyone = client.get("/ko/")
    colleague = signed_in(make.staff(is_superuser=True))
    _, queries = cost(colleague, "/ko/")

    assert queries == 0
    assert colleague.get("/ko/").content == of_everyone.content
    assert not colleague.get("/ko/cases/").cookies


@pytest.mark.parametrize("other", ["/en/", "/ko/cases/", "/ko/?page=2", "/ko/missions/hanoi/"])
def test_the_tag_of_one_page_says_nothing_of_another(client, still, other):
    tag = client.get("/ko/")["ETag"]

    assert client.get(other, headers={"if-none-match": tag}).status_code == 200
    assert client.get(other)["ETag"] != tag
    assert client.get("/ko/", headers={"host": "localhost"})["ETag"] != tag


@pytest.mark.parametrize("tag", ["*", '"x"', 'W/"m.0"', 'W/"zz.' + "0" * 32 + '"', "W/", '"' * 99, ", ,", "é"])
def test_a_tag_that_was_never_given_gets_the_page(client, still, tag):
    assert client.get("/ko/", headers={"if-none-match": tag}).status_code == 200


def test_one_of_several_tags_is_enough(client, still):
    tag = client.get("/ko/")["ETag"]

    assert client.get("/ko/", headers={"if-none-match": f'"other", {tag}'}).status_code == 304


CLOCKS = ["/ko/missions/hanoi/", "/ko/", "/ko/meetings/", "/ko/meetings.csv", "/ko/bodies/LAX/", "/ko/information/"]


@pytest.mark.parametrize("address", CLOCKS)
def test_what_goes_by_the_clocks_of_a_mission_goes_on_and_other_pages_last_the_day(client, still, monkeypatch, address):
    tags = {each: client.get(each)["ETag"] for each in ("/ko/missions/", address)}
    monkeypatch.setattr(caching, "minute", lambda: 2)

    assert client.get("/ko/missions/", headers={"if-none-match": tags["/ko/missions/"]}).status_code == 304
    assert client.get(address, headers={"if-none-match": tags[address]}).status_code == 200

    tomorrow = make.tomorrow()
    monkeypatch.setattr(caching.timezone, "localdate", lambda: tomorrow)
    assert client.get("/ko/missions/", headers={"if-none-match": tags["/ko/missions/"]}).status_code == 200


@pytest.mark.parametrize(
    ("address", "module", "name", "value"),
    [("/ko/bodies/{}/", caching, "minute", 2), ("/ko/programme/", page_version, "current", 2)],
    ids=["minute", "records"],
)
def test_a_kept_page_is_read_as_long_as_all_that_it_follows_stands(
    client, still, monkeypatch, address, module, name, value
):
    body = make.body(name_ko="처음 이름")
    address = address.format(body.code)
    assert "처음 이름" in text(client.get(address))
    Body.objects.filter(pk=body.pk).update(name_ko="다음 이름")
    assert "처음 이름" in text(client.get(address))

    monkeypatch.setattr(module, name, lambda: value)
    page = text(client.get(address))

    assert "다음 이름" in page and "처음 이름" not in page


@pytest.mark.parametrize("name", ["SITE_TELEPHONE", "OPEN_LICENCE", "OPEN_LICENCE_URL"])
def test_another_release_makes_its_own_pages(settings, name):
    before = caching.release()
    setattr(settings, name, "02-000-0000")

    assert caching.release() != before


@pytest.mark.parametrize(
    "address", ["/ko/nowhere/", "/ko/cases/?page=999", "/ko/cases/?q=%00", "/cases/", "/", "/ko/cases.csv?country=ZZ"]
)
def test_only_pages_are_kept(client, still, address):
    answers = [client.get(address) for _ in range(2)]

    assert [("ETag" in answer, answer.status_code != 200) for answer in answers] == [(False, True)] * 2
    assert all("no-cache" in answer["Cache-Control"] for answer in answers)
    assert not caches["pages"]._cache


def test_what_follows_from_the_readers_language_says_so(client, still):
    assert client.get("/")["Vary"] == "Accept-Language"
    assert "Cookie" not in client.get("/robots.txt")["Vary"]
    answer = client.get("/cases/")
    assert "Cookie" in answer["Vary"] and answer["Cache-Control"] == "private, no-cache"


def test_strange_addresses_push_out_neither_one_another_without_end_nor_the_front_page(client, still):
    client.get("/ko/")
    for number in range(60):
        client.get(f"/ko/privacy/?{'x' * number}")
        if number % 10 == 0:
            client.get("/ko/")

    assert len(caches["pages"]._cache) <= 50
    assert cost(client, "/ko/")[1] == 0


def test_a_page_too_large_to_keep_is_still_answered_by_its_tag(client, still, monkeypatch):
    monkeypatch.setattr(caching, "MOST_BYTES", 100)
    tag = client.get("/ko/")["ETag"]

    assert cost(client, "/ko/")[1] > 0
    assert client.get("/ko/", headers={"if-none-match": tag}).status_code == 304


def test_without_its_cache_the_site_goes_on(client, still, monkeypatch):
    def refuse(*arguments, **values):
        raise ConnectionError("nobody there")

    monkeypatch.setattr(caches["pages"], "get", refuse)
    monkeypatch.setattr(caches["pages"], "set", refuse)

    assert client.get("/ko/").status_code == 200


def test_a_cache_that_fails_is_asked_again_after_a_while_and_not_by_each_page(still, monkeypatch):
    asked = []

    def refuse(*arguments, **values):
        asked.append(arguments)
        raise TimeoutError("no answer")

    for verb in ("get", "set"):
        monkeypatch.setattr(caches["pages"], verb, refuse)
    client = Client()
    assert [client.get(address).status_code for address in ("/ko/", "/en/", "/ko/")] == [200] * 3
    assert len(asked) == 1

    monkeypatch.setattr(caching, "LEFT_ALONE", 0)
    client = Client()
    assert [client.get(address).status_code for address in ("/ko/", "/en/")] == [200] * 2
    assert len(asked) > 3


def test_in_a_transaction_nothing_is_kept_and_nothing_called_unchanged(client):
    answers = [client.get("/ko/") for _ in range(2)]

    assert ["ETag" in answer for answer in answers] == [False, False]
    assert not caches["pages"]._cache


@committing
def test_a_change_in_the_desk_shows_in_the_next_request(client):
    record = Organisation.objects.get(slug="kosme")
    address = record.get_absolute_url()
    tag = client.get(address)["ETag"]
    desk = signed_in(make.staff(is_superuser=True))
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    change(desk, f"/admin/missions/organisation/{record.pk}/change/", name_ko="고쳐 쓴 이름")

    changed = client.get(address, headers={"if-none-match": tag})
    assert changed.status_code == 200 and "고쳐 쓴 이름" in text(changed)


@committing
def test_a_command_and_an_update_show_in_the_next_request(client):
    address = "/ko/cases/poen-germany/"
    title = PublishedCase.objects.get(reference="poen-germany").title_ko
    assert title in text(client.get(address))

    PublishedCase.objects.filter(reference="poen-germany").update(title_ko="고쳐 쓴 제목")
    tag = client.get(address)["ETag"]
    assert "고쳐 쓴 제목" in text(client.get(address))

    call_command("load_programme", refresh=True, yes=True)
    loaded = client.get(address, headers={"if-none-match": tag})
    assert loaded.status_code == 200 and title in text(loaded) and "고쳐 쓴 제목" not in text(loaded)


@committing
def test_drafts_do_not_show_and_what_was_withdrawn_is_gone(client):
    body = make.body()
    draft = make.case(body, "awaiting", title_ko="아직 초안인 글")
    shown = make.case(body, title_ko="공개된 글")
    assert "공개된 글" in text(client.get(shown.get_absolute_url()))
    assert "아직 초안인 글" not in text(client.get("/ko/cases/"))

    PublishedCase.objects.filter(pk=draft.pk).update(title_ko="고쳐도 초안인 글")
    PublishedCase.objects.filter(pk=shown.pk).update(state="withdrawn")

    page = text(client.get("/ko/cases/"))
    assert "초안인 글" not in page and "공개된 글" not in page
    assert client.get(shown.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404


@committing
def test_an_unchanged_page_asks_the_database_once(client):
    Source.objects.update(quote="")
    client.get("/ko/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/ko/")

    assert len(queries) == 1


@committing
def test_a_connection_that_was_lost_is_made_again(client):
    client.get("/ko/")
    connection.connection.close()

    assert "ETag" in client.get("/ko/programme/")
