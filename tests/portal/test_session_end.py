"""When sessions end, of themselves and by hand."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from tests import make

pytestmark = pytest.mark.usefixtures("programme")
SIGN_IN, STAY, SESSIONS = "/admin/login/", "/admin/account/stay/", "/admin/account/sessions/"
PASSWORD = "a pass phrase"


@pytest.fixture
def clock(monkeypatch):
    """Moves the time on: ``clock(seconds)``."""
    now = [1_790_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(body):
    return make.staff("mission_officer", body, password=make_password(PASSWORD))


@pytest.fixture
def colleague(body):
    return make.staff("mission_officer", body, password=make_password(PASSWORD))


@pytest.fixture
def browser():
    """A browser, whose forms need their token."""
    return Client(enforce_csrf_checks=True)


def token(response):
    return response.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def sign_in(browser, account, goal=""):
    """Fill in the sign-in page, and follow."""
    page = browser.get(SIGN_IN, {"next": goal} if goal else {}, follow=True)
    sent = {"login": account.username, "password": PASSWORD, "csrfmiddlewaretoken": token(page), "next": goal}
    return browser.post(SIGN_IN, sent, follow=True)


def enters(browser):
    return browser.get("/admin/").status_code == 200


def test_a_session_ends_an_hour_after_it_was_used_last(browser, officer, clock):
    sign_in(browser, officer)
    for _ in range(3):
        clock(59 * 60)
        assert enters(browser)
    key = browser.session.session_key
    clock(60 * 60)
    page = browser.get("/admin/missions/body/", follow=True)

    assert page.request["PATH_INFO"] == SIGN_IN and "60분 동안 사용하지 않아" in page.content.decode()
    assert not Session.objects.filter(pk=key).exists()
    assert (
        sign_in(browser, officer, page.context["redirect_field_value"]).request["PATH_INFO"] == "/admin/missions/body/"
    )


def test_a_session_ends_twelve_hours_after_signing_in_whatever_its_use(browser, officer, clock):
    sign_in(browser, officer)
    for _ in range(13):
        clock(55 * 60)
        assert enters(browser)
    clock(10 * 60)

    page = browser.get("/admin/", follow=True).content.decode()
    assert "12시간이 지나" in page and not enters(browser)


def test_looking_how_long_a_session_has_does_not_use_it_and_staying_does(browser, officer, clock):
    csrf = token(sign_in(browser, officer))
    clock(50 * 60)
    assert browser.get(STAY).json() == {"left": 600}
    assert browser.get(STAY).json() == {"left": 600}
    assert browser.post(STAY, {"csrfmiddlewaretoken": csrf}).json() == {"left": 3600}
    clock(3600)

    ended = browser.get(STAY)
    assert (ended.status_code, ended.json()) == (403, {"left": 0})


def test_a_session_is_written_at_most_once_a_minute(client, officer, clock, django_assert_num_queries):
    client.force_login(officer)
    client.get(STAY)
    with django_assert_num_queries(2):  # the session, its person
        client.get(STAY)
    written = client.session.get("used")
    clock(61)
    client.post(STAY)
    assert client.session["used"] != written


def test_a_database_that_goes_while_a_session_is_written_is_no_session_that_ended(client, officer, clock):
    client.force_login(officer)
    assert enters(client)
    clock(120)

    def gone(execute, sql, params, many, context):
        if "django_session" in sql and sql.startswith("UPDATE"):
            raise OperationalError("the server closed the connection")
        return execute(sql, params, many, context)

    client.raise_request_exception = False
    with connection.execute_wrapper(gone):
        assert client.get("/admin/").status_code >= 500
    assert enters(client)


def test_ones_own_sessions_are_listed_and_end_one_by_one(officer, colleague):
    here, there, third, others = Client(), Client(), Client(), Client()
    for browser, account in ((here, officer), (there, officer), (third, officer), (others, colleague)):
        browser.post(SIGN_IN, {"login": account.username, "password": PASSWORD}, headers={"user-agent": "Browser of Z"})
    page = here.get(SESSIONS).content.decode()
    assert page.count("Browser of Z") == 3 and page.count('name="which"') == 3

    row = UserSession.objects.get(session_key=there.session.session_key)
    foreign = UserSession.objects.get(session_key=others.session.session_key)
    own = UserSession.objects.get(session_key=here.session.session_key)
    for which in (row.pk, foreign.pk, own.pk, "x", "9" * 40, "", "²"):
        assert here.post(SESSIONS, {"which": which}).status_code == 302
    assert [enters(one) for one in (here, there, third, others)] == [True, False, True, True]
    here.post(SESSIONS, {"which": "others"})
    assert [enters(one) for one in (here, third, others)] == [True, False, True]


def test_another_password_ends_the_other_sessions(officer):
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post(SIGN_IN, {"login": officer.username, "password": PASSWORD})
    new = "another pass phrase of mine"
    here.post("/admin/password_change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert enters(here) and not enters(there)
