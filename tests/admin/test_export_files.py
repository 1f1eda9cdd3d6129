"""Long lists as files: made in steps, kept for a day, for whoever asked and nobody else."""

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook

from missions.admin import export_files
from missions.models import Access, AccessRecord, Company, ExportFile, Posting
from tests import make
from tests.admin.long_lists import ASKED, START, begin, go_on, rows
from tests.downloads import names_of

pytestmark = pytest.mark.usefixtures("programme", "short_steps")


def test_a_long_list_is_made_in_steps_and_has_what_one_sent_at_once_would_have(client, officer, monkeypatch):
    sorted_by_title = "?is_urgent__exact=1&o=2"
    page = begin(client, sorted_by_title)
    shown = client.get(page).content.decode()
    assert "5개 행 가운데 0개" in shown and 'aria-label="읽은 행"' in shown
    client.post(page)
    assert "5개 행 가운데 2개" in client.get(page).content.decode()
    assert client.get(f"{page}file/")["Location"] == page
    shown = go_on(client, page)

    assert f'href="{page}file/"' in shown and "5개 행" in shown
    book = begin(client, sorted_by_title, format="xlsx")
    go_on(client, book)
    made, about = load_workbook(io.BytesIO(b"".join(client.get(f"{book}file/").streaming_content))).worksheets
    monkeypatch.setattr(export_files, "AT_ONCE", 10)
    at_once = client.post(START + sorted_by_title, ASKED)
    same = client.post(START + sorted_by_title, ASKED | {"format": "xlsx"})
    assert rows(client, page) == list(csv.reader(io.StringIO(at_once.content.decode("utf-8-sig"))))[1:]
    assert len(rows(client, page)) == 5 and "급하지 않은 건" not in str(rows(client, page))
    cells = [[cell.value for cell in row] for row in made.iter_rows()]
    assert cells == [[cell.value for cell in row] for row in load_workbook(io.BytesIO(same.content)).active.iter_rows()]
    days = [value for value in cells[1] if isinstance(value, datetime.datetime)]
    assert datetime.date(2024, 5, 2) in [day.date() for day in days] and len(days) == 2
    assert ["목록 조건", "긴급: 예"] in [[cell.value for cell in row] for row in about.iter_rows()]


def test_a_long_list_is_begun_by_post_alone_and_is_among_ones_own_files(client, officer):
    page = client.get(f"{START}?format=csv&column=title")
    assert "나누어 만듭니다" in page.content.decode() and not ExportFile.objects.exists()

    made = begin(client)
    client.logout()
    client.force_login(officer)
    shown = client.get(START).content.decode()
    assert f'href="{made}"' in shown and "긴급: 예" in shown
    go_on(client, made)
    plain, name = names_of(client.get(f"{made}file/"))
    assert name == plain.replace("difficulty", "수출애로") and f">{name}</a>" in shown
    assert len(rows(client, made)) == 5


def test_each_firm_whose_contact_leaves_is_written_down_once(client, officer):
    go_on(client, begin(client))

    records = AccessRecord.objects.filter(kind=Access.EXPORT)
    assert sorted(record.company_name for record in records) == ["Z기업 가", "Z기업 나"]
    assert {(record.by, record.reason) for record in records} == {(officer, "간담회 초청")}


def test_nobody_else_finds_the_file(client, officer, body):
    page = begin(client)
    for other in (make.officer(body), make.staff("ministry")):
        client.force_login(other)
        for address in (page, f"{page}file/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"do": "delete"}).status_code == 404
        assert page not in client.get(START).content.decode()
    client.force_login(officer)
    go_on(client, page)
    assert client.get(page.replace("difficulty", "company")).status_code == 404
    assert len(rows(client, page)) == 5


def test_two_clicks_make_one_file_and_another_question_another(client, officer):
    page = begin(client)
    client.post(page)

    assert begin(client) == page
    assert begin(client, narrowed="") != page
    assert begin(client, reason="점검") != page
    go_on(client, page)
    assert begin(client) != page, "rows may have changed since"


def test_what_may_no_longer_be_seen_is_not_read_and_a_file_with_it_is_not_given(client, officer, body):
    page, whole = begin(client), begin(client, format="xlsx")
    go_on(client, whole)
    Posting.objects.filter(user=officer).update(body=make.body())

    go_on(client, page)
    assert rows(client, page) == []
    assert client.get(f"{whole}file/")["Location"] == f"{START}?is_urgent__exact=1"
    assert "더는 볼 수 없는 것이" in client.get(START).content.decode()
    assert not ExportFile.objects.filter(format="xlsx").exists()


def test_who_may_no_longer_view_the_records_gets_nothing(client, officer):
    page = begin(client)
    go_on(client, page)
    officer.groups.clear()

    assert [client.get(address).status_code for address in (page, f"{page}file/")] == [403, 403]
    assert client.post(page).status_code == 403


def test_who_changes_the_language_midway_gets_all_of_the_file_in_the_first(client, officer):
    page = begin(client, column=["title", "stage"])
    client.post(page)
    client.post("/admin/language/", {"language": "en"})
    assert "2 of 5" in client.get(page).content.decode()
    go_on(client, page)

    content = b"".join(client.get(f"{page}file/").streaming_content).decode("utf-8-sig")
    [heads, *cells] = csv.reader(io.StringIO(content))
    assert heads == ["제목", "처리 단계"] and {stage for _title, stage in cells} == {"접수"}


def test_a_file_with_a_contact_that_one_may_no_longer_read_is_not_given(client, officer, body):
    firm = make.company(make.body(), name_ko="Z기업 다", contact="김다", shares_with_mission=True)
    make.difficulty(body, officer, company=firm, is_urgent=True, urgent_reason="선적")
    page = begin(client)
    go_on(client, page)
    assert "김다" in str(rows(client, page))
    Company.objects.filter(pk=firm.pk).update(shares_with_mission=False)

    assert client.get(f"{page}file/")["Location"] == f"{START}?is_urgent__exact=1"
    assert client.get(page).status_code == 404 and not ExportFile.objects.exists()


def test_taking_a_file_is_logged(client, officer, caplog):
    page = begin(client)
    go_on(client, page)
    caplog.clear()
    with caplog.at_level("INFO", "missions.exports"):
        rows(client, page)

    assert f"{officer.pk} took 5 rows of difficulty as csv" in caplog.messages
