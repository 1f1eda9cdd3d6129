"""The second factor: who needs one, what it lets in, and what it does not."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from missions.models import SignIn
from missions.roles import ROLES
from tests import make

pytestmark = pytest.mark.usefixtures("programme", "_required")
SIGN_IN = "/admin/login/"
OWN, APP, CODE, CODES = (
    "/admin/account/",
    "/admin/account/app/",
    "/admin/account/code/",
    "/admin/account/recovery-codes/",
)
PASSWORD = "a pass phrase"


@pytest.fixture
def _required(settings):
    settings.REQUIRE_MFA = True


@pytest.fixture
def officer():
    return make.staff("mission_officer", make.body(), password=make_password(PASSWORD))


@pytest.fixture
def clock(monkeypatch):
    """Moves the time on: ``clock(seconds)``."""
    now = [1_790_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def begin(client, account, password=PASSWORD, **more):
    """Send name and password, and follow."""
    return client.post(SIGN_IN, {"login": account.username, "password": password} | more, follow=True)


def code_of(secret):
    """What an app shows now."""
    counter = list(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up(client):
    """Set up an app; its secret, and the recovery codes that are shown."""
    secret = client.get(APP).context["form"].secret
    page = client.post(APP, {"code": code_of(secret)}, follow=True)
    return secret, page.context["unused_codes"]


def enters(client):
    return client.get("/admin/").status_code == 200


@pytest.fixture
def equipped(client, officer, clock):
    """An officer with an app, signed out; its secret, and recovery codes."""
    begin(client, officer)
    found = set_up(client)
    client.post("/admin/logout/")
    clock(600)
    return found


def test_without_a_second_factor_only_its_own_pages_open(client, officer):
    wanted = reverse("admin:missions_difficulty_changelist")
    page = begin(client, officer, next=wanted)

    assert page.request["PATH_INFO"] == OWN and "인증 앱 설정" in page.content.decode()
    for address in ("/admin/", wanted, "/admin/counters/", "/admin/missions/difficulty/add/"):
        for answer in (client.get(address), client.post(address, {})):
            assert (answer.status_code, answer.get("Location")) == (302, OWN), address


def test_once_it_is_set_up_the_page_that_was_asked_for_opens(client, officer):
    wanted = reverse("admin:missions_difficulty_changelist") + "?ask=late"
    begin(client, officer, next=wanted)
    before = client.session.session_key
    secret = client.get(APP).context["form"].secret
    page = client.post(APP, {"code": code_of(secret)}, follow=True)

    assert len(page.context["unused_codes"]) == 10 and f'href="{wanted}"' in page.content.decode()
    assert enters(client) and client.session.session_key != before
    assert (
        "****" not in page.content.decode()
        and page.context["unused_codes"][0] not in client.get(CODES).content.decode()
    )


@pytest.mark.parametrize("role", ROLES)
def test_every_role_that_sees_private_records_needs_one(client, role):
    account = make.staff(role, password=make_password(PASSWORD))
    begin(client, account)

    assert not enters(client)


def test_a_superuser_needs_one_and_staff_without_a_role_does_not(client):
    begin(client, make.staff(password=make_password(PASSWORD)))
    assert enters(client)
    client.post("/admin/logout/")
    begin(client, make.staff(is_superuser=True, password=make_password(PASSWORD)))
    assert not enters(client)


def test_a_password_alone_opens_nothing_once_there_is_a_second_factor(client, officer, equipped):
    page = begin(client, officer)

    assert page.request["PATH_INFO"] == CODE and not enters(client)
    for address in (OWN, APP, CODES, "/admin/account/sessions/", "/admin/password_change/"):
        assert client.get(address, follow=True).request["PATH_INFO"] in (SIGN_IN, CODE), address


def test_a_code_of_the_app_lets_in_once_and_under_another_key(client, officer, equipped, clock):
    secret, _codes = equipped
    begin(client, officer, next="/admin/missions/body/")
    before, code = client.session.session_key, code_of(secret)

    assert client.post(CODE, {"code": code}).url == "/admin/missions/body/"
    assert enters(client) and client.session.session_key != before
    other = Client()
    begin(other, officer)
    again = other.post(CODE, {"code": code})
    assert "이미 사용했거나" in again.content.decode() and not enters(other)
    clock(30)
    other.post(CODE, {"code": code_of(secret)})
    assert enters(other)


def test_a_code_is_used_for_every_process_and_not_for_one_alone(client, officer, equipped, monkeypatch):
    monkeypatch.setattr(totp.TOTP, "_mark_code_used", lambda self, code: True)  # what another process would say
    code = code_of(equipped[0])
    begin(client, officer)
    client.post(CODE, {"code": code})
    other = Client()
    begin(other, officer)
    other.post(CODE, {"code": code})

    assert enters(client) and not enters(other)


def test_a_code_that_is_too_old_lets_nobody_in(client, officer, equipped, clock):
    code = code_of(equipped[0])
    clock(90)
    begin(client, officer)

    assert client.post(CODE, {"code": code}).status_code == 200 and not enters(client)


def test_a_recovery_code_lets_in_once_and_is_recorded_as_one(client, officer, equipped):
    _secret, codes = equipped
    for number in (0, 1):
        begin(client, officer)
        client.post(CODE, {"code": codes[number]})
        assert enters(client)
        client.post("/admin/logout/")
    begin(client, officer)
    client.post(CODE, {"code": codes[0]})

    assert not enters(client)
    assert list(SignIn.objects.order_by("-pk").values_list("method", "outcome")[:2]) == [
        ("totp", "wrong"),
        ("recovery_codes", "signed_in"),
    ]


def test_wrong_codes_lock_as_wrong_passwords_do(client, officer, equipped):
    for _ in range(5):
        begin(client, officer)
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    page = client.post(CODE, {"code": code_of(equipped[0])}).content.decode()
    assert "15분" in page and not enters(client)

    other = Client()
    begin(other, officer)
    assert "15분" in other.post(CODE, {"code": code_of(equipped[0])}).content.decode() and not enters(other)


def test_no_secret_lies_readable_in_the_database_and_another_key_opens_none(client, officer, equipped, settings):
    secret, codes = equipped
    rows = Authenticator.objects.filter(user=officer)
    stored = " ".join(str(data) for data in rows.values_list("data", flat=True))
    assert rows.count() == 2 and secret not in stored and not any(code in stored for code in codes)

    settings.MFA_KEY = "another key"
    begin(client, officer)
    client.post(CODE, {"code": code_of(secret)})
    client.post(CODE, {"code": codes[0]})
    assert not enters(client)


def test_secrets_outlive_another_secret_key_where_the_former_one_is_named(client, officer, equipped, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the suite"
    client = Client()
    begin(client, officer)
    client.post(CODE, {"code": code_of(equipped[0])})

    assert enters(client)


def test_the_last_factor_of_somebody_who_needs_one_stays(client, officer, equipped):
    begin(client, officer)
    client.post(CODE, {"code": code_of(equipped[0])})
    page = client.post("/admin/account/app/remove/").content.decode()

    assert "마지막 2차 인증 수단" in page
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_setting_one_up_ends_the_sessions_that_knew_of_none(client, officer):
    other = Client()
    begin(other, officer)
    begin(client, officer)
    set_up(client)

    assert other.get(OWN).status_code == 302 and not enters(other)
    assert client.get(OWN).status_code == 200


def test_long_after_signing_in_the_password_is_asked_for_before_factors_change(client, officer, equipped, clock):
    begin(client, officer)
    client.post(CODE, {"code": code_of(equipped[0])})
    clock(301)
    page = client.get("/admin/account/keys/add/", follow=True)
    assert page.request["PATH_INFO"] == "/admin/account/again/"
    again = page.redirect_chain[-1][0]

    assert "비밀번호가 맞지 않습니다" in client.post(again, {"password": "wrong"}).content.decode()
    assert client.post(again, {"password": PASSWORD}).url == "/admin/account/keys/add/"


def test_a_superuser_takes_a_lost_factor_away_and_the_history_tells(client, officer, equipped, settings):
    root = make.staff(is_superuser=True, password=make_password(PASSWORD))
    signed_in = Client()
    begin(signed_in, officer)
    signed_in.post(CODE, {"code": code_of(equipped[0])})
    begin(client, root)
    set_up(client)
    address = reverse("account_take_away", args=[officer.pk])

    assert address in client.get(reverse("admin:missions_user_change", args=[officer.pk])).content.decode()
    assert Authenticator.objects.filter(user=officer).exists() and client.get(address).status_code == 200
    client.post(address)
    assert not Authenticator.objects.filter(user=officer).exists() and not enters(signed_in)
    told = officer.history.first()
    assert (told.history_user, told.history_change_reason) == (root, "2차 인증 해제")
    assert client.post(reverse("account_take_away", args=[root.pk])).status_code == 403
    assert Authenticator.objects.filter(user=root).exists()


def test_nobody_else_takes_a_factor_away(client, officer, equipped, settings):
    settings.REQUIRE_MFA = False
    for role in [None, *ROLES]:
        client.force_login(make.staff(role, officer.postings.get().body))
        assert client.post(reverse("account_take_away", args=[officer.pk])).status_code in (403, 404)
    client.logout()
    assert client.post(reverse("account_take_away", args=[officer.pk])).status_code == 302
    assert Authenticator.objects.filter(user=officer).count() == 2


@pytest.mark.parametrize("credential", ["{}", "null", "[]", "x", '"x"', '{"response": {"userHandle": "x"}}', "1"])
def test_no_made_up_passkey_lets_in_or_breaks_the_page(client, officer, credential):
    client.get("/admin/account/passkey/", headers={"accept": "application/json"})
    page = client.post("/admin/account/passkey/", {"credential": credential}, follow=True)

    assert page.status_code == 200 and not enters(client)


def test_made_up_passkeys_lock_their_address_and_no_account(client, officer, settings):
    settings.TRIES_OF_ADDRESS = 8
    settings.REQUIRE_MFA = False
    for _ in range(12):
        client.post("/admin/account/passkey/", {"credential": '{"id": "x"}'}, REMOTE_ADDR="203.0.113.7")
    assert SignIn.objects.filter(outcome="wrong").count() == 8
    client.post(SIGN_IN, {"login": officer.username, "password": PASSWORD}, REMOTE_ADDR="203.0.113.7")
    assert not enters(client)

    client.post(SIGN_IN, {"login": officer.username, "password": PASSWORD}, REMOTE_ADDR="203.0.113.8")
    assert enters(client)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_ones_own_sign_in_is_in_the_language_of_its_reader_and_runs_nothing_inline(
    client, officer, language
):
    officer.language = language
    officer.save()
    begin(client, officer)
    set_up(client)
    Authenticator.objects.filter(user=officer).first()
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        response = client.get(reverse(name))
        page = response.content.decode()
        assert response.status_code == 200 and f'<html lang="{language}"' in page, name
        assert " style=" not in page and "<style" not in page and " onclick=" not in page
        if language == "en":
            assert not any("가" <= letter <= "힣" for letter in page.replace("한국어", "")), name


def test_a_command_takes_a_factor_away_only_for_another_superuser(officer, client, equipped, capsys):
    root = make.staff(is_superuser=True)
    for by in (officer.username, make.staff("ministry").username, "nobody"):
        with pytest.raises(CommandError):
            call_command("take_away_second_factor", officer.username, "--by", by)
    assert Authenticator.objects.filter(user=officer).exists()
    call_command("take_away_second_factor", officer.username, "--by", root.username)

    assert not Authenticator.objects.filter(user=officer).exists()
    assert officer.history.first().history_user == root
    with pytest.raises(CommandError):
        call_command("take_away_second_factor", root.username, "--by", root.username)


@pytest.mark.parametrize(("debug", "required"), [("0", True), ("1", False)])
def test_production_requires_a_second_factor_unless_it_is_told_otherwise(debug, required):
    environment = {"PATH": os.environ["PATH"], "DEBUG": debug, "FACE": "staff", "SECRET_KEY": "x" * 50}
    environment["ALLOWED_HOSTS"] = "x"
    asks = "from portal import settings; print(settings.REQUIRE_MFA)"
    ran = subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == str(required)
