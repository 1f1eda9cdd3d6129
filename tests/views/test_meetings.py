"""Meetings: which are to come, and what their form refuses."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.models import ActionItem, Body, Meeting
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")  # where ``make.body`` meets


def days(count):
    """The day so many days from today in Vietnam."""
    return timezone.localdate(timezone=VIETNAM) + datetime.timedelta(days=count)


@pytest.fixture
def body():
    return make.body()


def planned(body, on, **values):
    return make.meeting(body, **plan(on, **values))


def plan(on, **values):
    """Fields of a meeting that is to be held on a day."""
    return {"status": "planned", "held_on": on, "label_en": f"Z {on}", "label_ko": f"Z {on}"} | values


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


@pytest.mark.both_databases
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


ZONES = ["Etc/GMT+12", "America/Los_Angeles", "America/St_Johns", "Europe/London", "Asia/Kathmandu"]
ZONES += ["Asia/Seoul", "Pacific/Chatham", "Pacific/Kiritimati", None]


@pytest.fixture
def at(monkeypatch):
    """Let it be a moment, given in UTC."""

    def clocks(*moment):
        monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(*moment, tzinfo=datetime.UTC))

    return clocks


@pytest.mark.both_databases
@pytest.mark.parametrize("hour", [0, 5, 9, 11, 14, 15, 16, 23])
@pytest.mark.parametrize("day", [1, 15])
def test_the_database_and_a_row_agree_on_what_has_passed_in_every_zone(at, day, hour):
    now = datetime.datetime(2026, 10, day, hour, 30, tzinfo=datetime.UTC)
    plans = []
    for held in (now.date() + datetime.timedelta(days=count) for count in range(-2, 3)):
        plans += [plan(held, held_precision=precision) for precision in ("day", "by", "month")]
    for starts in (now + datetime.timedelta(hours=hours) for hours in (-30, -1, 0, 1, 30)):
        for ends in (None, starts + datetime.timedelta(hours=2)):
            plans.append(plan(starts.date(), held_precision="day", starts_at=starts, ends_at=ends))
    bodies = [make.body(mission=make.mission(time_zone=zone)) if zone else None for zone in ZONES]
    Meeting.objects.bulk_create(Meeting(body=body, is_published=True, **each) for body in bodies for each in plans)
    at(2026, 10, day, hour, 30)

    meetings = Meeting.objects.select_related("body__mission")
    rows = list(meetings.filter(label_en__startswith="Z "))
    assert len(rows) == len(ZONES) * 25
    for name, told in (("upcoming", Meeting.is_to_come), ("overdue", Meeting.is_overdue)):
        found = set(getattr(meetings, name)())
        assert {row.pk for row in rows if told(row)} == {row.pk for row in found if row in rows}
    for body in (None, *{row.body for row in rows if row.body}):
        own = {row for row in rows if body in (None, row.body)}
        assert own & set(meetings.upcoming(body=body)) == {row for row in own if row.is_to_come()}
        order = [row.is_ahead() for row in meetings.next_first(body=body)]
        assert order == sorted(order, reverse=True) and len(order) >= 25


def test_a_meeting_in_america_is_ahead_until_it_has_begun_there(client, at):
    body = make.body(mission=make.mission(time_zone="America/Los_Angeles", country_id="US"))
    starts = datetime.datetime(2026, 10, 6, 0, tzinfo=datetime.UTC)  # at five in the afternoon of the fifth
    meeting = planned(body, datetime.date(2026, 10, 5), starts_at=starts)
    allday = planned(body, datetime.date(2026, 10, 5), kind="other")
    address = f"/en/bodies/{body.code}/"

    at(2026, 10, 5, 23, 59)
    assert client.get(address).context["next_meetings"] == [allday, meeting]
    at(2026, 10, 6, 0, 0)
    assert client.get(address).context["next_meetings"] == [allday]
    assert "result to be confirmed" in client.get(address).content.decode()
    at(2026, 10, 6, 7, 0)
    assert client.get(address).context["next_meetings"] == []


def test_a_meeting_is_ahead_until_its_end_where_that_is_known(at, body):
    starts = datetime.datetime(2026, 10, 6, 1, tzinfo=datetime.UTC)
    meeting = planned(body, starts.date(), starts_at=starts, ends_at=starts + datetime.timedelta(hours=2))

    at(2026, 10, 6, 2, 59)
    assert meeting.is_to_come()
    at(2026, 10, 6, 3, 0)
    assert meeting.is_overdue()


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
            "mode": "unknown",
            "certainty": "verified",
        }
        parts = {f"{part}-{name}": 0 for part in PARTS for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        return client.post(reverse("admin:missions_meeting_add"), row | parts | values)

    return entered


def errors(response):
    return response.context["adminform"].form.errors if response.context else {}


def test_a_meeting_starts_on_its_date_where_it_takes_place(enter):
    assert enter(starts_at="2026-03-02T10:00").status_code == 302
    assert "is not its date" in str(errors(enter(starts_at="2026-03-03T10:00"))["starts_at"])


def test_a_meeting_that_starts_later_today_was_not_held(enter):
    start = timezone.localtime(timezone=ZoneInfo("America/Los_Angeles")) + datetime.timedelta(minutes=2)
    typed = f"{start:%Y-%m-%dT%H:%M}"
    times = {"starts_at": typed, "starts_at_hour": typed, "held_on": str(start.date())}

    assert "future" in str(errors(enter(**times))["starts_at"])
    assert enter(**times, status="planned").status_code == 302


@pytest.mark.parametrize("year", ["0001", "1026", "1999", "2101", "9999"])
@pytest.mark.parametrize("field", ["held_on", "starts_at", "ends_at"])
def test_a_day_far_from_the_programme_is_explained(enter, field, year):
    typed = f"{year}-01-01" + ("T00:00" if field != "held_on" else "")

    response = enter(**{"status": "planned", "starts_at": "2026-03-03T10:00"} | {field: typed})

    assert "Write a day from 2000 to 2100" in str(errors(response)[field])
    assert typed in response.content.decode()


def test_the_front_page_shows_meetings_that_take_place_before_those_called_off(client, body):
    for count in range(1, 6):
        planned(body, days(count))
    Meeting.objects.filter(body=body).update(status="cancelled")
    soon = planned(body, days(9))

    assert client.get("/en/").context["next_meetings"][0] == soon
    assert next(iter(client.get("/en/meetings/").context["page_obj"])).status == "cancelled"


def test_a_body_whose_meetings_ahead_are_all_called_off_has_none_called_next(client, body):
    planned(body, days(3))
    for status, heading in (("cancelled", "Meetings called off"), ("planned", "Next meetings")):
        Meeting.objects.filter(body=body).update(status=status)
        for address in (f"/en/bodies/{body.code}/", f"/en/missions/{body.mission.slug}/"):
            assert f'<h2 id="next-meetings">{heading}</h2>' in client.get(address).content.decode()


def test_a_meeting_to_be_held_opens_with_what_earlier_ones_of_its_body_left_unfinished(client, body):
    earlier, ahead, later = make.meeting(body), planned(body, days(3)), planned(body, days(9))
    for meeting, what, done_on in [
        (earlier, "끝나지 않은 일", None),
        (earlier, "끝난 일", days(0)),
        (ahead, "스스로 정한 일", None),
        (later, "나중에 정한 일", None),
        (make.meeting(make.body()), "남의 일", None),
    ]:
        ActionItem.objects.create(meeting=meeting, what=what, done_on=done_on)
    client.force_login(make.officer(body))

    def left(meeting):
        page = client.get(reverse("admin:missions_meeting_change", args=[meeting.pk]))
        return [item.what for item in page.context.get("left", [])], page.content.decode()

    found, page = left(ahead)
    address = reverse("admin:missions_actionitem_change", args=[ActionItem.objects.get(what="끝나지 않은 일").pk])
    assert found == ["끝나지 않은 일"] and address in page.split('id="left"')[1]
    assert set(left(later)[0]) == {"끝나지 않은 일", "스스로 정한 일"}
    assert 'id="left"' not in left(earlier)[1]
