"""Clocks of relays: until when a body must answer, in working days of its own country."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from missions.models import Body, PublicHoliday, Relay

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


def within(urgent):
    """In how many working days a leg must be acknowledged, and answered."""
    return _within("ACKNOWLEDGE_WITHIN", ACKNOWLEDGE, urgent), _within("ANSWER_WITHIN", ANSWER, urgent)


@transaction.atomic
def recompute(countries=None):
    """Move the due days of open legs to where the holidays known today put them. Returns how many moved.

    ``countries``: only legs to bodies that keep the working days of one of these.
    """
    moved = 0
    legs = Relay.objects.open().select_related("difficulty", "receiver__mission").order_by("pk")
    if countries is not None:
        legs = legs.filter(receiver__in=Body.objects.keeping_days_of(countries))
    for leg in legs.select_for_update(of=("self",)):
        days = due_days(leg, leg.sent_at)
        if days != (leg.acknowledge_by, leg.answer_by):
            leg.acknowledge_by, leg.answer_by = days
            leg.save()
            moved += 1
    return moved


def due_days(leg, sent_at):
    """The days until which the receiver of a leg must acknowledge and answer it, both its own."""
    acknowledge, answer = within(leg.difficulty.is_urgent)
    day = timezone.localtime(sent_at, ZoneInfo(leg.receiver.time_zone)).date()
    country = leg.receiver.country_code
    seen_by = working_days_after(day, acknowledge, country)
    if not leg.needs_answer:
        return seen_by, None
    return seen_by, working_days_after(day, answer, country)


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
