"""CSV: of every public list with its filters, and of every table of the statistics."""

import csv
import datetime
import io
import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from missions.fields.telephones import is_telephone
from missions.lists import csv_files
from missions.lists.csv_files import harmless
from missions.lists.whole_files import sent_whole
from missions.models import Mission, PublishedCase, ReportedResult
from tests import forms, make
from tests.crawl import files
from tests.finding import kept
from tests.views.test_public_pages import LISTS

pytestmark = pytest.mark.usefixtures("programme")


def sent(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def table(client, address):
    """A file as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(sent(client.get(address)).removeprefix("\ufeff"))))


def fill():
    """A row for every list."""
    body = make.body()
    make.meeting(body), make.information(body), make.case(body)
    return body


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_as_csv_has_every_row_of_its_page_and_a_heading_in_its_language(client, name, language):
    fill()
    address = f"/{language}/{name}/"
    page = client.get(address)

    head, *rows = table(client, f"/{language}/{name}.csv")

    assert len(rows) == page.context["paginator"].count > 0
    assert all(len(row) == len(head) for row in rows)
    assert head[-3] == {"ko": "화면 주소 [page]", "en": "Page [page]"}[language]
    for row in rows[:5]:
        assert row[-3].startswith(f"http://testserver/{language}/{name}/")
        assert client.get(row[-3]).status_code == 200


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("cases/?country=DE", 1),
        ("cases/?country=DE&outcome=advice", 0),
        ("meetings/?body=SFO&status=held", 1),
        ("missions/?country=VN&kind=embassy", 1),
        ("bodies/?scope=domestic", 1),
    ],
)
def test_the_link_on_a_list_keeps_its_filters(client, page, count):
    response = client.get(f"/ko/{page}")
    links = files(forms.text(response))

    file = f"/ko/{page.replace('/?', '.csv?')}"
    assert links == ({file} if count else set())
    assert len(table(client, file)) - 1 == count == response.context["paginator"].count


def test_a_file_says_what_it_is(client):
    response = client.get("/ko/cases.csv")
    text = sent(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert text.startswith("\ufeff사례 번호 [reference],") and text.endswith("\r\n")
    assert not response.cookies and "Link" not in response


@pytest.mark.parametrize("licence", [("", ""), ("공공누리 제1유형", "https://www.kogl.or.kr/info/license.do")])
def test_each_row_of_each_file_keeps_licence_and_source(client, settings, licence):
    settings.OPEN_LICENCE, settings.OPEN_LICENCE_URL = licence
    fill()
    names = [f"{name}.csv" for name in LISTS] + [
        "statistics/rollout.csv",
        "statistics/results.csv",
        "statistics/times.csv",
    ]
    for name in names:
        head, *rows = table(client, f"/ko/{name}")
        assert head[-2:] == ["이용 허락 [licence]", head[-1]] and rows
        for row in rows:
            assert row[-2] == (" ".join(licence) if licence[0] else "공공누리(유형은 아직 정해지지 않았습니다)")
            assert "지원협의체 누리집" in row[-1]


def columns(client, address):
    """The rows of a file by the words of its head, without the names for programs."""
    head, *rows = table(client, address)
    words = [name.partition(" [")[0] for name in head]
    return [dict(zip(words, row, strict=True)) for row in rows]


def by_name(client, address):
    """The rows of a file as a program reads them, by the names in square brackets."""
    head, *rows = table(client, address)
    names = [re.search(r" \[([a-z_]+)\]$", name)[1] for name in head]
    assert len(set(names)) == len(names)
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", LISTS)
def test_a_program_reads_the_same_names_and_codes_in_both_languages(client, name):
    fill()
    korean, english = (
        sorted(by_name(client, f"/{language}/{name}.csv"), key=lambda row: row["page"].split("/", 4)[4])
        for language in ("ko", "en")
    )

    assert [list(row) for row in korean] == [list(row) for row in english]
    codes = [column for column in korean[0] if column.endswith("_code") or column in ("code", "reference")]
    assert codes
    for column in codes:
        assert [row[column] for row in korean] == [row[column] for row in english]
        assert all(row[column].isascii() for row in korean)


def test_a_choice_has_its_code_beside_its_words(client):
    body = make.body()
    make.meeting(body, status="cancelled", chaired="yes")

    [row] = by_name(client, f"/ko/meetings.csv?body={body.code}")
    assert (row["status"], row["status_code"]) == ("취소", "cancelled")
    assert (row["chaired_code"], row["held_precision_code"]) == ("yes", "day")
    assert (row["certainty_code"], row["held_on"]) == ("own_entry", "2026-03-02")


def test_the_number_of_a_mission_stands_in_its_file_as_it_is_dialled(client):
    Mission.objects.filter(slug="los-angeles").update(telephone="+1-213-385-9300")

    rows = by_name(client, "/en/missions.csv")
    assert "+1-213-385-9300" in [row["telephone"] for row in rows]
    assert [row["subdivision"] for row in rows if row["slug"] == "frankfurt"] == ["DE-HE"]


def test_a_program_reads_days_months_and_moments(client):
    body = fill()
    first = datetime.date(2025, 6, 1)
    make.case(body, reported_month=first, closed_month=None)
    starts = datetime.datetime(2026, 3, 2, 1, 30, tzinfo=datetime.UTC)
    make.meeting(body, starts_at=starts, ends_at=starts + datetime.timedelta(hours=2))
    make.meeting(body, held_on=first, held_precision="month")

    case = columns(client, f"/en/cases.csv?body={body.code}")[0]
    assert (case["Month of the report"], case["Month of the outcome"]) == ("2025-06", "")
    dated, month = (columns(client, f"/en/meetings.csv?body={body.code}&year={year}")[0] for year in (2026, 2025))
    assert (dated["Start"], dated["End"]) == ("2026-03-02T08:30+07:00", "2026-03-02T10:30+07:00")
    assert (month["Date"], month["Precision of the day"], month["Start"]) == ("2025-06", "within that month", "")
    launched = {row["Body"]: row for row in columns(client, "/en/statistics/rollout.csv")}
    assert launched["LAX Los Angeles"]["As of"] == "2024-04-17"
    assert launched["LAX Los Angeles"]["Precision of the day"] == "by that day"
    assert launched["LAX Los Angeles"]["Address of the source"].startswith("http")
    assert launched[f"{body.code} City"]["As of"] == launched[f"{body.code} City"]["Running"] == ""
    assert "2025-06" in [row["Month"] for row in columns(client, "/en/statistics/meetings-by-month.csv")]


def test_the_file_of_results_names_every_source_with_its_address(client):
    row = next(row for row in columns(client, "/ko/statistics/results.csv") if row["기준일"] == "2024-12-17")
    sources = ReportedResult.objects.get(key="announced-2024-12-17").sources.all()

    assert len(sources) == 5 == row["출처"].count("http")
    assert all(f"{source.publisher} {source.url}" in row["출처"] for source in sources)
    assert row["회의"] == "46" and row["연계지원"] == ""


def test_a_record_is_as_certain_in_a_file_as_on_its_page(client):
    body = fill()
    case = make.case(body)

    row = next(row for row in columns(client, "/en/cases.csv") if row["case reference"] == case.reference)

    assert row["Certainty"] == "entered by the support body itself"
    assert "Entered by the support body itself" in forms.text(client.get(f"/en/cases/{case.reference}/"))
    poen = next(row for row in columns(client, "/en/cases.csv") if row["case reference"] == "poen-germany")
    assert poen["Certainty"] == "verified"


def test_a_condition_that_cannot_be_understood_leads_to_the_list_that_explains_it(client):
    response = client.get("/ko/cases.csv?country=ZZ", follow=True)

    assert response.redirect_chain == [("/ko/cases/?country=ZZ", 302)]
    assert 'role="alert"' in forms.text(response)


@pytest.mark.parametrize(
    "text", ["=1+1", "+82 2", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1+1", "＋1", "－1", "＠A1"]
)
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(client, text):
    case = make.case(make.body(), title_ko=f"{text} 제목")
    PublishedCase.objects.filter(pk=case.pk).update(title_ko=text, lesson_ko=text)

    row = next(row for row in by_name(client, "/ko/cases.csv") if row["reference"] == case.reference)

    assert row["title"] == row["lesson"] == f"'{text}"


def test_other_cells_stay_as_they_are():
    assert [harmless(value) for value in ("a=1", "가", "", None, 0, 12)] == ["a=1", "가", "", "", "0", "12"]


def test_no_cell_of_any_file_begins_with_a_sign(site):
    for address, file in site.files.items():
        for row in csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))):
            told = [cell for cell in row if not re.fullmatch(r"-?[0-9.]+", cell) and not is_telephone(cell)]
            assert not [cell for cell in told if cell[:1] and cell[0] in "=+-@\t\r"], address
    assert any("'=HYPERLINK()" in file.text for file in site.files.values())


def test_every_file_linked_anywhere_is_there(site):
    assert len([address for address in site.files if "?" not in address]) == 2 * (len(LISTS) + 17)
    assert {file.status for file in site.files.values()} == {200}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_table_of_the_statistics_is_a_file_in_the_language_of_its_page(client, language):
    fill()
    sections = client.get(f"/{language}/statistics/").context["sections"]
    for shown in (shown for _key, _title, tables in sections for shown in tables):
        head, *rows = table(client, f"/{language}/statistics/{shown.name}.csv")
        words, lines = shown.file
        assert head[:-2] == [str(word) for word in words]
        assert [row[:-2] for row in rows] == [[harmless(value) for value in line] for line in lines]
        assert {len(row) for row in rows} == {len(head)}
    assert client.get(f"/{language}/statistics/nothing.csv").status_code == 404


def test_a_long_list_is_made_in_parts_and_capped_and_the_page_says_so(client, monkeypatch):
    body = make.body()
    for number in range(7):
        make.meeting(body, number=number + 1)
    monkeypatch.setattr(csv_files, "CHUNK", 2)
    parts = []
    monkeypatch.setattr(csv_files, "sent_whole", lambda request, made, kind: HttpResponse(parts.extend(made) or b""))
    client.get(f"/en/meetings.csv?body={body.code}")
    assert len(parts) == 5
    monkeypatch.setattr(csv_files, "sent_whole", sent_whole)

    monkeypatch.setattr("missions.views.exports.CAP", 5)
    monkeypatch.setattr("missions.lists.view.CAP", 5)
    assert len(table(client, f"/en/meetings.csv?body={body.code}")) == 1 + 5
    assert "the first 5 rows at most" in forms.text(client.get(f"/en/meetings/?body={body.code}"))


def test_a_list_that_is_counted_to_a_thousand_says_that_its_file_may_be_cut(client, monkeypatch):
    body = make.body()
    for _ in range(12):
        kept(make.information(body, title_ko="노을"))
    monkeypatch.setattr("missions.lists.paging.MOST", 10)
    monkeypatch.setattr("missions.models.public_entry.MOST", 10)
    monkeypatch.setattr("missions.views.exports.MOST", 10)

    assert "rows at most" in forms.text(client.get("/en/information/"))
    assert "rows at most" not in forms.text(client.get("/en/information/?q=노을"))
    assert len(table(client, "/en/information.csv?q=노을")) == 1 + 10


def test_a_file_costs_the_same_few_queries_however_long_it_is(client, django_assert_max_num_queries):
    for _ in range(10):
        fill()

    for name in LISTS:
        with django_assert_max_num_queries(4):  # page version, rows, their sources, countries covered
            table(client, reverse(f"missions:{name}_csv"))


def test_the_language_of_a_file_is_that_of_its_address_also_while_another_page_is_served(client):
    make.case(make.body(), outcome="resolved")
    response = client.get("/en/cases.csv")
    client.get("/ko/cases/")

    assert "resolved in full" in sent(response)


def test_the_licence_is_said_where_there_are_data_and_in_the_header_of_a_file_once_it_is_known(client, settings):
    for address in ("/ko/statistics/", "/ko/cases/"):
        assert "유형은 아직 정해지지 않았습니다" in forms.text(client.get(address))

    settings.OPEN_LICENCE, settings.OPEN_LICENCE_URL = "공공누리 제1유형", "https://www.kogl.or.kr/info/license.do"
    for address in ("/ko/statistics/", "/ko/cases/"):
        page = forms.text(client.get(address))
        assert 'rel="license">공공누리 제1유형</a>' in page and "정해지지 않았습니다)" not in page
    assert client.get("/ko/cases.csv")["Link"] == '<https://www.kogl.or.kr/info/license.do>; rel="license"'


@pytest.mark.parametrize(
    "query", ["page=999", "page=x", "q=" + "가" * 5000, "country=%F0%9F%9A%A2", "year=99999", "month=none"]
)
def test_a_strange_address_of_a_file_breaks_nothing(client, query):
    for name in LISTS:
        assert client.get(f"/ko/{name}.csv?{query}").status_code in {200, 302}
    assert client.get("/ko/cases.csv?q=%00").status_code == 400
    assert client.post("/ko/cases.csv").status_code == 405
    assert client.head("/ko/statistics/times.csv").status_code == 200
