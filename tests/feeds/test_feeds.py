"""Atom feeds as the programs read them that subscribe to them, and as RFC 4287 wants them."""

import datetime
import re
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from missions.models import Body, Country, Meeting, PublishedCase, Source
from tests import make
from tests.finding import kept

pytestmark = pytest.mark.usefixtures("programme")
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEEDS = ["meetings", "cases", "information"]
MAKERS = {"meetings": make.meeting, "cases": make.case, "information": make.information}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:sme-missions-portal,2024:(ko|en)/\S+")


DOUBT = re.compile("확인 정도|Certainty")


def address(noun, language="ko", query=""):
    return f"/{language}/feeds/{noun}.atom{query}"


def read(client, noun, language="ko", query=""):
    response = client.get(address(noun, language, query))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert parsed.bozo == 0 and parsed.version == "atom10"
    return parsed


def titles(*arguments):
    return [entry.title for entry in read(*arguments).entries]


def only(elements):
    (element,) = elements
    return element


def named_glow(noun, **values):
    """A record that alone has the word 노을빛."""
    if noun == "bodies":
        return kept(make.body(name_ko="노을빛 지원", **values))
    word = {"meetings": "label_ko"}.get(noun, "title_ko")
    record = MAKERS[noun](make.body(), **{word: "노을빛 이야기"}, **values)
    if noun == "cases":
        PublishedCase.objects.filter(pk=record.pk).update(kept_sources=[])
    return kept(record)


def links(element):
    """Addresses by what they are to the element."""
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("noun", FEEDS)
@pytest.mark.parametrize("query", ["", "?body=SFO", "?country=US", "?body=FRA&country=DE"])
def test_a_feed_has_what_the_standard_demands(client, noun, language, query):
    make.information(make.body())
    root = ET.fromstring(client.get(address(noun, language, query)).content)

    assert root.tag == f"{ATOM}feed" and root.get(LANG) == language
    own = links(root)
    assert own["self"] == f"http://testserver{address(noun, language, query)}"
    assert own["alternate"] == f"http://testserver/{language}/{noun}/{query}"
    assert only(root.findall(f"{ATOM}author")).findtext(f"{ATOM}name")
    ids = []
    for element in [root, *root.findall(f"{ATOM}entry")]:
        ids.append(only(element.findall(f"{ATOM}id")).text)
        assert only(element.findall(f"{ATOM}title")).text
        assert MOMENT.fullmatch(only(element.findall(f"{ATOM}updated")).text)
        assert links(element)["alternate"].startswith(f"http://testserver/{language}/")
    for entry in root.findall(f"{ATOM}entry"):
        assert only(entry.findall(f"{ATOM}summary")).get("type") == "html"
        assert len(entry.findall(f"{ATOM}published")) == (noun != "meetings")
    assert all(TAG.fullmatch(found) for found in ids) and len(set(ids)) == len(ids)


@pytest.mark.parametrize("noun", FEEDS)
def test_an_entry_leads_to_its_page_and_keeps_its_id_when_it_changes_and_on_every_host(client, noun, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    record = MAKERS[noun](make.body())
    query = f"?body={record.body.code}"

    def entry(host):
        page = client.get(address(noun, "ko", query), headers={"host": host})
        return only(feedparser.parse(page.content).entries)

    before = entry("one.example")
    assert before.link == f"http://one.example{record.get_absolute_url()}"
    type(record).objects.filter(pk=record.pk).update(reworded_at=datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC))
    after = entry("two.example")
    assert after.id == before.id and after.updated == "2030-01-01T00:00:00+00:00" != before.updated


def test_a_feed_is_narrowed_to_a_body_and_to_a_country(client):
    here, there = make.body(), make.body(mission=make.mission(country_id="US"))
    for body, country in ((here, "VN"), (there, "US")):
        make.meeting(body, label_ko=f"Z회의 {country}")
        make.case(body, country_id=country, title_ko=f"Z사례 {country}")
        make.information(body, country_id=country, title_ko=f"Z정보 {country}")

    for noun, word in zip(FEEDS, ["Z회의", "Z사례", "Z정보"], strict=True):
        of_body = titles(client, noun, "ko", f"?body={here.code}")
        of_country = titles(client, noun, "ko", "?country=US")
        assert len(of_body) == 1 and of_body[0].endswith(f"{word} VN")
        assert f"{word} US" in " ".join(of_country) and f"{word} VN" not in " ".join(of_country)
        assert titles(client, noun, "ko", f"?body={here.code}&country=US") == []
    country = Country.objects.get(code="US")
    assert country.name_en in read(client, "cases", "en", "?country=US").feed.title


@pytest.mark.parametrize("noun", FEEDS)
@pytest.mark.parametrize("query", ["?body=XYZ", "?country=ZZ", "?body=%F0%9F%99%82", f"?body={'9' * 400}"])
def test_a_feed_of_an_unknown_body_or_country_is_the_sites_own_404(client, noun, query):
    response = client.get(address(noun, "en", query))

    assert response.status_code == 404 and 'class="site-name"' in response.content.decode()


@pytest.mark.parametrize("noun", FEEDS)
def test_a_code_in_other_letters_is_the_same_feed(client, noun):
    body = make.body()
    MAKERS[noun](body)
    feed, other = (read(client, noun, "ko", f"?body={code}&country=vn") for code in (body.code, body.code.lower()))

    assert len(feed.entries) == len(other.entries) == 1
    assert feed.feed.id == other.feed.id and feed.feed.id.endswith("country=VN")


def test_an_empty_choice_is_no_choice_and_unknown_words_in_the_address_change_nothing(client):
    assert read(client, "cases", "ko", "?body=&utm_source=x").feed.id == read(client, "cases").feed.id


CERTAINTIES = pytest.mark.parametrize(
    ("certainty", "korean", "english"),
    [
        ("verified", None, None),
        ("inferred", "추정", "inferred"),
        ("conflict", "상충", "sources disagree"),
        ("unverified", "미확인", "unverified"),
    ],
)


@pytest.mark.parametrize("noun", FEEDS)
@CERTAINTIES
def test_an_entry_in_doubt_says_so_first(client, noun, certainty, korean, english):
    body = make.body()
    record = MAKERS[noun](body, certainty=certainty)
    record.sources.add(Source.objects.first())
    if noun == "cases":  # its sources are those of the day of its approval
        kept = [{"key": "z", "publisher": "Z", "title": "Z"}]
        PublishedCase.objects.filter(pk=record.pk).update(kept_sources=kept)

    for language, said in (("ko", korean and f"확인 정도: {korean}"), ("en", english and f"Certainty: {english}")):
        entry = only(read(client, noun, language, f"?body={body.code}").entries)
        assert entry.summary.startswith(said) if said else "확인 정도" not in entry.summary


@pytest.mark.parametrize("noun", FEEDS)
def test_the_entry_of_a_body_itself_is_in_no_doubt(client, noun):
    body = make.body()
    MAKERS[noun](body, certainty="unverified")

    assert "확인 정도" not in only(read(client, noun, "ko", f"?body={body.code}").entries).summary


def test_a_feed_holds_the_newest_fifty(client):
    body = make.body()
    for number in range(51):
        make.meeting(body, number=number + 1)
    Meeting.objects.filter(body=body, number=1).update(reworded_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))

    found = titles(client, "meetings", "ko", f"?body={body.code}")
    assert len(found) == 50 and found[0].endswith("제51차 회의") and found[-1].endswith("제2차 회의")


@pytest.mark.parametrize("noun", FEEDS)
def test_an_empty_feed_is_well_formed_and_the_same_whenever_it_is_asked(client, noun):
    body = make.body()
    first = read(client, noun, "ko", f"?body={body.code}")

    assert first.entries == [] and first.feed.updated == "2024-04-01T00:00:00+00:00"


def test_texts_with_markup_and_control_characters_arrive_as_typed(client):
    body = make.body()
    make.case(body, title_ko="관세 <b>&amp;</b>\x0b\ufffe 인증", happened_ko="<script>x</script> 1 < 2\x01\n둘째 줄")

    entry = only(read(client, "cases", "ko", f"?body={body.code}").entries)
    assert entry.title == "관세 <b>&amp;</b> 인증"
    raw = client.get(address("cases", "ko", f"?body={body.code}")).content.decode()
    assert "&amp;lt;script&amp;gt;x&amp;lt;/script&amp;gt; 1 &amp;lt; 2&lt;br&gt;둘째 줄" in raw


def test_an_entry_still_in_korean_says_so_in_the_english_feed(client):
    body = make.body()
    make.case(body, title_ko="국문 사례", title_en="")
    make.case(body, title_ko="영문 사례", title_en="English case")

    root = ET.fromstring(client.get(address("cases", "en", f"?body={body.code}")).content)
    found = {entry.findtext(f"{ATOM}title"): entry.get(LANG) for entry in root.findall(f"{ATOM}entry")}
    assert found == {"국문 사례": "ko", "English case": None}


def test_an_entry_of_information_says_once_its_last_day_has_passed(client):
    body = make.body()
    for days in (-2, 2):
        make.information(body, valid_until=timezone.localdate() + datetime.timedelta(days=days))
    entries = client.get(f"/en/feeds/information.atom?body={body.code}").content.decode().split("<entry>")[1:]

    assert sorted("expired" in entry for entry in entries) == [False, True]


def test_what_is_not_published_is_in_no_feed(client):
    body = make.body()
    make.meeting(body, is_published=False)
    make.information(body, is_published=False)
    for state in ("draft", "awaiting", "withdrawn"):
        make.case(body, state)

    for noun in FEEDS:
        assert titles(client, noun, "ko", f"?body={body.code}") == []


@pytest.mark.parametrize("noun", FEEDS)
def test_a_list_leads_to_its_feed_narrowed_as_it_is_itself(client, noun):
    body = make.body()
    MAKERS[noun](body)
    in_head = '<link rel="alternate" type="application/atom+xml"'

    page = client.get(f"/en/{noun}/").content.decode()
    assert page.split(in_head)[1].split(">")[0].endswith(f'href="{address(noun, "en")}"')
    page = client.get(f"/en/{noun}/?body={body.code}").content.decode()
    assert page.split(in_head)[1].split(">")[0].endswith(f'href="{address(noun, "en")}?body={body.code}"')
    assert f'<a href="{address(noun, "en")}?body={body.code}"' in page
    for detail in (f"/en/bodies/{body.code}/", f"/en/missions/{body.mission.slug}/"):
        assert f'href="{address(noun, "en")}?body={body.code}"' in client.get(detail).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("noun", FEEDS)
def test_a_feed_costs_two_queries_however_long_it_is(client, noun, rows, django_assert_num_queries):
    body = make.body()
    for number in range(rows):
        MAKERS[noun](body, **({"number": number + 1} if noun == "meetings" else {}))

    with django_assert_num_queries(2):
        client.get(address(noun, "ko", f"?body={body.code}"))
    with django_assert_num_queries(1):
        client.get(address(noun))


def test_the_cases_of_the_programme_are_in_the_feed(client):
    assert len(titles(client, "cases")) == PublishedCase.objects.published().count() > 0
    assert Body.objects.get(code="FRA").name_en in read(client, "cases", "en", "?body=FRA").feed.title


def test_an_entry_of_a_meeting_says_when_it_is_there_and_in_korea(client):
    body = make.body(mission=make.mission(time_zone="America/Los_Angeles", country_id="US"))
    starts = datetime.datetime(2026, 10, 6, 0, tzinfo=datetime.UTC)
    make.meeting(body, status="planned", held_on=datetime.date(2026, 10, 5), starts_at=starts)

    (entry,) = read(client, "meetings", "en", f"?body={body.code}").entries
    assert "Local time: 5 October 2026, 17:00 (America/Los_Angeles)" in entry.summary
    assert "Time in Korea: 6 October 2026, 09:00" in entry.summary


@pytest.mark.parametrize(
    ("status", "begins"), [("cancelled", "[취소] "), ("postponed", "[연기] "), ("planned", "도시")]
)
def test_a_meeting_that_was_called_off_says_so_first_in_its_feed(client, status, begins):
    body = make.body()
    make.meeting(body, status=status)

    (entry,) = read(client, "meetings", "ko", f"?body={body.code}").entries
    assert entry.title.startswith(begins)


def test_meetings_changed_at_one_moment_come_by_their_day(client):
    body = make.body()
    for day in (3, 1, 2):
        make.meeting(body, held_on=datetime.date(2026, 3, day), label_ko=f"Z회의 {day}")
    Meeting.objects.filter(body=body).update(reworded_at=make.NOON)

    found = titles(client, "meetings", "ko", f"?body={body.code}")
    assert [title[-1] for title in found] == ["3", "2", "1"]


NARROWED = {
    "cases": ("type=customs&outcome=resolved", {"type_id": "customs", "outcome": "resolved"}, {"outcome": "advice"}),
    "meetings": ("status=cancelled&country=VN", {"status": "cancelled"}, {"status": "held"}),
    "information": ("month=2026-02&validity=valid", {"issued_on": datetime.date(2026, 2, 3)}, {}),
}


@pytest.mark.parametrize("noun", FEEDS)
def test_any_narrowed_list_is_followed_by_its_own_link(client, noun):
    query, fitting, other = NARROWED[noun]
    body = make.body()
    told = MAKERS[noun](body, **fitting)
    MAKERS[noun](body, **other)
    query = f"{query}&body={body.code}"

    page = client.get(f"/en/{noun}/?{query}").content.decode()
    (feed,) = re.findall(r'<link rel="alternate" type="application/atom\+xml"\s+title="[^"]+"\s+href="([^"]+)"', page)
    assert page.count(f'href="{feed}"') == 2  # in the head for programs, on the page for people
    parsed = feedparser.parse(client.get(feed.replace("&amp;", "&")).content)
    assert [entry.link.partition("/en/")[2] for entry in parsed.entries] == [told.get_absolute_url()[4:]]
    assert parsed.feed.title.count(" · ") == query.count("=")
    assert sorted(parsed.feed.links[0].href.partition("?")[2].split("&")) == sorted(query.split("&"))


@pytest.mark.parametrize("noun", [*FEEDS, "earlier-cases"])
def test_a_list_with_a_condition_that_is_refused_offers_nothing_to_follow(client, noun):
    refused, whole = (client.get(f"/en/{noun}/{query}").content.decode() for query in ("?year=x&month=x", ""))

    assert "could not be understood" in refused and "Follow this list" in whole
    for offer in ("Follow this list", "application/atom+xml", "text/calendar", "webcal:"):
        assert offer not in refused


@CERTAINTIES
@pytest.mark.parametrize("noun", [*FEEDS, "bodies"])
def test_an_entry_in_doubt_says_so_in_the_feed_of_a_search_too(client, noun, certainty, korean, english):
    record = named_glow(noun, certainty=certainty)
    record.sources.add(Source.objects.first())
    if noun == "cases":
        told = [{"key": "z", "publisher": "Z", "title": "Z"}]
        PublishedCase.objects.filter(pk=record.pk).update(kept_sources=told)

    for language, said in (("ko", korean and f"확인 정도: {korean}"), ("en", english and f"Certainty: {english}")):
        entry = only(feedparser.parse(client.get(f"/{language}/feeds/search.atom?q=노을빛").content).entries)
        assert entry.summary.startswith(said) if said else not DOUBT.search(entry.summary)


@pytest.mark.parametrize("noun", [*FEEDS, "bodies"])
def test_the_entry_of_a_body_itself_is_in_no_doubt_in_the_feed_of_a_search(client, noun):
    named_glow(noun, certainty="unverified")

    entry = only(feedparser.parse(client.get("/ko/feeds/search.atom?q=노을빛").content).entries)
    assert not DOUBT.search(entry.summary)


def test_an_earlier_case_says_in_the_feed_of_a_search_that_it_is_told_as_reported(client):
    kept(make.earlier_case(happened_ko="노을빛 선행", certainty="reported")).sources.add(Source.objects.first())

    entry = only(feedparser.parse(client.get("/en/feeds/search.atom?q=노을빛").content).entries)
    assert entry.summary.startswith("Certainty: as reported")


def test_a_search_is_followed(client):
    body = make.body()
    for number in range(2):
        kept(make.case(body, title_ko=f"노을빛 <사례> {number}"))
    kept(make.information(body, title_ko="노을빛 정보"))

    page = client.get("/ko/search/?q=노을빛&kind=publishedcase").content.decode()
    feed = re.search(r'rel="alternate" type="application/atom\+xml" href="([^"]+)"', page)[1].replace("&amp;", "&")
    parsed = feedparser.parse(client.get(feed).content)

    assert [entry.title for entry in parsed.entries] == ["노을빛 <사례> 1", "노을빛 <사례> 0"]
    assert all(client.get(entry.link.removeprefix("http://testserver")).status_code == 200 for entry in parsed.entries)
    assert len(feedparser.parse(client.get("/ko/feeds/search.atom?q=노을빛").content).entries) == 3
    assert len({entry.id for entry in parsed.entries} | {parsed.feed.id}) == 3
    with CaptureQueriesContext(connection) as queries:
        client.get("/ko/feeds/search.atom?q=노을빛")
    assert len(queries) <= 5


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("feeds/cases.atom?colour=red", "outcome"),
        ("feeds/cases.atom?outcome=perfect", "outcome"),
        ("feeds/information.atom?month=soon", "2024-04"),
        ("calendar.ics?colour=red", "chaired"),
        ("calendar.ics?year=x", "chaired"),
        ("feeds/search.atom", "kind"),
        ("feeds/search.atom?q=x&colour=red", "kind"),
        ("feeds/search.atom?q=x&country=ZZ", "kind"),
        ("feeds/search.atom?q=%3F", "kind"),
    ],
)
def test_what_cannot_be_followed_says_why_and_what_can(client, asked, told):
    for language in ("ko", "en"):
        response = client.get(f"/{language}/{asked}")
        page = response.content.decode()
        assert response.status_code == 404 and told in page
        assert f'<html lang="{language}">' in page and 'class="site-name"' in page
