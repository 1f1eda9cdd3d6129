"""What a reader learns from the page of a mission, a body, a meeting, a case and an item of information."""

import datetime
import re
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.models import AgendaItem, LocalInformation, Meeting, Membership, Mission, Source
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
TODAY = timezone.localdate()
THERE = timezone.localdate(timezone=ZoneInfo("Asia/Ho_Chi_Minh"))  # where ``make.body`` works


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(page):
    """The words of the main part of a page, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0]).split())


@pytest.mark.parametrize(
    ("zone", "korean", "english"),
    [
        (
            "Asia/Ho_Chi_Minh",
            "지금 22:30 (일) · 한국보다 2시간 늦음 · UTC+7",
            "now 22:30 (Sun) · 2 hours behind Korea · UTC+7",
        ),
        ("Asia/Kolkata", "한국보다 3시간 30분 늦음 · UTC+5:30", "3 hours 30 minutes behind Korea · UTC+5:30"),
        ("America/Los_Angeles", "지금 07:30 (일)", "17 hours behind Korea · UTC-8"),
        ("Australia/Sydney", "지금 02:30 (월)", "2 hours ahead of Korea · UTC+11"),
        ("Asia/Tokyo", "한국과 같은 시각", "same time as Korea · UTC+9"),
    ],
)
def test_a_mission_tells_the_time_there_and_how_far_it_is_from_korea(client, zone, korean, english):
    mission = make.mission(time_zone=zone)
    moment = datetime.datetime(2026, 3, 1, 15, 30, tzinfo=datetime.UTC)

    with patch.object(timezone, "now", lambda: moment):
        assert korean in words(read(client, f"/ko/missions/{mission.slug}/")).replace(" )", ")")
        assert english in words(read(client, f"/en/missions/{mission.slug}/")).replace(" )", ")")


def test_a_mission_page_begins_with_how_to_reach_it(client):
    body = make.body(contact_ko="경제과", contact_en="Economic section")
    Mission.objects.filter(pk=body.mission.pk).update(telephone="+84 24 123", url="https://example.kr/")
    body.mission.covers.add("LA")
    page = words(read(client, f"/en/missions/{body.mission.slug}/"))

    for told in ("Economic section", "+84 24 123", "https://example.kr/", "Vietnam · Laos"):
        assert 0 < page.index(told) < page.index("Who sits on it")
    assert "Not known yet e-mail, address" in page and "domestic body" not in page


def test_what_is_not_known_of_a_mission_is_said_with_a_way_on(client):
    page = read(client, f"/en/missions/{make.mission().slug}/")

    assert "telephone, e-mail, address, web site" in page and "others are not known" in page
    assert 'href="/en/bodies/?scope=domestic"' in page
    assert "No source says that this mission has a body." in page
    assert "its consular district is not known" in read(client, "/en/missions/los-angeles/")


def test_chair_and_secretariat_come_first_and_are_named(client):
    body = make.body()
    for post, name in [("member", "Zmember"), ("secretariat", "Zsecretariat"), ("chair", "Zchair")]:
        Membership.objects.create(body=body, organisation=make.organisation(name_en=name), post=post)
    page = words(read(client, f"/en/missions/{body.mission.slug}/"))
    table = page[page.index("Who sits on it") :]

    assert "Chair Zchair Secretariat Zsecretariat Meeting rhythm" in page
    assert table.index("Zchair") < table.index("Zsecretariat") < table.index("Zmember")
    assert "What each member can help with is not known yet." in page


@pytest.mark.parametrize(("address", "code"), [("bodies/HAN", "VN"), ("organisations/kosme", "KR")])
def test_a_body_and_an_organisation_lead_to_their_country(client, address, code):
    facts = client.get(f"/ko/{address}/").content.decode().partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert f'href="/ko/countries/{code}/"' in facts


@pytest.mark.parametrize("page", ["body", "mission"])
def test_each_figure_of_a_body_is_the_number_of_rows_in_the_list_behind_it(client, page):
    body = make.body()
    make.meeting(body, chaired="yes")
    make.meeting(body, chaired="no")
    make.meeting(body, status="planned", held_on=TODAY + datetime.timedelta(days=9))
    make.meeting(body, is_published=False)
    make.case(body)
    make.case(body, "draft")
    for _ in range(3):
        make.information(body)
    make.meeting(make.body(), chaired="yes")
    owner = body if page == "body" else body.mission

    figures = re.findall(r'<dd>\s*<a href="([^"]+)">([^<]+)</a>\s*</dd>', read(client, owner.get_absolute_url()))
    counted = [(address.replace("&amp;", "&"), number) for address, number in figures if "?body=" in address]

    assert [number for _address, number in counted] == ["2", "1", "1", "3"]
    for address, number in counted:
        assert re.search(rf'role="status">\s*{number}건', read(client, address))


def test_a_count_above_a_thousand_is_not_told_to_the_last(client):
    body = make.body()
    rows = [
        LocalInformation(
            body=body, country_id="VN", topic_id="customs", title_ko="Z", issued_on=TODAY, is_published=True
        )
        for _ in range(1003)
    ]
    LocalInformation.objects.bulk_create(rows[:1000])
    assert ">1,000</a>" in read(client, f"/ko/bodies/{body.code}/")
    LocalInformation.objects.bulk_create(rows[1000:])
    assert ">1,000+</a>" in read(client, f"/ko/bodies/{body.code}/")


def test_a_body_shows_its_nearest_meetings_and_leads_to_all(client):
    body = make.body()
    for days in range(-20, 3):
        when = "planned" if days > 0 else "held"
        make.meeting(body, status=when, held_on=TODAY + datetime.timedelta(days=days), label_ko=f"Z회의{days:+}일")
    page = words(read(client, f"/ko/bodies/{body.code}/"))

    assert re.findall(r"Z회의([+-]\d+)일", page) == ["+1", "+2", "+0", "-1", "-2", "-3", "-4"]
    assert f'href="/ko/meetings/?body={body.code}"' in read(client, f"/ko/bodies/{body.code}/")


def test_a_body_with_many_meetings_to_come_is_not_said_to_have_no_past(client):
    body = make.body()
    make.meeting(body, status="held")
    for number in range(13):
        make.meeting(body, number=number + 1, status="planned", held_on=make.tomorrow())
    page = read(client, f"/en/bodies/{body.code}/")

    assert "All meetings of this body" in page and "No source describes a meeting." not in page


def test_a_meeting_is_told_in_local_and_in_korean_time(client):
    body = make.body(mission=make.mission(time_zone="America/Los_Angeles"))
    meeting = make.meeting(
        body,
        starts_at=datetime.datetime(2026, 3, 3, 7, 0, tzinfo=datetime.UTC),
        ends_at=datetime.datetime(2026, 3, 3, 9, 30, tzinfo=datetime.UTC),
    )
    AgendaItem.objects.create(meeting=meeting, topic_ko="통관", kind="difficulty")
    page = words(read(client, f"/ko/meetings/{meeting.key}/"))

    assert "현지 시각 23:00 –2026년 3월 3일 (화) 01:30 (UTC-8)" in page
    assert "한국 시각 2026년 3월 3일 (화) 16:00 –18:30" in page and page.count("2026년 3월 2일") == 1
    assert "통관 수출애로" in page


def test_a_meeting_in_korea_has_one_time(client):
    meeting = make.meeting(starts_at=datetime.datetime(2026, 3, 2, 1, 0, tzinfo=datetime.UTC))
    page = words(read(client, f"/en/meetings/{meeting.key}/"))

    assert "Local time 10:00 (UTC+9)" in page and "Time in Korea" not in page


def test_a_row_of_a_meeting_to_come_tells_its_day_once(client):
    start = timezone.now().replace(hour=3, minute=0) + datetime.timedelta(days=9)
    ends = start + datetime.timedelta(hours=2)
    day = start.date()
    body = make.body()
    make.meeting(body, status="planned", held_on=day, starts_at=start, ends_at=ends, venue_en="Zroom")
    page = words(read(client, f"/en/meetings/?body={body.code}"))

    assert f"{day.day} {day:%B %Y} ({day:%a}) 10:00 –12:00 (local time) planned" in page
    assert "in Korea 12:00 –14:00 · Zroom" in page and page.count(f"{day:%B %Y}") == 1


def test_a_calendar_can_be_subscribed_to_by_a_link_and_by_an_address_to_copy(client):
    body = make.body()
    page = read(client, f"/ko/bodies/{body.code}/")

    assert f'href="webcal://testserver/ko/bodies/{body.code}/calendar.ics"' in page
    assert f"<code>http://testserver/ko/bodies/{body.code}/calendar.ics</code>" in page


@pytest.mark.parametrize("address", ["/ko/bodies/SFO/", "/en/missions/?country=VN"])
def test_a_printed_page_says_where_it_came_from_and_when(client, address):
    page = read(client, address)

    day = f"{TODAY.year}년 {TODAY.month}월 {TODAY.day}일" if "/ko/" in address else f"{TODAY.day} {TODAY:%B %Y}"
    assert f"http://testserver{address} · {day}" in page


def test_meetings_to_come_stand_apart_from_past_ones(client):
    body = make.body()
    make.meeting(body, status="planned", held_on=make.tomorrow(), label_en="Znext")
    make.meeting(body, status="planned", held_on=THERE - datetime.timedelta(days=1), label_en="Zunsettled")
    page = words(read(client, f"/en/meetings/?body={body.code}"))

    assert page.index("Meetings to come") < page.index("Znext") < page.index("Past meetings") < page.index("Zunsettled")
    assert "result to be confirmed" in page


def test_related_cases_are_the_nearest_first(client):
    body = make.body()
    case = make.case(body)
    country = make.case(body, type_id="payment", title_en="Zsame country")
    kind = make.case(body, country_id="DE", title_en="Zsame type")
    both = make.case(body, title_en="Zboth")
    other = make.case(body, country_id="DE", type_id="payment", title_en="Zneither")
    page = words(read(client, f"/en/cases/{case.reference}/"))

    titles = [page.index(near.title_en) for near in (both, kind, country)]
    assert titles == sorted(titles) and other.title_en not in page
    assert page.count("Zboth") == 1


def test_a_case_leads_to_whom_to_ask(client):
    page = read(client, f"/en/cases/{make.case(make.body()).reference}/")

    for leads in ("/en/countries/VN/", "/en/cases/?country=VN", "/en/information/?country=VN"):
        assert f'href="{leads}"' in page


@pytest.mark.parametrize(("days", "expired"), [(-1, True), (0, False), (1, False)])
def test_information_past_its_day_is_marked_on_its_page_and_in_lists(client, days, expired):
    valid = THERE + datetime.timedelta(days=days)
    item = make.information(make.body(), issued_on=THERE - datetime.timedelta(days=9), valid_until=valid)

    assert ('class="state expired"' in read(client, f"/en/information/{item.key}/")) is expired
    assert ("no longer valid" in read(client, f"/en/information/{item.key}/")) is expired
    assert ('class="state expired"' in read(client, f"/en/information/?body={item.body.code}")) is expired


@pytest.mark.parametrize(
    ("zone", "ends"),  # in UTC, the moment after the last day
    [
        ("America/Los_Angeles", (2027, 1, 1, 8)),
        ("Asia/Seoul", (2026, 12, 31, 15)),
        ("Pacific/Auckland", (2026, 12, 31, 11)),
    ],
)
def test_information_is_valid_until_its_day_ends_where_the_body_works(client, monkeypatch, zone, ends):
    body = make.body(mission=make.mission(time_zone=zone))
    item = make.information(body, valid_until=datetime.date(2026, 12, 31))
    ended = datetime.datetime(*ends, tzinfo=datetime.UTC)

    for moment, expired in ((ended - datetime.timedelta(seconds=1), False), (ended, True)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert ("no longer valid" in read(client, f"/en/information/{item.key}/")) is expired
        narrowed = {which: f"/en/information/?body={body.code}&validity={which}" for which in ("valid", "expired")}
        assert {which: item.title_en in read(client, address) for which, address in narrowed.items()} == {
            "valid": not expired,
            "expired": expired,
        }


def test_information_can_be_narrowed_to_what_has_not_expired(client):
    body = make.body()
    early = THERE - datetime.timedelta(days=9)
    make.information(body, title_en="Zopen", issued_on=early)
    make.information(body, title_en="Ztoday", issued_on=early, valid_until=THERE)
    make.information(body, title_en="Zpast", issued_on=early, valid_until=THERE - datetime.timedelta(days=1))
    kept, past = (words(read(client, f"/en/information/?validity={which}")) for which in ("valid", "expired"))

    assert "Zopen" in kept and "Ztoday" in kept and "Zpast" not in kept
    assert "Zpast" in past and "Zopen" not in past and "Ztoday" not in past


def test_an_empty_list_offers_to_drop_each_condition_and_where_else_to_look(client):
    page = read(client, "/en/cases/?country=DE&q=nowhere")
    empty = page.split('class="empty"')[1].split("</main>")[0]

    for way in ('href="?country=DE"', 'href="?q=nowhere"', 'href="?"', 'href="/en/countries/"'):
        assert way in empty


@pytest.mark.parametrize(
    ("language", "whom", "everywhere"),
    [
        ("ko", "베트남 담당 공관과 연락처", "누리집 전체에서 찾기: ‘없는 낱말&amp;’"),
        ("en", "Whom to call in Vietnam", "Search this whole site for “없는 낱말&amp;”"),
    ],
)
@pytest.mark.parametrize("listed", ["cases", "earlier-cases", "information", "organisations", "missions"])
def test_an_empty_list_leads_to_the_country_and_to_the_search_of_the_site(client, language, whom, everywhere, listed):
    def empty(query):
        page = read(client, f"/{language}/{listed}/?{query}")
        return re.sub("</?span[^>]*>", "", page.split('class="empty"')[1].split("</main>")[0])

    both = empty("country=VN&q=%EC%97%86%EB%8A%94+%EB%82%B1%EB%A7%90%26")
    assert re.search(rf'<a href="/{language}/countries/VN/">{whom}\b', both)
    assert f'href="/{language}/search/?q=%EC%97%86%EB%8A%94%20%EB%82%B1%EB%A7%90%26">{everywhere}</a>' in both
    assert f"/{language}/countries/VN/" not in empty("q=nowhere") and "/search/?q=nowhere" in empty("q=nowhere")


def test_an_empty_list_of_bodies_leads_to_the_search_of_the_site(client):
    assert "/search/?q=nowhere" in read(client, "/en/bodies/?q=nowhere").split('class="empty"')[1].split("</main>")[0]


@pytest.mark.parametrize("query", ["country=VN&type=ip", "country=none&type=ip"])
def test_an_empty_list_leads_only_to_what_was_chosen(client, query):
    empty = read(client, f"/en/cases/?{query}").split('class="empty"')[-1].split("</main>")[0]

    assert ("/en/countries/VN/" in empty) is ("VN" in query) and "/search/?q=" not in empty


@pytest.mark.parametrize(
    ("address", "item"),
    [("/ko/cases/", "cases"), ("/ko/cases/poen-germany/", "cases"), ("/ko/bodies/SFO/", "bodies"), ("/ko/", None)],
)
def test_the_menu_marks_the_part_one_is_in(client, address, item):
    menu = read(client, address).split('class="menu"')[1].split("</nav>")[0]
    marked = re.findall(r'href="([^"]+)"\s+aria-current="true"', menu)

    assert marked == ([reverse(f"missions:{item}")] if item else [])


def test_a_record_says_when_it_last_changed(client):
    meeting = make.meeting()
    Meeting.objects.filter(pk=meeting.pk).update(reworded_at=make.NOON)

    assert (
        '<time datetime="2026-03-02">2 March 2026</time>'
        in read(client, f"/en/meetings/{meeting.key}/").split("<footer")[1]
    )


def test_the_home_page_shows_meetings_to_come_or_else_the_latest(client):
    assert "Latest meetings" in read(client, "/en/")
    make.meeting(make.body(), status="planned", held_on=make.tomorrow(), label_en="Znext")
    page = words(read(client, "/en/"))

    assert "Next meetings" in page and "Latest meetings" not in page and "Znext" in page


def test_the_announced_counters_stand_with_their_day_and_source(client):
    page = read(client, "/en/")
    section = words("<main>" + page.split('aria-labelledby="announced"')[1].split("</section>")[0] + "</main>")

    assert "Results announced as of 17 December 2024" in section
    for told in ("missions (in 17 countries) 25", "46", "241", "401", "전자신문"):
        assert told in section


@pytest.mark.parametrize("address", ["/ko/bodies/SFO/", "/en/missions/dubai/", "/ko/programme/", "/ko/sources/"])
def test_original_sources_stand_before_what_others_report_of_them(client, address):
    page = read(client, address)

    lists = re.findall(r'<ul class="(?:sources|sourcelist)">(.*?)</ul>', page, re.DOTALL) or [page.split("<main")[1]]
    for part in lists:
        keys = re.findall(r'sources/#([\w-]+)"|<li id="([\w-]+)">', part)
        urls = [Source.objects.get(key=one or other).url for one, other in keys if "discrepancy" not in one]
        official = [".go.kr/" in url or "korea.kr/" in url for url in urls]
        assert official and ("programme" in address or official == sorted(official, reverse=True)), address
    cited = client.get("/ko/programme/").context["agreements"][0].cited
    assert next(source.key for source in Source.objects.filter(key__in=[one.key for one in cited])) == cited[0].key
