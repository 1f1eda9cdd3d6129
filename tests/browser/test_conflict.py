"""The conflict page and the warning before typed words are left, in a browser."""

import pytest
from django.test import Client
from django.urls import reverse

from missions.models import ActionItem, Body, Difficulty, Meeting
from tests import forms, make
from tests.browser.choosers import choose

pytestmark = pytest.mark.usefixtures("live_server", "programme")


@pytest.fixture
def at_desk(open_page, live_server):
    """A page of somebody who is signed in."""

    def opened(user, address, **options):
        client = Client()
        client.force_login(user)
        page = open_page(**options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(address)
        return page

    return opened


@pytest.fixture
def record():
    return make.difficulty(Body.objects.get(code="LAX"), title="처음 제목", account="처음 글")


def page_of(record):
    return reverse(f"admin:missions_{record._meta.model_name}_change", args=[record.pk])


def colleague_saves(record, **values):
    """Somebody else saves the record in the meantime."""
    client = Client()
    client.force_login(make.staff("ministry", name="박과장"))
    assert forms.change(client, page_of(record), **values).status_code == 302


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_conflict_page_is_accessible_and_keeps_both_peoples_words(at_desk, axe, record, width, scheme):
    user = make.officer(Body.objects.get(code="LAX"))
    page = at_desk(user, page_of(record), width=width, color_scheme=scheme)
    page.fill("#id_title", "나의 제목")
    page.fill("#id_account", "나의 글\n" * 200)
    colleague_saves(record, title="동료의 제목", account="동료의 글\n" * 200, report_source="association")
    page.click("[name=_save]")
    conflict = page.locator(".conflict")
    conflict.wait_for()
    page.wait_for_function("document.activeElement && document.activeElement.id === 'conflict-heading'")
    for words in ("처음 제목", "동료의 제목", "나의 제목", "박과장", "동료의 글", "나의 글"):
        assert words in conflict.inner_text()
    assert axe(page) == ""
    assert page.evaluate("document.querySelector('.conflict').scrollWidth") <= width
    assert page.input_value("#id_title") == "나의 제목"

    conflict.get_by_role("group", name="제목").get_by_role("checkbox").check()
    page.click("[name=_save]")
    page.wait_for_url("**/difficulty/")
    record.refresh_from_db()
    assert (record.title, record.account.split()[0], record.report_source) == ("동료의 제목", "나의", "association")


def test_the_conflict_page_of_a_record_with_parts_is_accessible(at_desk, axe):
    meeting = Meeting.objects.filter(body__code="SFO").get()
    item = ActionItem.objects.create(meeting=meeting, what="처음 할 일")
    page = at_desk(make.staff("ministry"), page_of(meeting), width=360)
    page.fill("#id_action_items-0-what", "나의 할 일")
    colleague_saves(meeting, **{"action_items-0-what": "동료의 할 일"})
    page.click("[name=_save]")
    page.wait_for_selector(".conflict")

    assert "동료의 할 일" in page.inner_text(".conflict") and axe(page) == ""
    page.click(".difference h3 a")
    assert page.url.endswith("#id_action_items-0-what")
    page.click("[name=_save]")
    page.wait_for_selector("#changelist")
    item.refresh_from_db()
    assert item.what == "나의 할 일"


def leave(page):
    """Follow a link away; whether the browser asked first, and stayed."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", answer)
    before = page.url
    page.click("#site-name a")
    page.wait_for_timeout(300)
    return asked == ["beforeunload"] and page.url == before


def test_the_browser_asks_before_typed_words_are_left(at_desk, record):
    user = make.officer(Body.objects.get(code="LAX"))
    page = at_desk(user, page_of(record))
    page.click("#id_title")
    page.keyboard.type(" 고침")
    assert leave(page)

    page.fill("#id_title", "처음 제목")
    assert not leave(page)


def test_choosers_and_added_parts_count_as_typed(at_desk, record):
    user = make.officer(Body.objects.get(code="LAX"))
    page = at_desk(user, page_of(record))
    choose(page, "country", "베트남" if record.country_id != "VN" else "미국")
    assert leave(page)

    page = at_desk(user, page_of(record))
    page.click("#linkages-group .add-row a")
    assert leave(page)


def test_nothing_is_asked_when_the_form_is_sent_or_nothing_was_typed(at_desk, record):
    user, asked = make.officer(Body.objects.get(code="LAX")), []
    page = at_desk(user, page_of(record))
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#id_title")
    page.keyboard.type("!")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    page.click("#site-name a")
    page.wait_for_url("**/admin/")

    assert asked == [] and Difficulty.objects.get().title.endswith("!")


def test_a_refused_form_is_unsaved_from_the_start(at_desk, record):
    page = at_desk(make.officer(Body.objects.get(code="LAX")), page_of(record))
    page.fill("#id_title", "")
    page.click("[name=_save]")
    page.wait_for_selector(".errornote")
    page.click("#id_title")

    assert leave(page)
