"""The staff desk in a browser: accessible, and usable on a phone."""

import pytest
from django.urls import reverse

from missions.difficulties import closing, progress, workflow
from missions.models import Body, Difficulty, Meeting, ReportedResult, SavedView
from tests import make
from tests.browser.choosers import choose

pytestmark = pytest.mark.usefixtures("live_server", "programme")
OF_RECORD = ["change", "history", "case_file", "receipt", "files"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_desk_breaks_no_rule_of_accessibility(sign_in, axe, width):
    meeting = Meeting.objects.filter(body__code="SFO").get()
    record = make.difficulty(Body.objects.get(code="LAX"))
    result = ReportedResult.objects.first()
    page = sign_in(make.staff("ministry"), width=width)
    found = []
    for address in [
        "/admin/",
        reverse("admin:missions_body_changelist"),
        reverse("admin:missions_meeting_changelist"),
        reverse("admin:missions_meeting_change", args=[meeting.pk]),
        reverse("admin:missions_body_change", args=[meeting.body.pk]),
        reverse("admin:missions_difficulty_change", args=[record.pk]),
        reverse("admin:missions_publishedcase_add"),
        reverse("admin:missions_meeting_history", args=[meeting.pk]),
        reverse("admin:counters"),
        reverse("admin:counted", args=["meetings"]),
        reverse("admin:missions_reportedresult_change", args=[result.pk]) + "?correct=1",
    ]:
        page.goto(address)
        found.append(axe(page))

    assert "\n".join(filter(None, found)) == ""


@pytest.mark.parametrize(("page_name", "height"), [("meeting_add", 4900), ("body_add", 4500)])
def test_a_form_is_no_longer_on_a_phone_than_its_fields(sign_in, page_name, height):
    page = sign_in(make.staff("ministry"), width=360)
    page.goto(reverse(f"admin:missions_{page_name}"))

    assert page.evaluate("document.documentElement.scrollHeight") < height


def test_the_panels_of_the_front_page_stand_side_by_side_on_a_wide_screen(sign_in):
    body = make.body()
    make.difficulty(body, due_on=make.today())  # open, and due within a week
    make.case(body, "awaiting")
    make.meeting(body, status="planned", held_on=make.tomorrow())
    page = sign_in(make.staff("ministry"), width=1280)
    places = [page.locator(".desk .panel").nth(n).bounding_box() for n in range(4)]

    assert len({place["x"] for place in places}) in (2, 3)
    assert all(place["width"] > 300 for place in places)


def test_the_button_of_the_search_keeps_its_word_on_one_line(sign_in):
    page = sign_in(make.staff("ministry", name="주로스앤젤레스총영사관 상무관"), width=1100)
    find = page.get_by_role("search").get_by_role("button").bounding_box()

    assert find["width"] > find["height"]


def test_the_sign_in_page_breaks_no_rule_of_accessibility(open_page, axe):
    assert axe(open_page("/admin/login/", width=360)) == ""


def test_an_officer_files_a_difficulty_in_the_browser(sign_in):
    lax = Body.objects.get(code="LAX")
    firm = make.company(lax, name_ko="바다식품")
    page = sign_in(make.officer(lax), width=360)
    page.goto(reverse("admin:missions_difficulty_add"))
    for name, typed in (("company", "바다"), ("country", "미국"), ("type", "통관")):
        choose(page, name, typed)
    page.fill("[name=title]", "통관 보류")
    page.fill("[name=account]", "서류 보완 요구를 받았습니다.")
    page.click("[name=_save]")
    page.wait_for_url("**/change/")

    record = Difficulty.objects.get()
    assert page.locator(".messagelist a").get_attribute("href") == f"/admin/missions/difficulty/{record.pk}/receipt/"
    assert (record.company, record.country_id, record.type_id, record.holder) == (firm, "US", "customs", lax)


def test_similar_cases_show_while_a_difficulty_is_typed_and_lead_to_the_same_one(sign_in, axe):
    lax = Body.objects.get(code="LAX")
    officer = make.officer(lax)
    record = make.difficulty(lax, officer, title="반덤핑관세 부과", account="예비판정을 받았습니다.")
    make.difficulty(make.body(), title="반덤핑관세 조사")
    page = sign_in(officer, width=360)
    page.goto(reverse("admin:missions_difficulty_add"))
    page.fill("[name=title]", "관세")
    hint = page.locator(".similar li", has_text="LAX-")
    hint.wait_for()

    assert hint.count() == 1 and record.reference in hint.inner_text()
    assert "선행 사례" in page.inner_text(".similar") and "반덤핑관세 조사" not in page.inner_text(".similar")
    assert axe(page) == "" and page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("[name=title]", "xyzxyz")
    hint.wait_for(state="detached")
    page.fill("[name=title]", "관세 예비판정")
    with page.context.expect_page() as opened:
        hint.get_by_role("link", name="새 탭에서 열기").click()
    assert opened.value.url.endswith(f"/{record.pk}/change/")
    page.fill("[name=account]", "두 번째 기업도 같은 조사를 받습니다.")
    page.get_by_role("button", name="같은 건입니다").click()
    page.wait_for_url(f"**/{record.pk}/step/again/")
    assert page.input_value("[name=note]") == "관세 예비판정\n두 번째 기업도 같은 조사를 받습니다."
    page.fill("[name=firm]", "둘째 기업")
    page.click("[type=submit].default")
    page.wait_for_url(f"**/{record.pk}/change/")
    assert "둘째 기업" in page.inner_text("#timeline")
    assert Difficulty.objects.filter(filed_through=lax).count() == 1


def test_a_closed_case_is_linked_to_the_difficulty_being_filed(sign_in, axe):
    lax = Body.objects.get(code="LAX")
    officer = make.officer(lax)
    record = make.difficulty(lax, officer, title="반덤핑관세 부과")
    closing.close(record, by=officer, outcome="advice", solution="안내했습니다.")
    page = sign_in(officer, width=360)
    page.goto(reverse("admin:missions_difficulty_add"))
    page.fill("[name=title]", "반덤핑관세")
    page.fill("[name=account]", "서류 보완 요구를 받았습니다.")

    page.get_by_role("button", name="비슷한 사례로 연결").click()

    assert record.reference in page.locator("details[open] .field-similar").inner_text()
    assert page.get_by_text("연결했습니다").count() == 1 and axe(page) == ""
    page.click("[name=_save]")
    page.locator(".errornote").wait_for()
    page.get_by_text("연결했습니다").wait_for()
    for name, typed in (("country", "미국"), ("type", "통관")):
        choose(page, name, typed)
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    assert list(record.similar.values_list("title", flat=True)) == ["반덤핑관세"]


def test_a_word_without_end_makes_no_page_of_the_desk_wider_than_a_phone(sign_in):
    body = make.body()
    officer, link = make.officer(body), "https://example.com/" + "a" * 140
    record = make.difficulty(body, officer, title="b" * 120, account=link)
    workflow.accept(record, by=officer, owner=officer)
    progress.note(record, by=officer, text=link)
    SavedView.objects.create(user=officer, of="difficulty", name="c" * 60, query="q=b")
    planned = make.meeting(body, status="planned", held_on=make.tomorrow())
    page, wide = sign_in(officer, width=360), []
    for address in [
        reverse("admin:index"),
        reverse("admin:views"),
        reverse("admin:search") + "?q=" + "b" * 120,
        reverse("admin:missions_difficulty_changelist"),
        *(reverse(f"admin:missions_difficulty_{name}", args=[record.pk]) for name in OF_RECORD),
        reverse("admin:missions_difficulty_step", args=[record.pk, "note"]),
        reverse("admin:missions_meeting_agenda", args=[planned.pk]),
    ]:
        page.goto(address)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            wide.append(f"{address} is {width} px wide")

    assert wide == []
