"""How a firm reports a difficulty: whom it tells, and within which times it hears."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.difficulties import clocks
from missions.fields.dates import today_in
from missions.models import Body, OfficeCalendar
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


def read(client, language="ko"):
    response = client.get(f"/{language}/report/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_firm_reads_whom_to_tell_that_staff_file_and_what_stays_private(client):
    with CaptureQueriesContext(connection) as queries:
        korean = read(client)
    english = read(client, "en")

    assert len([query for query in queries if "missions_pageversion" not in query["sql"]]) <= 8
    for word in ("중소벤처기업진흥공단", "중소기업중앙회", "지역 중소기업수출지원센터", "직접 접수할 수 없으며", "VN"):
        assert word in korean
    assert "한국경제인협회" not in korean and "김앤장" not in korean  # they sit on the body, and collect nothing
    for word in ("Firms cannot file on this site themselves", "KOSME", "only with your consent", "read by staff only"):
        assert word in english
    assert '<form class="picker" method="get"' in english and 'method="post"' not in english
    assert "/ko/report/" in client.get("/ko/").content.decode().partition("<main")[2]


def test_a_secretariat_that_left_is_not_named(client):
    body = Body.objects.get(code="KOR")
    body.memberships.filter(post="secretariat").update(until_on=make.DAY)

    assert (
        '<span class="unknown">아직 확인되지 않음</span>'
        in read(client).partition("사무국</dt>")[2].partition("</dd>")[0]
    )


def test_the_usual_times_are_those_of_the_clocks(client, settings):
    """The page says five days, and the clock that a report starts gives five."""
    settings.TAKE_UP_WITHIN = {False: 5, True: 4}
    settings.ACKNOWLEDGE_WITHIN = {False: 6, True: 7}
    page = read(client, "en")
    for step, usually, urgently in [
        ("The body that wrote it down takes it up", "5 working days", "4 working days"),
        ("A body it is passed to acknowledges it", "6 working days", "7 working days"),
        ("A body it is passed to answers", "10 working days", "3 working days"),
    ]:
        row = page.partition(f">{step}</th>")[2].partition("</tr>")[0]
        assert row.index(f">{usually}</td>") < row.index(f">{urgently}</td>"), step

    body = make.body()
    record = make.difficulty(body)
    assert record.due_on == clocks.working_days_after(today_in(body.time_zone), 5, OfficeCalendar(body))
