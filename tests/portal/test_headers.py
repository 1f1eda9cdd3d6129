"""What browsers are told by every kind of answer, and who may send how much."""

import io
import re

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from tests import face, make
from tests.forms import signed_in

pytestmark = pytest.mark.usefixtures("programme")
MB = 1024 * 1024
KINDS = {
    "page": ("GET", "/ko/", 200),
    "file": ("GET", "/ko/cases.csv", 200),
    "feed": ("GET", "/ko/feeds/cases.atom", 200),
    "calendar": ("GET", "/ko/calendar.ics", 200),
    "static": ("GET", "/static/conflict.css", 200),
    "redirect": ("GET", "/", 302),
    "not found": ("GET", "/ko/nowhere/", 404),
    "not allowed": ("POST", "/ko/", 405),
    "bad request": ("GET", "/ko/?q=%00", 400),
    "options": ("OPTIONS", "/ko/", 200),
    "desk": ("GET", "/admin/login/", 200),
    "to the sign-in": ("GET", "/admin/", 302),
    "too large": ("POST", "/ko/", 413),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_forbids_what_no_page_needs(client, kind):
    method, address, status = KINDS[kind]
    answer = client.generic(method, address, b"x" * (MB + 1) if status == 413 else b"")

    answer.close()  # a static file is an open one
    assert answer.status_code == status
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin" and answer["X-Content-Type-Options"] == "nosniff"
    assert {"camera=()", "geolocation=()", "usb=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert "publickey" not in answer["Permissions-Policy"]


def test_an_unchanged_page_and_a_failure_say_it_too(client, monkeypatch):
    monkeypatch.setattr("missions.publication.page_version.current", lambda: 1)
    held = client.get("/ko/", headers={"if-none-match": client.get("/ko/")["ETag"]})
    client.raise_request_exception = False
    monkeypatch.setattr("missions.views.home.points.placed", lambda rows: 1 / 0)
    failed = client.get("/en/")

    assert (held.status_code, failed.status_code) == (304, 500)
    assert all("Permissions-Policy" in x and "Cross-Origin-Resource-Policy" in x for x in (held, failed))


@pytest.mark.parametrize("address", ["/ko/", "/ko/nowhere/", "/admin/login/", "/admin/missions/meeting/add/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_a_stranger_sends_is_refused_unread_above_one_megabyte(address, method):
    client = Client(enforce_csrf_checks=True)
    sent = Unreadable()

    def send(**announced):
        return client.generic(method, address, **{"wsgi.input": sent, **announced})

    for refused in (send(CONTENT_LENGTH=str(MB + 1)), send(CONTENT_LENGTH="9" * 30)):
        assert refused.status_code == 413 and 'class="site-name"' in refused.content.decode()
    assert send(HTTP_TRANSFER_ENCODING="chunked").status_code == 413
    assert client.generic(method, address, b"x").status_code != 413
    assert not refused.cookies


class Unreadable(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


def test_exactly_one_megabyte_is_not_too_much(client):
    assert client.generic("POST", "/ko/", b"x" * MB).status_code == 405


def test_staff_may_send_more_than_strangers():
    desk = signed_in(make.staff("ministry", is_superuser=True))
    told = {"text": "가" * 400_000}

    assert desk.post("/admin/missions/meeting/add/", told).status_code == 200


def test_the_refusal_is_in_the_language_of_the_address(client):
    assert "너무 많습니다" in client.generic("POST", "/ko/", b"x" * (MB + 1)).content.decode()
    assert "Too much was sent" in client.generic("POST", "/en/", b"x" * (MB + 1)).content.decode()


def test_cookies_belong_to_this_host_alone_and_no_script_reads_them():
    asked = "from portal import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE)"
    told = face.shell(asked, FACE="staff")

    assert told.split() == ["__Host-sessionid", "__Host-csrftoken", "True"]
    response = Client().get("/admin/login/")
    assert response.cookies["csrftoken"]["httponly"] and response.cookies["csrftoken"]["path"] == "/"
    assert project.SESSION_COOKIE_HTTPONLY and not response.cookies["csrftoken"]["domain"]


def test_hsts_speaks_of_this_host_unless_the_operator_says_more():
    asked = (
        "from django.test import RequestFactory; from django.middleware.security import SecurityMiddleware;"
        "from django.http import HttpResponse; import django; django.setup();"
        "print(SecurityMiddleware(lambda r: HttpResponse())(RequestFactory().get('/', secure=True))"
        "['Strict-Transport-Security'])"
    )
    both = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "1", "SECURE_HSTS_PRELOAD": "1"}

    assert face.shell(asked, FACE="public").strip() == "max-age=31536000"
    assert face.shell(asked, FACE="public", **both).strip() == "max-age=31536000; includeSubDomains; preload"


def test_nobody_is_invented_to_whom_a_hole_is_reported(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404

    settings.SECURITY_CONTACT = ["mailto:security@z.example", "https://z.example/report"]
    answer = client.get("/.well-known/security.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == ["Contact: mailto:security@z.example", "Contact: https://z.example/report"]
    expires = parse_datetime(re.fullmatch(r"Expires: (.+)", lines[2])[1])
    assert 30 < (expires - now()).days < 365
    assert lines[-1] == "Canonical: http://testserver/.well-known/security.txt"
    assert client.post("/.well-known/security.txt").status_code == 405


def test_a_contact_that_is_no_address_is_refused_at_the_start():
    with pytest.raises(AssertionError, match="SECURITY_CONTACT needs addresses"):
        face.shell("import portal.settings", FACE="public", SECURITY_CONTACT="security@z.example")
