"""The help of the desk: whole, findable, true to its own words, and beside the page that it is about."""

import re
from fnmatch import filter as matching

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from missions.admin.help_pages import pages, where
from missions.difficulties.workflow import STEPS
from missions.models import User
from missions.roles import ROLES
from tests import forms, make
from tests.admin.test_access import PAGES
from tests.words import refused

pytestmark = pytest.mark.usefixtures("programme")
PICTURES = settings.BASE_DIR / "portal" / "static" / "help"
HELP = reverse("admin:help")


def names():
    """Names of the addresses of the desk, as the help gives them: those of steps with each step."""
    found = {name.removeprefix("admin:").replace(" ", ":") for name in PAGES if name.startswith("admin:")}
    return found | {f"missions_difficulty_step:{step}" for step in STEPS}


def test_every_page_of_the_help_is_whole_and_each_of_its_links_leads_somewhere(client):
    client.force_login(make.staff("ministry", language="ko"))
    for page in pages().values():
        assert set(page.roles) <= ROLES.keys(), page.name
        assert all(matching(names(), name) for name in page.about), page.name
        assert len(page.text) < 2500, page.name
        text = client.get(page.address).content.decode()
        body = text.split('class="manual"')[1].split("</div>")[0]
        for address in re.findall(r'href="([^"]*)"', body):
            assert client.get(address).status_code == 200, (page.name, address)
        pictures = re.findall(r'<img src="[^"]*help/([^"]*)" alt="[^"]+"', body)
        assert len(pictures) == body.count("<img") and all((PICTURES / name).is_file() for name in pictures)
        assert "](" not in body and "**" not in body, page.name
    assert len(pages()) >= 19
    assert client.get(reverse("admin:help_page", args=["nothing"])).status_code == 404


def test_the_help_uses_the_words_of_the_desk():
    with override("ko"):
        said = " ".join(page.title + page.text for page in pages().values())
        unknown = [str(step.label) for step in STEPS.values() if str(step.label) not in said]
    assert [rule.word for rule in refused() if rule.in_(said)] == []
    assert set(unknown) <= {"담당자 변경", "조회번호 발급·종료", "같은 애로 접수 추가"}


@pytest.mark.parametrize(
    ("role", "address", "title"),
    [
        ("mission_officer", "/admin/", "처음 시작하기"),
        ("mission_officer", "/admin/missions/difficulty/add/", "수출애로 접수하기"),
        ("mission_officer", "/admin/missions/difficulty/", "찾기와 저장한 보기"),
        ("mission_officer", "/admin/missions/meeting/add/", "회의 준비와 회의록"),
        ("ministry", "/admin/health/", "부처 담당자가 보는 것"),
        ("ministry", "/admin/counters/", "부처 담당자가 보는 것"),
        ("auditor", "/admin/keys/", "승인자와 감사자"),
    ],
)
def test_help_stands_beside_the_page_that_it_is_about(client, role, address, title):
    client.force_login(make.staff(role, make.body()))

    text = client.get(address).content.decode()

    link = re.search(r'class="help-about"><a href="([^"]*)"', text)[1]
    assert f"<h1>{title}" in client.get(link).content.decode()


def test_the_step_of_a_difficulty_has_help_of_its_own(client):
    officer = make.officer(make.body())
    record = make.difficulty(officer.postings.get().body, officer)
    client.force_login(officer)

    for step, name in (("review", "difficulty"), ("close", "closing"), ("assign", "relay")):
        text = client.get(f"/admin/missions/difficulty/{record.pk}/step/{step}/").content.decode()
        assert f'class="help-about"><a href="{HELP}{name}/"' in text
    assert all(any(page.tells_of(f"missions_difficulty_step:{step}") for page in pages().values()) for step in STEPS)
    assert f'href="{HELP}difficulty/"' in client.get(forms.address(record)).content.decode()


def test_the_help_is_searched_and_says_so_where_it_has_nothing(client):
    client.force_login(make.staff("auditor", language="ko"))

    hits = client.get(HELP, {"q": "반송"}).content.decode()
    assert "이관하고 회신하기" in hits and "<mark>반송</mark>" in hits
    assert "낱말을 줄이거나" in client.get(HELP, {"q": "없는낱말"}).content.decode()
    listed = client.get(HELP).content.decode()
    assert listed.index("감사자</h2>") < listed.index("공관 담당관</h2>")
    assert all(page.title in listed for page in pages().values())


def test_the_tour_of_the_first_day_is_put_away_and_comes_back(client):
    officer = make.officer(make.body())
    client.force_login(officer)
    front = client.get(reverse("admin:index"))
    assert len(front.context["tour"]) == 5
    assert all(page.address in front.content.decode() for page, _what in front.context["tour"])

    assert client.post(HELP, {"away": "1"}).url == reverse("admin:index")
    assert client.get(reverse("admin:index")).context["tour"] == [] and User.objects.get(pk=officer.pk).tour_put_away
    assert client.post(HELP, {"again": "1"}).status_code == 302
    assert len(client.get(reverse("admin:index")).context["tour"]) == 5
    client.force_login(make.staff())
    assert client.get(reverse("admin:index")).context["tour"] == []


def test_who_reads_english_is_told_that_the_help_is_in_korean(client):
    for language, told in [("en", True), ("ko", False)]:
        client.force_login(make.staff("mission_officer", make.body(), language=language))
        for page in (reverse("admin:index"), HELP, f"{HELP}start/"):
            assert ("The help is written in Korean." in client.get(page).content.decode()) == told, page


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_tour_asks_nobody_for_what_their_role_does_not_do(client, role):
    client.force_login(make.staff(role))
    steps = {page.name: page for page, _what in client.get(reverse("admin:index")).context["tour"]}

    assert len(steps) == 5
    assert all(not page.roles or role in page.roles for page in steps.values())


def test_markup_in_a_text_is_shown_and_not_followed():
    page = next(iter(pages().values()))
    shown = type(page)("a", (), (), "a", "<script>alert(1)</script> [b](javascript:alert)").html

    assert "<script>" not in shown and "javascript:" not in re.sub("<p>.*</p>", "", shown)
    assert where("20-difficulty.md") == f"{HELP}difficulty/"
