"""Reports of a month, a quarter or a year: equal to the counters, frozen when issued, the same in every form."""

import datetime
import io
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from missions.difficulties import closing, progress, workflow
from missions.documents import hwpx_files
from missions.models import Action, Body, LocalInformation, Meeting, PeriodReport, ReportedResult
from missions.personal_data import purge
from missions.statistics import reports
from missions.statistics.counters import COUNTERS
from missions.statistics.periods import Period
from tests import make
from tests.admin.test_case_file import words
from tests.downloads import names_of

pytestmark = pytest.mark.usefixtures("programme")
Q1 = {"year": 2026, "part": "q1"}


def worked(body, officer, number=2):
    """Work of a body within the first quarter: its figures are ``number`` each, and one difficulty is solved."""
    for _count in range(number):
        record = workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
        done = Action(organisation=make.organisation(), kind="advice", done_on=make.DAY, what="자문")
        progress.act(record, done, by=officer)
        make.linkage(record)
        make.meeting(body, chaired="yes")
        make.information(body)
    with patch.object(timezone, "now", lambda: make.NOON):
        closing.close(record, by=officer, outcome="resolved", solution="=1+1")
    make.meeting(body, status="planned", held_on=make.tomorrow(), is_published=False)
    return record


def draft(client, body, **when):
    asked = {"body": body.pk if body else "", **(when or Q1)}
    return client.get(reverse("admin:report_draft"), asked)


def issue(client, body, *, again=False, **values):
    page = draft(client, body)
    sent = {"seen": page.context["latest"], "reason": "", **values}
    address = f"{reverse('admin:report_draft')}?{page.wsgi_request.GET.urlencode()}"
    return client.post(address, sent)


def figures_of(document):
    """The rows of the counters in a document: names of bodies, each with its numbers."""
    return {row.cells[0]: row.cells[1:] for row in document.parts[0].rows}


def counters(client, body):
    """What the counters of the desk say of a body in that quarter, or in sum."""
    context = client.get(reverse("admin:counters"), Q1).context
    if body is None:
        return [figure.count for figure in context["sums"]]
    return next([figure.count for figure in figures] for other, figures in context["lines"] if other == body)


def test_a_long_list_is_cut_and_its_figures_are_those_of_all(client, monkeypatch):
    here, other = make.body(), make.body()
    worked(here, make.officer(here), 3), worked(here, make.officer(here))
    worked(other, make.officer(other))
    client.force_login(make.staff("ministry"))
    whole = draft(client, None).context["document"]

    monkeypatch.setattr(reports, "LISTED", 1)
    cut = draft(client, None).context["document"]

    assert figures_of(cut) == figures_of(whole)
    assert figures_of(cut)[str(here)] == counters(client, here)
    titles = [part.title for part in whole.parts]
    assert [part.title for part in cut.parts] == titles and titles[7].endswith(": 3")
    assert [part.rows for part in cut.parts[1:-1]] == [part.rows[:1] for part in whole.parts[1:-1]]


@pytest.mark.parametrize("whose", ["body", "programme"])
def test_page_workbook_and_hwpx_of_a_report_say_the_figures_of_the_counters(client, whose):
    here, other = make.body(), make.body()
    officer = make.officer(here)
    solved = worked(here, officer)
    worked(other, make.officer(other), 1)
    body = here if whose == "body" else None
    client.force_login(officer if body else make.staff("ministry"))
    answer = issue(client, body)
    report = PeriodReport.objects.get()

    assert answer.url == reverse("admin:report", args=[report.pk])
    for language in ("ko", "en"):
        shown = client.get(answer.url, {"language": language})
        document = shown.context["document"]
        told = figures_of(document)
        expected = counters(client, body)
        assert expected == list(report.figures["sums"].values())[:4]
        assert expected >= [2, 2, 2, 2]
        assert list(told.values())[-1] == expected and (len(told) == 1) == (body is not None)
        listed = {part.title: part.rows for part in document.parts}
        for counter, count in zip(COUNTERS.values(), expected, strict=True):
            part = document.parts[1 + list(COUNTERS).index(counter.key)]
            assert part.title.endswith(f": {count}") and len(part.rows) == count, counter.key
        assert any(solved.reference in row.cells[0] for rows in listed.values() for row in rows)

        said = words(shown.content.decode())
        sent = client.get(answer.url, {"language": language, "format": "hwpx"})
        in_words = f"{document.title.replace(':', '')} 제1판.hwpx" if language == "ko" else names_of(sent)[1]
        assert names_of(sent) == (f"{report.file_name}-{language}.hwpx", in_words)
        hwpx = sent.content
        assert " ".join(" ".join(hwpx_files.texts(hwpx)).split()) == said
        book = load_workbook(io.BytesIO(client.get(answer.url, {"language": language, "format": "xlsx"}).content))
        cells = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert " ".join(" ".join(map(str, cells)).split()) == said
        assert [cell for cell in cells if isinstance(cell, int)][: len(told) * 4] == [
            figure for line in told.values() for figure in line
        ]
        assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    for _name, rows in listed.items():
        assert all(client.get(row.link).status_code == 200 for row in rows if row.link)


def test_what_was_issued_stands_and_is_corrected_by_an_edition_with_its_reason(client):
    body = make.body()
    officer = make.officer(body)
    worked(body, officer)
    client.force_login(officer)
    first = issue(client, body).url
    before = words(client.get(first).content.decode())
    Meeting.objects.filter(body=body).first().delete()
    LocalInformation.objects.filter(body=body).update(is_published=False)

    assert words(client.get(first).content.decode()) == before
    refused = issue(client, body)
    assert "바로잡는 내용" in refused.content.decode() and PeriodReport.objects.count() == 1
    stale = issue(client, body, reason="오기", seen=0)
    assert "먼저" in stale.content.decode() and "오기" in stale.content.decode()
    second = issue(client, body, reason="회의 1건이 잘못 기록되었습니다.").url
    assert PeriodReport.objects.get(edition=2).figures["sums"]["information"] == 0
    told = client.get(second).content.decode()
    assert "회의 1건이 잘못 기록되었습니다." in words(told)
    assert second in client.get(first).content.decode(), "the first one says that it was replaced"
    rows = PeriodReport.objects.filter(edition=2)
    for change in (lambda: rows.update(reason="x"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_report_is_issued_once_its_last_day_has_ended_where_the_body_works(client):
    body = Body.objects.get(code="LAX")
    client.force_login(make.officer(body))
    before = datetime.datetime(2026, 4, 1, 6, 59, tzinfo=datetime.UTC)  # 23:59 in Los Angeles, 1 April in Korea

    with patch.object(timezone, "now", lambda: before):
        assert "발행" in issue(client, body).content.decode()
    assert not PeriodReport.objects.exists()
    with patch.object(timezone, "now", lambda: before + datetime.timedelta(minutes=1)):
        assert issue(client, body).status_code == 302


def test_a_moment_counts_on_the_day_of_the_body_in_counters_and_reports():
    late = datetime.datetime(2026, 4, 1, 6, 59, tzinfo=datetime.UTC)
    for code, counts in (("LAX", True), ("HAN", False)):
        body = Body.objects.get(code=code)
        by = {"published_by": make.officer(body), "published_from": body}
        make.information(body, issued_on=make.DAY, published_at=late, **by)
        rows = COUNTERS["information"].within(Period.of(2026, "q1")).filter(body=body, published_at=late)
        assert rows.exists() == counts, code


def test_reports_are_for_those_who_see_what_they_count(client):
    here, away = make.body(), make.body()
    officer = make.officer(here)
    client.force_login(officer)
    own = issue(client, here).url
    client.force_login(make.staff("ministry"))
    programme = issue(client, None).url

    assert client.get(own).status_code == client.get(programme).status_code == 200
    client.force_login(make.staff("auditor"))
    assert client.get(own).status_code == 200
    assert issue(client, here, reason="오기").status_code == 403
    client.force_login(make.officer(away))
    assert client.get(own).status_code == client.get(programme).status_code == 404
    assert client.get(own, {"format": "xlsx"}).status_code == 404
    assert "document" not in (draft(client, here).context or {}) and "document" not in draft(client, None).context
    listed = client.get(reverse("admin:reports")).content.decode()
    assert own not in listed and "아직 발행한 보고서가 없습니다." in listed
    client.force_login(make.staff())
    assert client.get(own).status_code == 403
    client.force_login(officer)
    assert own in client.get(reverse("admin:reports")).content.decode()
    assert client.get(own, {"format": "exe"}).status_code == client.get(own, {"language": "fr"}).status_code == 404
    assert draft(client, here, year=2023, part="q9").status_code == 200, "said in the form, and nothing breaks"


def test_an_announced_result_is_made_from_the_report_as_it_was_issued(client):
    body = make.body()
    worked(body, make.officer(body))
    client.force_login(make.staff("ministry"))
    page = client.get(issue(client, None).url)
    report = PeriodReport.objects.get()
    Meeting.objects.filter(body=body, chaired="yes").first().delete()
    form = client.get(page.context["take_over"]).context["adminform"].form
    sent = {name: form.initial.get(name, "") or "" for name in form.fields} | {"certainty": "verified", "sources": []}
    answer = client.post(page.context["take_over"], sent)

    assert answer.status_code == 302, answer.context["errors"]
    result = ReportedResult.objects.get(key=report.file_name)
    assert result.meetings == report.figures["sums"]["meetings"] == 2
    assert (result.counted_at, result.counted_by) == (report.issued_at, report.issued_by)
    assert "보고서" in result.scope_ko and str(result.as_of_on) == "2026-03-31"


def test_a_report_costs_no_more_questions_however_much_it_tells(client):
    body = make.body()
    officer = make.officer(body)
    worked(body, officer, 2)
    client.force_login(officer)
    draft(client, body)
    with CaptureQueriesContext(connection) as few:
        draft(client, body)
    worked(body, officer, 4)
    with CaptureQueriesContext(connection) as many:
        draft(client, body)

    assert len(many) == len(few)


def test_the_purge_of_contacts_reaches_into_issued_reports_and_leaves_their_figures(client):
    body = make.body()
    officer = make.officer(body)
    record = worked(body, officer)
    for other in body.held_difficulties.exclude(pk=record.pk):
        closing.close(other, by=officer, outcome="advice", solution="안내했습니다.")
    record.company.telephone, record.company.contact = "010-1234-5678", "김해양 과장"
    record.company.save()
    record.refresh_from_db()
    record.title = "김해양 과장 010 1234 5678 문의"
    record.save()
    client.force_login(officer)
    address = issue(client, body).url
    before = PeriodReport.objects.get()
    assert "김해양" in client.get(address).content.decode()

    purge.erase(timezone.now() + datetime.timedelta(days=1))
    told = client.get(address).content.decode()
    assert "김해양" not in told and "1234 5678" not in told and "[삭제]" in told
    assert PeriodReport.objects.get().figures == before.figures
    with pytest.raises(DatabaseError), transaction.atomic():
        PeriodReport.objects.update(reason="x")
