"""The programme's own route, worked in the browser by the people who walk it."""

import re

import pytest
from django.urls import reverse

from missions.models import Body, Difficulty, Organisation
from tests import make
from tests.browser.choosers import choose

pytestmark = pytest.mark.usefixtures("live_server", "programme")
PRIVATE = ["바다식품", "김해양", "라벨 표기 문제로 컨테이너가"]


@pytest.fixture
def desks(sign_in):
    """One signed-in page for each person on the route."""
    people = {code: make.officer(Body.objects.get(code=code)) for code in ("KOR", "HAN", "SGN")}
    people["approver"] = make.staff("approver")
    return {name: (person, sign_in(person)) for name, person in people.items()}


class Walker:
    """Takes steps with one difficulty by the buttons of its page."""

    def __init__(self, desks, pk):
        self.desks, self.pk = desks, pk

    def page(self, who):
        page = self.desks[who][1]
        page.goto(reverse("admin:missions_difficulty_change", args=[self.pk]))
        return page

    def step(self, who, button, texts=(), radio=None):
        page = self.page(who)
        page.get_by_role("link", name=re.compile(f"^{button}")).first.click()
        for name, value in texts:
            page.fill(f"[name={name}]", value)
        if radio:
            page.get_by_label(radio).check()
        page.locator(".step [type=submit]").click()
        page.wait_for_url(re.compile(r"/change/$|/admin/$"))


def test_a_difficulty_goes_from_an_association_to_a_public_page(desks, open_page):
    kor, han, sgn = (Body.objects.get(code=code) for code in ("KOR", "HAN", "SGN"))
    Body.objects.filter(pk=sgn.pk).update(state="launched")  # sources know it as planned only
    make.company(kor, name_ko="㈜바다식품", contact="김해양")

    page = desks["KOR"][1]
    page.goto(reverse("admin:missions_difficulty_add"))
    for name, typed in (("company", "바다"), ("country", "베트남"), ("type", "통관")):
        choose(page, name, typed)
    page.fill("[name=title]", "김 제품 통관 보류")
    page.fill("[name=account]", "라벨 표기 문제로 컨테이너가 묶여 있습니다.")
    page.select_option("[name=report_source]", "association")
    page.click("[name=_save]")
    page.wait_for_url("**/change/")
    record = Difficulty.objects.get()
    assert record.holder == kor
    walk = Walker(desks, record.pk)

    walk.step("KOR", "검토 시작")

    def relay(who, to, kind, words):
        page = walk.page(who)
        page.get_by_role("link", name="이관", exact=True).click()
        page.select_option("[name=to]", str(to.pk))
        page.get_by_label(kind).check()
        page.fill("[name=asked]", words)
        page.locator(".step [type=submit]").click()
        page.wait_for_url("**/change/")

    def act(who, organisation, kind, words):
        page = walk.page(who)
        page.get_by_role("link", name="조치 기록").click()
        choose(page, "organisation", organisation)
        page.select_option("[name=kind]", kind)
        page.fill("[name=what]", words)
        page.locator(".step [type=submit]").click()
        page.wait_for_url("**/change/")

    relay("KOR", han, "처리 이관", "현지 세관과 협의해 주십시오.")
    walk.step("HAN", "수신 확인")
    walk.step("HAN", "인수")
    walk.step("HAN", "처리 시작")
    relay("HAN", sgn, "협조 요청", "호치민 세관의 사례를 알려 주십시오.")
    walk.step("SGN", "회신", texts=[("text", "같은 라벨로 통관한 사례가 있습니다.")])
    for organisation, kind, words in (
        ("주베트남대사관", "host_authority", "세관 담당자와 면담했습니다."),
        ("대한무역투자진흥공사", "advice", "라벨 기준을 안내했습니다."),
        ("중소벤처기업진흥공단", "on_site_support", "현지에서 서류 보완을 도왔습니다."),
    ):
        act("HAN", organisation, kind, words)
    relay("HAN", kor, "협조 요청", "국내 시험성적서 발급을 도와주십시오.")
    walk.step("KOR", "회신", texts=[("text", "시험성적서를 발급했습니다.")])
    page = walk.page("HAN")
    page.get_by_role("link", name="종결").click()
    page.select_option("[name=outcome]", "resolved_in_part")
    page.fill("[name=solution]", "일부 물량의 통관이 끝났습니다.")
    page.locator(".step [type=submit]").click()
    page.wait_for_url("**/change/")
    walk.step("HAN", "기업 확인 기록", radio="동의")

    page = walk.page("HAN")
    page.get_by_role("button", name="공개 사례 작성").click()
    page.wait_for_url("**/publishedcase/*/change/")
    for name, words in (
        ("title_ko", "베트남 통관 보류 해결"),
        ("title_en", "Customs hold in Vietnam eased"),
        ("happened_ko", "식품 기업의 제품이 라벨 표기 문제로 통관되지 않았습니다."),
        ("happened_en", "A food firm’s goods were held over their labels."),
        ("done_ko", "공관이 세관과 협의하고 기관들이 서류 보완을 도왔습니다."),
        ("done_en", "The mission spoke with customs and agencies helped with the papers."),
    ):
        page.fill(f"[name={name}]", words)
    page.click("[name=_submit_for_approval]")
    page.wait_for_load_state()
    assert page.get_by_role("link", name="승인하고 공개").count() == 0

    address = page.url
    approver = desks["approver"][1]
    approver.goto(address)
    assert "컨테이너가 묶여" in approver.inner_text("#content")
    approver.get_by_role("link", name="승인하고 공개").click()
    approver.check("[name=read]")
    approver.get_by_role("button", name="승인하고 공개").click()
    approver.wait_for_load_state()

    line = walk.page("HAN").inner_text("#timeline")
    for words in ("접수", "이관", "수신 확인", "인수", "회신", "조치 기록", "종결", "기업 확인 기록"):
        assert words in line
    reference = Difficulty.objects.get().case_reference
    for language, words in (("ko", "베트남 통관 보류 해결"), ("en", "Customs hold in Vietnam eased")):
        reader = open_page(f"/{language}/cases/{reference}/")
        shown = reader.content()
        assert words in shown
        assert not [private for private in [*PRIVATE, record.reference] if private in shown]
    assert Organisation.objects.filter(actions__difficulty=record).count() == 3
