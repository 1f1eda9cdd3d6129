"""Signing in with a real browser: locked out, by app, by recovery code, by passkey."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.core import mail

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


def test_a_forgotten_password_is_replaced_by_way_of_a_letter(visit, axe):
    account = make.staff("ministry", email="kim@mofa.example.kr", password=make_password(PASSWORD))
    page = visit(width=360)
    page.click("text=비밀번호를 잊으셨습니까?")
    page.wait_for_url("**/account/reset/")
    found = [axe(page)]
    page.fill("#id_email", account.email)
    page.click("form.entrance input[type=submit]")
    page.wait_for_url("**/reset/sent/")
    found.append(axe(page))
    for _ in range(50):  # a letter is sent beside the answer
        if mail.outbox:
            break
        page.wait_for_timeout(100)
    page.goto(re.search(r"http://\S+", mail.outbox[-1].body)[0])
    found.append(axe(page))
    page.fill("#id_password1", "a better pass phrase")
    page.fill("#id_password2", "a better pass phrase")
    page.click("form.entrance input[type=submit]")
    page.wait_for_url("**/admin/login/")
    enter(page, account)
    assert page.get_by_role("alert").count() == 1
    enter(page, account, "a better pass phrase")
    page.wait_for_url(DESK)

    assert "".join(found) == ""


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


def test_the_end_of_a_session_is_told_before_it_and_put_off_by_a_button(visit, settings, axe):
    settings.SESSION_IDLE_MINUTES = 0.2
    page = visit(width=360)
    enter(page, make.staff("ministry", password=make_password(PASSWORD)))
    page.wait_for_url(DESK)
    box = page.locator("#session-end")
    box.wait_for(state="visible")
    assert "1분 안에 로그아웃됩니다" in box.get_by_role("alert").inner_text() and axe(page) == ""
    box.get_by_role("button", name="로그인 유지").click()
    box.wait_for(state="hidden")
    page.goto("/admin/missions/body/")

    assert page.url.endswith("/admin/missions/body/")


def test_what_was_typed_comes_back_after_the_session_ended_under_it(visit, settings, axe):
    settings.SESSION_IDLE_MINUTES = 0.1
    account = make.staff("mission_officer", make.body(), password=make_password(PASSWORD))
    page = visit()
    enter(page, account)
    page.wait_for_url(DESK)
    page.goto("/admin/missions/difficulty/add/")
    over = page.locator("#session-end").get_by_text("로그아웃되었습니다.")
    over.wait_for(state="visible")
    page.evaluate("document.getElementById('id_account').value = 'Z 서류를 세 번 보완했습니다.'")
    settings.SESSION_IDLE_MINUTES = 60
    page.context.clear_cookies(name="sessionid")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/login/**")
    assert "입력한 내용은 한 시간 동안 보관되며" in page.inner_text(".messagelist") and axe(page) == ""
    enter(page, account)
    page.wait_for_url("**/difficulty/add/**")

    assert page.input_value("#id_account") == "Z 서류를 세 번 보완했습니다."
    assert "아직 저장되지 않았습니다" in page.inner_text(".messagelist") and axe(page) == ""


def test_whoever_types_stays_signed_in_although_nothing_is_sent(visit, settings):
    settings.SESSION_IDLE_MINUTES = 0.1
    page = visit()
    enter(page, make.staff("mission_officer", make.body(), password=make_password(PASSWORD)))
    page.wait_for_url(DESK)
    page.goto("/admin/missions/difficulty/add/")
    for letter in "통관이늦어집니다":
        page.locator("#id_account").press_sequentially(letter)
        page.wait_for_timeout(1200)

    assert not page.locator("#session-end").is_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/missions/body/")
    assert page.url.endswith("/admin/missions/body/")
