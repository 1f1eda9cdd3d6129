"""Times of meetings are typed and read on the clocks of the place, with Korea's beside them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from missions.difficulties import relays, workflow
from missions.models import Body, Meeting
from missions.publication import information
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
PARTS = ["agenda", "attendances", "discussions", "online_room", "minutes", "action_items"]


@pytest.fixture
def enter(client):
    """Add a planned meeting of Los Angeles through its form, and return the answer."""
    client.force_login(make.staff("ministry", language="en"))

    def entered(body="LAX", **values):
        row = {
            "body": Body.objects.get(code=body).pk if body else "",
            "kind": "other",
            "held_on": values.get("starts_at", "2027-03-02")[:10],
            "held_precision": "day",
            "status": "planned",
            "chaired": "unknown",
            "mode": "unknown",
            "certainty": "verified",
        }
        parts = {f"{part}-{name}": 0 for part in PARTS for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        return client.post(reverse("admin:missions_meeting_add"), row | parts | values)

    return entered


def errors(response):
    return response.context["adminform"].form.errors if response.context else {}


def utc(*moment):
    return datetime.datetime(*moment, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("body", "typed", "moment"),
    [
        ("LAX", "2027-01-12T19:00", utc(2027, 1, 13, 3)),
        ("LAX", "2027-07-12T19:00", utc(2027, 7, 13, 2)),  # in summer time
        ("FRA", "2027-01-12T09:30", utc(2027, 1, 12, 8, 30)),
        ("KOR", "2027-01-12T19:00", utc(2027, 1, 12, 10)),
        ("", "2027-01-12T19:00", utc(2027, 1, 12, 10)),  # between the ministries
    ],
)
def test_nineteen_hours_typed_are_nineteen_hours_there(enter, body, typed, moment):
    assert enter(body, starts_at=typed).status_code == 302

    assert Meeting.objects.latest("pk").starts_at == moment


def test_a_start_says_on_which_day_it_is(enter, client):
    start = {"held_on": "", "held_precision": "unknown", "starts_at": "2027-01-12T19:00"}
    assert enter(**start).status_code == 302

    meeting = Meeting.objects.latest("pk")
    assert (meeting.held_on, meeting.held_precision) == (datetime.date(2027, 1, 12), "day")
    refused = forms.change(client, forms.address(meeting), held_on="", held_precision="unknown")
    assert "held_precision" in errors(refused)  # whoever takes the day out must take the start out too
    assert "held_on" in errors(enter(**start | {"held_precision": "month"}))


def test_the_form_shows_the_time_there_with_koreas_beside_and_keeps_it_when_saved_unchanged(client):
    client.force_login(make.staff("ministry", language="en"))
    moment = utc(2027, 1, 13, 3, 0, 30)
    day = datetime.date(2027, 1, 12)
    meeting = make.meeting(Body.objects.get(code="LAX"), status="planned", held_on=day, starts_at=moment)

    page = forms.text(client.get(forms.address(meeting)))
    assert 'value="2027-01-12T19:00"' in page
    assert "On the clocks of Los Angeles (America/Los_Angeles). In Korea: 13 January 2027, 12:00." in page
    assert forms.change(client, forms.address(meeting), number=7).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.number) == (moment, 7)


@pytest.mark.parametrize("typed", ["2027-01-12T03:00", "2027-01-12T06:59", "2027-01-12T22:01"])
def test_an_hour_in_the_night_is_asked_back_once_and_nothing_is_lost(enter, typed):
    asked = enter(starts_at=typed, venue_ko="대회의실")

    assert "Tick the box" in str(errors(asked)["starts_at"]) and "in Korea" in str(errors(asked)["starts_at"])
    page = forms.text(asked)
    assert f'name="starts_at_hour" id="id_starts_at_hour" value="{typed}">' in page and "대회의실" in page
    assert errors(enter(starts_at=typed, starts_at_hour="2027-01-12T04:00"))  # the answer to another question
    assert enter(starts_at=typed, starts_at_hour=typed).status_code == 302


@pytest.mark.parametrize("typed", ["2027-01-12T07:00", "2027-01-12T22:00", "2027-01-12T12:00"])
def test_an_hour_of_the_day_is_not_asked_back(enter, typed):
    assert enter(starts_at=typed).status_code == 302


def test_an_hour_in_the_night_that_stands_in_the_record_is_not_asked_back(client):
    client.force_login(make.staff("ministry"))
    day = datetime.date(2027, 1, 12)
    meeting = make.meeting(Body.objects.get(code="LAX"), status="planned", held_on=day, starts_at=utc(2027, 1, 12, 11))

    assert forms.change(client, forms.address(meeting), number=7).status_code == 302


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("LAX", "2027-03-14T02:30"),
        ("FRA", "2027-03-28T02:00"),
        ("FRA", "2027-03-28T02:59"),
        ("SFO", "2026-03-08T02:15"),
    ],
)
def test_a_time_that_the_clocks_pass_over_is_refused_in_a_sentence(enter, body, typed):
    response = enter(body, starts_at=typed)

    assert "There is no" in str(errors(response)["starts_at"]) and "go forward" in str(errors(response)["starts_at"])
    assert typed in forms.text(response)


def test_of_an_hour_that_comes_twice_the_first_is_taken_and_said(enter):
    typed = "2027-11-07T01:30"

    assert "comes twice" in str(errors(enter(starts_at=typed))["starts_at"])
    assert enter(starts_at=typed, starts_at_hour=typed).status_code == 302
    assert Meeting.objects.latest("pk").starts_at == utc(2027, 11, 7, 8, 30)


def test_the_second_time_of_such_an_hour_stays_where_nobody_types(client):
    client.force_login(make.staff("ministry"))
    day, second = datetime.date(2027, 11, 7), utc(2027, 11, 7, 9, 30)
    meeting = make.meeting(Body.objects.get(code="LAX"), status="planned", held_on=day, starts_at=second)

    assert forms.change(client, forms.address(meeting), number=7).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at == second


def test_a_meeting_given_to_another_body_is_at_the_hour_that_is_read_in_the_form(client):
    client.force_login(make.staff("ministry"))
    day = datetime.date(2027, 1, 12)
    meeting = make.meeting(Body.objects.get(code="LAX"), status="planned", held_on=day, starts_at=utc(2027, 1, 13, 3))

    hanoi = Body.objects.get(code="HAN")
    assert forms.change(client, forms.address(meeting), body=str(hanoi.pk)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at == utc(2027, 1, 12, 12)


def test_the_time_line_of_a_difficulty_is_on_the_clocks_of_its_holder_with_koreas_beside(client):
    body = Body.objects.get(code="LAX")
    officer = make.officer(body)
    record = make.difficulty(body, officer)
    client.force_login(officer)

    page = forms.text(client.get(forms.address(record)))
    there = record.events.get().at.astimezone(ZoneInfo("America/Los_Angeles"))
    line = page.split('id="timeline"')[1].split("</li>")[0]
    assert f'datetime="{there.isoformat(timespec="seconds")}"' in line and "(한국 시각 " in line


def test_messages_files_and_steps_of_information_are_on_the_clocks_of_their_reader_or_body(client):
    body, sender = Body.objects.get(code="LAX"), make.body()
    officer, other = make.officer(body), make.officer(sender)
    case = make.difficulty(sender, other)
    workflow.accept(case, by=other, owner=other)
    relays.relay(case, by=other, to=body, kind="help", asked="문의합니다.")
    item = information.send(make.information(body, is_published=False, drafted_by=officer), by=officer)
    file = make.attachment(difficulty=make.difficulty(body, officer), added_by=officer)
    client.force_login(officer)

    def shows(address, moment):
        there = moment.astimezone(ZoneInfo("America/Los_Angeles"))
        return f'datetime="{there.isoformat(timespec="seconds")}"' in forms.text(client.get(address))

    assert shows(reverse("admin:messages"), officer.notices.get().at)
    assert shows(forms.address(item), item.sent_at)
    assert shows(forms.address(file.difficulty), file.added_at)


def test_a_meeting_of_which_nothing_is_known_but_its_body_is_refused(enter):
    unknown = {"held_on": "", "held_precision": "unknown"}
    assert "held_on" in errors(enter(**unknown)) and not Meeting.objects.filter(status="planned", held_on=None).exists()

    for told in ({"number": 9}, {"label_ko": "연말 점검 회의"}, {"held_on": "2027-03-02", "held_precision": "day"}):
        assert enter(**unknown | told).status_code == 302, told


@pytest.mark.parametrize(
    ("status", "days", "is_told"), [("planned", -2, True), ("planned", 2, False), ("postponed", -2, False)]
)
def test_whoever_leaves_a_meeting_planned_after_its_day_is_reminded(client, status, days, is_told):
    body = make.body()
    day = make.today() + datetime.timedelta(days=days)
    meeting = make.meeting(body, status=status, held_on=day, is_published=False)
    client.force_login(make.staff("mission_officer", body, language="en"))

    forms.change(client, forms.address(meeting), summary_ko="요약")
    assert ("has passed, and it is still planned" in client.get(reverse("admin:index")).content.decode()) is is_told
