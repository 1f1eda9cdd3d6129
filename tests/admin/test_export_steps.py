"""Long lists as files where steps meet, break off or are deleted: nothing twice, and nothing left in the store."""

import datetime
import io

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from missions.admin import export_files
from missions.files import storing
from missions.models import Access, AccessRecord, Difficulty, ExportFile
from missions.personal_data import exports
from tests import make
from tests.admin.long_lists import START, begin, go_on, kept, rows

pytestmark = pytest.mark.usefixtures("programme", "short_steps")


def meanwhile(monkeypatch, module, name, act):
    """Let something happen each time when a function is called, before it does its work."""
    function, nested = getattr(module, name), []

    def called(*args):
        if not nested:
            nested.append(act)
            act()
            nested.clear()
        return function(*args)

    monkeypatch.setattr(module, name, called)


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


def test_two_windows_make_it_once(client, officer, other, monkeypatch):
    page = begin(client)
    meanwhile(monkeypatch, storing, "keep", lambda: other.post(page))
    go_on(client, page)

    assert len({row[0] for row in rows(client, page)}) == len(rows(client, page)) == 5
    assert AccessRecord.objects.filter(kind=Access.EXPORT).count() == 2


def test_two_windows_make_it_once_where_the_rows_of_a_piece_are_gone(
    client, officer, other, before, monkeypatch, django_capture_on_commit_callbacks
):
    page, away = begin(client), make.body()
    gone = ExportFile.objects.get().keys[:2]
    Difficulty.objects.filter(pk__in=gone).update(holder=away, filed_through=away)
    with django_capture_on_commit_callbacks(execute=True):
        meanwhile(monkeypatch, storing, "keep", lambda: other.post(page))
        go_on(client, page)

    assert len(rows(client, page)) == 3
    assert kept() - before == {ExportFile.objects.get().stored_as}


def test_what_is_asked_for_again_while_the_first_is_being_deleted_is_made_anew(client, officer):
    page, seen = begin(client), []

    def deleted_first(execute, sql, *args):
        if sql.startswith("SELECT") and '"fingerprint" = ' in sql and not seen:
            seen.append(sql)
            ExportFile.objects.all().delete()
        return execute(sql, *args)

    with connection.execute_wrapper(deleted_first):
        again = begin(client)

    assert seen and client.get(page).status_code == 404
    go_on(client, again)
    assert len(rows(client, again)) == 5


@pytest.mark.parametrize(("module", "name"), [(exports, "forget"), (storing, "keep")])
@pytest.mark.parametrize("steps", [0, 3])
def test_a_step_and_a_deletion_at_the_same_time_leave_nothing(
    client, officer, other, before, monkeypatch, django_capture_on_commit_callbacks, module, name, steps
):
    """Either comes first, in reading a piece or in writing the file."""
    with django_capture_on_commit_callbacks(execute=True):
        page = begin(client)
        for _step in range(steps):
            client.post(page)
        sent = [{}, {"do": "delete"}]
        sent = sent if module is exports else sent[::-1]
        meanwhile(monkeypatch, module, name, lambda: other.post(page, sent[0]))
        client.post(page, sent[1])

    assert client.get(page).status_code == 404 and not kept() - before


def test_pieces_that_are_lost_are_read_again_and_a_lost_file_says_so(client, officer):
    page = begin(client)
    client.post(page)
    file = ExportFile.objects.get()
    storages[storing.FILES].delete(file.pieces[0])

    go_on(client, page)
    assert len(rows(client, page)) == 5
    storages[storing.FILES].delete(ExportFile.objects.get().stored_as)
    assert "찾을 수 없습니다" in client.get(f"{page}file/", follow=True).content.decode()


@pytest.mark.parametrize("steps", [1, 20])
def test_a_file_can_be_deleted_whole_or_half_made(client, officer, before, django_capture_on_commit_callbacks, steps):
    with django_capture_on_commit_callbacks(execute=True):
        page = begin(client)
        go_on(client, page, steps)
        assert kept() - before
        assert client.post(page, {"do": "delete"})["Location"] == f"{START}?is_urgent__exact=1"
    assert client.get(page).status_code == 404 and not kept() - before


def test_the_oldest_of_many_files_goes(client, officer):
    pages = [begin(client, reason=f"점검 {number}") for number in range(11)]
    assert [client.get(page).status_code for page in (pages[0], pages[1], pages[-1])] == [404, 200, 200]


def test_after_a_day_the_file_is_not_there_and_its_content_is_erased(
    client, officer, before, monkeypatch, django_capture_on_commit_callbacks
):
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


def test_a_purge_deletes_every_file(client, officer, before, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        whole, half = begin(client), begin(client, format="xlsx")
        go_on(client, whole)
        client.post(half)
        call_command("purge_personal_data", years=5, verbosity=0, stdout=(shown := io.StringIO()))
        assert ExportFile.objects.count() == 2 and "Lists that staff had made as files to erase: 2." in shown.getvalue()
        call_command("purge_personal_data", erase=True, years=5, stdout=io.StringIO())

    assert [client.get(page).status_code for page in (whole, half)] == [404, 404] and not kept() - before
