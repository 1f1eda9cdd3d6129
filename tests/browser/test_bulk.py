"""Many difficulties at once, in a browser: accessible, and worked by keyboard alone without scripts."""

import pytest
from django.urls import reverse

from missions.difficulties import workflow
from missions.models import Body, Relay
from tests import make

pytestmark = pytest.mark.usefixtures("live_server", "programme")


@pytest.fixture
def officer():
    """An officer in Los Angeles with two difficulties to relay and one that cannot be."""
    lax = Body.objects.get(code="LAX")
    officer = make.officer(lax)
    make.officer(Body.objects.get(code="HAN"))
    for _ in range(2):
        workflow.review(make.difficulty(lax, officer), by=officer)
    make.difficulty(lax, officer)
    return officer


def choose(page):
    page.goto(reverse("admin:missions_difficulty_changelist"))
    for row in page.locator(".action-select").all():
        row.focus()
        page.keyboard.press("Space")
    page.locator("select[name=action]").select_option("bulk_relay")
    page.locator("button[name=index]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bulk/relay/**")


def ask(page):
    page.locator("[name=to]").focus()
    page.keyboard.type("HAN")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("확인을 부탁합니다.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#changes").wait_for()


def test_difficulties_are_relayed_by_keyboard_without_scripts(sign_in, officer):
    page = sign_in(officer, width=360, java_script_enabled=False)
    choose(page)
    ask(page)
    assert Relay.objects.count() == 0
    page.locator("button[value=confirm]").focus()
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()

    assert {leg.receiver.code for leg in Relay.objects.select_related("receiver")} == {"HAN"}
    assert Relay.objects.count() == 2 and page.locator(".messagelist .warning").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_list_form_and_preview_break_no_rule_of_accessibility_and_fit_the_screen(sign_in, axe, officer, width):
    page = sign_in(officer, width=width)
    page.goto(reverse("admin:missions_difficulty_changelist"))
    found = [axe(page)]
    choose(page)
    found.append(axe(page))
    ask(page)
    found.append(axe(page))

    assert "".join(found) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
