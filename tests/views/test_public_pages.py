"""What the public reads, and what it must never read."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from missions.models import (
    AgendaItem,
    BodyStep,
    Meeting,
)
from tests import make
from tests.statistics.test_statistics import supported

pytestmark = pytest.mark.usefixtures("programme")
LISTS = ["missions", "bodies", "meetings", "cases", "information", "organisations"]


def read(client, address):
    """The words of a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_san_francisco_shows_its_member_and_its_dated_first_meeting(client):
    korean, english = read(client, "/ko/bodies/SFO/"), read(client, "/en/bodies/SFO/")

    assert "82스타트업" in korean and "2024년 4월 17일</time>" in korean and "새너제이" in korean
    assert "82 Startup" in english and "17 April 2024</time>" in english and "San Jose" in english
    assert "전북특별자치도</a>" not in korean and "Jeonbuk State</a>" not in english


def test_los_angeles_shows_five_local_governments_and_a_first_meeting_by_that_day(client):
    korean, english = read(client, "/ko/bodies/LAX/"), read(client, "/en/bodies/LAX/")

    assert "전북특별자치도</a>" in korean and "4개 지방자치단체" in korean and "늦어도 2024년 4월 17일" in korean
    assert "Jeonbuk State</a>" in english and "four further local governments" in english
    assert "by 17 April 2024" in english
    assert "82스타트업</a>" not in korean and "82 Startup</a>" not in english


def test_the_sources_page_explains_the_swapped_members(client):
    assert "표가 잘못된 것으로 봅니다" in read(client, "/ko/sources/")
    assert "The table is taken to be wrong" in read(client, "/en/sources/")


def test_the_programme_page_shows_agreement_announced_results_and_todays_counts(client):
    page = read(client, "/en/programme/")

    assert "1 April 2024" in page and "ODA" in page
    for number in ("25", "17", "46", "241", "401"):
        assert f">{number}</td>" in page
    assert "전자신문" in page and "Records of this site" in page


def test_todays_counts_follow_their_definitions(client):
    body = make.body()
    make.meeting(body, chaired="yes")
    make.meeting(body, chaired="unknown")
    make.meeting(body, chaired="yes", status="cancelled")
    make.information(body, is_published=False, distributed_on=make.DAY)
    make.information(body, is_published=False)
    supported(body, 3)
    make.difficulty(body)
    make.month_passes()

    row = read(client, "/en/programme/").split('<tr class="today">')[1].split("</tr>")[0]

    assert ">1</a></td>" in row and ">0</a></td>" in row and ">3</td>" in row and ">left out</td>" in row


def test_the_domestic_body_shows_its_names_start_secretariat_and_the_disagreement(client):
    page = read(client, "/ko/bodies/KOR/")

    assert "중소·벤처기업 글로벌화 지원 원팀 협의체" in page and "중소·벤처기업 글로벌화 지원 협의체" in page
    assert "2024년 6월 27일" in page and "중소벤처기업진흥공단" in page and "법무법인 광장" in page
    assert "23개 또는 24개" in page


def test_the_list_of_bodies_says_how_many_of_the_announced_are_known(client):
    assert "25 overseas bodies were announced" in read(client, "/en/bodies/")
    assert "11 are known by name, and 10 of these" in read(client, "/en/bodies/")
    make.body()
    assert "12 are known by name, and 11 of these" in read(client, "/en/bodies/")
    assert "Of the" not in read(client, "/en/bodies/")


def test_the_poen_case_names_its_three_acting_organisations(client):
    page = read(client, "/ko/cases/poen-germany/")

    for name in ("㈜포엔", "주프랑크푸르트총영사관", "중소벤처기업진흥공단", "대한무역투자진흥공사"):
        assert name in page


@pytest.mark.parametrize("state", ["draft", "awaiting", "withdrawn"])
def test_a_text_that_is_not_published_has_no_page(client, state):
    case = make.case(make.body(), state)

    assert client.get(f"/ko/cases/{case.reference}/").status_code == 404


def test_unpublished_meetings_and_information_have_no_page(client):
    body = make.body()
    meeting, item = make.meeting(body, is_published=False), make.information(body, is_published=False)

    assert client.get(f"/ko/meetings/{meeting.key}/").status_code == 404
    assert client.get(f"/ko/information/{item.key}/").status_code == 404


def test_no_word_of_a_text_that_is_not_published_is_anywhere(site):
    assert [address for address, page in site.all.items() if site.planted.hidden in page.text] == []
    assert len(site.pages) > 100


def test_no_word_of_a_private_record_is_anywhere(site):
    told = [address for address, page in site.all.items() if any(word in page.text for word in site.planted.private)]

    assert told == [] and site.planted.meeting.get_absolute_url() in site.pages


def test_every_page_answers_offers_the_search_and_sets_no_cookie(site):
    for address, page in site.all.items():
        assert page.status == 200, address
        assert not page.sets_cookie, address
    for address, page in site.html.items():
        assert 'role="alert"' not in page.text, address
        assert f'action="{address[:4]}search/"' in page.text, address


def test_what_has_no_english_is_marked_as_korean(client):
    body = make.body(name_en="", purpose_ko="국문뿐인 글", purpose_en="")
    page = read(client, f"/en/bodies/{body.code}/")

    assert f'<h1><span lang="ko">{body.name_ko}</span>' in page
    assert "Not yet in English." in page and '<div lang="ko"><p>국문뿐인 글</p></div>' in page


def test_titles_without_english_say_so_beside_them(client):
    body = make.body()
    case, item = make.case(body, title_en=""), make.information(body, title_en="")
    meeting = make.meeting(body, label_ko="Z국문뿐")
    AgendaItem.objects.create(meeting=meeting, topic_ko="Z안건", kind="information")
    told = '</span>{} <span class="tag">not yet in English</span>'

    for name, row, title in [("cases", case, case.title_ko), ("information", item, item.title_ko)]:
        assert title + told.format("</a>") in read(client, f"/en/{name}/")
        assert title + told.format("") in read(client, row.get_absolute_url().replace("/ko/", "/en/"))
    page = read(client, f"/en/meetings/{meeting.key}/")
    assert "Z국문뿐" + told.format("") in page and "Z안건" + told.format("") in page
    assert "Z국문뿐" + told.format("</a>") in read(client, "/en/meetings/")
    assert "not yet in English" not in read(client, f"/en/bodies/{make.body().code}/")


def test_korean_words_in_english_texts_are_marked_as_korean(client):
    body = make.body(name_en="Z 지원협의체 & council", purpose_en="It is called 원팀 협의체 <by> all.")
    page = read(client, f"/en/bodies/{body.code}/")

    assert '<h1>Z <span lang="ko">지원협의체</span> &amp; council' in page
    assert '<p>It is called <span lang="ko">원팀 협의체</span> &lt;by&gt; all.</p>' in page
    assert '<span lang="ko">관세</span> also finds <span lang="ko">반덤핑관세</span>' in read(client, "/en/search/")
    assert '<span lang="ko">' not in read(client, f"/ko/bodies/{body.code}/").partition("<main")[2]


def test_lists_and_titles_of_meetings_name_bodies_in_short(client):
    body = make.body(mission=make.mission(city_en="Zburg"), name_en="Z council of a very long name")
    meeting = make.meeting(body, number=3)
    make.case(body)
    page = read(client, f"/en/meetings/{meeting.key}/")

    assert "<h1>Zburg · 3rd meeting" in page and f">{body.name_en}</a>" in page
    for name in ("meetings", "cases", "bodies"):
        assert "Zburg" in read(client, f"/en/{name}/")
    listed = read(client, f"/en/meetings/?body={body.code}")
    assert f">Zburg ({body.code})</option>" in listed and f"Body: Zburg ({body.code})" in listed
    assert body.name_en not in listed
    assert "Korea (domestic) · " in read(client, "/en/meetings/?body=KOR")


def test_a_text_with_markup_is_shown_as_typed(client):
    body = make.body(purpose_ko="<script>alert(1)</script>\n\n둘째 문단")
    page = read(client, f"/ko/bodies/{body.code}/")

    assert "<script>alert" not in page and "&lt;script&gt;" in page and "<p>둘째 문단</p>" in page


def fill(count):
    """Rows for every list, each with its own body, mission and seat."""
    for _ in range(count):
        body = make.body()
        make.meeting(body, starts_at=datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC))
        make.information(body)
        make.case(body)
        make.organisation().memberships.create(body=body)


def test_a_list_costs_the_same_few_queries_however_long_it_is(client):
    def costs(rows):
        found = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                page = read(client, reverse(f"missions:{name}"))
            assert page.count("Z") >= rows, name
            found[name] = len(queries)
        return found

    fill(1)
    few = costs(1)
    fill(49)

    assert costs(20) == few and max(few.values()) <= 8


@pytest.mark.parametrize(
    "address",
    [
        "/ko/",
        "/ko/missions/",
        "/ko/bodies/HAN/",
        "/ko/missions/hanoi/",
        "/ko/missions/seattle/",
        "/ko/missions/singapore/",
        "/ko/countries/",
        "/ko/countries/US/",
        "/ko/countries/VN/",
        "/ko/countries/KP/",
        "/ko/cases/poen-germany/",
        "/en/earlier-cases/?country=CN&q=%EC%83%81%ED%91%9C",
        "/ko/earlier-cases/ec008/",
        "/ko/organisations/kosme/",
        "/ko/meetings/{}/",
        "/ko/programme/",
        "/ko/statistics/",
        "/ko/sources/",
        "/ko/search/?q=%EB%B2%A0%ED%8A%B8%EB%82%A8",
    ],
)
def test_a_page_costs_at_most_eight_queries_besides_the_one_for_the_page_version(client, address):
    address = address.format(Meeting.objects.published().first().key)
    with CaptureQueriesContext(connection) as queries:
        read(client, address)

    assert len([query for query in queries if "missions_pageversion" not in query["sql"]]) <= 8


def test_the_bare_address_leads_to_the_readers_language(client):
    assert client.get("/").url == "/ko/"
    assert client.get("/", headers={"accept-language": "en-GB,en;q=0.8"}).url == "/en/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/ko/"
    assert client.get("/bodies/SFO/").url == "/ko/bodies/SFO/"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ko/bodies/XYZ/", 404),
        ("/en/bodies/XYZ/", 404),
        ("/ko/nowhere/", 404),
        ("/ko/meetings/99999999999999999999999999/", 404),
        ("/ko/meetings/?page=999", 404),
        ("/ko/meetings/?page=둘", 404),
        ("/ko/meetings/?page=0", 404),
        ("/ko/cases/%00/", 400),
        ("/ko/cases/?q=%00", 400),
        ("/ko/missions/?country=%00", 400),
    ],
)
def test_a_wrong_address_gets_the_sites_own_page(client, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert 'class="site-name"' in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", ["ZZ", "-1", "9" * 400, "🙂", "' OR 1=1 --", "<b>", "2024-99-99"])
def test_an_unknown_filter_value_is_explained(client, name, value):
    for parameter in ("country", "region", "kind", "state", "year", "body", "status", "type", "q", "topic", "scope"):
        response = client.get(reverse(f"missions:{name}"), {parameter: value})
        page = response.content.decode()
        assert response.status_code == 200
        assert 'role="alert"' in page or 'class="empty"' in page or "?page" in page or 'class="count"' in page


def test_a_filter_value_that_does_not_exist_says_so_and_offers_a_way_out(client):
    page = read(client, "/en/missions/?country=ZZ")

    assert "A condition could not be understood." in page and "Clear all conditions" in page


@pytest.mark.parametrize(
    "query",
    ["missions/?country=ZZ", "bodies/?state=ZZ", "meetings/?year=1999", "cases/?outcome=ZZ", "meetings/?body=ZZ"],
)
def test_a_value_that_no_list_offers_is_refused_in_the_words_of_the_site(client, query):
    assert "Choose one of the values in the list." in read(client, f"/en/{query}")


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("cases/?body=HAN", "Body: Hanoi"),
        ("cases/?country=VN", "Country: Vietnam"),
        ("cases/?year=2024", "Year of publication: 2024"),
        ("cases/?closed=2024-05", "Month of the outcome: May 2024"),
        ("information/?country=DE", "Country: Germany"),
        ("meetings/?body=SGN&status=held", "Body: Ho Chi Minh City"),
    ],
)
def test_a_condition_that_nothing_meets_gives_an_empty_list_that_says_what_was_asked(client, query, chip):
    page = read(client, f"/en/{query}")

    assert "could not be understood" not in page and 'class="empty"' in page
    assert chip in re.sub(r"<[^>]*>", "", page)


def test_organisations_are_narrowed_to_countries_of_those_that_the_list_shows(client):
    make.organisation(country_id="QA", named=False)

    assert 'value="QA"' not in read(client, "/en/organisations/")


def test_countries_stand_in_the_order_of_the_readers_language(client):
    names = {
        language: re.findall(r'<option value="[A-Z]{2}"[^>]*>([^<]*)', read(client, f"/{language}/missions/"))
        for language in ("ko", "en")
    }

    assert len(names["en"]) > 5 and names["en"] == sorted(names["en"], key=str.casefold)
    assert len(names["ko"]) > 5 and names["ko"] == sorted(names["ko"])


def test_filters_combine_and_can_be_removed_one_by_one(client):
    page = read(client, "/en/missions/?country=VN&kind=embassy")

    assert "/en/missions/hanoi/" in page and "/en/missions/ho-chi-minh-city/" not in page
    assert 'href="?kind=embassy"' in page and 'href="?country=VN"' in page


def test_every_word_of_a_search_must_occur(client):
    assert "/ko/missions/san-francisco/" in read(client, "/ko/missions/?q=샌프란시스코")
    assert "/ko/missions/seattle/" not in read(client, "/ko/missions/?q=샌프란시스코")
    assert "/ko/missions/los-angeles/" in read(client, "/ko/missions/?q=Los+Angeles")


def test_planned_meetings_come_first_the_soonest_first(client):
    body = make.body()
    soon, later = make.tomorrow(), make.tomorrow() + datetime.timedelta(days=30)
    make.meeting(body, label_ko="나중 회의", status="planned", held_on=later)
    make.meeting(body, label_ko="다음 회의임", status="planned", held_on=soon)
    page = read(client, "/ko/meetings/")

    assert page.index("다음 회의임") < page.index("나중 회의") < page.index("제2차 외교부")


def test_pages_of_a_list_keep_its_filters(client):
    body = make.body()
    for number in range(25):
        make.meeting(body, number=number + 1)
    page = read(client, f"/ko/meetings/?body={body.code}")

    assert f'href="?body={body.code}&amp;page=2"' in page
    assert read(client, f"/ko/meetings/?body={body.code}&page=2").count('class="what"') == 5


def test_posting_to_a_public_page_is_refused(client):
    for name in [*LISTS, "home", "programme", "sources"]:
        assert client.post(reverse(f"missions:{name}")).status_code == 405


def test_the_official_banner_is_shown_only_where_the_site_is_official(client, settings):
    claim = "대한민국 공식 전자정부 누리집입니다"
    assert claim not in read(client, "/ko/")
    settings.OFFICIAL_SITE = True
    assert claim in read(client, "/ko/")


def test_the_programme_can_be_loaded_by_its_command(capsys):
    call_command("load_programme")

    assert "0 records added" in capsys.readouterr().out


def said(page):
    """The words of a page, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_page_that_is_not_there_is_not_said_to_be_printed_from_anywhere(client):
    for address in ("/ko/foo/bar/", "/foo/bar/"):
        assert 'class="printed"' not in client.get(address).content.decode()


def test_a_chip_says_a_day_in_the_readers_language_and_there_is_none_for_no_words(client):
    assert "Launched by the day: 31 May 2024" in said(read(client, "/en/bodies/?launched=2024-05-31"))
    assert 'class="chips"' not in read(client, "/ko/cases/?q=%20")


def test_a_list_understands_a_code_in_any_letters_and_shows_what_was_chosen(client):
    make.case(make.body())
    for name in ("cases", "missions"):
        written, meant = (read(client, f"/en/{name}/?country={code}") for code in ("vn", "VN"))
        for page in (written, meant):
            assert '<option value="VN" selected>' in page and "Country: Vietnam" in said(page)
        found = [client.get(f"/en/{name}/?country={code}").context["paginator"].count for code in ("vn", "VN")]
        assert found[0] == found[1] > 0


def test_a_body_not_launched_yet_has_the_day_on_which_its_state_was_told_and_none_of_its_launch(client):
    told = "planned (as of 22 May 2024)"
    assert told in said(read(client, "/en/missions/ho-chi-minh-city/"))
    for address in ("/en/bodies/?state=planned", "/en/bodies/SGN/"):
        page = said(read(client, address))
        assert told in page and "date unknown" not in page
    assert told in said(read(client, "/en/missions/?state=planned")) and told in said(read(client, "/en/"))
    assert "launched (as of" not in said(read(client, "/en/bodies/SFO/"))


def test_the_figure_of_meetings_chaired_says_how_many_chairs_are_not_known(client):
    body = make.body()
    make.meeting(body, chaired="yes")
    assert "known ones only" not in read(client, f"/en/bodies/{body.code}/")
    make.meeting(body)
    make.meeting(body, chaired="unknown")

    for address in (f"/en/bodies/{body.code}/", f"/en/missions/{body.mission.slug}/"):
        page = read(client, address)
        assert (
            "known ones only" in page and f'?body={body.code}&amp;status=held&amp;chaired=unknown">2 not known' in page
        )


def test_the_names_of_the_ended_and_planned_do_not_count_as_launched(client):
    for state in ("planned", "forming", "ended"):
        make.body(state=state)
    ended = make.body(state="ended")
    BodyStep.objects.create(body=ended, state="launched", as_of_on=make.DAY, as_of_precision="day")

    page = said(read(client, "/en/bodies/?state=launched"))
    assert "15 are known by name, and 11 of these are shown as launched (including" in page
    assert "11 are known by name and shown as launched (including" in said(read(client, "/en/statistics/"))


def test_the_front_page_says_why_it_shows_fewer_missions_than_were_announced(client):
    make.body(state="forming")
    make.body(state="launched")

    english = (
        "25 missions with a body were announced. Known by name, and shown below: 13 (planned: 1, forming: 1, launched"
    )
    assert f"{english}: 11). A full list of the 25 missions is not known." in said(read(client, "/en/"))
    korean = (
        "발표된 공관은 25개입니다. 이름이 확인되어 아래에 표시한 공관은 13개(예정 1개, 구성 중 1개, 발족 11개)입니다."
    )
    assert korean in said(read(client, "/ko/"))


def test_a_body_launched_on_no_known_day_comes_last_of_the_launches(client):
    body = make.body(name_en="Z without a day")
    launches = client.get("/en/programme/").context["launches"]

    assert launches[-1] == body


def test_the_programme_tells_its_legal_basis_by_article_with_sources(client):
    page = " ".join(strip_tags(read(client, "/ko/programme/")).split())

    assert "외교부훈령 제224호" in page and "2027년 9월 26일까지 유효합니다" in page
    assert "요청 방법" in page and "제4조제2항·제3항 · 출처" in page and "통과 여부는 확인하지 못했습니다" in page
    assert "Art. 4(2)-(3) · Source" in " ".join(strip_tags(read(client, "/en/programme/")).split())
