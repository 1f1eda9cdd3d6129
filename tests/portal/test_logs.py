"""A request leaves a line of JSON on standard error, a failure its traceback too, and no word of what was typed."""

import contextlib
import io
import json
import logging
import logging.config
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.urls import path
from django.views import defaults

from portal import logs
from portal.accounts import origin
from portal.networks import networks
from portal.urls import urlpatterns as of_the_portal
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
TYPED = "홍길동 010-1234-5678"


def fail(request):
    """Fail as code does that was handed what it did not expect."""
    try:
        return int(request.POST["words"])
    except ValueError as error:
        raise KeyError(TYPED) from error


def misspell(request):
    return request.misspelt


urlpatterns = [path("fail/", fail), path("misspell/", misspell), *of_the_portal]
handler500 = defaults.server_error


@pytest.fixture
def log(settings, client):
    """What the settings of production write to standard error."""
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    kept = logging.root.handlers[:]
    with contextlib.redirect_stderr(io.StringIO()) as written:
        logging.config.dictConfig(settings.LOGGING)
    yield written
    logging.root.handlers[:] = kept


def lines(log, **asked):
    """The lines of the log as they were written, those with these values."""
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in told if asked.items() <= line.items()]


def test_a_failure_leaves_a_traceback_under_the_id_that_its_reader_got(client, log):
    response = client.post(f"/fail/?q={TYPED}", {"words": TYPED})

    assert response.status_code == 500 and "Something went wrong" in response.content.decode()
    number = response["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", number)
    [failure] = lines(log, level="ERROR")
    assert (failure["request"], failure["logger"]) == (number, "django.request")
    assert failure["message"] == "Internal Server Error: /fail/"
    assert [line for line in failure["traceback"].splitlines() if not line.startswith(" ")] == [
        "builtins.ValueError",
        "Of this came:",
        "builtins.KeyError",
    ]
    assert f"{__file__}" in log.getvalue() and "raise KeyError(TYPED) from error" in log.getvalue()
    assert not any(word in log.getvalue() for word in [*TYPED.split(), "%ED"])


def test_a_mistake_in_the_code_is_told_in_words(client, log):
    client.get("/misspell/")

    assert lines(log, level="ERROR")[0]["traceback"].endswith("object has no attribute 'misspelt'")


def test_a_row_that_the_database_refused_is_not_told(log):
    try:
        with transaction.atomic():
            make.mission(slug=TYPED)
            make.mission(slug=TYPED)
    except IntegrityError:
        logging.getLogger("portal").exception("Refused")

    assert "django.db.utils.IntegrityError" in log.getvalue() and TYPED not in log.getvalue()


def test_what_is_no_failure_leaves_one_line_and_carries_no_id(client, log):
    for address, status in {"/nowhere/": 404, "/fail/?q=%00": 400}.items():
        response = client.get(address)
        assert response.status_code == status and not response.has_header("X-Request-ID")
    assert client.get("/misspell/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert [(line["level"], line["status"]) for line in lines(log)] == [("INFO", 404), ("INFO", 400), ("INFO", 400)]


@pytest.mark.parametrize(
    ("behind", "given", "taken"),
    [
        (True, "0f9c-1_A.7b2d", True),
        (True, "short", False),
        (True, "x" * 65, False),
        (True, "0f9c7b2d\nERROR forged", False),
        (True, "<b>0f9c7b2d</b>", False),
        (False, "0f9c-1_A.7b2d", False),
    ],
)
def test_an_id_is_taken_from_a_proxy_only_and_only_where_it_is_one(client, log, settings, behind, given, taken):
    settings.BEHIND_PROXY = behind
    response = client.get("/misspell/", headers={"X-Request-ID": given})

    assert (response["X-Request-ID"] == given) == taken
    assert {line["request"] for line in lines(log)} == {response["X-Request-ID"]}
    assert taken or given not in log.getvalue()


def test_a_public_page_carries_no_id_of_a_request(client):
    for _ in range(2):
        assert not client.get("/ko/").has_header("X-Request-ID")


def test_a_line_tells_who_asked_for_what_and_what_it_took(client, log, settings):
    settings.BEHIND_PROXY = True
    staff = make.staff("ministry")
    client.force_login(staff)
    client.get(f"/admin/missions/meeting/?q={TYPED}", headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"})
    client.get("/ko/bodies/")

    desk, public = lines(log, logger="portal.requests")
    told = {name: desk[name] for name in ("client", "user", "method", "path", "status", "face")}
    assert told == {
        "client": "198.51.100.7",
        "user": staff.pk,
        "method": "GET",
        "path": "/admin/missions/meeting/",
        "status": 200,
        "face": "staff",
    }
    assert desk["queries"] > 3 and desk["ms"] > 0 and desk["time"].endswith("+00:00")
    assert public["user"] is None and (public["path"], public["from"]) == ("/ko/bodies/", "view")
    assert staff.username not in log.getvalue() and not any(word in log.getvalue() for word in TYPED.split())


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/ko/홍길동/", "/ko/…/"),
        ("/ko/010-1234-5678/", "/ko/…/"),
        ("/ko/a@example.com", "/ko/…"),
        ("/admin/account/reset/2f-c9x1ab-0123abcd/", "/admin/account/reset/…/"),
        ("/admin/account/reset/sent/", "/admin/account/reset/sent/"),
        ("/ko/cases/LAX-26-7K3/", "/ko/cases/LAX-26-7K3/"),
        ("/" + "x" * 99, "/…"),
        ("/" + "x/" * 400, "/" + "x/" * 99 + "x"),
    ],
)
def test_a_path_is_told_without_words_numbers_and_secrets(client, log, path, told):
    client.get(path)

    assert [line["path"] for line in lines(log, logger="portal.requests")] == [told]


def test_what_is_logged_on_the_way_has_the_id_of_its_request(client, log):
    client.get("/misspell/")
    logging.getLogger("portal").warning("Outside")

    assert lines(log, message="Outside")[0]["request"] == "-"


@pytest.mark.parametrize(
    ("remote", "written", "client_address"),
    [
        ("10.1.0.9", "192.0.2.1, 198.51.100.7, 10.1.0.4", "198.51.100.7"),
        ("10.1.0.9", "", "10.1.0.9"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        ("", "198.51.100.7, ::ffff:10.1.0.4", "198.51.100.7"),
        ("10.1.0.9", "words, 10.1.0.4", "0.0.0.0"),
    ],
)
def test_of_several_proxies_none_is_taken_for_the_client(rf, settings, remote, written, client_address):
    settings.BEHIND_PROXY, settings.TRUSTED_PROXIES = True, networks("TRUSTED_PROXIES", ["10.1.0.0/16"])

    asked = rf.get("/", headers={"X-Forwarded-For": written}, REMOTE_ADDR=remote)
    assert origin.address(asked) == client_address


def test_a_network_that_is_none_is_refused_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        networks("TRUSTED_PROXIES", ["the proxy"])


def test_a_development_machine_writes_lines_for_people(caplog):
    record = logging.makeLogRecord({"msg": "GET /ko/ 200", "levelname": "INFO", "told": {"ms": 12, "queries": 3}})

    assert logs.Readable().format(record).endswith(" INFO GET /ko/ 200, 12 ms, 3 queries")
