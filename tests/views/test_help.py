"""Each type of difficulty has a page that says what to prepare, who can help, and what is known of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from missions.models import DifficultyType, Membership, PublishedCase, Service, SupportProgramme
from tests import forms, make
from tests.finding import page

pytestmark = pytest.mark.usefixtures("programme")
TYPES = 25
UNCHECKED = {"ko": "확인 필요", "en": "to be checked"}


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_type_says_what_it_covers_what_to_prepare_and_what_exists_in_eight_or_nine_queries(client, language):
    types = list(DifficultyType.objects.all())
    assert len(types) == TYPES
    titles = set()
    for row in types:
        with CaptureQueriesContext(connection) as queries:
            text = read(client, f"/{language}/help/{row.pk}/")
        most = 8 + PublishedCase.objects.published().filter(type=row).exists()  # one more for who acted in these
        assert len([query for query in queries if "missions_pageversion" not in query["sql"]]) <= most, row.pk
        titles.add(re.search(r"<title>(.*?) \|", text, re.DOTALL)[1])
        assert escape(getattr(row, f"covers_{language}")) in text
        prepare = getattr(row, f"prepare_{language}").splitlines()
        assert len(prepare) >= 4 and all(escape(line) in text for line in prepare)
        services = Service.objects.filter(types=row)
        assert all(f'id="service-{service.key}"' in text for service in services)
        unchecked = [*services.exclude(telephone=""), *Service.objects.filter(types="other").exclude(telephone="")]
        assert text.count(f"</svg>{UNCHECKED[language]}") == len(unchecked)
        assert f'href="/{language}/help/{row.pk}/"' in read(client, f"/{language}/help/")
        call = text.split('id="call"')[1]
        assert 'name="country"' in call and 'href="tel:+82232100404"' in call and 'href="tel:1357"' in call
    assert len(titles) == TYPES


def test_a_type_shows_what_is_known_of_it_and_where(client):
    body = make.body(mission=make.mission(country_id="PE"))
    case, item = make.case(body, country_id="PE", type_id="tax"), make.information(body, topic_id="tax")
    earlier = make.earlier_case(type_id="tax", country_id="PK")
    earlier.countries_also.add("NP")
    make.earlier_case(type_id="tax", country_id="MN", title_only=True)
    helps = {"helps_ko": "현지 세무 상담", "helps_en": "tax advice"}
    Membership.objects.create(body=body, organisation=make.organisation(name_ko="Z세무"), **helps)
    Membership.objects.create(body=body, organisation=make.organisation(name_ko="Z물류"), helps_ko="운송")

    text = read(client, "/ko/help/tax/")

    assert all(row.get_absolute_url() in text for row in (case, item, earlier))
    assert "Z세무" in text and "Z물류" not in text
    occurred = text.split('id="where"')[1].split("</section>")[0]
    assert set(re.findall(r"/countries/(\w\w)/", occurred)) == {"PE", "PK", "NP", item.country_id}
    assert "이 사업의 실적이 아님" in text.split('class="outside"')[1].split("</section>")[0]


def test_names_of_types_lead_to_their_page(client):
    case = make.case(make.body(), type_id="customs")

    assert all(
        'href="/ko/help/customs/"' in read(client, address)
        for address in (case.get_absolute_url(), "/ko/cases/?type=customs", "/ko/earlier-cases/?type=customs")
    )


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("세관", ["customs"]),
        ("FDA", ["certification", "sps"]),
        ("CBAM", ["carbon_sustainability"]),
        ("라벨링", ["labelling"]),
    ],
)
def test_a_search_for_what_people_call_a_type_offers_its_help_first(client, asked, codes):
    text = page(client, asked).split('id="content"')[1]

    first = text.split('class="kinds meant"')[1].split("</ul>")[0]
    assert re.findall(r'href="/ko/(?:help/(\w+)/|cases|information)', first)[: len(codes)] == codes


def test_a_service_leads_to_its_sources_and_its_telephone_number_is_marked_until_it_was_confirmed(client):
    for service in Service.objects.prefetch_related("sources"):
        assert [source.url for source in service.sources.all() if source.url], service.key
    text = read(client, "/ko/help/customs/")
    assert "3438-5199" not in text and "개인 블로그" in text
    Service.objects.filter(key="kita-tradesos").update(telephone_confirmed=True)

    block = read(client, "/ko/help/contract_dispute/").split('id="service-kita-tradesos"')[1].split("</li>")[0]
    assert 'href="tel:15665114"' in block and UNCHECKED["ko"] not in block


def test_the_ministry_rewrites_what_a_type_covers_and_readers_see_it_at_once(client):
    client.force_login(make.staff("ministry"))
    address = reverse("admin:missions_difficultytype_change", args=["tax"])
    assert "Not yet in English." not in read(client, "/en/help/tax/")

    assert forms.change(client, address, covers_ko="고친 설명입니다.", covers_en="").status_code == 302

    after = read(client, "/en/help/tax/")
    assert "Not yet in English." in after and "고친 설명입니다." in after
    assert "These types are a proposal of this site" in after


def test_editions_of_classifications_are_named(client):
    assert "UNCTAD’s classification of non-tariff measures (MAST, 2019 edition)" in read(client, "/en/help/sps/")
    case = make.case(make.body(), sector_id="C")
    assert "KSIC, 11th revision" in read(client, f"/en/cases/{case.reference}/")
    client.force_login(make.officer(make.body()))
    form = client.get("/admin/missions/difficulty/add/").content.decode()
    assert "HS 2022" in form


def test_a_scheme_tells_from_when_until_when_and_who_may_apply(client):
    window = {"opens_on": "2026-12-01", "closes_on": "2026-12-20", "applicants_ko": "Z중소기업"}
    SupportProgramme.objects.filter(pk=SupportProgramme.objects.first().pk).update(**window)
    page = client.get("/ko/programme/").content.decode()

    assert all(words in page for words in ("2026년 12월 1일", "2026년 12월 20일", "Z중소기업", "신청 대상"))
