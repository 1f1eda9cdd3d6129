"""The page of the public search takes whatever is typed, and marks what it found."""

import datetime
import re

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from missions.fields.dates import today_in
from missions.models import Body, Country, PublicEntry, Source
from missions.search import staff as staff_search
from missions.search.highlight import highlighted, holds, snippet
from tests import make
from tests.finding import asked, found, kept, page

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.dealt_out]


@pytest.fixture
def body():
    return make.body()


# What is typed


@pytest.mark.parametrize(
    "text",
    [
        "관세' | '통관",
        "관세 & !통관",
        "관세:*",
        'tokens:"관세',
        "'; DROP TABLE missions_publicentry; --",
        "%관세%",
        "\\",
        "(" * 100,
        "관" * 5000,
        "a " * 5000,
        "🚢 ﷺ ݐ \ud55c",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "ﾟ\u200b\u202e",
        " ".join(f"말{number}" for number in range(500)),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_somebody_types_is_never_an_instruction_nor_markup(client, language, text):
    words = page(client, text, language, page="1")

    assert "<script>" not in words and "<img" not in words
    html5lib.HTMLParser(strict=True).parse(words)
    assert PublicEntry.objects.exists()


@pytest.mark.parametrize("text", ["관" * 10_000, " ".join(f"word{number}" for number in range(500))])
def test_a_search_that_is_too_long_is_cut_and_says_so(client, text):
    assert "Only its first 200 characters and 24 terms were looked for." in page(client, text, "en")
    alone = re.sub(r"<select.*?</select>", "", page(client, text, "en"), flags=re.DOTALL)  # without the choosers
    assert len(alone) < 30_000


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Type what you are looking for"),
        ("   ", "Type what you are looking for"),
        ("?!…", "There is no letter and no digit to look for."),
        ("없는낱말", "Use fewer or shorter words"),
    ],
)
def test_where_nothing_can_be_found_the_page_says_what_to_try(client, text, says):
    words = page(client, text, "en")

    assert says in words and 'href="/en/missions/"' in words
    assert ('id="market"' in words) == bool(text.strip())


@pytest.mark.parametrize("text", ["통관", "customs procedure", "관세", "인증", "통관 in Vietnam?"])
def test_a_subject_of_which_nothing_is_published_is_named_as_one(client, body, text):
    says = "nothing about it has been published yet"
    assert says in page(client, text, "en")
    assert says not in page(client, "없는낱말", "en")
    for named in asked(client, text).context["types"]:
        make.case(body, type_id=named.code)
    assert says not in page(client, text, "en")


@pytest.mark.parametrize("narrowed", [{"country": "IN"}, {"body": "SFO"}, {"kind": "agreement"}])
def test_a_subject_is_not_called_unpublished_where_only_the_conditions_leave_nothing_of_it(client, body, narrowed):
    case = make.case(body, title_ko="통관 지연", country_id="VN")

    words = page(client, "통관", "en", **narrowed)
    assert case.get_absolute_url() not in words
    assert "Nothing was found" in words and "nothing about it has been published yet" not in words


def test_each_word_leads_on_within_the_conditions_of_the_search(client, body):
    other = make.body(mission=make.mission(country_id="US"))
    for number in range(4):
        kept(make.information(other if number else body, title_ko="노을빛", country_id="US" if number else "VN"))
    response = asked(client, "노을빛 없는낱말", country="VN")

    (share,) = response.context["shares"]
    assert share.address in response.content.decode().replace("&amp;", "&")
    groups = client.get(f"/ko/search/{share.address}").context["groups"]
    assert share.found == sum(group.found for group in groups) == 1


def test_a_country_without_an_english_name_is_named_only_where_the_query_names_it(client):
    Country.objects.create(code="QQ", name_ko="큐국")

    assert "큐국" not in page(client, "nowhere", "en").split("market")[0]
    assert "큐국" in page(client, "큐국", "en").split('class="empty"')[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("다음 회의", "meetings"),
        ("회의 일정을", "meetings"),
        ("upcoming meetings", "meetings"),
        ("통계", "statistics"),
        ("개인정보", "privacy"),
        ("Solved cases", "cases"),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_search_for_a_page_by_its_name_leads_there(client, language, text, name):
    (meant,) = asked(client, text, language).context["site_pages"]

    assert meant.address == f"/{language}/{name}/"
    assert f'<a href="{meant.address}">' in page(client, text, language).split('class="kinds meant"')[1]
    assert client.get(meant.address).status_code == 200


@pytest.mark.parametrize("text", ["베트남 회의", "통관", "회", "m", "", "!!"])
def test_a_search_for_anything_else_leads_to_no_page_by_its_name(client, text):
    assert asked(client, text).context["site_pages"] == []


@pytest.mark.parametrize("text", ["UK", "통관 in the UK", "잉글랜드", "ivory coast 통관"])
def test_a_country_is_named_by_whatever_people_call_it(client, text):
    country = "CI" if "ivory" in text else "GB"

    assert f'<a href="/en/countries/{country}/">Whom to call in' in page(client, text, "en")


@pytest.mark.parametrize("text", ["통관 in Vietnam?", "베트남에서 통관을", "vietnam 통관", "통관 하노이"])
def test_where_no_record_has_every_word_each_word_leads_on(client, text):
    words = page(client, text, "en")

    assert "The links above come nearest." in words or "Nothing of the programme itself has all these words." in words
    assert 'href="/en/missions/hanoi/"' in words
    assert "Customs procedure and delay" in words


def test_what_holds_a_question_together_need_not_be_found(client, body):
    case = make.case(body, title_ko="통관 지연", country_id="VN")

    for text in ("통관 in Vietnam?", "How is 통관 for the Vietnam", "베트남에서 통관을"):
        assert found(client, text) == [case.get_absolute_url()], text
    assert found(client, "how in") != [case.get_absolute_url()]


@pytest.mark.parametrize(
    ("text", "looked_for"), [("관세가 하노이의", "관세 하노이"), ("관세와 하노이로", "관세 하노이")]
)
def test_what_may_be_a_particle_is_dropped_where_nothing_has_it(client, body, text, looked_for):
    item = kept(make.information(body, title_ko="하노이 관세 회의"))

    assert item.get_absolute_url() in found(client, text)
    assert f"‘{looked_for}’" in page(client, text)
    assert found(client, text, kind="localinformation") == [item.get_absolute_url()]


def test_a_word_that_only_looks_as_if_it_had_a_particle_is_found_as_it_is(client, body):
    item, other = (kept(make.information(body, title_ko=title)) for title in ("전문가 명단", "전문 인력"))

    assert found(client, "전문가", kind="localinformation") == [item.get_absolute_url()]
    assert found(client, "전문", kind="localinformation") == [other.get_absolute_url(), item.get_absolute_url()]


def test_single_syllables_of_a_question_are_not_looked_for_by_themselves(client, body):
    kept(make.information(body, title_ko="국내 시장"))

    assert [share.of for share in asked(client, "내 시장 없는낱말").context["shares"]] == ["시장"]


@pytest.mark.parametrize("text", ["일본", "일본에서 인증", "Japan", "certificate Japan", "일본 없는낱말"])
def test_a_search_that_names_a_country_leads_to_whom_to_call_there_before_anything_else(client, text):
    found = page(client, text, "en")

    assert '<a href="/en/countries/JP/">Whom to call in Japan' in found
    assert found.index("/en/countries/JP/") < found.index('class="count"')
    assert "/countries/JP/" not in page(client, "베트남 없는낱말", "en")


def test_a_body_is_found_by_what_its_members_can_help_with(client, body):
    kept(body.memberships.create(organisation=make.organisation(), helps_ko="할랄 인증 자문"))

    assert found(client, "할랄 자문") == [body.get_absolute_url()]


@pytest.mark.parametrize(("days", "is_found"), [(-1, False), (0, True)])
def test_a_body_is_not_found_by_what_a_former_member_could_help_with(client, body, days, is_found):
    until = today_in(body.time_zone) + datetime.timedelta(days=days)
    kept(body.memberships.create(organisation=make.organisation(), helps_ko="할랄 인증", until_on=until))

    assert ("할랄 인증" in client.get(body.get_absolute_url()).content.decode()) is is_found
    assert (found(client, "할랄") == [body.get_absolute_url()]) is is_found


@pytest.mark.parametrize("rows", [1, 12])
def test_a_search_costs_the_same_few_queries_however_much_it_finds(client, body, rows):
    for _ in range(rows):
        make.case(body, title_ko="구름")
        staff_search.keep(make.information(body, title_ko="구름"), make.meeting(body, label_ko="구름"))
        kept(make.organisation(name_ko="구름"))

    def cost(**narrowed):
        with CaptureQueriesContext(connection) as queries:
            assert "구름" in page(client, "구름", **narrowed)
        return len(queries)

    cost()  # the first search of a process asks SQLite whether it knows JSON
    assert cost() == cost(country="VN", body=body.code) == 5
    assert cost(kind="meeting") == 5
    assert cost(kind="agreement") <= 8


# What is shown


def test_words_are_marked_in_titles_and_in_the_part_of_a_text_that_has_them(client, body):
    make.case(
        body,
        title_ko="<b>반덤핑관세</b> 부과",
        happened_ko="가" * 300 + " 긴 글 뒤에 관세율 이야기가 나옵니다. " + "나" * 300,
    )
    words = page(client, "관세")

    assert "&lt;b&gt;반덤핑<mark>관세</mark>&lt;/b&gt; 부과" in words
    assert "<mark>관세</mark>율 이야기가" in words and "… " in words


def test_words_of_the_other_language_are_shown_as_such(client, body):
    make.case(body, title_ko="냉동김 통관", title_en="Frozen seaweed", happened_en="", done_en="")

    assert '<p class="also" lang="ko"><mark>냉동</mark>김 통관</p>' in page(client, "냉동", "en")
    assert '<p class="also" lang="en">Frozen <mark>seaweed</mark></p>' in page(client, "seaweed", "ko")


def test_korean_without_english_is_marked_as_korean(client, body):
    make.case(body, title_ko="김밥 수출", title_en="")

    assert 'lang="ko"><mark>김밥</mark> 수출</a>' in page(client, "김밥", "en")


def test_what_a_source_says_in_korean_is_marked_as_korean(client):
    kept(Source.objects.create(key="z", publisher="Z", title="Z", quote="노을빛이 곱다고 밝혔다."))

    assert '<p class="extract" lang="ko"><mark>노을</mark>빛이' in page(client, "노을", "en")
    assert '<p class="extract"><mark>노을</mark>빛이' in page(client, "노을", "ko")


def test_korean_words_in_an_english_extract_are_marked_as_korean(client, body):
    kept(make.information(body, text_en="The rule (규정) on sunsets."))

    words = page(client, "sunset", "en")
    assert 'The rule (<span lang="ko">규정</span>) on <mark>sunset</mark>s.' in words


EARLY = {"held_on": "2024-05-01", "held_precision": "day"}
BEGUN = timezone.now() - datetime.timedelta(minutes=5)
AHEAD = timezone.now() + datetime.timedelta(days=3)
STATES = {
    "held": lambda body: make.meeting(body, summary_ko="노을"),
    "cancelled": lambda body: make.meeting(body, status="cancelled", summary_ko="노을"),
    "postponed": lambda body: make.meeting(None, status="postponed", summary_ko="노을", **EARLY),
    "overdue": lambda body: make.meeting(body, status="planned", starts_at=BEGUN, held_on=BEGUN, summary_ko="노을"),
    "planned": lambda body: make.meeting(body, status="planned", starts_at=AHEAD, held_on=AHEAD, summary_ko="노을"),
    "expired": lambda body: make.information(body, text_ko="노을", issued_on="2024-04-01", valid_until="2024-05-01"),
    "ended": lambda body: make.body(state="ended", purpose_ko="노을"),
    "forming": lambda body: make.body(state="forming", purpose_ko="노을"),
    "": lambda body: make.information(body, text_ko="노을", valid_until=AHEAD),
}


@pytest.mark.parametrize(("state", "record"), STATES.items())
def test_a_hit_says_what_became_of_it_as_lists_do(client, body, state, record):
    kept(record(body))

    (hit,) = page(client, "노을").split('class="hit"')[1:]
    assert (f'<span class="state {state}">' in hit) if state else ('class="state' not in hit)


def test_a_meeting_of_the_domestic_body_is_found_under_its_bodys_name(client):
    domestic = Body.objects.get(scope="domestic")
    kept(make.meeting(domestic, summary_ko="노을", number=77))

    assert f">{domestic.name} 제77차 회의</a>" in page(client, "노을")


@pytest.mark.parametrize(
    ("text", "query", "result"),
    [
        ("반덤핑관세", "관세", "반덤핑<mark>관세</mark>"),
        ("통관 지연", "통관지연", "<mark>통관 지연</mark>"),
        ("통관 보류, 납기 지연", "통관지연", "통관 보류, 납기 지연"),
        ("Bogotá", "bogota", "<mark>Bogotá</mark>"),
        ("a certificate", "certificates", "a <mark>certificate</mark>"),
        ("customers at customs", "customs", "customers at <mark>customs</mark>"),
        ("certificate, CE", "ce", "certificate, <mark>CE</mark>"),
        ("통관지연", "통관지연", "<mark>통관지연</mark>"),
        ("Customs and customers", "custom", "<mark>Custom</mark>s and <mark>custom</mark>ers"),
        ("accustomed", "custom", "accustomed"),
        ("FTA관세", "fta", "<mark>FTA</mark>관세"),
        ("ＡＢＣ", "abc", "<mark>ＡＢＣ</mark>"),
        ("a<b>&", "b", "a&lt;<mark>b</mark>&gt;&amp;"),
        ("관세", "?!", "관세"),
        ("관관관", "관", "<mark>관관관</mark>"),
    ],
)
def test_a_text_is_marked_where_the_index_found_it(text, query, result):
    assert highlighted(text, query) == result
    assert holds(text, query) == ("<mark>" in result)


@given(st.text(max_size=400), st.text(max_size=60))
@seed(1)
@settings(max_examples=300, deadline=None)
def test_whatever_is_marked_no_markup_gets_through_and_no_character_is_lost(text, query):
    for result in (highlighted(text, query), snippet(text, query)[0]):
        bare = result.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare and ">" not in bare and '"' not in bare
        assert result.count("<mark>") == result.count("</mark>")
    assert ("<mark>" in snippet(text, query)[0]) == snippet(text, query)[1] == holds(text, query)


# Everywhere


def test_a_page_that_does_not_exist_has_the_search_box_as_all_others_do(client):
    assert 'action="/ko/search/"' in client.get("/ko/nowhere/").content.decode()


def test_the_front_page_offers_the_search_after_the_chooser_of_countries(client):
    words = client.get("/en/").content.decode()

    assert words.index('id="market"') < words.index('id="q"') < words.index('id="meetings"')


@pytest.mark.parametrize("number", ["0000000019", "000000001" + "9" * 50, "000000001" + "9" * 5000, "0", "x", ""])
def test_a_page_of_hits_that_cannot_be_is_not_found(client, body, number):
    kept(make.case(body, title_ko="통관 지연"))

    assert client.get("/ko/search/", {"q": "통관", "kind": "publishedcase"}).status_code == 200
    assert client.get("/ko/search/", {"q": "통관", "kind": "publishedcase", "page": number}).status_code == 404
