"""Clocks: until when a body must answer a relay, or move what it holds, in working days of its own office."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.db.models import Max

from missions.fields.answer_times import moved_within, taken_up_within, within
from missions.fields.dates import today_in
from missions.models import Difficulty, OfficeCalendar, OfficeDay, Relay, Stage, WaitingOn


@dataclass(frozen=True)
class CountedDay:
    """A day between the start and the end of a clock: the ``number`` it counts as, None where it does not count."""

    day: OfficeDay
    number: int | None


def working_days_after(day, count, calendar):
    """The ``count``-th working day after ``day`` in an ``OfficeCalendar``."""
    while count:
        day += timedelta(days=1)
        count -= calendar.day(day).is_working
    return day


def counted(start, due, calendar):
    """Every day after ``start`` until ``due``, each with its reason: how an ``OfficeCalendar`` counts to a due day."""
    days, number = [], 0
    for distance in range(1, (due - start).days + 1):
        day = calendar.day(start + timedelta(days=distance))
        number += day.is_working
        days.append(CountedDay(day, number if day.is_working else None))
    return days


@transaction.atomic
def recompute(bodies=None):
    """Move open due days to where the days known by now put them. Returns how many legs and difficulties moved.

    ``bodies``: only the days that one of these must keep.
    """
    moved, calendar_of = 0, cache(OfficeCalendar)
    legs = Relay.objects.open().select_related("difficulty", "receiver__mission").order_by("pk")
    if bodies is not None:
        legs = legs.filter(receiver__in=bodies)
    for leg in legs.select_for_update(of=("self",)):
        days = due_days(leg, leg.sent_at, calendar_of(leg.receiver))
        if days != (leg.acknowledge_by, leg.answer_by):
            leg.acknowledge_by, leg.answer_by = days
            leg.save()
            moved += 1
    return moved + _recount(bodies, calendar_of)


def _recount(bodies, calendar_of):
    moved = 0
    rows = Difficulty.objects.open().exclude(counted_from=None).select_related("holder__mission").order_by("pk")
    if bodies is not None:
        rows = rows.filter(holder__in=bodies)
    for row in rows.select_for_update(of=("self",)):
        if (day := end_of_turn(row, calendar_of(row.holder))) != row.due_on:
            row.due_on = day
            row.save()
            moved += 1
    return moved


def begin_turn(difficulty):
    """Give the holder a day for its next move, counted from today where it works. The caller saves it."""
    difficulty.counted_from = today_in(difficulty.holder.time_zone)
    difficulty.due_on = end_of_turn(difficulty)


def end_of_turn(difficulty, calendar=None):
    """The day until which the holder must move, counted from ``counted_from``.

    What was filed must be taken up, what was taken up must go on. It is not before the answers that the holder has
    asked for are due: until then others must move. ``calendar`` is the holder's, where it is at hand.
    """
    urgent = difficulty.is_urgent
    filed = difficulty.stage == Stage.RECEIVED
    days = taken_up_within(urgent) if filed else moved_within(urgent)
    own = working_days_after(difficulty.counted_from, days, calendar or OfficeCalendar(difficulty.holder))
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


def due_days(leg, sent_at, calendar=None):
    """The days until which the receiver of a leg must acknowledge and answer it, both its own.

    ``calendar`` is the receiver's ``OfficeCalendar``, where it is at hand.
    """
    acknowledge, answer = within(leg.difficulty.is_urgent)
    calendar = calendar or OfficeCalendar(leg.receiver)
    day = today_in(leg.receiver.time_zone, sent_at)
    seen_by = working_days_after(day, acknowledge, calendar)
    return seen_by, working_days_after(day, answer, calendar) if leg.needs_answer else None


def how_counted(leg):
    """The day on which a leg was sent, as its receiver had it, and every day from there to the last due day."""
    start = today_in(leg.receiver.time_zone, leg.sent_at)
    return start, counted(start, leg.answer_by or leg.acknowledge_by, OfficeCalendar(leg.receiver))


def turn_counted(difficulty):
    """The same of the holder's own turn; None where somebody chose its day, and once the difficulty is closed."""
    if difficulty.counted_from is None or difficulty.due_on is None:
        return None
    calendar = OfficeCalendar(difficulty.holder)
    return difficulty.counted_from, counted(difficulty.counted_from, difficulty.due_on, calendar)
