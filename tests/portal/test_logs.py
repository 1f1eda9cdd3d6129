"""A failure leaves a traceback with the id of its request on standard error, and no word of what was typed."""

import contextlib
import io
import logging
import logging.config
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import path
from django.views import defaults

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


def test_a_failure_leaves_a_traceback_under_the_id_that_its_reader_got(client, log):
    response = client.post(f"/fail/?q={TYPED}", {"words": TYPED})

    assert response.status_code == 500 and "Something went wrong" in response.content.decode()
    number = response["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{16}", number)
    first, *lines = log.getvalue().splitlines()
    assert first.endswith(f"ERROR django.request [{number}] Internal Server Error: /fail/")
    assert [line for line in lines if not line.startswith(" ")] == [
        "builtins.ValueError",
        "Of this came:",
        "builtins.KeyError",
    ]
    assert f"{__file__}" in log.getvalue() and "raise KeyError(TYPED) from error" in log.getvalue()
    assert not any(word in log.getvalue() for word in [*TYPED.split(), "%ED"])


def test_a_mistake_in_the_code_is_told_in_words(client, log):
    client.get("/misspell/")

    assert log.getvalue().splitlines()[-1].endswith("object has no attribute 'misspelt'")


def test_a_row_that_the_database_refused_is_not_told(log):
    try:
        with transaction.atomic():
            make.mission(slug=TYPED)
            make.mission(slug=TYPED)
    except IntegrityError:
        logging.getLogger("portal").exception("Refused")

    assert "django.db.utils.IntegrityError" in log.getvalue() and TYPED not in log.getvalue()


def test_what_is_no_failure_leaves_no_line_and_carries_no_id(client, log):
    for address, status in {"/nowhere/": 404, "/fail/?q=%00": 400}.items():
        response = client.get(address)
        assert response.status_code == status and not response.has_header("X-Request-ID")
    assert client.get("/misspell/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert log.getvalue() == ""


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
    assert f"[{response['X-Request-ID']}]" in log.getvalue() and (taken or given not in log.getvalue())


def test_a_public_page_carries_no_id_of_a_request(client):
    for _ in range(2):
        assert not client.get("/ko/").has_header("X-Request-ID")
