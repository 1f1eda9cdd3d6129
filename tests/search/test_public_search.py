"""The public search finds what the public may read, the same on every database, and nothing else."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from missions.models import Difficulty, Discussion, Minutes, PublicEntry, PublishedCase, Source
from missions.search import index
from missions.search import staff as staff_search
from missions.search.kinds import KINDS
from tests import make
from tests.finding import asked, found, kept, page

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


# What is found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("82스타트업", "/organisations/82startup/"),
        ("82 startup", "/organisations/82startup/"),
        ("샌프란시스코", "/missions/san-francisco/"),
        ("San Francisco", "/missions/san-francisco/"),
        ("샌프란시스코", "/bodies/SFO/"),
        ("san fran", "/bodies/SFO/"),
        ("SFO", "/bodies/SFO/"),
        ("베트남", "/missions/hanoi/"),
        ("vietnam", "/missions/hanoi/"),
        ("LA", "/missions/los-angeles/"),
        ("엘에이", "/bodies/LAX/"),
        ("호찌민", "/missions/ho-chi-minh-city/"),
        ("싱가폴", "/bodies/SIN/"),
        ("UAE", "/missions/dubai/"),
        ("USA", "/missions/washington/"),
        ("포엔", "/cases/poen-germany/"),
        ("독일 공장", "/cases/poen-germany/"),
        ("germany factory", "/cases/poen-germany/"),
        ("글로벌비즈니스센터", "/programme/#schemes"),
        ("업무협약", "/programme/#agreements"),
        ("구성원", "/sources/#discrepancy-3"),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_programme_is_found_in_either_language_whatever_that_of_the_page(client, language, text, address):
    addresses = found(client, text, language)
    if "discrepancy" in address:
        addresses = [found.split("-")[0] for found in addresses]
        address = address.split("-")[0]

    assert f"/{language}{address}" in addresses


@pytest.mark.parametrize("text", ["통관", "관세", "인증", "반덤핑", "customs", "CUSTOM", "관", "핑관", "통관 customs"])
def test_a_word_finds_itself_inside_longer_ones_in_titles_and_texts(client, body, text):
    words = "반덤핑관세로 통관이 늦고 해외인증도 없음. Held at customs."
    case = make.case(body, happened_ko=words, happened_en="")
    item = kept(make.information(body, title_ko=words))
    make.case(body, type_id="payment", happened_ko="다른 이야기", done_ko="다른 일")

    addresses = [address for address in found(client, text) if "z-" in address or "/information/" in address]

    assert addresses == [item.get_absolute_url(), case.get_absolute_url()]


def test_every_kind_of_public_record_has_a_group_of_its_own(client):
    body = make.body(name_ko="갈매기 협의체")
    body.mission.name_ko = "주갈매기대사관"
    body.mission.save()
    staff_search.keep(body, body.mission)
    make.case(body, title_ko="갈매기 사례")
    kept(make.information(body, title_ko="갈매기 정보"))
    kept(make.meeting(body, label_ko="갈매기 회의"))
    kept(make.organisation(name_ko="갈매기 기관"))
    for name, values in {
        "supportprogramme": {"key": "z", "name_ko": "갈매기"},
        "earliercase": {"key": "z", "country_id": "VN", "type_id": "tax", "happened_ko": "갈매기"},
        "service": {"key": "z", "name_ko": "갈매기"},
        "agreement": {"key": "z", "name_ko": "갈매기"},
        "legalprovision": {"key": "z", "law_ko": "갈매기", "topic_ko": "갈매기", "summary_ko": "갈매기", "order": 99},
        "reportedresult": {"key": "z", "scope_ko": "갈매기", "as_of_on": make.DAY},
        "discrepancy": {"topic_ko": "갈매기"},
        "source": {"key": "z", "title": "갈매기", "publisher": "Z"},
    }.items():
        record = KINDS[name].model.objects.create(**values)
        if name == "reportedresult":
            record.sources.set(Source.objects.all()[:1])
        kept(record)

    groups = asked(client, "갈매기").context["groups"]

    assert [group.of.name for group in groups] == list(KINDS)
    for address in [*found(client, "갈매기"), *found(client, "갈매기", beside=True)]:
        target, _sign, anchor = address.partition("#")
        answer = client.get(target)
        assert (answer.status_code == 200 and f'id="{anchor}"' in answer.content.decode()) or not anchor, address


def test_titles_come_before_texts_and_the_newer_before_the_older(client, body):
    in_text = make.case(body, happened_ko="상표권 분쟁")
    titled = [make.information(body, title_ko="상표권", issued_on=f"2026-03-0{day}") for day in (3, 5, 4)]
    late = make.information(body, text_ko="상표권", issued_on="2026-03-09")
    staff_search.keep(*titled, late)

    oldest, newest, middle = (item.get_absolute_url() for item in titled)
    assert found(client, "상표권") == [
        newest,
        middle,
        oldest,
        late.get_absolute_url(),
        in_text.get_absolute_url(),
    ]


def test_each_kind_shows_its_first_few_and_leads_to_all_of_them_page_by_page(client, body):
    items = [make.information(body, title_ko="물류 안내", issued_on=f"2026-03-{day:02}") for day in range(1, 24)]
    staff_search.keep(*items)

    first = page(client, "물류")
    assert found(client, "물류") == [item.get_absolute_url() for item in items[:-6:-1]]
    assert 'href="?q=%EB%AC%BC%EB%A5%98&amp;kind=localinformation"' in first and "23" in first
    assert len(found(client, "물류", kind="localinformation")) == 20
    one = 'href="?q=%EB%AC%BC%EB%A5%98&amp;kind=localinformation&amp;page={}"'
    assert 'rel="next" ' + one.format(2) in page(client, "물류", kind="localinformation")
    assert 'rel="prev" ' + one.format(1) in page(client, "물류", kind="localinformation", page=2)
    last = found(client, "물류", kind="localinformation", page=2)
    assert last == [item.get_absolute_url() for item in items[2::-1]]
    for number in ("3", "0", "-1", "둘", "9" * 400):
        wrong = client.get("/ko/search/", {"q": "물류", "kind": "localinformation", "page": number})
        assert wrong.status_code == 404


def test_past_a_thousand_only_the_newest_are_ranked_and_the_page_says_so(client, body):
    old = kept(make.information(body, title_ko="노을 안내", text_ko="그대로"))
    rows = [make.information(body, title_ko=f"안내 {number}") for number in range(3)]
    words = index.tokens("노을")
    marks = {index.condition_token("kind", "localinformation")}
    PublicEntry.objects.bulk_create(
        PublicEntry(kind="localinformation", record=-number, title=" ", tokens=" ".join(words | marks))
        for number in range(1, 10)
    )
    staff_search.keep(*rows)
    from missions.models import public_entry

    limit, public_entry.MOST = public_entry.MOST, 9
    try:
        assert old.get_absolute_url() in found(client, "노을")
        newest = kept(make.information(body, text_ko="노을"))
        assert found(client, "노을") == [newest.get_absolute_url()]
    finally:
        public_entry.MOST = limit


def test_a_search_is_narrowed_to_kind_country_and_body_by_conditions_that_can_be_taken_away(client, body):
    other = make.body()
    here, there = make.case(body, title_ko="할랄 인증"), make.case(other, title_ko="할랄 인증", country_id="MY")
    item = kept(make.information(body, title_ko="할랄 안내"))
    addresses = {row: row.get_absolute_url() for row in (here, there, item)}

    assert set(found(client, "할랄")) == set(addresses.values())
    assert found(client, "할랄", country="MY") == [addresses[there]]
    assert set(found(client, "할랄", body=body.code)) == {addresses[here], addresses[item]}
    assert found(client, "할랄", kind="publishedcase", body=body.code) == [addresses[here]]
    assert found(client, "할랄", body=body.code, country="MY") == []
    words = page(client, "할랄", "en", country="MY", kind="publishedcase")
    assert 'href="?q=%ED%95%A0%EB%9E%84&amp;kind=publishedcase"' in words
    assert 'href="?q=%ED%95%A0%EB%9E%84&amp;country=MY"' in words


def test_the_day_on_which_a_case_was_published_is_not_printed_as_its_own(client, body):
    make.case(body, title_ko="할랄 인증")
    kept(make.information(body, title_ko="할랄 안내", issued_on="2026-03-05"))

    words = page(client, "할랄", body=body.code)
    assert words.count("<time") == 1 and "2026년 3월 5일" in words


@pytest.mark.parametrize("name", ["kind", "country", "body"])
def test_a_condition_that_does_not_exist_is_explained(client, name):
    words = page(client, "서울", "en", **{name: "nowhere"})

    assert 'role="alert"' in words and "A condition could not be understood." in words


def test_the_lists_find_by_the_same_words_in_their_own_order(client, body):
    older, newer = make.case(body, title_ko="소금"), make.case(body, lesson_en="table saltpan", happened_ko="소금")
    make.case(body, happened_ko="설탕")
    kept(make.organisation(name_ko="소금 조합", name_en="Salt Union"))

    def listed(name, text):
        return list(client.get(reverse(f"missions:{name}"), {"q": text}).context["page_obj"])

    assert listed("cases", "소금") == [newer, older]
    assert listed("cases", "SALT") == [newer]
    assert [row.name_ko for row in listed("organisations", "salt")] == ["소금 조합"]
    assert listed("cases", "소금 없는") == listed("cases", "???") == []
    assert {row.code for row in listed("bodies", "하노이")} == {"HAN"}
    assert {row.slug for row in listed("missions", "미국")} >= {"los-angeles", "san-francisco"}
    assert listed("information", "소금") == []


# What is never found


@pytest.mark.parametrize("state", ["draft", "awaiting", "withdrawn"])
def test_a_text_that_is_not_published_is_not_found(client, body, state):
    make.case(body, state, title_ko="밖에 없는 글")

    assert found(client, "밖에 없는 글") == []
    assert not PublicEntry.objects.filter(kind="publishedcase").exclude(record__in=PublishedCase.objects.published())


def test_unpublished_meetings_and_information_are_not_found(client, body):
    staff_search.keep(make.meeting(body, label_ko="숨은 회의", is_published=False))
    staff_search.keep(make.information(body, title_ko="숨은 정보", is_published=False))

    assert found(client, "숨은") == []


def test_no_word_of_a_private_record_is_in_the_public_index(client, body):
    canary = "카나리아"
    officer = make.officer(body)
    firm = make.company(body, name_ko=canary, name_en=canary, contact=canary)
    record = make.difficulty(body, officer, title=canary, account=canary, company=firm, place=canary)
    Difficulty.objects.filter(pk=record.pk).update(solution=canary, lesson=canary)
    meeting = make.meeting(body)
    Minutes.objects.create(meeting=meeting, people=canary, text=canary)
    Discussion.objects.create(meeting=meeting, difficulty=record)
    unnamed = make.organisation(name_ko=canary, named=False)
    staff_search.keep(record, firm, meeting, officer, unnamed)
    call_command("rebuild_search", verbosity=0)

    assert found(client, canary) == found(client, record.reference) == []
    [token] = index.tokens("카나") - index.tokens("카", "나")
    assert not PublicEntry.objects.filter(tokens__contains=token).exists()


def test_a_row_withdrawn_behind_the_indexs_back_is_not_shown_counted_or_listed(client, body):
    case = make.case(body, title_ko="사라질 글")
    meeting = kept(make.meeting(body, label_ko="사라질 회의"))
    assert len(found(client, "사라질")) == 2
    PublishedCase.objects.filter(pk=case.pk).update(state="withdrawn")
    type(meeting).objects.filter(pk=meeting.pk).update(is_published=False)

    assert found(client, "사라질") == found(client, "사라질", kind="publishedcase") == []
    assert "Nothing was found" in page(client, "사라질", "en")
    assert not client.get("/ko/cases/", {"q": "사라질"}).context["page_obj"].object_list

    left = make.case(body, happened_ko="사라질 뻔한 일")
    for answer in (asked(client, "사라질"), asked(client, "사라질", kind="publishedcase")):
        [group] = answer.context["groups"]
        assert [hit.address for hit in group.hits] == [left.get_absolute_url()]
        assert group.count == answer.context["total"] == "1"


def test_the_database_answers_from_its_index(client):
    """However common a word is: SQLite through its virtual table, PostgreSQL through GIN."""
    marks = {index.condition_token("kind", "source")}
    held = " ".join(sorted(index.tokens("수출 통관 " * 30) | marks))
    PublicEntry.objects.bulk_create(
        PublicEntry(kind="source", record=-number, title=" ", tokens=held) for number in range(1, 3000)
    )
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE missions_publicentry")
    with CaptureQueriesContext(connection) as queries:
        page(client, "수출")
    [query] = [each["sql"] for each in queries if "missions_publicentry" in each["sql"]][-1:]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query}")
        plan = str(cursor.fetchall())

    assert "public_entry_tokens" in plan or "VIRTUAL TABLE INDEX" in plan
    assert "Seq Scan on missions_publicentry" not in plan
