"""Long lists as files: made in steps, kept for a day, for whoever asked and nobody else."""

import csv
import datetime
import io

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from missions.admin import export_files
from missions.files import storing
from missions.models import Access, AccessRecord, ExportFile, Posting
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
START = "/admin/missions/difficulty/export/"
COLUMNS = ["reference", "title", "reported_on", "since", "company_name", "contact"]
ASKED = {"format": "csv", "column": COLUMNS, "reason": "간담회 초청"}


@pytest.fixture(autouse=True)
def _short_steps(monkeypatch):
    monkeypatch.setattr(export_files, "AT_ONCE", 3)
    monkeypatch.setattr(export_files, "PIECE", 2)
    monkeypatch.setattr(export_files, "SECONDS", 0)


@pytest.fixture(autouse=True)
def _erased_at_once(django_capture_on_commit_callbacks):
    """Content goes once a transaction is written; in a test none is, so it is done here at its end."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(body, client):
    """Somebody who sees five urgent difficulties of two firms, and one that is not urgent."""
    officer = make.officer(body)
    firms = [make.company(body, name_ko=f"Z기업 {name}", contact=f"김{name}") for name in ("가", "나")]
    urgent = {"is_urgent": True, "urgent_reason": "선적"}
    for number in range(5):
        make.difficulty(body, officer, title=f"=건 {number}", company=firms[number % 2], **urgent)
    make.difficulty(body, officer, title="급하지 않은 건")
    make.difficulty(make.body(), title="남의 건", **urgent)
    client.force_login(officer)
    return officer


def begin(client, narrowed="?is_urgent__exact=1", **asked):
    """The address of the page of a file."""
    answer = client.post(f"{START}{narrowed}", ASKED | asked)
    assert answer.status_code == 302
    return answer["Location"]


def go_on(client, page, steps=20):
    """Do what the script of the page does. Returns what the page says in the end."""
    shown = client.get(page).content.decode()
    while "data-goes-on" in shown and steps:
        assert client.post(page).status_code == 302
        shown, steps = client.get(page).content.decode(), steps - 1
    return shown


def rows(client, page):
    answer = client.get(f"{page}file/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))[1:]


def kept():
    """The names of everything in the store of private files."""
    storage = storages[storing.FILES]
    return {f"{folder}/{name}" for folder in storage.listdir("")[0] for name in storage.listdir(folder)[1]}


def test_a_long_list_is_made_in_steps_and_has_what_one_sent_at_once_would_have(client, officer, monkeypatch):
    sorted_by_title = "?is_urgent__exact=1&o=2"
    page = begin(client, sorted_by_title)
    assert "5개 행 가운데 0개" in client.get(page).content.decode()
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
    assert f'href="{made}"' in client.get(START).content.decode()
    go_on(client, made)
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


def test_a_step_that_was_killed_is_done_again_and_nothing_twice(client, officer, monkeypatch):
    page = begin(client)
    client.post(page)
    for name in ("_move", "_written"):
        with monkeypatch.context() as killed:
            killed.setattr(export_files, name, lambda *args, **kwargs: 1 / 0)
            for _step in range(3):
                try:
                    client.post(page)
                except ZeroDivisionError:
                    break
            else:
                pytest.fail("no step came to it")

    go_on(client, page)

    assert len({row[0] for row in rows(client, page)}) == len(rows(client, page)) == 5
    assert AccessRecord.objects.filter(kind=Access.EXPORT).count() == 2


def test_two_windows_make_it_once(client, officer, monkeypatch):
    page, keep, other = begin(client), storing.keep, type(client)()
    other.force_login(officer)
    nested = []

    def meanwhile(content):
        if not nested:
            nested.append(other)
            other.post(page)
            nested.clear()
        return keep(content)

    monkeypatch.setattr(storing, "keep", meanwhile)
    go_on(client, page)

    assert len({row[0] for row in rows(client, page)}) == len(rows(client, page)) == 5
    assert AccessRecord.objects.filter(kind=Access.EXPORT).count() == 2


def test_pieces_that_are_lost_are_read_again_and_a_lost_file_says_so(client, officer):
    page = begin(client)
    client.post(page)
    file = ExportFile.objects.get()
    storages[storing.FILES].delete(file.pieces[0])

    go_on(client, page)
    assert len(rows(client, page)) == 5
    storages[storing.FILES].delete(ExportFile.objects.get().stored_as)
    assert "찾을 수 없습니다" in client.get(f"{page}file/", follow=True).content.decode()


def test_after_a_day_the_file_is_not_there_and_its_content_is_erased(
    client, officer, monkeypatch, django_capture_on_commit_callbacks
):
    before = kept()
    with django_capture_on_commit_callbacks(execute=True):
        page, half = begin(client), begin(client, format="xlsx")
        go_on(client, page)
        client.post(half)
    assert len(kept() - before) == 2
    call_command("sweep_files", verbosity=0)
    assert len(kept() - before) == 2

    tomorrow = timezone.now() + datetime.timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    client.force_login(officer)
    assert [client.get(address).status_code for address in (page, half, f"{page}file/")] == [404] * 3
    with django_capture_on_commit_callbacks(execute=True):
        call_command("sweep_files", verbosity=0)
    assert not ExportFile.objects.exists() and not kept() - before


def test_a_file_can_be_deleted_and_the_oldest_of_many_goes(client, officer, django_capture_on_commit_callbacks):
    before = kept()
    with django_capture_on_commit_callbacks(execute=True):
        first = begin(client)
        go_on(client, first)
        assert client.post(first, {"do": "delete"})["Location"] == f"{START}?is_urgent__exact=1"
    assert client.get(first).status_code == 404 and not kept() - before

    pages = [begin(client, reason=f"점검 {number}") for number in range(11)]
    assert [client.get(page).status_code for page in (pages[0], pages[1], pages[-1])] == [404, 200, 200]
