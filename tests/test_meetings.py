"""Meetings: which are to come, and what their form refuses."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.models import Meeting
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


def days(count):
    """The day so many days from today in Korea."""
    return timezone.localdate() + datetime.timedelta(days=count)


@pytest.fixture
def body():
    return make.body()


def planned(body, on, **values):
    return make.meeting(body, status="planned", held_on=on, label_en=f"Z {on}", label_ko=f"Z {on}", **values)


def test_a_planned_meeting_whose_day_has_passed_stands_among_the_past_ones_its_result_open(client, body):
    late, soon = planned(body, days(-3)), planned(body, days(3))

    for address in (f"/en/bodies/{body.code}/", f"/en/missions/{body.mission.slug}/"):
        page = client.get(address).content.decode()
        assert page.index(soon.name) < page.index('id="past-meetings"') < page.index(late.name)
        assert page.count("result to be confirmed") == 1
    page = client.get("/en/meetings/").content.decode()
    assert page.index(soon.name) < page.index(late.name)
    assert "result to be confirmed" in client.get(late.get_absolute_url().replace("/ko/", "/en/")).content.decode()
    assert late.name not in client.get("/en/").content.decode()


@pytest.mark.parametrize("precision", ["day", "by", "month"])
@pytest.mark.parametrize("on", [-45, -1, 0, 1])
def test_a_planned_meeting_is_either_to_come_or_overdue(body, on, precision):
    meeting = planned(body, days(on), held_precision=precision)

    sets = [Meeting.objects.upcoming(), Meeting.objects.overdue()]
    assert [meeting in rows for rows in sets] == [not meeting.is_overdue(), meeting.is_overdue()]
    first = Meeting.objects.next_first().filter(body=body).first()
    assert first == meeting


def test_a_planned_meeting_without_a_day_is_to_come(body):
    meeting = planned(body, None, held_precision="unknown")

    assert meeting in Meeting.objects.upcoming() and meeting not in Meeting.objects.overdue()
    assert not meeting.is_overdue()


def test_the_desk_asks_for_the_result_of_a_meeting_whose_day_has_passed(client, body):
    late, soon = planned(body, days(-3)), planned(body, days(3))
    client.force_login(make.staff("mission_officer", body, language="en"))
    page = client.get(reverse("admin:index"))

    panel = next(panel for panel in page.context["panels"] if panel.title == "Meetings whose result is to be recorded")
    assert [name for _address, name, _remark in panel.rows] == [str(late)]
    listed = client.get(panel.link).context["cl"].result_list
    assert list(listed) == [late] and soon not in listed
