"""Every page of a list is reached, in the same time, however long the list is."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.lists import paging
from missions.models import PublishedCase
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def few(monkeypatch):
    """A list counts to 60 in place of 1,000, so that 85 rows are many."""
    monkeypatch.setattr(paging, "MOST", 60)


@pytest.fixture
def cases(few):
    """Eighty-five published cases of one body, some approved in the same moment; the latest first."""
    body, author, approver = make.body(), make.staff(), make.staff()
    PublishedCase.objects.bulk_create(
        PublishedCase(
            reference=f"z-{number}",
            body=body,
            country_id="VN",
            type_id="customs",
            title_ko=f"Z사례 {number:03}",
            happened_ko="글",
            done_ko="글",
            state="published",
            drafted_by=author,
            approved_by=approver,
            approved_at=make.NOON + datetime.timedelta(days=number // 7),
            kept_sources=[],
        )
        for number in range(85)
    )
    return [f"Z사례 {number:03}" for number in reversed(range(85))]


def read(client, address):
    page = client.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def body_of(cases):
    return PublishedCase.objects.get(title_ko=cases[0]).body.code


def titles(page):
    return re.findall(r"Z사례 \d+", page)


def link(page, words):
    """The address behind one of the words below a list, or None."""
    found = re.search(rf'href="(\?[^"]*)"[^>]*>{words}<', page)
    return found and "/ko/cases/" + found.group(1).replace("&amp;", "&")


def walk(client, address, words):
    """The titles of a page and of all that follow it by a link."""
    seen = []
    while address:
        page = read(client, address)
        seen.append(titles(page))
        address = link(page, words)
    return seen


def test_going_on_from_the_first_page_shows_every_row_once(client, cases):
    pages = walk(client, f"/ko/cases/?body={body_of(cases)}", "다음")

    assert [title for page in pages for title in page] == cases
    assert [len(page) for page in pages] == [20, 20, 20, 20, 5]


def test_going_back_from_the_last_page_shows_every_row(client, cases):
    address = f"/ko/cases/?body={body_of(cases)}"
    last = link(read(client, address), "마지막")
    pages = walk(client, last, "이전")

    assert pages[0] == cases[-20:]
    assert pages[-1] == cases[:20]
    assert {title for page in pages for title in page} == set(cases)


def test_the_last_page_leads_back_to_the_first_and_not_beyond(client, cases):
    page = read(client, "/ko/cases/?country=VN&page=last")

    assert link(page, "다음") is None and link(page, "마지막") is None
    assert link(page, "처음") == "/ko/cases/?country=VN&page=1"


def test_a_count_goes_no_further_than_anyone_reads(client, cases):
    assert "1,000+" in read(client, "/ko/cases/?country=VN")
    assert "1,000+" not in read(client, "/ko/cases/?country=DE")


def test_a_short_list_numbers_all_its_pages(client, few):
    body = make.body()
    for number in range(45):
        make.information(body, issued_on=make.DAY + datetime.timedelta(days=number))
    page = read(client, f"/ko/information/?body={body.code}&page=2")

    assert "2 / 3" in page
    assert read(client, f"/ko/information/?body={body.code}&page=last").count('class="what"') == 5


def test_every_page_costs_the_same_queries(client, cases):
    costs = set()
    for end in ("page=1", "page=3", "page=last", "after=2026-03-07T00:00:00%2B00:00_1"):
        with CaptureQueriesContext(connection) as queries:
            read(client, f"/ko/cases/?country=VN&{end}")
        costs.add(len(queries))

    assert len(costs) == 1 and costs.pop() <= 8


def test_all_conditions_at_once_cost_no_more_queries(client, cases):
    with CaptureQueriesContext(connection) as queries:
        read(client, f"/ko/cases/?country=VN&type=customs&body={body_of(cases)}&year=2026&sector=C&outcome=advice")

    assert len(queries) <= 8


def test_no_query_of_a_list_counts_or_skips_all_rows(client, cases):
    with CaptureQueriesContext(connection) as queries:
        read(client, "/ko/cases/?page=last")

    assert [query["sql"] for query in queries if "COUNT" in query["sql"] and "LIMIT 61" not in query["sql"]] == []
    assert [query["sql"] for query in queries if "OFFSET" in query["sql"]] == []


@pytest.mark.parametrize(
    "end",
    [
        "page=4",  # behind the rows that are numbered
        "page=",
        "page=-1",
        "page=1e3",
        "page=first",
        "after=",
        "after=_",
        "after=2026-03-07_1",
        "after=2026-03-07T00:00:00_1",
        "after=2026-03-07T00:00:00Z_x",
        "after=2026-03-07T00:00:00Z_²",
        "after=9999-12-31T23:59:59-10:00_1",
        "before=0001-01-01T00:00:00%2B14:00_1",
        "before=9999-12-31T23:59:59-16:00_1",
        "after=0001-01-01T00:00:00%2B23:59_1",
        "before=2026-03-07T00:00:00Z_99999999999999999999",
    ],
)
def test_an_address_of_no_page_gets_the_sites_own_page(client, cases, end):
    response = client.get(f"/ko/cases/?{end}")

    assert response.status_code == 404
    assert 'class="site-name"' in response.content.decode()


def test_a_row_that_was_withdrawn_still_marks_its_place(client, cases):
    address = link(read(client, "/ko/cases/?country=VN&page=3"), "다음")
    PublishedCase.objects.filter(title_ko=cases[59]).update(state="withdrawn")

    assert titles(read(client, address)) == cases[60:80]


def test_behind_the_last_row_is_the_last_page_and_before_the_first_the_first(client, cases):
    assert titles(read(client, "/ko/cases/?country=VN&after=2020-01-01T00:00:00Z_1")) == cases[-20:]
    assert titles(read(client, "/ko/cases/?country=VN&before=2099-01-01T00:00:00Z_1")) == cases[:20]


@pytest.mark.parametrize("offset", ["-15:59", "-16:00", "%2B16:00", "-23:59", "%2B23:59:59"])
def test_a_place_is_found_whatever_the_offset_of_its_moment(client, cases, offset):
    assert titles(read(client, f"/ko/cases/?country=VN&after=2020-01-02T00:00:00{offset}_1")) == cases[-20:]
    assert titles(read(client, f"/ko/cases/?country=VN&before=2099-01-02T00:00:00{offset}_1")) == cases[:20]


def test_the_years_of_cases_are_those_between_the_first_and_the_last(client, cases):
    PublishedCase.objects.filter(title_ko=cases[-1]).update(
        approved_at=datetime.datetime(2024, 12, 31, 15, tzinfo=datetime.UTC)  # New Year 2025 in Korea
    )
    PublishedCase.objects.filter(reference="poen-germany").update(approved_at=make.NOON)
    years = re.findall(r'<option value="(\d{4})"', read(client, "/ko/cases/"))

    assert years == ["2026", "2025"]
    assert titles(read(client, "/ko/cases/?year=2025")) == [cases[-1]]


@pytest.mark.parametrize("name", ["country", "type", "body"])
def test_choices_offer_only_what_published_cases_have(client, programme, name):
    case = make.case(make.body(), "draft", country_id="BR", type_id="logistics")
    value = {"country": "BR", "type": "logistics", "body": case.body.code}[name]
    offered = f'<option value="{value}"'
    assert offered not in read(client, "/ko/cases/")

    PublishedCase.objects.filter(pk=case.pk).update(state="published", approved_by=make.staff(), approved_at=make.NOON)
    assert offered in read(client, "/ko/cases/")
