"""Where signing in leads to, and what a form says that was opened before it."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.usefixtures("programme")
DESK = "/admin/"


@pytest.fixture
def officer():
    return make.staff("mission_officer", make.body(), password=make_password("a pass phrase"))


def signed_in(client, officer, **wish):
    """Fill in the form of an address that signs in, and follow it as a browser does."""
    page = client.get(reverse("admin:login"), wish)
    typed = {"login": officer.username, "password": "a pass phrase", "next": page.context["redirect_field_value"] or ""}
    return client.post(page.request["PATH_INFO"], typed, follow=True)


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example/",
        "https://evil.example/admin/",
        "https://testserver/admin/",
        "//x",
        "///x/admin/",
        "/\\x",
        "\\\\x",
        "javascript:alert(1)",
        "/nowhere/",
        "/ko/",
        "/administration/",
        "nowhere",
        "",
        "\t",
        "/\tadmin/",
        "/admin/login/",
        "/admin/language/",
        "/admin/../ko/",
        "/admin/%2e%2e/ko/",
        f"/admin/?{'x' * 20_000}",
    ],
)
def test_an_address_that_is_no_page_of_the_desk_leads_to_its_front_page(client, officer, wish):
    response = signed_in(client, officer, next=wish)

    assert (response.status_code, response.request["PATH_INFO"]) == (200, DESK)
    assert response.context["user"] == officer


def test_a_page_of_the_desk_that_was_asked_for_follows_and_none_leads_to_the_front_page(client, officer):
    assert signed_in(client, officer).request["PATH_INFO"] == DESK
    client.logout()
    goal = f"{reverse('admin:missions_difficulty_changelist')}?ask=late&q=%EA%B4%80"

    asked = client.get(goal, follow=True)
    response = signed_in(client, officer, next=asked.context["redirect_field_value"])

    assert (response.status_code, response.request["PATH_INFO"]) == (200, goal.split("?")[0])
    assert response.request["QUERY_STRING"] == goal.split("?")[1]


def test_whoever_pressed_a_button_after_the_session_ended_is_led_to_a_page(client, officer):
    record = make.difficulty(officer.postings.get().body, officer)
    page = reverse("admin:missions_difficulty_change", args=[record.pk])
    begin = reverse("admin:missions_difficulty_case", args=[record.pk])

    for button, shown in {reverse("admin:language"): DESK, reverse("admin:logout"): DESK, begin: page}.items():
        asked = client.post(button, follow=True)
        response = signed_in(client, officer, next=asked.context["redirect_field_value"])
        assert (response.status_code, response.request["PATH_INFO"]) == (200, shown), button
        client.logout()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ko", ["입력한 내용을 보내지 못했습니다", "브라우저의 뒤로 단추", "화면을 새로 고치고", "쿠키를 허용"]),
        ("en", ["The form was not sent", "Go back with your browser", "Reload the page", "allow cookies"]),
    ],
)
def test_a_form_without_its_token_is_answered_in_the_look_of_the_site_with_what_to_do(officer, language, says):
    client = Client(enforce_csrf_checks=True)
    officer.language = language
    officer.save()
    client.force_login(officer)

    for address in (reverse("admin:language"), reverse("admin:missions_difficulty_add"), reverse("admin:logout")):
        response = client.post(address, {"language": "ko", "title": "Z제목", "csrfmiddlewaretoken": "x" * 64})
        page = response.content.decode()
        assert response.status_code == 403 and f'<html lang="{language}">' in page
        assert all(words in page for words in says) and "portal.css" in page and DESK in page
        assert "CSRF" not in page and "<script" not in page and " style=" not in page
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
    officer.refresh_from_db()
    assert officer.language == language


def test_whoever_signs_in_without_cookies_reads_the_page_in_korean(officer):
    typed = {"login": officer.username, "password": "a pass phrase"}
    response = Client(enforce_csrf_checks=True).post(reverse("admin:login"), typed)

    page = response.content.decode()
    assert response.status_code == 403 and "쿠키를 허용" in page and "a pass phrase" not in page
    assert "sessionid" not in response.cookies
