"""Calendars as the programs read them that subscribe to them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from missions.models import AgendaItem, Body, Meeting, Source
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
DAY = datetime.date(2026, 9, 3)
MORNING = datetime.datetime(2026, 9, 3, 2, tzinfo=datetime.UTC)  # nine in Vietnam, eleven in Korea


@pytest.fixture
def body():
    return make.body()


def planned(body, **values):
    return make.meeting(body, **{"status": "planned", "held_on": DAY} | values)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def of_body(body, language="ko"):
    return f"/{language}/bodies/{body.code}/calendar.ics"


def events(client, address):
    """The events of a calendar by their UID."""
    found = list(read(client, address).walk("VEVENT"))
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def only(client, address):
    (event,) = events(client, address).values()
    return event


def test_a_calendar_says_its_name_language_and_how_often_to_come_back(client, body):
    korean, english = read(client, of_body(body)), read(client, of_body(body, "en"))

    assert (korean["X-WR-CALNAME"], english["X-WR-CALNAME"]) == (body.name_ko, body.name_en)
    assert korean["PRODID"].endswith("//KO") and english["PRODID"].endswith("//EN")
    assert korean["REFRESH-INTERVAL"].to_ical() == korean["X-PUBLISHED-TTL"].to_ical() == b"PT6H"
    assert (korean["VERSION"], korean["METHOD"]) == ("2.0", "PUBLISH")
    assert korean["SOURCE"] == f"http://testserver{of_body(body)}"
    raw = client.get(of_body(body)).content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in raw and b"X-PUBLISHED-TTL:PT6H\r\n" in raw
    assert b"SOURCE;VALUE=URI:http" in raw


def test_a_meeting_keeps_its_uid_and_grows_its_sequence_when_it_is_moved_in_its_form(client, body):
    meeting = planned(body)
    long_ago = datetime.datetime(2026, 1, 5, 6, 7, 8, tzinfo=datetime.UTC)
    for row in (Meeting.objects, Body.objects, type(body.mission).objects):
        row.update(reworded_at=long_ago)
    before = only(client, of_body(body))

    staff = forms.signed_in(make.staff("ministry"))
    assert forms.change(staff, forms.address(meeting), held_on="2026-10-01").status_code == 302

    after = only(client, of_body(body))
    assert after["UID"] == before["UID"]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (DAY, datetime.date(2026, 10, 1))
    assert before["LAST-MODIFIED"].dt == before["DTSTAMP"].dt == long_ago < after["LAST-MODIFIED"].dt
    assert 0 < before["SEQUENCE"] < after["SEQUENCE"] < 2**31


def test_a_meeting_has_one_uid_in_every_calendar_language_and_on_every_host(client, body, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    meeting = planned(body)
    addresses = ["/ko/calendar.ics", of_body(body), f"/ko/meetings/{meeting.key}.ics"]
    found = set()
    for address in [*addresses, *(address.replace("/ko/", "/en/") for address in addresses)]:
        for host in settings.ALLOWED_HOSTS:
            calendar = Calendar.from_ical(client.get(address, headers={"host": host}).content)
            assert all(event["URL"].startswith(f"http://{host}/") for event in calendar.walk("VEVENT"))
            found |= {str(event["UID"]) for event in calendar.walk("VEVENT")}
    assert f"meeting-{meeting.key}@sme-missions-portal" in found
    assert len(found) == Meeting.objects.published().dated().count()


@pytest.mark.parametrize(
    ("status", "sent", "begins"),
    [
        ("planned", "CONFIRMED", "도시 · "),
        ("held", "CONFIRMED", "도시 · "),
        ("cancelled", "CANCELLED", "[취소] 도시 · "),
        ("postponed", "CANCELLED", "[연기] 도시 · "),
    ],
)
def test_a_meeting_that_does_not_take_place_stays_as_cancelled_and_says_so_in_its_name(
    client, body, status, sent, begins
):
    planned(body, status=status, held_on=make.DAY)

    event = only(client, of_body(body))
    assert event["STATUS"] == sent
    assert event["SUMMARY"].startswith(begins)


DOUBT = [
    ({"certainty": "verified"}, "CONFIRMED", None),
    ({"certainty": "unverified"}, "CONFIRMED", None),  # the entry of the body itself
    ({"certainty": "inferred"}, "TENTATIVE", ("확인 정도: 추정", "Certainty: inferred")),
    ({"certainty": "conflict"}, "TENTATIVE", ("확인 정도: 상충", "Certainty: sources disagree")),
    ({"certainty": "unverified", "cited": True}, "TENTATIVE", ("확인 정도: 미확인", "Certainty: unverified")),
    ({"certainty": "conflict", "status": "cancelled"}, "CANCELLED", ("확인 정도: 상충", "Certainty: sources disagree")),
]


@pytest.mark.parametrize(("values", "sent", "said"), DOUBT)
def test_a_meeting_in_doubt_is_tentative_and_says_so_in_every_calendar(client, body, values, sent, said):
    values = dict(values)
    cited = values.pop("cited", False)
    meeting = make.meeting(body, **values)
    if cited:
        meeting.sources.add(Source.objects.first())

    for place, language in enumerate(("ko", "en")):
        alone = f"/{language}/meetings/{meeting.key}.ics"
        for address in (of_body(body, language), alone, f"/{language}/calendar.ics?body={body.code}"):
            event = only(client, address)
            lines = event["DESCRIPTION"].split("\n")
            assert event["STATUS"] == sent
            assert lines[0] == said[place] if said else not lines[0].startswith(("확인 정도", "Certainty"))


def test_a_disputed_day_of_the_programme_is_no_confirmed_one(client):
    event = only(client, "/ko/meetings/han-1.ics")

    assert event["DTSTART"].dt == datetime.date(2024, 5, 8)
    assert event["STATUS"] == "TENTATIVE" and event["DESCRIPTION"].startswith("확인 정도: 상충")


def test_a_meeting_without_a_time_fills_its_day_and_takes_up_nobodys_time(client, body):
    planned(body)

    event = only(client, of_body(body))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DAY, DAY + datetime.timedelta(days=1))
    assert f"DTSTART;VALUE=DATE:{DAY:%Y%m%d}\r\n" in client.get(of_body(body)).content.decode()
    assert event["TRANSP"] == "TRANSPARENT"
    assert not read(client, of_body(body)).walk("VTIMEZONE")


def test_a_meeting_with_a_time_starts_in_the_zone_of_its_mission(client, body):
    planned(body, starts_at=MORNING, ends_at=MORNING + datetime.timedelta(hours=2))

    event = only(client, of_body(body, "en"))
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert (start, end) == (MORNING, MORNING + datetime.timedelta(hours=2))
    assert (start.hour, str(start.tzinfo)) == (9, "Asia/Ho_Chi_Minh")
    assert "3 September 2026, 11:00 – 13:00" in event["DESCRIPTION"]
    raw = client.get(of_body(body, "en")).content.decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260903T090000" in raw
    assert raw.count("BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh") == 1 < raw.index("BEGIN:VEVENT")


def test_the_rules_of_a_zone_follow_its_summer_time(client):
    zone = "America/Los_Angeles"
    body = make.body(mission=make.mission(time_zone=zone, country_id="US"))
    for month in (1, 7):
        day = datetime.date(2027, month, 5)
        noon = datetime.datetime(2027, month, 5, 12, tzinfo=ZoneInfo(zone))
        planned(body, number=month, held_on=day, starts_at=noon)

    calendar = read(client, of_body(body))
    (rules,) = calendar.walk("VTIMEZONE")
    hours = {rule["TZOFFSETTO"].td for rule in rules.walk() if "TZOFFSETTO" in rule}
    assert hours == {datetime.timedelta(hours=-8), datetime.timedelta(hours=-7)}
    assert {event["DTSTART"].dt.hour for event in calendar.walk("VEVENT")} == {12}


@pytest.mark.parametrize(("on", "precision"), [(DAY, "by"), (DAY.replace(day=1), "month"), (None, "unknown")])
def test_a_meeting_not_known_to_the_day_is_left_out_and_said_to_be(client, body, on, precision):
    meeting = planned(body, held_on=on, held_precision=precision)
    planned(body, number=2)

    assert len(events(client, of_body(body))) == 1
    assert "1 meeting whose day" in read(client, of_body(body, "en"))["X-WR-CALDESC"]
    assert client.get(f"/en/meetings/{meeting.key}.ics").status_code == 404
    for page in (f"/en/bodies/{body.code}/", f"/en/missions/{body.mission.slug}/", f"/en/meetings/?body={body.code}"):
        assert "1 meeting whose day is not fixed or not known is left out." in client.get(page).content.decode()
    page = client.get(f"/en/meetings/{meeting.key}/").content.decode()
    assert "It is in no calendar" in page and ".ics" not in page


def test_nothing_is_said_to_be_left_out_where_nothing_is(client, body):
    planned(body)

    assert "left out" not in read(client, of_body(body, "en"))["X-WR-CALDESC"]
    assert "left out" not in client.get(f"/en/bodies/{body.code}/").content.decode()


def test_texts_are_in_the_readers_language_and_marked_where_they_are_not(client, body):
    venues = {"venue_ko": "하노이, 회의실; 2층", "venue_en": "Room 2, Hanoi"}
    planned(body, label_ko="정기 회의", summary_ko="국문 요약", **venues)

    korean, english = only(client, of_body(body)), only(client, of_body(body, "en"))
    assert (korean["LOCATION"], english["LOCATION"]) == ("하노이, 회의실; 2층", "Room 2, Hanoi")
    assert korean["SUMMARY"] == "도시 · 정기 회의" and "LANGUAGE" not in korean["SUMMARY"].params
    assert english["SUMMARY"] == "City · 정기 회의" and english["SUMMARY"].params["LANGUAGE"] == "ko"
    assert "국문 요약" in english["DESCRIPTION"] and english["URL"].startswith("http://testserver/en/meetings/")
    assert english["DESCRIPTION"].endswith(english["URL"])


def test_no_line_of_a_korean_calendar_is_longer_than_75_octets_and_none_loses_a_letter(client, body):
    summary = "주재국 통관 절차의 지연과 인증 요건을 함께 논의하였습니다. " * 9
    meeting = planned(body, summary_ko=summary, venue_ko="회의실 " * 40)
    AgendaItem.objects.create(meeting=meeting, topic_ko="수출애로 해소 방안, 그리고 후속조치의 점검 " * 5)

    raw = client.get(of_body(body)).content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    event = only(client, of_body(body))
    assert meeting.summary_ko in event["DESCRIPTION"] and event["LOCATION"] == meeting.venue_ko
    assert "1. 수출애로 해소 방안, 그리고" in event["DESCRIPTION"]


def test_a_control_character_or_a_line_end_in_a_text_makes_no_further_property(client, body):
    """Nor does one that was written past the door for text."""
    label, venue = "가\x0b나\r\nATTACH:http://elsewhere.example/", "다\rX-A:1"
    Meeting.objects.filter(pk=planned(body).pk).update(label_ko=label, venue_ko=venue)

    event = only(client, of_body(body))
    assert "ATTACH" not in event and "X-A" not in event
    assert event["SUMMARY"].endswith("가나\nATTACH:http://elsewhere.example/") and event["LOCATION"] == "다X-A:1"


def test_the_calendar_of_all_has_the_meetings_of_every_body_and_of_the_ministries(client, body):
    planned(body)
    make.meeting(None, kind="policy_council", number=77, label_ko="제77차 회의")

    found = events(client, "/ko/calendar.ics").values()
    assert len(found) == Meeting.objects.published().dated().count()
    assert {"제77차 회의", "도시 · 정기회의"} <= {str(event["SUMMARY"]) for event in found}


def test_a_meeting_that_is_not_published_is_in_no_calendar(client, body):
    hidden = planned(body, is_published=False)
    planned(body, is_published=False, number=2, held_on=None, held_precision="unknown")

    assert events(client, of_body(body)) == {}
    assert "left out" not in read(client, of_body(body, "en"))["X-WR-CALDESC"]
    assert f"meeting-{hidden.key}@" not in client.get("/ko/calendar.ics").content.decode()
    assert client.get(f"/ko/meetings/{hidden.key}.ics").status_code == 404


def test_pages_lead_to_their_calendars_to_subscribe_and_to_add(client, body):
    meeting = planned(body)

    for page in (f"/ko/bodies/{body.code}/", f"/ko/missions/{body.mission.slug}/", f"/ko/meetings/?body={body.code}"):
        html = client.get(page).content.decode()
        assert f'href="webcal://testserver{of_body(body)}"' in html and f'href="{of_body(body)}"' in html
    assert 'href="webcal://testserver/en/calendar.ics"' in client.get("/en/meetings/").content.decode()
    assert f'href="/ko/meetings/{meeting.key}.ics"' in client.get(f"/ko/meetings/{meeting.key}/").content.decode()
    cancelled = planned(body, status="cancelled", number=2)
    assert ".ics" not in client.get(f"/ko/meetings/{cancelled.key}/").content.decode()


def test_a_calendar_keeps_the_latest_of_very_many_meetings(client, body, monkeypatch):
    monkeypatch.setattr("missions.views.calendars.KEPT", 2)
    for number in range(3):
        planned(body, number=number + 1, held_on=DAY + datetime.timedelta(days=number))

    days = {event["DTSTART"].dt for event in events(client, of_body(body)).values()}
    assert days == {DAY + datetime.timedelta(days=1), DAY + datetime.timedelta(days=2)}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_calendar_costs_four_queries_however_many_meetings_it_has(client, body, rows, django_assert_num_queries):
    for number in range(rows):
        planned(body, number=number + 1, starts_at=MORNING)

    with django_assert_num_queries(4):
        client.get(of_body(body))
    with django_assert_num_queries(3):
        client.get("/ko/calendar.ics")


@pytest.mark.parametrize(
    "address", ["/ko/bodies/XYZ/calendar.ics", "/ko/meetings/0.ics", f"/ko/meetings/{'9' * 30}.ics"]
)
def test_a_calendar_of_nothing_is_the_sites_own_404(client, address):
    response = client.get(address)

    assert response.status_code == 404 and 'class="site-name"' in response.content.decode()


def test_an_item_added_to_the_agenda_is_a_change_of_the_event(client, body):
    meeting = planned(body)
    long_ago = datetime.datetime(2026, 1, 5, 6, 7, 8, tzinfo=datetime.UTC)
    for row in (Meeting.objects, Body.objects, type(body.mission).objects):
        row.update(reworded_at=long_ago)
    before = only(client, of_body(body))
    AgendaItem.objects.create(meeting=meeting, topic_ko="새 안건")

    after = only(client, of_body(body))
    assert "새 안건" in after["DESCRIPTION"]
    assert before["SEQUENCE"] < after["SEQUENCE"] and before["DTSTAMP"].dt < after["DTSTAMP"].dt


@pytest.mark.parametrize("year", [2000, 2023, 2026])
def test_the_rules_of_a_zone_reach_back_to_its_first_meeting(client, year):
    body = make.body(mission=make.mission(time_zone="America/Los_Angeles", country_id="US"))
    summer = datetime.datetime(year, 7, 5, 12, tzinfo=ZoneInfo("America/Los_Angeles"))
    make.meeting(body, held_on=summer.date(), starts_at=summer)

    (rules,) = read(client, of_body(body)).walk("VTIMEZONE")
    assert rules.to_tz(lookup_tzid=False).utcoffset(summer.replace(tzinfo=None)) == datetime.timedelta(hours=-7)


def test_a_narrowed_list_of_meetings_is_subscribed_to_as_a_calendar(client, body):
    held = make.meeting(body, status="held", number=7)
    make.meeting(body, status="cancelled", number=8)

    page = client.get(f"/en/meetings/?body={body.code}&status=held").content.decode()
    address = f"/en/calendar.ics?body={body.code}&amp;status=held"
    assert page.count(address) == 4  # in the head, to subscribe, to download, to copy
    calendar = read(client, address.replace("&amp;", "&"))
    assert [str(event["UID"]).split("@")[0] for event in calendar.walk("VEVENT")] == [f"meeting-{held.key}"]
    assert str(calendar["NAME"]).count(" · ") == 2 and calendar["SOURCE"].endswith("&status=held")
