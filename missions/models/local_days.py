"""Days end where they are kept: at each mission at another moment."""

from collections import defaultdict

from django.db.models import Case, DateField, Value, When

from missions.fields.dates import KOREA, today_in
from missions.models.body import Body


def today_there(of=Value, now=None, body=None):
    """The condition ``of(day)`` with the day it is at the place of each row's body; rows without a body use Korea's.

    ``body`` is the body of all rows, where they have only one. One small query reads the bodies and their days are
    worked out here, because databases do not know time zones alike.
    """
    if body:
        return of(today_in(body.time_zone, now))
    here, elsewhere = today_in(KOREA, now), defaultdict(list)
    for key, zone in Body.objects.order_by().values_list("pk", "mission__time_zone"):
        if (day := today_in(zone or KOREA, now)) != here:
            elsewhere[day].append(key)
    days = (When(body__in=bodies, then=of(day)) for day, bodies in elsewhere.items())
    return Case(*days, default=of(here), output_field=DateField())
