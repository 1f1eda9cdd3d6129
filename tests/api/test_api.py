"""The API: every record, page by page, as its description says, and what it answers to what it cannot understand."""

import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from missions.api import asked
from missions.lists import paging
from missions.lists.data_sets import DATA_SETS
from missions.models import Body, Country, DifficultyType, Meeting
from tests import make
from tests.conftest import begin
from tests.site import plant

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.urls("tests.api.urls")]
KOREAN = re.compile("[가-힣]")
# Queries for a page afresh and without conditions: the page version, a count, the rows, and what stands beside them.
QUERIES = {"missions": 5, "countries": 5, "coverage": 5, "types": 3, "sources": 3}
OTHERS = 4


def ask(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.content)
    return json.loads(response.content)


@pytest.fixture
def document(client):
    return ask(client, "/api/v1/openapi.json")


def follow(client, address):
    """Every record of a list, as a client finds them: along “next”."""
    found = []
    while address:
        answer = ask(client, address)
        found += answer["records"]
        address = answer["next"] and answer["next"].removeprefix("http://testserver")
    return found


def wrongs(document, name, value):
    """Where a value is not what a schema of the document says."""
    schema = {**document, "$ref": f"#/components/schemas/{name}"}
    return [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)]


def test_the_document_is_openapi_3_1_and_every_answer_is_as_it_says(client, document):
    body = make.body(contact_en="By e-mail")
    make.meeting(body), make.information(body), make.case(body, outcome="resolved")

    assert document["openapi"] == "3.1.0" and document["servers"] == [{"url": "http://testserver"}]
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert wrongs(document, "Start", ask(client, "/api/v1/")) == []
    for name, data in DATA_SETS.items():
        stem = name.capitalize()
        page = ask(client, f"/api/v1/{name}?perPage=1000")
        assert page["records"] and wrongs(document, f"{stem}Page", page) == []
        for record in page["records"][:3]:
            assert set(record) == set(document["components"]["schemas"][f"{stem}Record"]["properties"])
            alone = ask(client, f"/api/v1/{name}/{record[data.key]}")
            assert alone == record and wrongs(document, f"{stem}Record", alone) == []


def test_a_client_pages_through_everything_also_beyond_the_records_that_are_counted(client, monkeypatch):
    body = make.body()
    for _number in range(7):
        make.information(body)
        make.meeting(body)
    for name, data in DATA_SETS.items():
        keys = [record[data.key] for record in follow(client, f"/api/v1/{name}?perPage=3")]
        assert len(keys) == len(set(keys)) == data.rows().count(), name

    for module in (paging, asked, "missions.api.views"):
        monkeypatch.setattr(f"{module if isinstance(module, str) else module.__name__}.MOST", 5, raising=False)
    first = ask(client, "/api/v1/information?perPage=3")
    assert (first["totalCount"], first["totalCountIsCapped"], first["nextAfter"]) == (5, True, None)
    second = ask(client, "/api/v1/information?perPage=3&page=2")
    third = ask(client, f"/api/v1/information?perPage=3&after={second['nextAfter'].replace('+', '%2B')}")
    assert third["page"] is None and third["records"] and third["previous"]
    keys = [record["key"] for record in follow(client, "/api/v1/information?perPage=3")]
    assert len(keys) == len(set(keys)) == 7


WRONG = [
    ("cases?colour=red", 400, "unknown-parameter", "colour"),
    ("cases?country=ZZ", 400, "wrong-value", "country"),
    ("meetings?year=MMXXIV", 400, "wrong-value", "year"),
    ("meetings?month=13", 400, "wrong-value", "month"),
    ("bodies?launched=yesterday", 400, "wrong-value", "launched"),
    ("missions?perPage=1000000000", 400, "wrong-value", "perPage"),
    ("missions?perPage=0", 400, "wrong-value", "perPage"),
    ("missions?page=-1", 400, "wrong-value", "page"),
    ("missions?page=1&page=2", 400, "wrong-value", "page"),
    ("missions?after=x", 400, "wrong-value", "after"),
    ("cases?after=x", 404, "no-such-page", None),
    ("cases?q=" + "x" * 5000, 400, "wrong-value", "q"),
    ("countries?q=x", 400, "unknown-parameter", "q"),
    ("missions?page=99999", 404, "no-such-page", None),
    ("missions/nowhere", 404, "not-found", None),
    ("meetings/99999999999999999999", 404, "not-found", None),
    ("meetings/x", 404, "not-found", None),
    ("planets", 404, "not-found", None),
    ("missions?q=%00", 400, "bad-request", None),
]


@pytest.mark.parametrize(("asked_for", "status", "kind", "parameter"), WRONG)
def test_what_cannot_be_understood_is_answered_in_both_languages_with_what_would_be_right(
    client, asked_for, status, kind, parameter
):
    response = client.get(f"/api/v1/{asked_for}")
    told = json.loads(response.content)

    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert told["type"] == f"http://testserver/data/#problem-{kind}" and told["status"] == status
    assert KOREAN.search(told["title_ko"]) and KOREAN.search(told["detail_ko"])
    assert not KOREAN.search(told["title"] + told["detail"])
    assert [error["parameter"] for error in told.get("errors", [])] == ([parameter] if parameter else [])
    for error in told.get("errors", []):
        assert KOREAN.search(error["detail_ko"]) and error["detail"] != error["detail_ko"]
    assert not response.cookies


def test_a_problem_names_the_values_there_are(client, document):
    told = ask(client, "/api/v1/meetings?status=over", 400)
    assert told["errors"][0]["allowed"] == ["planned", "held", "postponed", "cancelled"]
    assert "perPage" in ask(client, "/api/v1/cases?limit=5", 400)["detail"]
    assert "1000" in ask(client, "/api/v1/cases?perPage=1001", 400)["errors"][0]["detail_ko"]
    assert wrongs(document, "Problem", told) == []


LETTERS = [
    *(("missions", "country", "VN"), ("meetings", "country", "VN"), ("meetings", "body", "HAN")),
    *(("cases", "country", "VN"), ("cases", "country", "DE"), ("cases", "body", "FRA"), ("cases", "sector", "C")),
    *(("information", "country", "US"), ("earlier_cases", "country", "VN"), ("organisations", "country", "KR")),
]


@pytest.mark.parametrize(("name", "parameter", "code"), LETTERS)
def test_a_code_is_understood_in_any_letters(client, name, parameter, code):
    expected = ask(client, f"/api/v1/{name}?{parameter}={code}")

    for letters in (code.lower(), code.capitalize()):
        found = ask(client, f"/api/v1/{name}?{parameter}={letters}")
        assert (found["totalCount"], found["records"]) == (expected["totalCount"], expected["records"])


KEYS = [("cases", "country"), ("cases", "type"), ("cases", "body"), ("meetings", "body"), ("earlier_cases", "country")]


@pytest.mark.parametrize(("name", "parameter"), KEYS)
def test_a_problem_names_every_key_that_is_accepted(client, name, parameter):
    [told] = ask(client, f"/api/v1/{name}?{parameter}=ZZ", 400)["errors"]
    rows = {"country": Country, "type": DifficultyType, "body": Body}[parameter].objects.published()

    assert set(told["allowed"]) - {"none"} == set(rows.values_list("code", flat=True))
    [years] = ask(client, "/api/v1/meetings?year=x", 400)["errors"]
    assert {"2000", "2026", "2100"} <= set(years["allowed"])
    for value in (told["allowed"][0], told["allowed"][-1]):
        ask(client, f"/api/v1/{name}?{parameter}={value}")


def test_the_examples_of_the_page_of_open_data_return_records(client):
    page = html.unescape(client.get("/ko/data/").content.decode())
    examples = re.findall(r"<code>http://testserver(/api/v1/[a-z]+\?\S+)</code>", page)

    assert len(examples) == 2
    for example in examples:
        assert ask(client, example)["totalCount"] > 0, example


def test_nothing_can_be_written_and_other_sites_may_read(client):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)("/api/v1/missions")
        assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
        assert response["Allow"] == "GET, HEAD, OPTIONS"
    for response in (client.get("/api/v1/missions"), client.options("/api/v1/missions"), client.head("/api/v1/")):
        assert response.status_code == 200 and not response.cookies
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "unsafe" not in response["Content-Security-Policy"]
    moved = client.get("/api/v1/missions/?kind=embassy")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/missions?kind=embassy")
    asked_as_browser = client.get("/api/v1/missions?format=html", HTTP_ACCEPT="text/html")
    assert asked_as_browser["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/missions", HTTP_ACCEPT="text/html")["Content-Type"] == "application/json"


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_record_is_answered_304_until_a_record_changes(client):
    meeting = make.meeting(make.body())
    address = f"/api/v1/meetings/{meeting.key}"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304

    Meeting.objects.filter(pk=meeting.pk).update(headcount=77)

    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 200 and json.loads(again.content)["headcount"] == 77


def test_no_word_of_a_private_or_unpublished_record_is_in_any_answer(client):
    planted = plant()
    for name, data in DATA_SETS.items():
        for address in (f"/api/v1/{name}?perPage=1000", f"/api/v1/{name}?perPage=1000&q=CANARY", f"/api/v1/{name}/x"):
            text = client.get(address).content.decode()
            assert not [word for word in [*planted.private, planted.hidden] if word in text], address
        assert data.rows().count() == len(follow(client, f"/api/v1/{name}?perPage=1000"))
    assert planted.body.code in [body["code"] for body in follow(client, "/api/v1/bodies")]


def test_a_page_costs_the_same_few_queries_however_long_it_is(client):
    body = make.body()
    for _number in range(6):
        make.meeting(body), make.information(body), make.case(body)
    for name in DATA_SETS:
        begin()
        for size in (1, 1000):
            with CaptureQueriesContext(connection) as queries:
                ask(client, f"/api/v1/{name}?perPage={size}")
            assert len(queries) <= QUERIES.get(name, OTHERS), (name, size, [query["sql"][:150] for query in queries])
