"""Search as people write: spaces, particles, accents, plurals, other names; and exactly what is written."""

import random
import re

import pytest
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from missions.models import Country, DifficultyType, LocalInformation
from missions.search import particles
from missions.search import staff as staff_search
from missions.search.other_names import places
from missions.search.public import narrow
from missions.search.slips import is_one_slip
from missions.search.tokens import has_every, singular, terms
from tests import forms, make
from tests.finding import asked, found, kept, page
from tests.search_speed import ENDINGS, vocabulary

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("통관지연", "통관 지연이 잦습니다."),
        ("통관 지연", "통관지연이 잦습니다."),
        ("대금미회수", "대금 미회수"),
        ("중소벤처기업지원", "중소벤처기업 지원"),
        ("해외 인증 비용", "해외인증비용 지원"),
        ("시험검사", "시험·검사"),
        ("수출바우처사업", "수출 바우처 사업"),
        ("베트남에서만", "베트남"),
        ("베트남으로부터", "베트남"),
        ("통관은요?", "통관"),
        ("세관에서는", "세관"),
        ("바이어에게도", "바이어"),
        ("하노이까지만", "하노이"),
        ("Bogota", "Bogotá"),
        ("Sao Paulo", "São Paulo"),
        ("Turkiye", "Türkiye"),
        ("Da Nang", "Đà Nẵng"),
        ("Dusseldorf", "Düsseldorf"),
        ("Lodz", "Łódź"),
        ("Bogotá", "bogota"),
        ("companies", "A company"),
        ("company", "Companies"),
        ("certificates", "certificate"),
        ("taxes", "a tax"),
        ("cookies", "cookie"),
        ("CE", "CE인증"),
        ("EU", "in the EU."),
        ("L.A.", "LA 항만"),
        ("U.S", "US customs"),
        ("US", "U.S. customs"),
        ("usa", "in the U.S.A."),
    ],
)
def test_what_is_meant_is_found(query, text):
    assert terms(query) and has_every(terms(query), text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("관세율", "관세 인상과 세율 조정"),
        ("반덤핑관세", "반덤핑 조사, 덤핑 판정, 핑관, 관세"),
        ("수출", "접수 출국"),
        ("통관지연", "통관 보류와 납기 지연"),
        ("CE", "certificate"),
        ("EU", "Euro"),
        ("IP", "shipping"),
        ("customs", "customers"),
        ("cookies", "cook"),
        ("LA", "port of L. Anders"),
    ],
)
def test_what_is_not_written_is_not_found(query, text):
    assert not has_every(terms(query), text)


@pytest.mark.parametrize("name", ["business", "analysis", "status", "gas", "express", "us"])
def test_what_only_ends_like_a_plural_is_left_alone(name):
    assert singular(name) == name


def test_no_name_of_a_country_or_of_a_city_with_a_mission_loses_anything_at_once():
    names = [name for row in Country.objects.values_list("name_ko", "other_names") for name in ",".join(row).split(",")]
    names += ["하노이", "상하이", "하와이", "두바이", "카이로", "오타와", "바르샤바", "리우데자네이루", "새너제이"]

    assert [name for name in names if particles.without_sure_particles(name.strip()) != name.strip()] == []


@pytest.mark.parametrize("place", ["하노이", "두바이", "하와이"])
def test_a_place_is_never_cut_and_another_word_only_where_the_shorter_finds_more(client, body, place):
    body.mission.other_names = "하와이"
    body.mission.save()
    kept(body.mission)
    item = kept(make.information(body, title_ko=f"{place} 통관 안내"))

    assert found(client, f"{place}의 통관과") and f"‘{place} 통관’" in page(client, f"{place}의 통관과")
    assert f"‘{place} 없는말’" in page(client, f"{place} 없는말")
    assert list(client.get("/ko/information/", {"q": f"{place}의 통관과"}).context["page_obj"]) == [item]
    assert list(client.get("/ko/information/", {"q": f"{place} 없는말"}).context["page_obj"]) == []


@pytest.mark.parametrize(
    ("language", "typed", "plain"),
    [
        ("ko", "호치민시", "호치민"),
        ("ko", "하노이시에서", "하노이"),
        ("ko", "뉴욕시의", "뉴욕"),
        ("ko", "베트남산", "베트남"),
        ("ko", "중국산이", "중국"),
        ("ko", "베트남대한민국대사관", "베트남 대사관"),
        ("ko", "주베트남한국대사관", "베트남 대사관"),
        ("ko", "베트남한국대사관", "베트남 대사관"),
        ("ko", "베트남 한국 대사관", "베트남 대사관"),
        ("ko", "미국뉴욕", "미국 뉴욕"),
        ("ko", "L.A.", "LA"),
        ("ko", "상해", "상하이"),
        ("ko", "성도", "청두"),
        ("ko", "동경", "도쿄"),
        ("en", "Vietnamese", "Vietnam"),
        ("en", "Vietnam Korean embassy", "Vietnam embassy"),
    ],
)
def test_a_place_is_found_however_its_name_is_joined_to_others(client, language, typed, plain):
    wanted = found(client, plain, language)

    assert any("/missions/" in address for address in wanted)
    assert wanted[0] in found(client, typed, language) and set(found(client, typed, language)) <= set(wanted)
    assert (f"‘{plain}’" in page(client, typed)) or language == "en" or plain in ("LA", "상하이", "청두", "도쿄")


@pytest.mark.parametrize("word", ["부산", "울산", "생산", "다시", "표시", "전시", "대량생산", "원산지표시", "한국전시"])
def test_a_word_that_only_ends_as_a_place_does_is_left_whole(word):
    assert particles.as_found(f"{word} 없는말", places(), lambda word: 0) == f"{word} 없는말"


@pytest.mark.parametrize("text", ["베트남 한국 대사관", "한국 베트남", "하노이 한국 대사관", "Korean firms in Vietnam"])
def test_korea_is_not_the_market_where_a_place_abroad_is_named_as_well(client, text):
    assert "/ko/countries/KR/" not in page(client, text).split('class="count"')[0]
    assert '<a href="/ko/countries/KR/">' in page(client, "한국 대사관").split('class="count"')[0]


@pytest.mark.parametrize(
    ("language", "typed", "name", "query"),
    [
        ("ko", "배트남", "베트남", "베트남"),
        ("ko", "프랑크프루트", "프랑크푸르트", "프랑크푸르트"),
        ("ko", "타이뻬이", "타이베이", "타이베이"),
        ("ko", "배트남에서 없는낱말", "베트남", "베트남 없는낱말"),
        ("en", "Vietnm", "Vietnam", "Vietnam"),
        ("en", "Vietnma nowhere", "Vietnam", "Vietnam nowhere"),
        ("en", "New Dehli", "New Delhi", "New Delhi"),
    ],
)
def test_where_nothing_is_found_a_name_one_slip_away_is_offered_and_not_searched(client, language, typed, name, query):
    (similar,) = asked(client, typed, language).context["similar_names"]
    words = page(client, typed, language)

    assert similar.name == name and similar.address == f"?{urlencode({'q': query})}"
    assert found(client, typed, language) == [] and f'<a href="{similar.address}">' in words
    assert ("비슷한 이름: " if language == "ko" else "Similar name: ") + name in re.sub(r"</?span[^>]*>", "", words)


@pytest.mark.parametrize("text", ["없는낱말", "가너", "Irn", "배튼남", "Veitnmm", "베트남 없는낱말", "1234"])
def test_no_name_is_offered_for_a_short_word_a_known_one_or_one_further_away(client, text):
    assert asked(client, text).context["similar_names"] == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("abcd", "abxd", True),
        ("abcd", "abd", True),
        ("abcd", "abcde", True),
        ("abcd", "acbd", True),
        ("abcd", "cbad", True),
        ("abcd", "abcd", False),
        ("abcd", "dbca", False),
        ("abcd", "axyd", False),
        ("aab", "ab", True),
    ],
)
def test_one_slip_is_one_letter_or_two_near_ones_exchanged(one, other, is_one):
    assert is_one_slip(one, other) is is_one_slip(other, one) is is_one


@pytest.mark.parametrize(("text", "slug"), [("Frankfurt", "frankfurt"), ("하노이시", "hanoi"), ("L.A.", "los-angeles")])
def test_a_city_leads_to_its_mission_by_every_name(client, text, slug):
    kept(make.information(make.body(), title_ko="하노이시 안내"))

    assert f'<a href="/en/missions/{slug}/">How to reach' in page(client, text, "en")


def test_the_countries_with_a_mission_have_their_english_adjectives():
    known = {"vietnamese": "VN", "chinese": "CN", "german": "DE", "indian": "IN", "american": "US", "emirati": "AE"}

    assert known.items() <= places().items()


def test_the_staff_find_by_the_same_words(client, body):
    record = make.difficulty(body, title="하노이 통관지연", account="KOTRA 무역관과 협의", type_id="ip")
    make.difficulty(body, type_id="other", account="다른 이야기", title="다른 것")
    client.force_login(make.officer(body))

    for text in ("통관 지연", "하노이의 통관과", "하노이에서만", "코트라", "짝퉁", "특허", "대한무역투자진흥공사"):
        listed = client.get(reverse("admin:missions_difficulty_changelist"), {"q": text}).context["cl"].result_list
        assert list(listed) == [record], text


@pytest.mark.parametrize(
    ("field", "term", "key"),
    [
        ("country", "Turkiye", "TR"),
        ("country", "터키", "TR"),
        ("country", "Vi", "VN"),
        ("country", "Cote d'Ivoire", "CI"),
        ("type", "세관", "customs"),
        ("type", "trademarks", "ip"),
        ("type", "짝퉁", "ip"),
    ],
)
def test_choosers_find_by_the_same_words(client, body, field, term, key):
    client.force_login(make.officer(body))
    wanted = {"app_label": "missions", "model_name": "difficulty", "field_name": field, "term": term}

    assert key in [row["id"] for row in client.get(reverse("admin:autocomplete"), wanted).json()["results"]]


def test_another_name_of_an_organisation_finds_cases_seats_and_meetings(client, body):
    organisation = kept(make.organisation(name_ko="한국노을진흥원", name_en="Sunset Agency (KSZ)", kind="law_firm"))
    case = make.case(body, done_ko="한국노을진흥원과 함께 설명했습니다.")
    item = kept(make.information(body, text_en="Ask the KSZ."))
    body.memberships.create(organisation=organisation)
    meeting = make.meeting(body)
    meeting.attendances.create(organisation=organisation)
    staff_search.keep(body, meeting)
    assert found(client, "노을원") == []

    organisation.other_names = "노을원, 석양진흥원"
    organisation.save()
    kept(organisation)

    rows = {case, item, body, meeting, organisation}
    assert {row.get_absolute_url() for row in rows} == set(found(client, "노을원")) == set(found(client, "석양진흥원"))
    assert body.get_absolute_url() in found(client, "변호사", kind="body")


def test_another_name_of_a_type_entered_at_the_desk_finds_what_is_of_that_type(client, body):
    case = make.case(body, type_id="ip", title_ko="권리 침해")
    client.force_login(make.staff(is_superuser=True))
    address = reverse("admin:missions_difficultytype_change", args=["ip"])
    assert forms.change(client, address, other_names="베끼기, 표절").status_code == 302

    assert found(client, "표절") == [case.get_absolute_url()]
    assert [row.code for row in asked(client, "표절").context["types"]] == ["ip"]
    assert 'href="/ko/cases/?type=ip"' in page(client, "베끼기 신고")


def test_where_nothing_has_every_word_the_rarest_comes_first_and_the_page_ends_at_whom_to_ask(client, body):
    for number in range(3):
        kept(make.information(body, title_ko=f"노을빛 {number}"))
    kept(make.information(body, title_ko="석양빛"))

    assert [share.of for share in asked(client, "노을빛 석양빛").context["shares"]] == ["석양빛", "노을빛"]
    assert page(client, "노을빛 석양빛").split('class="empty"')[1].rindex("<select") > 0
    assert 'id="market"' in page(client, "?!")
    assert page(client, "없는낱말", "en").rindex('id="market"') > page(client, "없는낱말", "en").rindex(
        "Browse instead"
    )


def test_search_finds_what_like_finds_and_hardly_anything_else(body):
    """800 long texts of invented Korean, 40 words of two syllables and more, against ``LIKE``."""
    chance = random.Random(7)
    listed, weights = vocabulary(chance)
    texts = []
    for _ in range(800):
        said = [word + chance.choice(ENDINGS[:9]) for word in chance.choices(listed, cum_weights=weights, k=60)]
        texts.append(" ".join(said))
    same = {"body": body, "country_id": "VN", "topic_id": "other", "issued_on": make.DAY, "is_published": True}
    staff_search.keep(*LocalInformation.objects.bulk_create(LocalInformation(text_ko=text, **same) for text in texts))
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE missions_publicentry, missions_searchentry")
    words = [word for word in chance.sample(listed[:3000], 40) if particles.without_sure_particles(word) == word]

    hits, written = 0, 0
    for word in words:
        like = set(LocalInformation.objects.filter(Q(text_ko__contains=word)).values_list("pk", flat=True))
        staff = set(staff_search.find(LocalInformation.objects.all(), word).values_list("pk", flat=True))
        public = narrow(LocalInformation.objects.published(), word, {}).values_list("pk", flat=True)
        assert like <= staff == set(public), word
        hits, written = hits + len(staff), written + len(like)
    assert written > 100 and written / hits >= 0.97


def test_the_types_in_the_programmes_files_have_other_names():
    assert not DifficultyType.objects.exclude(code="other").filter(other_names="").exists()


def test_a_list_of_the_desk_without_hits_says_what_to_do_and_whom_to_ask(client, body):
    client.force_login(make.staff("mission_officer", body, language="en"))
    address = reverse("admin:missions_difficulty_changelist")

    assert "Ask the domestic secretariat" in client.get(address, {"q": "없는낱말"}).content.decode()
    assert "Ask the domestic secretariat" not in client.get(address).content.decode()


def test_only_words_are_cut_of_which_the_shorter_finds_more_and_never_a_place():
    more_the_shorter = {"하노": 9, "하노이": 3, "통관": 9, "통관과": 1, "평": 9, "평가": 1, "전문": 5, "전문가": 5}.get

    hanoi = {"하노이": "VN"}

    assert particles.as_found("하노이 통관과 전문가, 평가?", hanoi, more_the_shorter) == "하노이 통관 전문가, 평가?"
    assert particles.as_found("하노이의 통관", hanoi, lambda word: 0) == "하노이 통관"


def test_the_types_that_most_words_name_are_shown(client):
    assert [row.code for row in asked(client, "하노이 통관 지연").context["types"]] == ["customs"]
    assert {"classification_valuation", "tariff"} <= {row.code for row in asked(client, "관세").context["types"]}
    assert asked(client, "하노이").context["types"] == []
