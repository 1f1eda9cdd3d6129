"""Public addresses are read and nothing else."""

import pytest
from django.test import Client

from missions.models import Meeting
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
NAMES = ["", "missions/", "bodies/", "meetings/", "cases/", "information/", "organisations/", "programme/", "sources/"]
RECORDS = [
    "missions/hanoi/",
    "bodies/SFO/",
    "cases/poen-germany/",
    "organisations/kosme/",
    "privacy/",
    "accessibility/",
]
FILES = ["calendar.ics", "bodies/SFO/calendar.ics", "feeds/meetings.atom", "feeds/cases.atom", "feeds/information.atom"]
ROOT = ["/", "/robots.txt", "/sitemap.xml", "/sitemap-cases.xml"]
ADDRESSES = [*(f"/{language}/{rest}" for language in ("ko", "en") for rest in NAMES + RECORDS + FILES), *ROOT]


def meeting():
    return Meeting.objects.published().dated().first()


@pytest.mark.parametrize("address", [*ADDRESSES, "/ko/meetings/{}/", "/ko/meetings/{}.ics"])
def test_a_public_address_is_read_asked_about_and_refuses_everything_else(address):
    # A browser's form from elsewhere brings no token; the answer is the same.
    client = Client(enforce_csrf_checks=True)
    address = address.format(meeting().key)

    got, head = client.get(address), client.head(address)
    assert got.status_code == head.status_code == (302 if address == "/" else 200)
    assert head.content == b"" and head.get("Content-Type") == got.get("Content-Type")
    options = client.options(address)
    assert (options.status_code, options["Allow"], options.content) == (200, "GET, HEAD, OPTIONS", b"")
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        refused = client.generic(method, address, "a=b", content_type="application/x-www-form-urlencoded")
        assert refused.status_code == 405 and refused["Allow"] == "GET, HEAD, OPTIONS"
        assert 'class="site-name"' in refused.content.decode() and not refused.cookies


def test_a_refusal_is_in_the_language_of_the_address(client):
    assert "공개 화면은 읽기만" in client.post("/ko/cases/").content.decode()
    assert "The public pages can only be read." in client.post("/en/cases/").content.decode()


def test_sending_to_an_address_that_is_not_there_is_not_found(client):
    assert client.post("/ko/nowhere/").status_code == 404


def test_the_staff_desk_can_be_written_to(client):
    client.force_login(make.staff("ministry"))

    assert client.post("/admin/missions/meeting/add/", {}).status_code == 200


@pytest.mark.parametrize("kind", ["meetings/{}/", "meetings/{}.ics", "information/{}/"])
def test_a_page_has_one_address_only(client, kind):
    body = make.body()
    row = make.information(body) if kind.startswith("information") else make.meeting(body)

    assert client.get("/ko/" + kind.format(row.key)).status_code == 200
    for other in (row.pk, f"0{row.key}", f"{row.key}-", row.key.upper(), "9" * 19):
        assert client.get("/ko/" + kind.format(other)).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("address", ["/missions/", "/ko/missions", "/missions"])
def test_what_is_sent_to_an_address_short_of_its_language_or_slash_is_refused_too(client, method, address):
    refused = client.generic(method, address, "a=b")

    assert refused.status_code == 405 and refused["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get(address).status_code in (301, 302)
