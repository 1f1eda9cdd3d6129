"""Signing in: what is counted, locked, recorded and logged, and what nobody is told."""

import logging

import pytest
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from missions.models import SignIn
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
SIGN_IN = "/admin/login/"
PASSWORD = "a pass phrase"


@pytest.fixture
def officer():
    return make.staff("mission_officer", make.body(), password=make_password(PASSWORD))


def send(client, name, password, **request):
    """Send the form of the sign-in page."""
    return client.post(SIGN_IN, {"login": name, "password": password}, **request)


def enters(client):
    """Whether the desk is open to a browser."""
    return client.get("/admin/").status_code == 200


def lines():
    """The list of sign-ins, the oldest first."""
    return list(SignIn.objects.order_by("pk").values_list("account", "method", "outcome"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_after_forty_wrong_passwords_the_right_one_is_refused_with_the_time_to_wait(
    client, officer, settings, caplog, language
):
    client.post(reverse("account_language"), {"language": language})
    with caplog.at_level(logging.WARNING, logger="portal.sign_in"):
        for number in range(40):
            assert send(client, officer.username, f"wrong {number}").status_code == 200
    page = send(client, officer.username, PASSWORD).content.decode()

    assert ("15분" in page) if language == "ko" else ("for 15 more minutes" in page)
    assert not enters(client)
    logged = [record.getMessage() for record in caplog.records if record.name == "portal.sign_in"]
    assert logged == [f"Locked for 15 minutes after 5 wrong tries: account {officer.username}"]
    assert lines() == [(officer.username, "password", "wrong")] * 5 + [(officer.username, "password", "locked")]


def test_a_lock_ends_by_itself(client, officer, settings, monkeypatch):
    for _ in range(6):
        send(client, officer.username, "wrong")
    now = timezone.now().timestamp()
    monkeypatch.setattr("time.time", lambda: now + 14 * 60)
    assert "1분" in send(client, officer.username, PASSWORD).content.decode()
    monkeypatch.setattr("time.time", lambda: now + 16 * 60)

    assert send(client, officer.username, PASSWORD).status_code == 302 and enters(client)


def test_the_right_password_forgets_the_wrong_ones_before_it(client, officer):
    for _ in range(3):
        for _ in range(4):
            send(client, officer.username, "wrong")
        send(client, officer.username, PASSWORD)
        assert enters(client)
        client.logout()


def test_a_name_that_no_account_has_is_answered_and_locked_like_one_that_an_account_has(client, officer):
    def told(name):
        return [send(client, name, "wrong").content.decode().replace(name, "…") for _ in range(7)]

    def plain(pages):
        return [page.split('class="errornote"')[1].split("</div>")[0] for page in pages]

    assert plain(told(officer.username)) == plain(told("nobody-here"))
    assert {account for account, _method, _outcome in lines()} == {officer.username, ""}


def test_a_password_in_the_field_of_the_name_is_not_kept(client, officer):
    send(client, PASSWORD, "")
    send(client, PASSWORD, PASSWORD)

    assert lines() == [("", "password", "wrong")]


def test_an_address_that_tries_many_accounts_is_locked_and_others_are_not(client, officer, settings, caplog):
    settings.TRIES_OF_ADDRESS = 10
    with caplog.at_level(logging.WARNING, logger="portal.sign_in"):
        for number in range(12):
            send(client, f"name-{number}", "wrong", REMOTE_ADDR="203.0.113.7")

    assert "15분" in send(client, officer.username, PASSWORD, REMOTE_ADDR="203.0.113.7").content.decode()
    assert send(client, officer.username, PASSWORD, REMOTE_ADDR="203.0.113.8").status_code == 302
    assert "address 203.0.113.7" in caplog.text


@pytest.mark.parametrize(("behind", "counted"), [(True, "198.51.100.9"), (False, "203.0.113.7")])
def test_the_address_is_what_the_proxy_wrote_last_and_nothing_a_client_can_write(
    client, officer, settings, behind, counted
):
    settings.BEHIND_PROXY = behind
    send(
        client,
        officer.username,
        "wrong",
        REMOTE_ADDR="203.0.113.7",
        headers={"x-forwarded-for": "192.0.2.1, 198.51.100.9", "user-agent": "B" * 500},
    )

    line = SignIn.objects.get()
    assert (line.address, line.user_agent) == (counted, "B" * 120)


@pytest.mark.parametrize("forwarded", ["", "unknown", "1.2.3.4, ", "x" * 5000, "[::1]", "::ffff:1.2.3.4"])
def test_no_forwarded_address_breaks_signing_in(client, officer, settings, forwarded):
    settings.BEHIND_PROXY = True

    assert send(client, officer.username, PASSWORD, headers={"x-forwarded-for": forwarded}).status_code == 302


def test_tries_of_one_network_of_ipv6_count_together(client, settings):
    settings.TRIES_OF_ADDRESS = 5
    for number in range(6):
        send(client, f"name-{number}", "wrong", REMOTE_ADDR=f"2001:db8::{number}")

    assert "15분" in send(client, "another", "wrong", REMOTE_ADDR="2001:db8::ffff").content.decode()
    assert "15분" not in send(client, "another", "wrong", REMOTE_ADDR="2001:db8:1::1").content.decode()


def test_ten_thousand_tries_are_no_more_than_the_few_that_are_allowed(client, officer, settings, monkeypatch):
    checked = []
    monkeypatch.setattr("django.contrib.auth.authenticate", lambda request, **given: checked.append(given))
    for number in range(300):
        send(client, officer.username, f"wrong {number}", REMOTE_ADDR=f"203.0.113.{number % 200}")

    assert len(checked) == settings.TRIES


def test_whoever_is_no_staff_or_closed_is_answered_as_with_a_wrong_password(client, officer):
    wrong = send(client, officer.username, "wrong").content.decode().split('class="errornote"')[1].split("</div>")[0]
    for change in ({"is_active": False}, {"is_active": True, "is_staff": False}):
        for name, value in change.items():
            setattr(officer, name, value)
        officer.save()
        page = send(client, officer.username, PASSWORD).content.decode()
        assert page.split('class="errornote"')[1].split("</div>")[0] == wrong
    assert not enters(client)


def test_an_account_that_is_no_longer_staff_is_outside_at_once_and_led_in_no_circle(client, officer):
    send(client, officer.username, PASSWORD)
    assert enters(client)
    officer.is_staff = False
    officer.save()

    response = client.get("/admin/", follow=True)
    assert response.request["PATH_INFO"] == SIGN_IN and response.status_code == 200


def test_signing_in_is_recorded_with_a_session_of_another_key(client, officer):
    client.get(SIGN_IN)
    client.post(reverse("account_language"), {"language": "en"})
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    send(client, officer.username, PASSWORD)

    assert client.cookies["sessionid"].value != session.session_key
    assert lines() == [(officer.username, "password", "signed_in")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE missions_signin SET account = 'another'",
        "DELETE FROM missions_signin",
        pytest.param("TRUNCATE missions_signin", marks=pytest.mark.postgresql),
    ],
)
def test_no_line_of_the_list_can_be_changed_or_taken_away(client, officer, statement):
    send(client, officer.username, "wrong")
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)

    assert lines() == [(officer.username, "password", "wrong")]


def test_nobody_can_sign_up(client):
    for name in ("account_signup", "socialaccount_signup", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for address in ("/admin/signup/", "/admin/account/signup/", "/accounts/signup/"):
        assert client.get(address, follow=True).request["PATH_INFO"] in (SIGN_IN, address)
        assert "password1" not in client.get(address, follow=True).content.decode()


def test_signing_out_is_asked_for_before_it_is_done(client, officer):
    assert client.get("/admin/logout/", follow=True).request["PATH_INFO"] == SIGN_IN
    send(client, officer.username, PASSWORD)

    assert client.get("/admin/logout/").status_code == 200 and enters(client)
    assert "로그아웃했습니다" in client.post("/admin/logout/", follow=True).content.decode()
    assert not enters(client)


def test_the_language_before_signing_in_is_korean_until_english_is_chosen(client, officer):
    assert '<html lang="ko"' in client.get(SIGN_IN).content.decode()
    asked = f"{SIGN_IN}?next=/admin/missions/body/"
    response = client.post(reverse("account_language"), {"language": "en", "next": asked}, follow=True)

    assert '<html lang="en"' in response.content.decode()
    assert response.context["redirect_field_value"] == "/admin/missions/body/"
    assert client.cookies["desk_language"]["path"] == "/admin/"
    send(client, officer.username, PASSWORD)
    assert '<html lang="ko"' in client.get("/admin/").content.decode()


def test_a_password_has_twelve_characters_wherever_it_is_chosen(client, officer):
    send(client, officer.username, PASSWORD)
    chosen = {"oldpassword": PASSWORD, "password1": "k7!qPz82#xw", "password2": "k7!qPz82#xw"}
    assert "12" in client.post("/admin/password_change/", chosen).content.decode()
    assert client.post("/admin/password_change/", chosen | {"password1": "k7!qPz82#xwL", "password2": "k7!qPz82#xwL"})
    officer.refresh_from_db()
    assert officer.check_password("k7!qPz82#xwL")

    client.force_login(make.staff("ministry"))
    new = {"username": "new", "usable_password": "true", "password1": "k7!qPz82#xw", "password2": "k7!qPz82#xw"}
    new |= {"postings-TOTAL_FORMS": 0, "postings-INITIAL_FORMS": 0}
    assert "12" in client.post("/admin/missions/user/add/", new).content.decode()
    assert not type(officer).objects.filter(username="new").exists()
