"""Whom a firm calls: every country leads to a mission or says why not, and to the side at home."""

import datetime
import re
from unittest.mock import patch

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from missions.models import Body, Country, Coverage, District, Meeting, Mission, Source
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
# Read by hand from the list of MoFA's links by country, of 2021 or 2022.
BY_HAND = {
    "AD": ["madrid"],
    "BW": ["pretoria"],
    "KM": ["embassy-mg"],
    "LU": ["brussels"],
    "LV": ["riga", "stockholm"],
    "MO": ["hong-kong"],
    "SI": ["vienna"],
    "TW": ["taipei"],
    "UZ": ["embassy-uz"],
    "VN": ["hanoi", "da-nang", "ho-chi-minh-city"],
}


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(page):
    return " ".join(strip_tags(page.partition("<main")[2]).split())


def called(page):
    """The missions that a page tells how to reach, in their order."""
    return re.findall(r'<h2 id="mission\d+">\s*<a href="/\w\w/missions/([^/]+)/"', page)


def test_ten_countries_lead_to_the_missions_of_the_list(client):
    assert {code: called(read(client, f"/ko/countries/{code}/")) for code in BY_HAND} == BY_HAND


def test_every_country_of_the_ministrys_list_has_a_mission_and_tells_how_that_is_known():
    unserved = [row.country_id for row in Coverage.objects.all() if not Mission.objects.serving(row.country_id)]

    assert Coverage.objects.count() == 195 and unserved == []
    assert Coverage.objects.filter(sources=None).count() == 0


def test_a_mission_is_reached_by_a_telephone_that_can_be_dialled_and_its_district_told(client):
    page = read(client, "/ko/countries/US/")

    assert called(page)[0] == "washington" and len(called(page)) == 9
    assert 'href="tel:+12029395600"' in page
    assert 'href="tel:+12069478293"' in page and "https://overseas.mofa.go.kr/us-seattle-ko/index.do" in page
    assert "캘리포니아주 (북부 48개 카운티)" in words(page)
    assert page.count("미확인") > 8 and "미확인" not in read(client, "/ko/missions/accra/")


@pytest.mark.parametrize(
    ("certainty", "korean", "english"),
    [("inferred", "추정", "inferred"), ("conflict", "미확인", "unverified"), ("unverified", "미확인", "unverified")],
)
def test_how_certain_contact_details_are_is_said_once_before_all_of_them(client, certainty, korean, english):
    reached = {
        "telephone": "+44 1",
        "emergency_telephone": "+44 2",
        "email": "a@b.example",
        "url": "https://c.example/",
    }
    mission = make.mission(country_id="GB", **reached, address_ko="길 1", contact_certainty=certainty)
    told = {
        "ko": f"연락처 {korean} 전화·전자우편·누리집·주소",
        "en": f"Contact details {english} telephones, e-mail, web site and address",
    }
    for language, sentence in told.items():
        whole = words(read(client, f"/{language}/missions/{mission.slug}/"))
        reach = whole.partition(sentence)
        assert whole.count(sentence) == 1
        assert all(each not in reach[0] and each in reach[2] for each in [*reached.values(), "길 1"])
        assert words(read(client, f"/{language}/countries/GB/")).count(sentence) >= 1


@pytest.mark.parametrize("known", [{"contact_certainty": "verified", "email": "a@b.example"}, {}])
def test_nothing_is_said_of_contact_details_that_are_verified_or_not_there(client, known):
    mission = make.mission(**known)
    assert "연락처 미확인" not in words(read(client, f"/ko/missions/{mission.slug}/"))


def test_what_is_not_known_is_said_once_for_all_missions_of_a_country(client):
    page = words(read(client, "/ko/countries/VN/"))

    assert page.count("전화번호를 확인하지 못한 공관: 주베트남대사관") == 1
    assert page.count("출처마다 달라 일부 연락처를 싣지 않은 공관: 주베트남대사관") == 1
    assert "3831-5110" not in page and "3771-0404" not in page
    assert page.count("근무 시간은 확인하지 못했습니다") == 1


def test_a_mission_without_the_numbers_on_which_sources_disagree_says_so(client):
    told = {"ko": "출처마다 다른 번호는 싣지 않았습니다.", "en": "Numbers on which sources disagree are left out."}
    for language, sentence in told.items():
        assert sentence in words(read(client, f"/{language}/missions/hanoi/"))
        assert sentence not in words(read(client, f"/{language}/missions/ho-chi-minh-city/"))


def test_korea_leads_to_the_domestic_body_and_a_country_without_a_mission_to_the_next_door(client):
    home, none = read(client, "/ko/countries/KR/"), read(client, "/en/countries/KP/")

    assert called(home) == called(none) == []
    for page in (home, none):
        assert 'href="tel:+82232100404"' in page and "/bodies/KOR/" in page and "/organisations/kosme/" in page
    assert "국내에서 문의할 곳" in home and "찾지 못했습니다" not in home
    assert "No mission responsible for North Korea was found in any source." in words(none)


@pytest.mark.parametrize(
    ("day", "told"),
    [(2, "오늘 휴무일 (국경일"), (3, "오늘 근무일"), (7, "오늘 휴무일 (주말)")],
)
def test_the_office_says_whether_it_works_today_by_its_own_calendar(client, day, told):
    moment = datetime.datetime(2026, 3, day, 1, tzinfo=datetime.UTC)
    make.free_day(on="2026-03-02", name_ko="국경일 대체")
    with patch.object(timezone, "now", lambda: moment):
        assert told in words(read(client, "/ko/countries/VN/")).replace("( ", "(")


def test_the_contact_and_the_next_meeting_of_the_body_stand_with_its_mission(client):
    body = Body.objects.get(code="HAN")
    Body.objects.filter(pk=body.pk).update(contact_ko="경제과 담당")
    make.meeting(body, status="planned", held_on=timezone.localdate() + datetime.timedelta(days=9), number=77)
    page = words(read(client, "/ko/countries/VN/"))

    assert "경제과 담당" in page and "제77차 회의" in page
    Meeting.objects.filter(number=77).update(is_published=False)
    assert "제77차 회의" not in words(read(client, "/ko/countries/VN/"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_whoever_calls_is_told_what_to_say_and_what_to_have_at_hand(client, language):
    asks = {"ko": "지원협의체 담당관을 찾아 주십시오", "en": "ask for the officer of the consultative body"}[language]
    body, none = read(client, f"/{language}/countries/VN/"), read(client, f"/{language}/countries/MN/")

    assert called(none) and asks in words(body) and asks not in words(none)
    for page in (body, none):
        assert f'href="/{language}/report/#at-hand"' in page
    for code in ("VN", "MN", "KR", "KP"):
        page = read(client, f"/{language}/countries/{code}/").partition("<main")[2]
        assert f'href="/{language}/report/"' in page and f'href="/{language}/help/"' in page
    mission = read(client, f"/{language}/missions/hanoi/").partition("<main")[2]
    assert mission.index(f'href="/{language}/report/"') < mission.index('id="body"')


def test_a_firm_is_led_to_the_web_site_before_the_emergency_number(client):
    mission = Mission.objects.get(slug="hanoi")
    Mission.objects.filter(pk=mission.pk).update(telephone="", emergency_telephone="+84 90 000 0000")
    reach = read(client, "/en/countries/VN/").partition('id="mission1"')[2].partition("</dl>")[0]
    assert mission.url and reach.index(mission.url) < reach.index("+84 90 000 0000")


def test_the_chooser_leads_to_the_page_of_the_country_and_helps_where_there_is_none(client):
    assert client.get("/ko/countries/?country=VN").headers["Location"] == "/ko/countries/VN/"
    assert client.get("/en/countries/vn/").headers["Location"] == "/en/countries/VN/"
    assert client.get("/ko/bodies/han/").headers["Location"] == "/ko/bodies/HAN/"
    assert client.get("/ko/bodies/zzz/").status_code == 404
    assert "목록에 없는 국가입니다" in read(client, "/ko/countries/?country=ZZ")
    assert "먼저 국가를 선택해 주십시오" in read(client, "/ko/countries/?country=")
    assert client.get("/ko/countries/ZZ/").status_code == client.get("/ko/countries/zz-top/").status_code == 404


def test_the_front_page_begins_with_a_chooser_of_all_countries(client):
    page = read(client, "/ko/")

    chooser = page.index('action="/ko/countries/"')
    assert chooser < page.index('id="q"') and chooser < page.index('id="meetings"')
    assert page.count("<option value=") == Country.objects.count() + 1


def test_a_district_of_a_country_that_the_mission_does_not_serve_is_refused(client):
    client.force_login(make.staff("ministry"))
    mission = Mission.objects.get(slug="frankfurt")
    address = forms.address(mission)
    opened = forms.opened(client, address)
    wrong = opened | {"districts-0-code": "FR-75"}
    response = client.post(address, wrong)

    assert "FR-75" in response.content.decode() and not District.objects.filter(code="FR-75").exists()
    source = Source.objects.get(key="mofa-frankfurt")
    assert client.post(address, opened | {"districts-0-extent_ko": "북부"}).status_code == 302
    assert District.objects.get(mission=mission, code="DE-HE").extent_ko == "북부"
    assert "헤센주 (북부)" in words(read(client, "/ko/missions/frankfurt/"))
    assert list(District.objects.get(mission=mission, code="DE-HE").sources.all()) == [source]
