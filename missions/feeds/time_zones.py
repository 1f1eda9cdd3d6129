"""Time zones as calendars carry them: VTIMEZONE by rules that also simple programs follow (RFC 5545, 3.6.5)."""

import datetime
from collections import defaultdict
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

CYCLE = 28  # years after which the days of the week fall on the same dates again
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@cache
def time_zone(name, since):
    """The rules of an IANA zone from a year on. They are kept, since they take most of the time that a calendar takes.

    A zone without summer time has one STANDARD, one whose clocks change by the same rule every year a STANDARD and a
    DAYLIGHT with their RRULE. Of any other, each change of 28 years is told by itself.
    """
    zone = ZoneInfo(name)
    changes = list(_changes(zone, since, since + CYCLE))
    if rules := _yearly(changes):
        return _rules(name, [_observance(*change, rule) for change, rule in zip(changes, rules, strict=False)])
    start = datetime.datetime(since, 1, 1, tzinfo=zone)
    return _rules(name, [_observance(*change) for change in [(start, start.utcoffset(), start), *changes]])


def _changes(zone, since, until):
    """Each change of the clocks in some years: the time that they showed at it, the offset before, the moment after."""
    first = datetime.datetime(since, 1, 1, tzinfo=datetime.UTC)
    weeks = [first + datetime.timedelta(weeks=number) for number in range((until - since) * 366 // 7)]
    for first, last in pairwise([week for week in weeks if week.year < until]):
        before, after = (moment.astimezone(zone).utcoffset() for moment in (first, last))
        if before == after:
            continue
        while last - first > datetime.timedelta(minutes=1):
            middle = (first + (last - first) / 2).replace(second=0, microsecond=0)
            if middle.astimezone(zone).utcoffset() == before:
                first = middle
            else:
                last = middle
        yield last.replace(tzinfo=None) + before, before, last.astimezone(zone)


def _yearly(changes):
    """The rules of the first two changes, where these and no others come every year; otherwise None."""
    kinds = defaultdict(list)
    for shown, before, after in changes:
        kinds[shown.month, shown.weekday(), shown.time(), before, after.utcoffset()].append(shown)
    if len(kinds) != 2 or len(changes) != 2 * CYCLE:
        return None
    rules = [_rule(days) for days in kinds.values()]
    return rules if all(rules) else None


def _rule(days):
    """The rule by which a change comes on one day of the week in one month; None where there is none."""
    if len({day.year for day in days}) != CYCLE:
        return None
    month, weekday = days[0].month, DAYS[days[0].weekday()]
    numbers = {day.day for day in days}
    length = (days[0].replace(month=month % 12 + 1, day=1) - datetime.timedelta(days=1)).day
    rule = {"freq": "yearly", "bymonth": month}
    if max(numbers) - min(numbers) != 6:
        return None
    if min(numbers) % 7 == 1:
        return rule | {"byday": f"{min(numbers) // 7 + 1}{weekday}"}
    if max(numbers) == length and month != 2:
        return rule | {"byday": f"-1{weekday}"}
    return rule | {"byday": weekday, "bymonthday": sorted(range(min(numbers), max(numbers) + 1))}


def _observance(shown, before, after, rule=None):
    """One STANDARD or DAYLIGHT: from when, from which offset to which, by which rule."""
    component = TimezoneDaylight() if after.utcoffset() > before else TimezoneStandard()
    component.add("dtstart", shown.replace(tzinfo=None))
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after.utcoffset())
    component.add("tzname", after.tzname())
    if rule:
        component.add("rrule", rule)
    return component


def _rules(name, components):
    found = Timezone()
    found.add("tzid", name)
    for component in components:
        found.add_component(component)
    return found
