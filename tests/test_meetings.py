"""Meetings: which are to come, and what their form refuses."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.models import Body, Meeting
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


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_a_meeting_called_off_stands_among_those_to_come_until_its_day_has_passed(client, body, status):
    gone, ahead = planned(body, days(-1)), planned(body, days(3))
    for meeting in (gone, ahead):
        meeting.status = status
        meeting.save()

    for address in (f"/en/bodies/{body.code}/", f"/en/missions/{body.mission.slug}/"):
        page = client.get(address).content.decode()
        parts = [page.index('id="next-meetings"'), page.index(ahead.name), page.index('id="past-meetings"')]
        assert parts == sorted(parts) and page.index(gone.name) > parts[-1]
        assert "No meeting has been announced" not in page
        assert page.count(f'class="state {status}"') == 2
    page = client.get(f"/en/meetings/?body={body.code}").content.decode()
    parts = [page.index(words) for words in ('id="to-come"', ahead.name, 'id="past"', gone.name)]
    assert parts == sorted(parts)
    assert ahead.name in client.get("/en/").content.decode()


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
@pytest.mark.parametrize("on", [-40, -1, 0, 1, None])
@pytest.mark.parametrize("precision", ["day", "by", "month"])
def test_the_order_of_meetings_and_the_words_of_a_row_agree_on_what_is_ahead(body, status, on, precision):
    off = planned(body, None if on is None else days(on), held_precision="unknown" if on is None else precision)
    off.status = status
    off.save()
    make.meeting(body, held_on=days(-1))

    first = Meeting.objects.next_first().filter(body=body).first()
    assert (first == off) is off.is_ahead()
    assert off not in Meeting.objects.upcoming() and not off.is_to_come()


def test_a_list_narrowed_to_cancelled_meetings_does_not_say_that_they_are_to_come(client, body):
    planned(body, days(3), kind="other")
    Meeting.objects.filter(body=body).update(status="cancelled")

    assert "Meetings to come" in client.get("/en/meetings/?kind=other").content.decode()
    page = client.get("/en/meetings/?status=cancelled").content.decode()
    assert "Their day is to come" in page and "Meetings to come" not in page


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


PARTS = ["agenda", "attendances", "discussions", "online_room", "minutes", "action_items"]


@pytest.fixture
def enter(client):
    """Add a meeting in San Francisco through its form, and return the answer."""
    client.force_login(make.staff("ministry", language="en"))

    def entered(**values):
        row = {
            "body": Body.objects.get(code="SFO").pk,
            "kind": "other",
            "held_on": "2026-03-02",
            "held_precision": "day",
            "status": "held",
            "chaired": "unknown",
            "certainty": "verified",
        }
        parts = {f"{part}-{name}": 0 for part in PARTS for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        return client.post(reverse("admin:missions_meeting_add"), row | parts | values)

    return entered


def errors(response):
    return response.context["adminform"].form.errors if response.context else {}


def test_a_meeting_starts_on_its_date_where_it_takes_place(enter):
    # Ten in the morning of 3 March in Korea is five in the afternoon of 2 March in San Francisco.
    assert enter(starts_at="2026-03-03T10:00").status_code == 302
    assert "is not its date" in str(errors(enter(starts_at="2026-03-02T10:00"))["starts_at"])


def test_a_meeting_that_starts_later_today_was_not_held(enter):
    start = timezone.localtime() + datetime.timedelta(minutes=2)
    day = start.astimezone(ZoneInfo("America/Los_Angeles")).date()
    times = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "held_on": str(day)}

    assert "future" in str(errors(enter(**times))["starts_at"])
    assert enter(**times, status="planned").status_code == 302


@pytest.mark.parametrize("year", ["0001", "1026", "1999", "2101", "9999"])
@pytest.mark.parametrize("field", ["held_on", "starts_at", "ends_at"])
def test_a_day_far_from_the_programme_is_explained(enter, field, year):
    typed = f"{year}-01-01" + ("T00:00" if field != "held_on" else "")

    response = enter(**{"status": "planned", "starts_at": "2026-03-03T10:00"} | {field: typed})

    assert "Write a day from 2000 to 2100" in str(errors(response)[field])
    assert typed in response.content.decode()
