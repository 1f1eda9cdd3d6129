"""Another password by e-mail: whose it becomes, and what nobody learns by asking."""

import datetime
import re
import threading

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from missions.models import SignIn
from portal.accounts.adapter import DeskAccounts
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
RESET, SIGN_IN = "/admin/account/reset/", "/admin/login/"
PASSWORD, NEW = "a pass phrase", "quite another pass phrase"


@pytest.fixture
def officer():
    return make.staff("mission_officer", make.body(), password=make_password(PASSWORD), email="Kim@mofa.example.kr")


def ask(client, address):
    """Ask for a letter, and wait until it is sent if there is one."""
    answer = client.post(RESET, {"email": address}, follow=True)
    for thread in [one for one in threading.enumerate() if one is not threading.current_thread() and not one.daemon]:
        thread.join(timeout=5)
    return answer


def link():
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body).group(1)


def choose(client, address, password=NEW):
    """Follow the address of a letter, and choose a password."""
    page = client.get(address, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


@pytest.mark.parametrize(("language", "says"), [("ko", "비밀번호 재설정"), ("en", "Another password")])
def test_a_letter_in_the_language_of_the_account_leads_to_another_password(client, officer, language, says):
    officer.language = language
    officer.save()
    signed_in = Client()
    signed_in.post(SIGN_IN, {"login": officer.username, "password": PASSWORD})
    ask(client, "kim@MOFA.example.kr")
    (letter,) = mail.outbox
    assert says in letter.subject and officer.username in letter.body and letter.to == ["Kim@mofa.example.kr"]

    page = choose(client, link())
    assert page.request["PATH_INFO"] == SIGN_IN and "비밀번호를 변경했습니다" in page.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(NEW) and signed_in.get("/admin/").status_code == 302
    assert SignIn.objects.values_list("account", "method", "outcome").first() == (
        officer.username,
        "password_reset",
        "changed",
    )
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("kind", ["nobody", "closed", "not staff", "without a password", "stands for an institution"])
def test_whether_somebody_has_an_account_is_not_told(client, officer, kind):
    if kind == "closed":
        officer.is_active = False
    elif kind == "not staff":
        officer.is_staff = False
    elif kind == "without a password":
        officer.set_unusable_password()
    elif kind == "stands for an institution":
        officer.is_institution, officer.is_staff = True, False
    else:
        officer.email = "another@mofa.example.kr"
    known = make.staff("auditor", email="known@mofa.example.kr", password=make_password(PASSWORD))
    officer.save()
    answers = [ask(client, address) for address in (known.email, "kim@mofa.example.kr")]

    said = [answer.content.decode().replace("\n", "") for answer in answers]
    plain = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in said]
    assert plain[0] == plain[1] and answers[0].redirect_chain == answers[1].redirect_chain
    assert [letter.to for letter in mail.outbox] == [[known.email]]


def test_the_same_is_done_for_an_address_of_nobody(client, officer, monkeypatch):
    done = []
    write = DeskAccounts.render_mail
    monkeypatch.setattr(DeskAccounts, "render_mail", lambda *given: done.append("letter") or write(*given))
    for address in ("kim@mofa.example.kr", "nobody@mofa.example.kr"):
        client.get(RESET)
        with CaptureQueriesContext(connection) as queries:
            client.post(RESET, {"email": address})
        done.append(len(queries))

    assert done[:2] == done[2:] and done[0] == "letter"


def test_an_address_is_good_once_and_for_an_hour(client, officer, settings, monkeypatch):
    ask(client, officer.email)
    first = link()
    choose(client, first)
    assert "더 이상 쓸 수 없는 주소" in client.get(first, follow=True).content.decode()
    assert "password1" not in client.get(first, follow=True).content.decode()

    ask(client, officer.email)
    second = link()
    late = datetime.datetime.now() + datetime.timedelta(minutes=61)  # noqa: DTZ005 - as Django reads it
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: late)
    assert "더 이상 쓸 수 없는 주소" in Client().get(second, follow=True).content.decode()
    for forged in (second[:-2] + "/", re.sub(r"/\w+-", "/zz-", second), "/admin/account/reset/1-set-password/"):
        assert "더 이상 쓸 수 없는 주소" in Client().get(forged, follow=True).content.decode()


def test_letters_to_one_address_are_few(client, officer):
    answers = [ask(client, officer.email).status_code for _ in range(5)]
    unknown = [ask(Client(), "nobody@mofa.example.kr").status_code for _ in range(5)]

    assert answers == unknown == [200, 200, 200, 429, 429] and len(mail.outbox) == 3


def test_a_new_password_unlocks_the_account_and_leaves_the_second_factor(client, officer, settings):
    settings.REQUIRE_MFA = True
    for _ in range(6):
        client.post(SIGN_IN, {"login": officer.username, "password": "wrong"})
    ask(client, officer.email)
    choose(client, link())
    page = client.post(SIGN_IN, {"login": officer.username, "password": NEW}, follow=True)

    assert page.request["PATH_INFO"] == "/admin/account/"
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("password", ["short", "123456789012", "passwordpassword"])
def test_a_weak_password_is_refused_here_too(client, officer, password):
    ask(client, officer.email)
    page = choose(client, link(), password).content.decode()

    officer.refresh_from_db()
    assert officer.check_password(PASSWORD) == ("errorlist" in page)


def test_a_mail_server_that_does_not_answer_is_told_to_the_operator_and_to_nobody_else(
    client, officer, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = ask(client, officer.email)

    assert answer.status_code == 200 and "전자우편을 보냈습니다" in answer.content.decode()
    assert "was not sent: ConnectionRefusedError" in caplog.text and officer.email not in caplog.text


def test_the_sign_in_page_leads_there(client):
    assert reverse("account_reset_password") in client.get(SIGN_IN).content.decode()
