"""Earlier cases lead to their sources, stand apart from the programme's own, and count nowhere."""

import csv
import io
import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from missions.admin.searching import forgetting
from missions.models import EarlierCase, Mission, Source
from tests import forms, make
from tests.finding import found, kept

pytestmark = pytest.mark.usefixtures("programme")
MARK = {"ko": "이 사업의 실적이 아", "en": "ot a result of this programme"}
REMARK = {"ko": "이 사업의 실적이 아님", "en": "not of this programme"}
PROGRAMME = [  # pages that tell of the programme, its figures and its own records
    *("/ko/", "/en/programme/", "/ko/statistics/", "/ko/cases/", "/ko/bodies/HAN/", "/en/organisations/kotra/"),
    *("/ko/missions/", "/ko/meetings/", "/ko/information/", "/ko/cases/poen-germany/", "/ko/missions/hanoi/"),
]


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_every_earlier_case_says_at_its_top_what_it_is_and_leads_to_its_sources(client):
    cases = EarlierCase.objects.published().prefetch_related("sources")
    assert len(cases) == 76
    for case in cases:
        sources = list(case.sources.all())
        assert sources and all(source.url and source.publisher and source.title for source in sources)
        language = "en" if int(case.pk) % 2 else "ko"
        top = read(client, f"/{language}/earlier-cases/{case.key}/").split('<section aria-labelledby="done"')[0]
        assert MARK[language] in top and 'class="certainty ' in top
        assert all(escape(source.url) in top for source in sources)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_only_a_title_is_known_of_is_nowhere_in_public(client, language):
    hidden = kept(make.earlier_case(happened_ko="진홍빛나팔 통관", happened_en="Zqhorn customs", title_only=True))
    keys = [*EarlierCase.objects.filter(title_only=True).values_list("key", flat=True)]
    assert len(keys) == 40 and hidden.key in keys

    assert client.get(f"/{language}/earlier-cases/{hidden.key}/").status_code == 404
    pages = [
        *(f"/{language}/{page}" for page in ("earlier-cases/", "missions/hanoi/", "feeds/earlier-cases.atom")),
        *(f"/{language}/earlier-cases/?country={code}" for code in ("GH", "VN")),
        "/sitemap-earlier_cases.xml",
    ]
    file = b"".join(client.get(f"/{language}/earlier-cases.csv").streaming_content).decode()
    for text in [file, *(read(client, page) for page in pages)]:
        assert not [key for key in keys if re.search(rf"\b{key}\b", text)]
        assert "진홍빛나팔" not in text and "Zqhorn" not in text
    assert found(client, "진홍빛나팔", beside=True) == found(client, "Zqhorn", "en", beside=True) == []
    EarlierCase.objects.filter(pk=hidden.pk).update(title_only=False)
    assert found(client, "진홍빛나팔", beside=True) == []
    kept(hidden)
    assert found(client, "진홍빛나팔", beside=True) == [hidden.get_absolute_url()]


def test_without_them_the_pages_of_the_programme_are_as_they_were(client):
    marked = re.compile(r'<section class="outside".*?</section>', re.DOTALL)
    moments = re.compile(r"<time[^>]*>[^<]*</time>")

    def without_marked(address):
        return moments.sub("", marked.sub("", read(client, address))).split()

    before = {address: without_marked(address) for address in PROGRAMME}
    assert 'class="outside"' in read(client, "/ko/missions/hanoi/")
    rows = EarlierCase.objects.all()
    with forgetting(EarlierCase, rows):
        rows.delete()

    for address in PROGRAMME:
        assert without_marked(address) == before[address], address
    assert read(client, "/ko/earlier-cases/").count("ec0") == 0


def test_a_list_is_narrowed_by_country_union_type_outcome_year_certainty_and_words(client):
    def keys(query):
        return set(re.findall(r"/ko/earlier-cases/(ec\d+)/", read(client, f"/ko/earlier-cases/?{query}")))

    assert keys("country=GB") == keys("country=NL") == {"ec008"}
    assert keys("country=none") == {"ec023", "ec032", "ec063"}
    assert keys("country=none&q=라면") == {"ec023"}
    assert keys("type=payment") == {"ec001", "ec002", "ec003", "ec007"}
    assert keys("outcome=prevented") == {"ec084"} == keys("q=바그다드")
    assert keys("certainty=verified") == {"ec025", "ec027", "ec032"}
    assert keys("year=2009") == {"ec027", "ec028"}


def test_a_time_is_told_no_more_precisely_than_its_source_tells_it(client):
    assert ">2024년</time>" in read(client, "/ko/earlier-cases/ec001/")
    assert '<time datetime="2023-07">' in read(client, "/en/earlier-cases/ec023/")
    assert "2010~2011년" in (page := read(client, "/ko/earlier-cases/ec007/")) and 'datetime="2011' not in page
    case = make.earlier_case(dated_on=make.DAY, dated_precision="year")
    case.full_clean()
    assert str(case.dated_on) == "2026-01-01"


def test_the_search_has_a_kind_for_them_and_marks_each(client):
    page = read(client, "/ko/search/?q=상표")

    group = page.split('id="earliercase"')[1].split("</section>")[0]
    assert group.count('class="hit"') == group.count("이 사업의 실적이 아님") > 1


def test_the_desk_shows_them_apart_beside_a_difficulty_like_them(client):
    body = make.body()
    officer = make.officer(body)
    client.force_login(officer)
    kept(make.earlier_case(happened_ko="진홍빛나팔 통관 보류", happened_en="", key="z-horn"))
    typed = {"text": "진홍빛나팔이 세관에서 통관 보류", "country": "VN", "type": "customs"}

    answer = client.post(reverse("admin:missions_difficulty_similar"), typed).json()

    assert [case["url"] for case in answer["earlier"]] == ["/ko/earlier-cases/z-horn/"] and answer["cases"] == []
    assert "실적이 아님" in answer["earlier_heading"]
    record = make.difficulty(body, officer, title="진홍빛나팔 통관 보류")
    page = forms.text(client.get(reverse("admin:missions_difficulty_change", args=[record.pk])))
    assert "/ko/earlier-cases/z-horn/" in page.split('id="earlier"')[1].split("</div>")[0]


def test_the_ministry_corrects_one_at_the_desk_and_readers_see_it_at_once(client):
    client.force_login(make.staff("ministry"))
    case = EarlierCase.objects.get(key="ec082")
    assert 'value="advice"' in (page := forms.text(client.get(forms.address(case)))) and "checked" in page

    answer = forms.change(client, forms.address(case), lesson_ko="진홍빛나팔 출원 기한", acts=["advice", "briefing"])

    assert answer.status_code == 302
    case.refresh_from_db()
    assert sorted(case.acts.split()) == ["advice", "briefing"]
    assert "진홍빛나팔" in read(client, "/ko/earlier-cases/ec082/")
    assert found(client, "진홍빛나팔", beside=True) == [case.get_absolute_url()]
    assert Source.objects.filter(key="ec-ip2020").exists() and case.history.count() > 1


def test_a_mission_shows_those_of_a_country_that_it_covers_where_its_own_has_none(client):
    wellington = Mission.objects.get(slug="wellington")
    assert not EarlierCase.objects.in_country("NZ").exists() and not EarlierCase.objects.in_country("WS").exists()
    assert 'class="outside"' not in read(client, wellington.get_absolute_url())

    EarlierCase.objects.filter(key="ec022").update(country="WS")

    shown = read(client, wellington.get_absolute_url()).split('class="outside"')[1].split("</section>")[0]
    assert 'href="/ko/earlier-cases/ec022/"' in shown and '/ko/earlier-cases/?country=WS"' in shown
    assert "country=NZ" not in shown


def test_a_feed_of_a_country_has_its_earlier_cases_and_says_what_they_are(client):
    text = read(client, "/en/feeds/earlier-cases.atom?country=GB")

    assert text.count("<entry") == 1 and "not of this programme" in text
    assert client.get("/en/feeds/earlier-cases.atom?body=HAN").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_file_has_each_with_its_sources_and_says_what_it_is(client, language):
    text = b"".join(client.get(f"/{language}/earlier-cases.csv?type=ip").streaming_content).decode()

    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    names = [re.search(r" \[([a-z_]+)\]$", name)[1] for name in head]
    assert len(rows) == EarlierCase.objects.published().filter(type="ip").count() == 9
    for row in (dict(zip(names, row, strict=True)) for row in rows):
        assert row["remark"] == REMARK[language] and row["sources"].split()
        assert row["type_code"] == "ip" and row["dated_on"] in ("", row["dated_on"][:7])
