"""Days end where they are kept: at each mission at another moment."""

from collections import defaultdict
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

KOREA = "Asia/Seoul"


def today_in(zone, now=None):
    """The day it is in a time zone, at present unless a moment is given."""
    return timezone.localdate(now, ZoneInfo(zone))


def where_today(condition, now=None, body=None):
    """``condition(day)``, asked of each row with the day it is where its body works; of no body, in Korea.

    ``body`` is the one to which all rows belong, if they do.
    The bodies are sorted by their day here, in one small query: databases do not know time zones alike.
    """
    if body:
        return condition(today_in(body.time_zone, now))
    from missions.models.body import Body

    bodies = defaultdict(list)
    for body, zone in Body.objects.order_by().values_list("pk", "mission__time_zone"):
        bodies[today_in(zone or KOREA, now)].append(body)
    rows = [(today_in(KOREA, now), Q(body=None)), *((day, Q(body__in=some)) for day, some in bodies.items())]
    return reduce(or_, (there & condition(day) for day, there in rows))
