"""Where signing in leads to."""

import pytest
from django.contrib.auth.hashers import make_password
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
    typed = {"username": officer.username, "password": "a pass phrase", "next": page.context["next"]}
    return client.post(page.context["app_path"], typed, follow=True)


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
        f"/admin/?{'x' * 3000}",
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
    response = signed_in(client, officer, next=asked.context["next"])

    assert (response.status_code, response.request["PATH_INFO"]) == (200, goal.split("?")[0])
    assert response.request["QUERY_STRING"] == goal.split("?")[1]


def test_whoever_pressed_a_button_after_the_session_ended_is_led_to_a_page(client, officer):
    record = make.difficulty(officer.postings.get().body, officer)
    page = reverse("admin:missions_difficulty_change", args=[record.pk])
    begin = reverse("admin:missions_difficulty_case", args=[record.pk])

    for button, shown in {reverse("admin:language"): DESK, reverse("admin:logout"): DESK, begin: page}.items():
        asked = client.post(button, follow=True)
        response = signed_in(client, officer, next=asked.context["next"])
        assert (response.status_code, response.request["PATH_INFO"]) == (200, shown), button
        client.logout()
