"""The rules of time zones in calendars, read by two kinds of programs: icalendar, and one that knows only rules."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest

from missions.feeds.time_zones import time_zone
from missions.models import Mission

ZONES = [
    "America/Los_Angeles",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Dubai",
    "Asia/Ho_Chi_Minh",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Seoul",
    "Australia/Sydney",  # summer in January
    "America/Santiago",  # a Sunday that is neither the nth nor the last
    "Europe/Dublin",  # where the database calls winter the saved time
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MOMENTS = [
    datetime.datetime(year, month, day, hour)  # noqa: DTZ001 - the time that clocks somewhere show
    for year in (2026, 2027)
    for month in range(1, 13)
    for day in (1, 8, 15, 22, 28)
    for hour in (0, 12)
]


def onsets(component):
    """When the times of a component begin, of one that states at most a yearly rule; nothing else is understood."""
    lines = component.to_ical().decode().replace("\r\n ", "").split("\r\n")
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    start = datetime.datetime.fromisoformat(told["DTSTART"])
    assert "RDATE" not in told
    if "RRULE" not in told:
        return [(start, told["TZOFFSETTO"])]
    rule = dict(part.split("=") for part in told["RRULE"].split(";"))
    assert rule.pop("FREQ") == "YEARLY" and set(rule) <= {"BYMONTH", "BYDAY", "BYMONTHDAY"}
    found = []
    for year in range(start.year, 2029):
        month, (count, day) = int(rule["BYMONTH"]), re.fullmatch(r"(-?\d)?([A-Z]{2})", rule["BYDAY"]).groups()
        days = [start.replace(year=year, month=month, day=1) + datetime.timedelta(days=number) for number in range(31)]
        days = [each for each in days if each.month == month and DAYS[each.weekday()] == day]
        if "BYMONTHDAY" in rule:
            days = [each for each in days if str(each.day) in rule["BYMONTHDAY"].split(",")]
        number = int(count or 1)
        found.append((days[number - 1 if number > 0 else number], told["TZOFFSETTO"]))
    return found


def offset_by_rules(rules, moment):
    """The offset of a time on the clocks there, as a program works it out that knows DTSTART, RRULE and offsets."""
    begun = [onset for component in rules.subcomponents for onset in onsets(component) if onset[0] <= moment]
    told = max(begun)[1]
    sign = -1 if told[0] == "-" else 1
    return sign * datetime.timedelta(hours=int(told[1:3]), minutes=int(told[3:5]))


@pytest.mark.parametrize("name", ZONES)
def test_two_kinds_of_programs_read_the_same_hours_all_year(name):
    zone, rules = ZoneInfo(name), time_zone(name, 2024)

    by_icalendar = rules.to_tz(lookup_tzid=False)
    for moment in MOMENTS:
        offset = moment.replace(tzinfo=zone).utcoffset()
        assert offset_by_rules(rules, moment) == offset, moment
        assert by_icalendar.utcoffset(moment) == offset, moment


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Europe/Berlin", ["DAYLIGHT", "STANDARD"]),
        ("Asia/Dubai", ["STANDARD"]),
        ("America/New_York", ["DAYLIGHT", "STANDARD"]),
    ],
)
def test_a_zone_has_one_rule_for_each_of_its_times(name, kinds):
    rules = time_zone(name, 2025)

    assert sorted(component.name for component in rules.subcomponents) == kinds
    assert all(("RRULE" in component) == (len(kinds) == 2) for component in rules.subcomponents)
    assert b"RDATE" not in rules.to_ical()


def test_clocks_that_follow_no_yearly_rule_are_listed():
    rules, zone = time_zone("Africa/Casablanca", 2025), ZoneInfo("Africa/Casablanca")

    by_icalendar = rules.to_tz(lookup_tzid=False)
    assert all(by_icalendar.utcoffset(moment) == moment.replace(tzinfo=zone).utcoffset() for moment in MOMENTS)


@pytest.mark.usefixtures("programme")
def test_the_zone_of_every_mission_with_a_body_is_among_those_looked_at():
    bodies = Mission.objects.filter(body__isnull=False)
    assert set(bodies.values_list("time_zone", flat=True)) <= set(ZONES)
