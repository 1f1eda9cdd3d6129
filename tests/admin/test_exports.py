"""Lists of the desk as files."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from missions.admin import export_files
from missions.models import Access, AccessRecord
from missions.sheets.kinds import KINDS
from tests import make
from tests.downloads import names_of

pytestmark = pytest.mark.usefixtures("programme")
DIFFICULTIES = "/admin/missions/difficulty/export/"


def table(response):
    """The rows of the first table of a workbook, each as a dictionary by its heads."""
    head, *rows = load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows()
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in rows]


def test_a_list_leaves_as_it_is_narrowed_with_days_as_days_and_nothing_that_runs(client, django_assert_max_num_queries):
    here = make.body()
    officer = make.officer(here)
    firm = make.company(here, name_ko="㈜바다식품", telephone="010-1234-5678")
    make.difficulty(here, officer, title='=HYPERLINK("http://evil.example")', company=firm, is_urgent=False)
    urgent = make.difficulty(here, officer, title="급한 건", is_urgent=True, urgent_reason="선적", company=firm)
    hidden = make.difficulty(make.body(), title="남의 건")
    client.force_login(officer)

    page = client.get("/admin/missions/difficulty/?is_urgent__exact=1").content.decode()
    assert f"{DIFFICULTIES}?is_urgent__exact=1" in page
    with django_assert_max_num_queries(25):
        whole = client.get(f"{DIFFICULTIES}?format=xlsx")
    rows = table(whole)
    narrowed = table(client.get(f"{DIFFICULTIES}?is_urgent__exact=1&format=xlsx&column=reference&column=reported_on"))

    assert [row["제목"].value for row in rows] == ["급한 건", '=HYPERLINK("http://evil.example")']
    assert (rows[1]["제목"].data_type, rows[1]["제목"].quotePrefix) == ("s", True)
    assert hidden.reference not in str([[cell.value for cell in row.values()] for row in rows])
    assert "010-1234-5678" not in str([[cell.value for cell in row.values()] for row in rows])
    assert [next(iter(row.values())).value for row in narrowed] == [urgent.reference]
    assert [list(row.values())[1].value.date() for row in narrowed] == [datetime.date(2024, 5, 2)]
    assert [list(row.values())[1].number_format for row in narrowed] == ["yyyy-mm-dd"]

    narrowed = client.get(f"{DIFFICULTIES}?is_urgent__exact=1&stage__exact=received&q=급한&format=xlsx")
    about = [cell.value for row in load_workbook(io.BytesIO(narrowed.content)).worksheets[1] for cell in row]
    assert len(table(narrowed)) == 1
    assert "처리 단계: 접수, 긴급: 예, 검색: 급한" in about

    typed = client.get(f"{DIFFICULTIES}?firm=Z&since=2026.11.20&until=26.11.30&cols=title&o=2&e=1&format=xlsx")
    about = [cell.value for row in load_workbook(io.BytesIO(typed.content)).worksheets[1] for cell in row]
    assert "기업: Z, 접수일부터: 2026년 11월 20일" in about

    text = client.get(f"{DIFFICULTIES}?format=csv").content
    assert text.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in text.decode()


def test_a_list_is_saved_under_a_name_in_the_language_of_its_reader(client):
    officer = make.officer(make.body())
    make.difficulty(officer.postings.get().body, officer)
    client.force_login(officer)

    plain, name = names_of(client.get(f"{DIFFICULTIES}?format=csv"))

    assert plain.startswith("difficulty-20") and name == plain.replace("difficulty", "수출애로")
    officer.language = "en"
    officer.save()
    assert names_of(client.get(f"{DIFFICULTIES}?format=csv")) == (plain, "")


def test_a_file_tells_days_as_the_list_does_on_the_clocks_where_people_work(client, monkeypatch):
    evening = datetime.datetime(2026, 3, 31, 20, 30, tzinfo=datetime.UTC)  # 13:30 there, and 1 April in Korea
    monkeypatch.setattr(timezone, "now", lambda: evening)
    here = make.body(mission=make.mission(time_zone="America/Los_Angeles"))
    officer = make.officer(here)
    make.difficulty(here, officer)
    client.force_login(officer)

    listed = client.get("/admin/missions/difficulty/?cols=since").content.decode()
    sent = client.get(f"{DIFFICULTIES}?format=xlsx")
    about = [cell.value for row in load_workbook(io.BytesIO(sent.content)).worksheets[1] for cell in row]

    assert "2026-3-31" in listed.replace(".", "-").replace(" ", ""), listed
    kind = KINDS["difficulty"]
    assert table(sent)[0][kind.head(kind.column("since"))].value.date() == datetime.date(2026, 3, 31)
    assert "2026년 3월 31일 13:30 (한국 시각 2026년 4월 1일 05:30)" in about
    assert names_of(sent)[0] == "difficulty-20260331.xlsx"


def test_a_year_is_offered_once_it_has_begun_where_people_work(client, monkeypatch):
    midnight = datetime.datetime(2026, 12, 31, 12, tzinfo=datetime.UTC)  # 1 January there, 21:00 in Korea
    monkeypatch.setattr(timezone, "now", lambda: midnight)
    here = make.body(mission=make.mission(time_zone="Pacific/Auckland"))
    client.force_login(make.officer(here))

    page = client.get("/admin/missions/difficulty/?reported=2027").content.decode()

    assert "?reported=2027-01" in page and "?reported=2027-02" not in page


def test_contacts_leave_with_a_reason_only_and_are_written_down_for_each_firm_one_may_call(client):
    here, there = make.body(), make.body()
    officer = make.officer(here)
    mine = make.company(here, name_ko="Z가까운", contact="김해양", telephone="02-1234-5678")
    theirs = make.company(there, name_ko="Z먼", contact="박산악", telephone="02-8765-4321")
    make.difficulty(here, officer, company=mine)
    make.difficulty(here, officer, company=mine)
    make.difficulty(here, officer, company=theirs)
    client.force_login(officer)
    asked = {"format": "csv", "column": ["company_name", "contact"]}

    asking = client.get(DIFFICULTIES, asked)
    refused = client.post(DIFFICULTIES, asked)
    assert not AccessRecord.objects.filter(kind=Access.EXPORT).exists()
    given = client.post(DIFFICULTIES, asked | {"reason": "간담회 초청"})

    assert asking["Content-Type"] == refused["Content-Type"] == "text/html; charset=utf-8"
    assert "errorlist" in refused.content.decode()
    rows = list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))[1:]
    assert sorted(rows) == [["Z가까운", "김해양"], ["Z가까운", "김해양"], ["Z먼", ""]]
    record = AccessRecord.objects.get(kind=Access.EXPORT)
    assert (record.company, record.by, record.reason) == (mine, officer, "간담회 초청")


def test_a_longer_list_is_cut_off_and_says_so_first(client, monkeypatch):
    monkeypatch.setattr(export_files, "CAP", 2)
    here = make.body()
    officer = make.officer(here)
    for _each in range(3):
        make.difficulty(here, officer)
    client.force_login(officer)

    page = client.get(f"{DIFFICULTIES}?format=xlsx")
    assert "목록이 2건을 넘습니다" in page.content.decode()
    sent = client.post(DIFFICULTIES, {"format": "xlsx", "column": ["reference"]})
    assert len(table(sent)) == 2
    about = load_workbook(io.BytesIO(sent.content)).worksheets[1]
    assert "2건" in str([[cell.value for cell in row] for row in about.iter_rows()])


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_list_leaves_with_all_its_columns_and_what_cannot_be_looked_up_leads_back(client, name, scene_of_lists):
    client.force_login(scene_of_lists)
    address = reverse(f"admin:missions_{name}_export")
    columns = [column.name for column in KINDS[name].columns]

    rows = table(client.post(address, {"format": "xlsx", "column": columns, "reason": "점검"}))
    assert rows and len(rows[0]) == len(columns)
    assert client.get(f"{address}?nothing=1").status_code in {302, 400}
    assert client.get(f"{address}?format=exe").status_code == 200


@pytest.fixture
def scene_of_lists(db):
    """A member of the ministries, and a row of every kind beside those of the programme."""
    here = make.body()
    make.meeting(here)
    make.difficulty(here)
    make.information(here)
    make.recipient(contact="이담당")
    return make.staff("ministry")
