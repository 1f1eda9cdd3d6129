"""Signing in with a real browser: locked out, by app, by recovery code, by passkey."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password

from tests import make

pytestmark = pytest.mark.usefixtures("live_server", "programme")
PASSWORD = "a pass phrase"
DESK = re.compile(r"/admin/$")


@pytest.fixture
def officer(settings):
    settings.REQUIRE_MFA = True
    return make.staff("mission_officer", make.body(), password=make_password(PASSWORD))


@pytest.fixture
def visit(open_page):
    """A browser at the sign-in page, with a device of its own that holds passkeys."""

    def visited(address="/admin/login/", **options):
        page = open_page(address, **options)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        return page

    return visited


def enter(page, officer, password=PASSWORD):
    """Fill in name and password, and send them."""
    page.fill("#id_login", officer.username)
    page.fill("#id_password", password)
    page.click("form.entrance input[type=submit]")


def sign_out(page):
    page.click("#logout-form button")
    page.wait_for_url("**/admin/login/**")


def code_of(secret, steps=0):
    counter = list(totp.yield_hotp_counters_from_time())[1] + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_locked_out_with_a_sentence_that_a_screen_reader_says(visit, officer, axe, width, scheme):
    page = visit(width=width, color_scheme=scheme)
    for _ in range(5):
        enter(page, officer, "wrong")
    enter(page, officer)

    assert "15분 뒤에" in page.get_by_role("alert").inner_text()
    assert axe(page) == ""


@pytest.mark.parametrize(("width", "scheme", "language"), [(360, "dark", "en"), (1280, "light", "ko")])
def test_an_app_is_set_up_and_lets_in_and_so_does_a_recovery_code(visit, officer, axe, width, scheme, language):
    officer.language = language
    officer.save()
    page = visit(width=width, color_scheme=scheme)
    enter(page, officer)
    page.wait_for_url("**/admin/account/")
    found = [axe(page)]
    page.click("a[href='/admin/account/app/']")
    page.wait_for_url("**/app/")
    assert page.locator(".qr svg").bounding_box()["width"] > 100
    found.append(axe(page))
    secret = page.inner_text(".secret")
    page.fill("#id_code", code_of(secret))
    page.click("form.step input[type=submit]")
    page.wait_for_url("**/recovery-codes/")
    codes = page.locator(".codes li").all_inner_texts()
    found.append(axe(page))
    page.click(".own .button")
    page.wait_for_url(DESK)
    for address in ("", "sessions/", "app/remove/", "recovery-codes/new/"):
        page.goto(f"/admin/account/{address}")
        found.append(axe(page))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for code in (code_of(secret, steps=1), codes[0]):
        sign_out(page)
        enter(page, officer)
        page.wait_for_url("**/code/")
        found.append(axe(page))
        page.fill("#id_code", code)
        page.click("form.entrance input[type=submit]")
        page.wait_for_url(DESK)

    assert len(codes) == 10 and "\n".join(filter(None, found)) == ""


def test_a_passkey_is_set_up_and_is_enough_alone_and_after_the_password(visit, officer, axe):
    page = visit()
    enter(page, officer)
    page.click("a[href='/admin/account/keys/add/']")
    page.wait_for_url("**/keys/add/")
    assert axe(page) == "" and not page.locator("#passkey-problem").is_visible()
    page.click("#key")
    page.wait_for_url("**/recovery-codes/")
    sign_out(page)
    page.click("#passkey")
    page.wait_for_url(DESK)
    sign_out(page)
    enter(page, officer)
    page.wait_for_url("**/code/")
    page.click("#key")
    page.wait_for_url(DESK)


def test_a_browser_without_the_passkey_says_what_to_do(visit, officer):
    page = visit()
    page.click("#passkey")
    page.locator("#passkey-problem").wait_for(state="visible")

    assert "다시 시도하거나 다른 방법" in page.get_by_role("alert").inner_text()


def test_a_session_is_ended_from_another_browser(visit):
    account = make.staff("ministry", password=make_password(PASSWORD))
    here, there = visit(), visit()
    for page in (here, there):
        enter(page, account)
        page.wait_for_url(DESK)
    here.goto("/admin/account/sessions/")
    here.locator("button[name=which]").first.click()
    there.goto("/admin/missions/body/")

    assert "/admin/login/?next=/admin/missions/body/" in there.url
    here.goto("/admin/")
    assert DESK.search(here.url)
