"""Clocks: until when a body must answer a relay, or move what it holds, in working days of its own country."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from missions.fields.dates import today_in
from missions.models import Body, Difficulty, PublicHoliday, Relay, Stage, WaitingOn

# Working days, by whether the difficulty is urgent.
ACKNOWLEDGE = {False: 2, True: 1}  # a relay
ANSWER = {False: 10, True: 3}
TAKE_UP = {False: 2, True: 1}  # what was filed
MOVE = {False: 10, True: 3}  # what was taken up, taken over, answered or reopened


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


def taken_up_within(urgent):
    """In how many working days of its holder what was filed must be taken up."""
    return _within("TAKE_UP_WITHIN", TAKE_UP, urgent)


@transaction.atomic
def recompute(countries=None):
    """Move open due days to where the holidays known today put them. Returns how many legs and difficulties moved.

    ``countries``: only the days of bodies that keep the working days of one of these.
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
    return moved + _recount(countries)


def _recount(countries):
    moved = 0
    rows = Difficulty.objects.open().exclude(counted_from=None).select_related("holder__mission").order_by("pk")
    if countries is not None:
        rows = rows.filter(holder__in=Body.objects.keeping_days_of(countries))
    for row in rows.select_for_update(of=("self",)):
        if (day := end_of_turn(row)) != row.due_on:
            row.due_on = day
            row.save()
            moved += 1
    return moved


def begin_turn(difficulty):
    """Give the holder a day for its next move, counted from today where it works. The caller saves it."""
    difficulty.counted_from = today_in(difficulty.holder.time_zone)
    difficulty.due_on = end_of_turn(difficulty)


def end_of_turn(difficulty):
    """The day until which the holder must move, counted from ``counted_from``.

    What was filed must be taken up, what was taken up must go on. It is not before the answers that the holder has
    asked for are due: until then others must move.
    """
    urgent = difficulty.is_urgent
    filed = difficulty.stage == Stage.RECEIVED
    days = taken_up_within(urgent) if filed else _within("MOVE_WITHIN", MOVE, urgent)
    own = working_days_after(difficulty.counted_from, days, difficulty.holder.country_code)
    asked = difficulty.relays.binding().aggregate(day=Max("answer_by"))["day"] if difficulty.pk else None
    return max(own, asked or own)


def next_turn(difficulty):
    """Begin a turn of the holder where one is due.

    A day that somebody chose stays while it lies ahead, and a wait lasts until its day. What is closed has none.
    """
    chosen = difficulty.counted_from is None and difficulty.due_on is not None
    ahead = chosen and difficulty.due_on >= today_in(difficulty.holder.time_zone)
    if difficulty.stage != Stage.CLOSED and difficulty.waiting_on == WaitingOn.NOBODY and not ahead:
        begin_turn(difficulty)


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
