"""Clocks of relays: until when a body must answer, in working days of its own country."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.utils import timezone

from missions.models import PublicHoliday

ACKNOWLEDGE = {False: 2, True: 1}
ANSWER = {False: 10, True: 3}


def working_days_after(day, count, country):
    """The ``count``-th working day after ``day`` in a country (ISO 3166 alpha-2 code).

    Weekends and public holidays come from the ``holidays`` library, further ones from
    ``PublicHoliday``. Of a country the library does not know, only Saturdays and Sundays are free.
    """
    calendar = _calendar(country, day)
    while count:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def due_days(leg, sent_at):
    """The days until which the receiver of a leg must acknowledge and answer it, both its own."""
    urgent = leg.difficulty.is_urgent
    day = timezone.localtime(sent_at, ZoneInfo(leg.receiver.time_zone)).date()
    country = leg.receiver.country_code
    acknowledge = working_days_after(day, _within("ACKNOWLEDGE_WITHIN", ACKNOWLEDGE, urgent), country)
    if not leg.needs_answer:
        return acknowledge, None
    return acknowledge, working_days_after(day, _within("ANSWER_WITHIN", ANSWER, urgent), country)


def _within(setting, default, urgent):
    return getattr(settings, setting, default)[urgent]


def _calendar(country, day):
    years = [day.year, day.year + 1]
    try:
        calendar = holidays.country_holidays(country, years=years)
    except NotImplementedError:
        calendar = holidays.HolidayBase(years=years)
    further = PublicHoliday.objects.filter(country_id=country, on__gte=day).values_list("on", "name_ko")
    calendar.update(dict(further))
    return calendar
