"""Days end where they are kept: at each mission at another moment."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Q, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from missions.fields.dates import KOREA, today_in
from missions.models.body import Body


def today_there(of=Value, now=None, body=None):
    """The condition ``of(day)`` with the day it is at the place of each row's body; rows without a body use Korea's.

    ``body`` is the body of all rows, where they have only one. One small query reads the bodies and their days are
    worked out here, because databases do not know time zones alike.
    """
    if body:
        return of(today_in(body.time_zone, now))
    here, elsewhere = _days(now)
    days = (When(body__in=bodies, then=of(day)) for day, bodies in elsewhere.items())
    return Case(*days, default=of(here), output_field=DateField())


def on_local_day(condition, path, now=None):
    """The condition ``condition(day)`` with the day it is at the body that each row reaches by ``path``.

    Rows that reach no body use Korea's day. As above, one small query.
    """
    here, elsewhere = _days(now)
    there = [key for bodies in elsewhere.values() for key in bodies]
    found = ~Q(**{f"{path}__in": there}) & condition(here) if there else condition(here)
    for day, bodies in elsewhere.items():
        found |= Q(**{f"{path}__in": bodies}) & condition(day)
    return found


def zones_of_bodies():
    """The names of the time zones in which bodies work, besides Korea’s."""
    zones = Body.objects.exclude(mission=None).order_by().values_list("mission__time_zone", flat=True).distinct()
    return sorted({*zones} - {"", KOREA})


def day_there(moment, zones, path="body"):
    """The day of a moment by the clocks of the body that each row reaches by ``path``; without a body, by Korea’s.

    ``zones`` are those of all bodies: the database is told each by its name.
    """
    there = [
        When(**{f"{path}__mission__time_zone": zone}, then=TruncDate(moment, tzinfo=ZoneInfo(zone))) for zone in zones
    ]
    return Case(*there, default=TruncDate(moment, tzinfo=ZoneInfo(KOREA)), output_field=DateField())


def clocks_of(user, now=None):
    """A moment on the clocks where a person works: at their body, the most advanced of several, Korea's without any."""
    zones = Body.objects.staffed_by(user).order_by().values_list("mission__time_zone", flat=True)
    there = [timezone.localtime(now, ZoneInfo(zone or KOREA)) for zone in {*zones} or {KOREA}]
    return max(there, key=lambda moment: moment.utcoffset())


def today_of(user, now=None):
    """The day it is where a person works."""
    return clocks_of(user, now).date()


def _days(now):
    """The day it is in Korea, and the bodies where it is another one, by their day."""
    here, elsewhere = today_in(KOREA, now), defaultdict(list)
    for key, zone in Body.objects.order_by().values_list("pk", "mission__time_zone"):
        if (day := today_in(zone or KOREA, now)) != here:
            elsewhere[day].append(key)
    return here, elsewhere
