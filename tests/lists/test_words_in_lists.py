"""Words and other conditions of a list together: the index answers all it can, and only the newest past a thousand."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse

from missions.lists import paging
from missions.models import LocalInformation, Outcome, PublicEntry, PublishedCase, Sought, public_entry
from missions.search import index
from missions.search.tokens import terms
from tests import make
from tests.finding import found, kept

pytestmark = pytest.mark.usefixtures("programme")
NEW_YEAR = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def body():
    return make.body()


def listed(client, name, **query):
    """The rows of the first page of a list."""
    page = client.get(reverse(f"missions:{name}"), query)
    assert page.status_code == 200 and not page.context["form"].errors
    return list(page.context["page_obj"])


def moved(case, moment):
    """A case approved at a moment; the index told of it."""
    PublishedCase.objects.filter(pk=case.pk).update(approved_at=moment)
    return kept(PublishedCase.objects.get(pk=case.pk))


CASE_CONDITIONS = {
    "country": ("MY", {"country_id": "MY"}, {}),
    "type": ("payment", {"type_id": "payment"}, {}),
    "sector": ("C", {"sector_id": "C"}, {}),
    "sector, not stated": ("none", {}, {"sector_id": "C"}),
    "outcome": ("advice", {"outcome": Outcome.ADVICE}, {}),
    "outcome, not stated": ("none", {}, {"outcome": Outcome.ADVICE}),
    "closed": ("2024-04", {"closed_month": "2024-04-01"}, {"closed_month": "2024-05-01"}),
    "closed, not known": ("none", {}, {"closed_month": "2024-05-01"}),
}


@pytest.mark.parametrize("condition", CASE_CONDITIONS)
def test_cases_with_words_meet_the_other_condition(client, body, condition):
    value, has, lacks = CASE_CONDITIONS[condition]
    wanted = make.case(body, title_ko="노을 사례", **has)
    make.case(body, title_ko="노을 사례", **lacks)
    make.case(body, title_ko="여명 사례", **has)

    assert listed(client, "cases", q="노을", **{condition.partition(",")[0]: value}) == [wanted]


def test_cases_with_words_are_those_of_a_body_and_of_a_year_in_korea(client, body):
    here, there = make.case(body, title_ko="노을"), make.case(make.body(), title_ko="노을")
    late = moved(here, NEW_YEAR - datetime.timedelta(hours=1))  # the year had begun in Korea
    early = moved(there, NEW_YEAR - datetime.timedelta(hours=10))

    assert listed(client, "cases", q="노을", body=body.code) == [late]
    assert listed(client, "cases", q="노을", year="2026") == [late]
    assert listed(client, "cases", q="노을", year="2025") == [early]
    assert listed(client, "cases", q="노을", year="2025", body=body.code) == []


@pytest.mark.parametrize(
    ("name", "value", "has", "lacks"),
    [
        ("country", "MY", {"country_id": "MY"}, {}),
        ("topic", "payment", {"topic_id": "payment"}, {}),
        ("month", "2024-04", {"issued_on": "2024-04-30"}, {"issued_on": "2024-05-01"}),
        ("validity", "expired", {"valid_until": "2024-05-01", "issued_on": "2024-04-01"}, {}),
    ],
)
def test_information_with_words_meets_the_other_condition(client, body, name, value, has, lacks):
    wanted = kept(make.information(body, title_ko="노을 안내", **has))
    kept(make.information(body, title_ko="노을 안내", **lacks))

    assert listed(client, "information", q="노을", **{name: value}) == [wanted]


@pytest.fixture
def few(monkeypatch):
    """The newest are forty in place of a thousand."""
    monkeypatch.setattr(paging, "MOST", 40)
    monkeypatch.setattr(public_entry, "MOST", 40)


def test_a_list_with_words_ends_with_the_newest_and_says_so(client, body, few):
    rows = [kept(make.information(body, title_ko="노을 안내")) for _ in range(45)]

    first = client.get("/en/information/", {"q": "노을"})
    last = client.get("/en/information/", {"q": "노을", "page": "last"})
    assert list(first.context["page_obj"]) == rows[:-21:-1]
    assert list(last.context["page_obj"]) == rows[24:4:-1] and not last.context["page_obj"].later
    assert all("More than 1,000 have these words." in page.content.decode() for page in (first, last))
    assert client.get("/en/information/", {"q": "노을", "page": 3}).status_code == 404


def test_a_list_looks_among_all_that_have_the_words_where_the_index_cannot_answer(client, body, few):
    """“Expired” depends on the day: none of the newest may have."""
    old = kept(make.information(body, title_ko="노을", valid_until="2024-05-01", issued_on="2024-04-01"))
    for _ in range(45):
        kept(make.information(body, title_ko="노을"))
    page = client.get("/en/information/", {"q": "노을", "validity": "expired"})

    assert list(page.context["page_obj"]) == [old]
    assert "More than" not in page.content.decode()
    every = client.get("/en/information/", {"q": "노을", "validity": "valid"}).context["paginator"]
    assert every.is_long and every.is_capped
    assert LocalInformation.objects.published().count() > 45


def test_a_word_that_very_many_have_is_looked_for_among_the_newest_only(monkeypatch):
    monkeypatch.setattr(public_entry, "MOST", 9)
    kind = index.condition_token("kind", "localinformation")
    tokens = " ".join(index.tokens("노을") | {kind})
    PublicEntry.objects.bulk_create(
        PublicEntry(id=2**20 + at * 2**12, kind="localinformation", record=-at, title=" ", tokens=tokens)
        for at in range(1, 40)
    )
    sought = Sought(tuple(terms("노을")), (kind,), newest_of="localinformation")
    rows = PublicEntry.objects.filter(tokens__newest=[sought])
    assert {row.record for row in rows} == set(range(-39, -29))
    if connection.vendor == "postgresql":  # ten of four in each block stand in the last three
        assert re.findall(r"Index Scan on public_entry_tokens .* loops=(\d+)", rows.explain(analyze=True)) == ["3"]
    else:  # FTS5 gives the newest first, so that nothing is sorted before the limit
        assert "VIRTUAL TABLE INDEX" in rows.explain() and "TEMP B-TREE" not in rows.order_by().explain()


def test_what_was_written_long_ago_is_found_however_many_came_after(client, body, monkeypatch):
    """PostgreSQL looks among the newest entries first, block by block."""
    monkeypatch.setattr(public_entry, "MOST", 3)
    item = kept(make.information(body, title_ko="노을"))
    for key in (2**13, 2**15, 2**18, 2**24):
        PublicEntry.objects.create(id=key, kind="localinformation", record=-key, title=" ", tokens="a")

    assert listed(client, "information", q="노을") == [item]
    assert found(client, "노을") == [item.get_absolute_url()]


def test_a_list_without_words_goes_on_behind_the_newest(client, body, few):
    for _ in range(45):
        kept(make.information(body))

    assert client.get("/en/information/").context["paginator"].is_capped
